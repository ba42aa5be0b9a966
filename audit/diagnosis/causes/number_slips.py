"""What a number may have been meant as, had the pen slipped once: the slips of writing, turned round.

The kinds after S. Scholtus, "Algorithms for correcting sign errors and rounding errors in business survey data",
Journal of Official Statistics 27 (2011), and the typing errors of the deductive package (edit distance of one after
F. Damerau, Communications of the ACM 7 (1964)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from audit.model.frozen import frozen

SlipKind = Literal["swapped", "changed", "tenfold", "scale", "dropped", "doubled", "added", "sign"]
SHARES: dict[SlipKind, float] = {
    "changed": 0.3, "swapped": 0.15, "dropped": 0.12, "doubled": 0.08, "tenfold": 0.08, "added": 0.04,
    "scale": 0.08, "sign": 0.06,
}  # fmt: skip
"""What part of the slips in numbers that people type is of a kind; a digit typed twice is no other digit added."""
_OTHERWISE = 0.15
"""The part that no slip of the pen explains: another number was typed."""
_OTHER_SIZE = 0.1
"""How much less likely that is for a number of more or fewer digits, of more decimals, or of the other sign."""
_LARGER = 0.3
"""How much less likely any one number is than one of fewer digits, as there are more of them."""
_TOLD_APART = 4
"""Digits by which numbers are told apart: whoever types another number types one that is not far."""

_SCALES = (Fraction(10**4), Fraction(10**8))


@frozen
class Meant:
    """A number that may have been meant: its digits as they would be written, and its value in the unit of the figure.

    `likelihood` is how likely it is, among all slips of one number, that just this one made of it what is written.
    """

    kind: SlipKind
    digits: str
    value: Fraction
    likelihood: float


def meant(
    digits: str, value: Fraction, low: Fraction | None, high: Fraction | None, *, whole: bool = False
) -> tuple[Meant, ...]:
    """The numbers one slip away that lie from `low` to `high` (None: no end), the likelier first.

    `digits` is the number as written without sign (`1.5`), `value` what it came to in the unit of its figure. With
    `whole` it counts whole things, as what was meant does.
    """
    found: dict[Fraction, Meant] = {}
    for kind, other, moved, likelihood in _one_slip_away(digits, value):
        inside = (low is None or moved >= low) and (high is None or moved <= high)
        if inside and moved != value and not (whole and moved.denominator > 1):
            known = found.get(moved)
            first = known if known is not None and known.likelihood >= likelihood else None
            every = likelihood + (known.likelihood if known else 0)
            found[moved] = replace(first, likelihood=every) if first else Meant(kind, other, moved, every)
    return tuple(sorted(found.values(), key=lambda one: (-one.likelihood, abs(one.value - value), one.value)))


def mistaken(value: Fraction, wanted: Fraction) -> float:
    """How likely it is that a number was typed as quite another one."""
    sizes = [len(str(abs(number).__floor__())) for number in (value, wanted)]
    among = 9.0 * 10.0 ** (min(sizes[0], _TOLD_APART) - 1)
    alike = sizes[0] == sizes[1] and (value < 0) == (wanted < 0) and wanted.denominator <= value.denominator
    return _OTHERWISE / among * (1 if alike else _OTHER_SIZE)


def _one_slip_away(digits: str, value: Fraction) -> Iterator[tuple[SlipKind, str, Fraction, float]]:
    written = Fraction(digits)
    if not written:
        return
    unit, length = value / written, len(digits.replace(".", ""))
    ways: dict[SlipKind, float] = {
        "swapped": max(length - 1, 1), "changed": 9 * length, "doubled": max(length - 1, 1) * _LARGER,
        "added": 9 * length * _LARGER, "dropped": (length + 1) / _LARGER,
    }  # fmt: skip
    for kind, other in _rewritten(digits):
        yield kind, other, Fraction(other) * unit, SHARES[kind] / ways[kind]
    for factor in (Fraction(10), Fraction(1, 10)):
        yield "tenfold", _plain(written * factor), value * factor, SHARES["tenfold"] / 2 * _larger(factor)
    for factor in (*_SCALES, *(1 / scale for scale in _SCALES)):
        yield "scale", digits, value * factor, SHARES["scale"] / 4 * _larger(factor)
    yield "sign", digits, -value, SHARES["sign"] / (1 if value < 0 else 8)


def _larger(factor: Fraction) -> float:
    return _LARGER if factor > 1 else 1 / _LARGER


def _rewritten(digits: str) -> Iterator[tuple[SlipKind, str]]:
    """The digits with two neighbours exchanged, one changed, one more, one less; never with a zero in front."""
    for place in range(len(digits) - 1):
        pair = digits[place : place + 2]
        if "." not in pair:
            yield from _proper("swapped", digits[:place] + pair[::-1] + digits[place + 2 :])
    for place, digit in enumerate(digits):
        if digit != ".":
            for other in "0123456789":
                yield from _proper("changed", digits[:place] + other + digits[place + 1 :])
            twice = digit in digits[:place][-1:] + digits[place + 1 :][:1]
            yield from _proper("doubled" if twice else "added", digits[:place] + digits[place + 1 :])
    for place in range(len(digits) + 1):
        for other in "0123456789":
            yield from _proper("dropped", digits[:place] + other + digits[place:])


def _proper(kind: SlipKind, digits: str) -> Iterator[tuple[SlipKind, str]]:
    whole, point, decimals = digits.partition(".")
    if whole and (whole == "0" or not whole.startswith("0")) and bool(point) == bool(decimals):
        yield kind, digits


def _plain(number: Fraction) -> str:
    """A number whose denominator is a power of ten, written out."""
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
