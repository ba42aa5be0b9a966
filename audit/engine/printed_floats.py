"""Decimals that a program printed out of a binary float: `0.4627527492018446`, `0.30000000000000004`.

A double keeps fifteen decimal digits (IEEE 754, DBL_DIG); programs print sixteen or seventeen, so that the same double
is read back. What stands behind the fifteenth is no statement of anybody, and two numbers that were computed one from the
other differ there.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from audit.engine import exact
from audit.engine.exact import Exact
from audit.engine.keys import Integers
from audit.model.frozen import frozen

KEPT = 15
_PRINTED = (16, 17)
_LEAST_EXPLAINED = 3
"""How many numbers must lack decimals just because of the digits before their point: of chance, one of a thousand does."""
_LEAST_DECIMALS = 6
"""With fewer decimals a number of sixteen digits is an amount that somebody wrote to the cent."""


def meant_decimals(decimals: Integers, numbers: Exact) -> Integers:
    """How many of the decimals of each number mean something: those of a printed float up to its fifteenth digit."""
    if int(decimals.max(initial=0)) < _LEAST_DECIMALS:
        return decimals
    before = _digits_before(numbers)
    written = decimals + before
    printed = (written >= _PRINTED[0]) & (written <= _PRINTED[1]) & (decimals >= _LEAST_DECIMALS)
    return np.where(printed, KEPT - before, decimals)


@frozen(slots=False)
class Alike:
    """How the numbers of a column are written alike: with the `decimals` that most of them have, or with so many `digits`
    and no more decimals than the `finest` of them.

    A last digit is a nought, which is often left out, in one number of ten. Where the numbers with more digits before the
    point lack decimals that the others have, the column is written with so many digits.
    """

    decimals: int
    digits: int | None = None
    finest: int = 0


Ways = Counter[tuple[int, int]]
"""How many numbers of a column need so many decimals and have so many digits before their point."""


def ways(numbers: Exact) -> Ways:
    """How the numbers (decimals) of some rows of a column are written; what is nothing tells nothing."""
    stated = exact.take(numbers, np.flatnonzero((numbers.kinds == 0) & (numbers.numerators != 0)))
    pairs = np.stack([exact.decimals_of_each(stated), _digits_before(stated)])
    each, count = np.unique(pairs, axis=1, return_counts=True)
    return Counter(dict(zip(zip(*each.tolist(), strict=True), count.tolist(), strict=True)))


def alike(ways: Ways) -> Alike:
    """How the numbers of a column are written alike, which are written in these ways."""
    if not ways:
        return Alike(0)
    needed, before = np.array(sorted(ways)).T
    count = np.array([ways[one] for one in sorted(ways)])
    usual, finest, digits = _median(needed, count), int(needed.max()), int((needed + before).max())
    short, shorter = needed < usual, needed < np.clip(digits - before, 0, finest)
    explained = count[short & ~shorter].sum()
    in_digits = explained >= _LEAST_EXPLAINED and count[shorter].sum() <= count.sum() / 4
    return Alike(usual, digits if in_digits else None, finest)


def _median(numbers: Integers, count: Integers) -> int:
    """The median of ascending numbers each of which there are so many, rounded down."""
    last = np.cumsum(count) - 1
    middle = (int(last[-1]) // 2, (int(last[-1]) + 1) // 2)
    return int(numbers[np.searchsorted(last, middle)].sum()) // 2


def meant_alike(how: Alike, numbers: Exact) -> Integers:
    """How many of the decimals of each number mean something where it is written as its column is, or with decimals of its
    own that are more; no program prints more digits of one than a float has."""
    own = exact.decimals_of_each(numbers)
    before = _digits_before(numbers)
    usual = how.decimals if how.digits is None else np.clip(how.digits - before, 0, how.finest)
    decimals = np.maximum(own, usual)
    if int(decimals.max(initial=0)) < _LEAST_DECIMALS:
        return decimals
    return meant_decimals(np.minimum(decimals, _PRINTED[1] - before), numbers)


def _digits_before(numbers: Exact) -> Integers:
    """How many digits stand before the point; of what is less than one, less as many noughts as stand behind it."""
    size = np.abs(numbers.numerators.astype(np.float64) / numbers.denominators.astype(np.float64))
    size[(numbers.kinds != 0) | (size == 0)] = 1.0
    found: Integers = np.floor(np.log10(size)).astype(np.int64) + 1
    return found
