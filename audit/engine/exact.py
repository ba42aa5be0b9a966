"""Vectors of exact numbers: fractions of whole numbers, so that nothing is ever rounded, not even by a division.

A vector holds numerators over denominators. Decimals share one denominator, a power of ten, and stay 64-bit integers
for as long as these hold them; where they do not, Python's integers of any length take their place. So 0.1 + 0.2 is
0.3, a third taken three times is one, and 10^15 + 10^-20 differs from 10^15.

A number may be missing, which spreads, or infinite, which is an open end of an interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from audit.numbers.numerals import EXACT

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Whole = NDArray[Any]
"""Whole numbers: 64-bit, or Python's in an array of objects."""

MISSING = 2
"""The kind of a missing number; that of a number is 0, that of an infinite one its sign."""

_MOST = 2**63 - 1
_PLACES_OF_QUOTIENTS = 12


@dataclass(frozen=True, slots=True)
class Exact:
    """A vector of numbers; `denominators` are positive, one for all or one each.

    `kinds` tells numbers (0), infinite ones (their sign) and missing ones (`MISSING`) apart; what is no number has the
    numerator 0.
    """

    numerators: Whole
    denominators: Whole
    kinds: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.numerators)

    @property
    def missing(self) -> Booleans:
        return np.asarray(self.kinds == MISSING)

    @property
    def infinite(self) -> Booleans:
        return np.asarray(np.abs(self.kinds) == 1)

    @property
    def zero(self) -> Booleans:
        return np.asarray((self.numerators == 0) & (self.kinds == 0), dtype=bool)


def scaled(numerators: Whole, places: int, missing: Booleans | None = None) -> Exact:
    """Decimals as whole numbers of 10^-places; where `missing`, the numerator must be 0."""
    kinds = np.zeros(len(numerators), dtype=np.int8)
    if missing is not None:
        kinds[missing] = MISSING
    return Exact(numerators, _one(10**places), kinds)


def of_decimals(values: list[Decimal | None]) -> Exact:
    """Decimals as a vector; None is missing."""
    stated = [value for value in values if value is not None]
    places = max((-exponent_of(value) for value in stated), default=0)
    numerators = [0 if value is None else int(EXACT.scaleb(value, max(places, 0))) for value in values]
    missing = np.array([value is None for value in values], dtype=bool)
    return scaled(_whole(numerators), max(places, 0), missing)


def constant(value: Decimal, length: int) -> Exact:
    """The same number `length` times."""
    found = of_decimals([value])
    return Exact(np.repeat(found.numerators, length), found.denominators, np.zeros(length, dtype=np.int8))


def infinity(sign: Literal[-1, 1], length: int) -> Exact:
    """The same infinite number `length` times."""
    return Exact(np.zeros(length, dtype=np.int64), _one(1), np.full(length, sign, dtype=np.int8))


def nothing(length: int) -> Exact:
    """`length` missing numbers."""
    return Exact(np.zeros(length, dtype=np.int64), _one(1), np.full(length, MISSING, dtype=np.int8))


def whole(numbers: Floats) -> Exact:
    """Whole numbers given as floats, such as counts."""
    return scaled(numbers.astype(np.int64), 0)


def take(a: Exact, indices: NDArray[np.int64]) -> Exact:
    """The numbers at the given indices."""
    denominators = a.denominators if len(a.denominators) == 1 else a.denominators[indices]
    return Exact(a.numerators[indices], denominators, a.kinds[indices])


def blanked(a: Exact, hidden: Booleans) -> Exact:
    """The numbers, missing where hidden."""
    return where(hidden, nothing(len(a)), a) if hidden.any() else a


def extended(a: Exact, last: Exact) -> Exact:
    """The numbers with one more, the only one of `last`, at the end."""
    x, y, denominators = _alike(a, last)
    if len(denominators) > 1:  # the last one is over the last one's own denominator
        y, denominators = last.numerators, np.append(a.denominators, last.denominators)
        x = a.numerators
    return Exact(_joined(x, y[-1:]), denominators, np.append(a.kinds, last.kinds))


def sums(a: Exact, starts: NDArray[np.int64]) -> Exact:
    """The sum of each run that begins at `starts`; a missing number adds nothing. All must have one denominator."""
    assert len(a.denominators) == 1
    if len(starts) == len(a):
        numerators = a.numerators
    else:
        longest = int(np.diff(starts, append=len(a)).max(initial=0))
        fits = _size(a.numerators) * longest <= _MOST
        numerators = np.add.reduceat(a.numerators if fits else a.numerators.astype(object), starts)
    return Exact(numerators, a.denominators, np.zeros(len(starts), dtype=np.int8))


def extremes(a: Exact, starts: NDArray[np.int64], *, greatest: bool) -> Exact:
    """The least or greatest number of each run that begins at `starts`; missing only where all are.

    All must have one denominator, and none is infinite.
    """
    assert len(a.denominators) == 1
    beyond = _size(a.numerators) + 1
    numerators = (-a.numerators if greatest else a.numerators).astype(np.int64 if beyond <= _MOST else object)
    least = np.minimum.reduceat(np.where(a.missing, beyond, numerators), starts)
    none = np.asarray(least == beyond, dtype=bool)
    found = np.where(none, 0, -least if greatest else least)
    return Exact(found, a.denominators, np.where(none, MISSING, 0).astype(np.int8))


def medians(a: Exact, runs: NDArray[np.int64], count: int) -> Exact:
    """The median of each of `count` runs, whose numbers `runs` tells; missing for a run without numbers.

    All must have one denominator, and none is missing.
    """
    order = np.lexsort((ranks(a), a.kinds, runs))
    lengths = np.bincount(runs, minlength=count)
    first, stated = np.cumsum(lengths) - lengths, lengths > 0
    middle = mean(*(take(a, order[(first + n)[stated]]) for n in ((lengths - 1) // 2, lengths // 2)))
    return take(extended(middle, nothing(1)), np.where(stated, np.cumsum(stated) - 1, len(middle)))


def mean(a: Exact, b: Exact) -> Exact:
    """The number halfway between each pair."""
    return multiply(add(a, b), constant(Decimal("0.5"), len(a)))


def ranks(a: Exact) -> NDArray[np.int64]:
    """Ranks by which numbers can be told apart and put in order. All must have one denominator; missing is like 0."""
    assert len(a.denominators) == 1
    return np.unique(a.numerators, return_inverse=True)[1].astype(np.int64)


def decimal_at(a: Exact, index: int) -> Decimal | None:
    """One number without trailing zeros; None for missing and infinite ones.

    A decimal is given as it is, a quotient to twelve places.
    """
    if a.kinds[index]:
        return None
    own = len(a.denominators) > 1
    numerator, denominator = int(a.numerators[index]), int(a.denominators[index if own else 0])
    places = len(str(denominator)) - 1
    if 10**places != denominator:
        places = _PLACES_OF_QUOTIENTS
        numerator, denominator = round(Fraction(numerator * 10**places, denominator)), 10**places
    value = EXACT.scaleb(Decimal(numerator), -places).normalize(EXACT)
    return value.quantize(Decimal(1), context=EXACT) if value == value.to_integral_value() else value


def negate(a: Exact) -> Exact:
    return Exact(-a.numerators, a.denominators, np.where(a.missing, MISSING, -a.kinds).astype(np.int8))


def add(a: Exact, b: Exact) -> Exact:
    """The sum; missing where either is, and for infinite ends of opposite signs."""
    x, y, denominators = _alike(a, b)
    total = _plus(x, y)
    kinds = a.kinds
    if b.kinds.any() or a.kinds.any():
        opposite = (np.abs(a.kinds) == 1) & (a.kinds == -b.kinds)
        kinds = np.where(opposite | _either_missing(a, b), MISSING, np.sign(a.kinds + b.kinds)).astype(
            np.int8
        )
        total = np.where(kinds == 0, total, 0)
    return Exact(total, denominators, kinds)


def subtract(a: Exact, b: Exact) -> Exact:
    return add(a, negate(b))


def multiply(a: Exact, b: Exact) -> Exact:
    """The product; zero times infinity is zero, as interval arithmetic wants it."""
    product, denominators = _times(a.numerators, b.numerators), _times(a.denominators, b.denominators)
    kinds = a.kinds
    if a.kinds.any() or b.kinds.any():
        infinite = (a.infinite | b.infinite) * (sign(a) * sign(b))
        kinds = np.where(_either_missing(a, b), MISSING, infinite).astype(np.int8)
    return _lowest(product, denominators, kinds)


def divide(a: Exact, b: Exact) -> Exact:
    """The quotient; missing where the divisor is zero or both are infinite, zero where only the divisor is infinite."""
    divided = _times(a.numerators, b.denominators)
    by = _times(a.denominators, b.numerators)
    divided, by = np.where(by < 0, -divided, divided), np.abs(by)
    impossible = _either_missing(a, b) | b.zero | (a.infinite & b.infinite)
    kinds = np.where(impossible, MISSING, a.infinite * (sign(a) * sign(b))).astype(np.int8)
    none = (kinds != 0) | b.infinite
    return _lowest(np.where(none, 0, divided), np.where(none, 1, by), kinds)


def sign(a: Exact) -> NDArray[np.int8]:
    """-1, 0 or 1; 0 for a missing number."""
    return np.where(a.missing, 0, np.where(a.kinds != 0, a.kinds, np.sign(a.numerators))).astype(np.int8)


def absolute(a: Exact) -> Exact:
    return Exact(np.abs(a.numerators), a.denominators, np.abs(a.kinds))


def rounded(a: Exact, digits: int, ties: Literal["away", "up", "down"] = "away") -> Exact:
    """Rounded to `digits` decimals.

    Halves go away from zero, as commercial rounding in statistics does, or as told: up or down.
    """
    factor = _whole([10 ** abs(digits)])
    doubled, denominators = _times(a.numerators, np.array([2])), a.denominators
    if digits > 0:
        doubled = _times(doubled, factor)
    else:
        denominators = _times(denominators, factor)
    twice = _times(denominators, np.array([2]))
    up = np.floor_divide(_plus(doubled, denominators), twice)
    down = -np.floor_divide(_plus(-doubled, denominators), twice)
    kept = up if ties == "up" else down if ties == "down" else np.where(a.numerators < 0, down, up)
    if digits < 0:
        kept = _times(kept, factor)
    return Exact(kept, _one(10 ** max(digits, 0)), a.kinds)


def where(condition: Booleans, yes: Exact, no: Exact) -> Exact:
    x, y, denominators = _alike(yes, no)
    return Exact(np.where(condition, x, y), denominators, np.where(condition, yes.kinds, no.kinds))


def minimum(a: Exact, b: Exact) -> Exact:
    """The smaller of each pair; missing if either is."""
    return blanked(where(less(b, a), b, a), _either_missing(a, b))


def maximum(a: Exact, b: Exact) -> Exact:
    """The larger of each pair; missing if either is."""
    return blanked(where(less(a, b), b, a), _either_missing(a, b))


def order(a: Exact, b: Exact) -> Floats:
    """-1, 0 or 1 where the first is smaller, equal or larger; NaN if either is missing."""
    x, y, _ = _alike(a, b)
    found = np.greater(x, y).astype(np.float64) - np.less(x, y)
    if a.kinds.any() or b.kinds.any():
        endless = a.infinite | b.infinite
        found = np.where(endless, np.sign(a.kinds.astype(np.float64) - b.kinds), found)
        found = np.where(_either_missing(a, b), np.nan, found)
    return found


def equal(a: Exact, b: Exact) -> Booleans:
    """Equal; never for missing numbers."""
    return np.asarray(order(a, b) == 0)


def less(a: Exact, b: Exact) -> Booleans:
    """Smaller; never for missing numbers."""
    return np.asarray(order(a, b) < 0)


def less_or_equal(a: Exact, b: Exact) -> Booleans:
    """Smaller or equal; never for missing numbers."""
    return np.asarray(order(a, b) <= 0)


def exponent_of(value: Decimal) -> int:
    """The power of ten of the last digit of a number."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "numbers are finite"
    return exponent


def _either_missing(a: Exact, b: Exact) -> Booleans:
    return a.missing | b.missing


def _one(value: int) -> Whole:
    return _whole([value])


def _whole(values: list[int]) -> Whole:
    """Whole numbers as an array, of 64 bits where all fit."""
    fits = all(-_MOST <= value <= _MOST for value in values)
    return np.array(values, dtype=np.int64 if fits else object)


def _size(numbers: Whole) -> int:
    """How large the largest of the numbers is."""
    return max(int(numbers.max()), -int(numbers.min())) if len(numbers) else 0


def _wide(a: Whole, b: Whole) -> bool:
    return a.dtype == object or b.dtype == object


def _times(a: Whole, b: Whole) -> Whole:
    """Products, of any length where 64 bits do not hold them."""
    if not _wide(a, b) and _size(a) * _size(b) <= _MOST:
        return np.asarray(a * b)
    return _narrowed(a.astype(object) * b.astype(object))


def _plus(a: Whole, b: Whole) -> Whole:
    """Sums, of any length where 64 bits do not hold them."""
    if not _wide(a, b) and _size(a) + _size(b) <= _MOST:
        return np.asarray(a + b)
    return np.asarray(a.astype(object) + b.astype(object))


def _joined(a: Whole, b: Whole) -> Whole:
    return np.append(a.astype(object), b.astype(object)) if _wide(a, b) else np.append(a, b)


def _narrowed(numbers: Whole) -> Whole:
    """The numbers in 64 bits, where they fit."""
    return numbers.astype(np.int64) if numbers.dtype == object and _size(numbers) <= _MOST else numbers


def _alike(a: Exact, b: Exact) -> tuple[Whole, Whole, Whole]:
    """The numerators of both over the same denominators, and these."""
    own, other = a.denominators, b.denominators
    if own is other or (len(own) == len(other) == 1 and own[0] == other[0]):
        return a.numerators, b.numerators, own
    if len(own) == len(other) == 1:
        shared = _one(lcm(int(own[0]), int(other[0])))
    else:
        fits = not _wide(own, other) and _size(own) * _size(other) <= _MOST
        shared = np.lcm(own, other) if fits else np.lcm(own.astype(object), other.astype(object))
    return _times(a.numerators, shared // own), _times(b.numerators, shared // other), shared


def _lowest(numerators: Whole, denominators: Whole, kinds: NDArray[np.int8]) -> Exact:
    """Fractions in lowest terms, where each has a denominator of its own; what is no number has the numerator 0."""
    if kinds.any():
        numerators = np.where(kinds == 0, numerators, 0)
    if len(denominators) > 1:
        if _wide(numerators, denominators):
            numerators, denominators = numerators.astype(object), denominators.astype(object)
        divisor = np.maximum(np.gcd(numerators, denominators), 1)
        numerators, denominators = _narrowed(numerators // divisor), _narrowed(denominators // divisor)
    return Exact(numerators, denominators, kinds)
