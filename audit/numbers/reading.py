"""A figure read whole, as it stands in a cell or in an example of a rule, and what its literal says of its last digit.

Running text is searched by `extraction/numbers`, whose literals are read here too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from audit.model.rows import Bound
from audit.numbers.bounds import bound_words, interval
from audit.numbers.numerals import EXACT, FULL_WIDTH, parse_cell
from audit.numbers.quantities import Quantity, read_quantity
from audit.numbers.units import MULTIPLIERS, bare_unit, parted, scale_of, units


def read_figure(text: str) -> Quantity | None:
    """A figure as a plan writes it, nothing more: `1650`, `6e+05`, `150亿元`, `1.5万家以上`, `超过3%`, `3-5家`.

    The value is in the unit that is told; a bound word opens the interval. `None` for anything else.
    """
    number = parse_cell(text)
    if number is not None:
        exponent = number.value.as_tuple().exponent
        decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
        value = number.value
        return Quantity(text, value, value, value, None, "exact", decimals, number.step)
    plain = "".join(text.translate(FULL_WIDTH).split())
    bound, plain = _without_bound(plain)
    found = _with_unit(plain)
    if found is None or (bound is not None and found.value is None):
        return None
    if bound is None and found.value is not None and re.search("[多余几]", plain):
        bound = "at_least"
    if bound is None or found.value is None:
        return found
    low, high = interval(found.value, bound)
    return replace(found, bound=bound, low=low, high=high)


def _without_bound(plain: str) -> tuple[Bound | None, str]:
    """The bound word of a figure, if it has one, and the figure without it."""
    after, before = bound_words("after"), bound_words("before")
    for word in sorted(after, key=len, reverse=True):
        if plain.endswith(word):
            return after[word], plain.removesuffix(word)
    for word in sorted(before, key=len, reverse=True):
        if plain.startswith(word):
            return before[word], re.sub(r"^[了到至在]", "", plain.removeprefix(word))
    return None, plain


def _with_unit(plain: str) -> Quantity | None:
    """A figure without bound words: a number, or a range, and its unit; the longest unit that leaves a number counts."""
    for unit in (*(u for u in _longest_first() if plain.endswith(u)), ""):
        written = plain.removesuffix(unit)
        words = next((word for word in MULTIPLIERS if written.endswith(word)), "")
        kept, shown = parted(words, unit or None)
        literal = written.removesuffix(words) + kept
        try:
            return read_quantity(literal, shown)
        except ValueError:
            continue
    return None


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(units(), key=len, reverse=True))


def written_step(
    literal: str, unit: str | None, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> Decimal | None:
    """The place value of the last digit that `literal` writes, in `unit`; `None` where it is not what is stated.

    A number word belongs to the number (`1.5万` of 家 states 15000) or to its unit (`100亿` of 亿元 states 100); a
    literal with a unit of its own (`100亿元`) states it in that, and one from a table in the unit of its column
    (`27500` in 万元 is 2.75 亿元). A range states its ends.
    """
    try:
        read = read_quantity(literal, None)
    except ValueError:
        found = read_figure(literal)
        if found is None:
            return None
        read = found
    stated: tuple[Decimal | None, ...] = (value,) if value is not None else (low, high)
    written: tuple[Decimal | None, ...] = (read.value,) if read.value is not None else (read.low, read.high)
    if value is None and read.value is not None:  # one end of an open interval
        stated = tuple(end for end in stated if end is not None)[:1]
    for factor in _factors(read.unit, unit):
        if len(stated) == len(written) and all(map(_same, written, stated, [factor] * len(stated))):
            return EXACT.multiply(read.step, factor)
    return None


_SCALES = (1, 10**4, 10**8)
"""How large the units are that a column of a table may be in (元, 万元, 亿元)."""


@cache
def _factors(written: str | None, unit: str | None) -> tuple[Decimal, ...]:
    """How many of `unit` a number in the unit as written may be."""
    if written is None:
        scale = Decimal(scale_of(unit))
        return (Decimal(1), *(EXACT.divide(Decimal(other), scale) for other in _SCALES if scale > 1))
    if bare_unit(written) != bare_unit(unit or written):
        return ()
    return (EXACT.divide(Decimal(scale_of(written)), Decimal(scale_of(unit) if unit else scale_of(written))),)


def _same(written: Decimal | None, stated: Decimal | None, factor: Decimal) -> bool:
    if written is None or stated is None:
        return written is stated
    return EXACT.multiply(written, factor) == stated
