"""What a number may have been meant as, had the pen slipped once: the slips of writing, turned round.

The kinds after S. Scholtus, "Algorithms for correcting sign errors and rounding errors in business survey data",
Journal of Official Statistics 27 (2011), and the typing errors of the deductive package (edit distance of one after
F. Damerau, Communications of the ACM 7 (1964)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

SlipKind = Literal["swapped", "changed", "tenfold", "scale", "dropped", "added", "sign"]
LIKELIHOOD: dict[SlipKind, int] = {
    "swapped": 7, "changed": 6, "tenfold": 5, "scale": 4, "dropped": 3, "added": 2, "sign": 1,
}  # fmt: skip
"""How likely a kind is beside the others, of numbers that people type: the greater the likelier."""

_SCALES = (Fraction(10**4), Fraction(10**8))


@dataclass(frozen=True, slots=True)
class Meant:
    """A number that may have been meant: its digits as they would be written, and its value in the unit of the figure."""

    kind: SlipKind
    digits: str
    value: Fraction


def meant(digits: str, value: Fraction, low: Fraction | None, high: Fraction | None) -> tuple[Meant, ...]:
    """The numbers one slip away that lie from `low` to `high` (None: no end), the likelier kinds first.

    `digits` is the number as written without sign (`1.5`), `value` what it came to in the unit of its figure.
    """
    found: dict[Fraction, Meant] = {}
    for kind, other, moved in _one_slip_away(digits, value):
        inside = (low is None or moved >= low) and (high is None or moved <= high)
        if inside and moved != value:
            known = found.get(moved)
            if known is None or LIKELIHOOD[kind] > LIKELIHOOD[known.kind]:
                found[moved] = Meant(kind, other, moved)
    return tuple(
        sorted(found.values(), key=lambda one: (-LIKELIHOOD[one.kind], abs(one.value - value), one.value))
    )


def _one_slip_away(digits: str, value: Fraction) -> Iterator[tuple[SlipKind, str, Fraction]]:
    written = Fraction(digits)
    if not written:
        return
    unit = value / written
    for kind, other in _rewritten(digits):
        yield kind, other, Fraction(other) * unit
    for factor in (Fraction(10), Fraction(1, 10)):
        yield "tenfold", _plain(written * factor), value * factor
    for factor in (*_SCALES, *(1 / scale for scale in _SCALES)):
        yield "scale", digits, value * factor
    yield "sign", digits, -value


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
            yield from _proper("added", digits[:place] + digits[place + 1 :])
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
