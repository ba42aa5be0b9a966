"""Decimals that a program printed out of a binary float: `0.4627527492018446`, `0.30000000000000004`.

A double keeps fifteen decimal digits (IEEE 754, DBL_DIG); programs print sixteen or seventeen, so that the same double
is read back. What stands behind the fifteenth is no statement of anybody, and two numbers that were computed one from the
other differ there.
"""

from __future__ import annotations

import numpy as np

from audit.engine import exact
from audit.engine.exact import Exact
from audit.engine.keys import Integers

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


def meant_alike(places: int, numbers: Exact) -> Integers:
    """The same where all numbers of a column are stated alike, with as many decimals as the finest of them has, or with as
    many digits as the longest has; no program prints more digits of one than a float has.

    A last digit is a nought, which is often left out, in one number of ten. Where every number with more digits before the
    point lacks decimals that the others have, the column is written with so many digits.
    """
    decimals = _decimals_alike(places, numbers)
    if places < _LEAST_DECIMALS:
        return decimals
    return meant_decimals(np.minimum(decimals, _PRINTED[1] - _digits_before(numbers)), numbers)


def _decimals_alike(places: int, numbers: Exact) -> Integers:
    fixed = np.full(len(numbers), places)
    stated = (numbers.kinds == 0) & (numbers.numerators != 0)
    if not places or not stated.any():
        return fixed
    needed, before = exact.decimals_of_each(numbers), _digits_before(numbers)
    longest = int((needed + before)[stated].max())
    in_digits = np.clip(longest - before, 0, places)
    short, shorter = (needed < fixed) & stated, (needed < in_digits) & stated
    explained = int((short & ~shorter).sum())
    return in_digits if explained >= _LEAST_EXPLAINED and shorter.sum() <= stated.sum() / 4 else fixed


def _digits_before(numbers: Exact) -> Integers:
    """How many digits stand before the point; of what is less than one, less as many noughts as stand behind it."""
    size = np.abs(numbers.numerators.astype(np.float64) / numbers.denominators.astype(np.float64))
    size[(numbers.kinds != 0) | (size == 0)] = 1.0
    found: Integers = np.floor(np.log10(size)).astype(np.int64) + 1
    return found
