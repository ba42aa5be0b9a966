"""Vectors of exact numbers: fractions of whole numbers, so that nothing is ever rounded, not even by a division.

A vector holds numerators over denominators. Decimals share one denominator, a power of ten, and stay 64-bit integers
for as long as these hold them; where they do not, Python's integers of any length take their place. So 0.1 + 0.2 is
0.3, a third taken three times is one, and 10^15 + 10^-20 differs from 10^15.

A number may be missing, which spreads, or infinite, which is an open end of an interval. It may lie a hair beside
what it says: less than any number greater or smaller, which is an end that an interval comes as near to as one likes
and does not hold. So every operation tells of its result too whether it is reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from audit.engine.integers import Whole, joined, multiples, plus, reduced, single, times, whole_numbers
from audit.model.frozen import frozen
from audit.numbers.numerals import EXACT

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Signs = NDArray[np.int8]
"""-1, 0 or 1 each."""

MISSING = 2
"""The kind of a missing number; that of a number is 0, that of an infinite one its sign."""

_PLACES_OF_QUOTIENTS = 12


@frozen(guarded=False)
class Exact:
    """A vector of numbers; `denominators` are positive, one for all or one each.

    `kinds` tells numbers (0), infinite ones (their sign) and missing ones (`MISSING`) apart; what is no number has the
    numerator 0. `beside` tells which numbers are a hair below (-1) or above (1) what they say; None for not one.
    """

    numerators: Whole
    denominators: Whole
    kinds: NDArray[np.int8]
    beside: Signs | None = None

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
    return Exact(numerators, single(10**places), kinds)


def of_decimals(values: list[Decimal | None]) -> Exact:
    """Decimals as a vector; None is missing."""
    stated = [value for value in values if value is not None]
    places = max((-exponent_of(value) for value in stated), default=0)
    numerators = [0 if value is None else int(EXACT.scaleb(value, max(places, 0))) for value in values]
    missing = np.array([value is None for value in values], dtype=bool)
    return scaled(whole_numbers(numerators), max(places, 0), missing)


def constant(value: Decimal, length: int) -> Exact:
    """The same number `length` times."""
    found = of_decimals([value])
    return Exact(np.repeat(found.numerators, length), found.denominators, np.zeros(length, dtype=np.int8))


def infinity(sign: Literal[-1, 1], length: int) -> Exact:
    """The same infinite number `length` times."""
    return Exact(np.zeros(length, dtype=np.int64), single(1), np.full(length, sign, dtype=np.int8))


def nothing(length: int) -> Exact:
    """`length` missing numbers."""
    return Exact(np.zeros(length, dtype=np.int64), single(1), np.full(length, MISSING, dtype=np.int8))


def whole(numbers: Floats) -> Exact:
    """Whole numbers given as floats, such as counts."""
    return scaled(numbers.astype(np.int64), 0)


def decimals_needed(a: Exact) -> int | None:
    """The decimals that the finest number of a vector needs; None where not all are decimals."""
    if len(a.denominators) != 1:
        return None
    places, rest = len(str(a.denominators[0])) - 1, a.numerators
    if a.denominators[0] != 10**places:
        return None
    while places and not (rest % 10).any():
        places, rest = places - 1, rest // 10
    return places


def decimals_of_each(a: Exact) -> NDArray[np.int64]:
    """The decimals that each number of a vector of decimals needs."""
    scale = len(str(a.denominators[0])) - 1
    needed = np.full(len(a), scale, dtype=np.int64)
    left = np.flatnonzero(a.numerators % 10 == 0) if scale else np.empty(0, dtype=np.int64)
    rest = a.numerators[left]
    for step in range(1, scale + 1):
        needed[left], rest = scale - step, rest // 10
        more = rest % 10 == 0
        left, rest = left[more], rest[more]
    return needed


def take(a: Exact, indices: NDArray[np.int64] | slice) -> Exact:
    """The numbers at the given indices."""
    denominators = a.denominators if len(a.denominators) == 1 else a.denominators[indices]
    beside = None if a.beside is None else a.beside[indices]
    return Exact(a.numerators[indices], denominators, a.kinds[indices], beside)


def opened(a: Exact, signs: Signs) -> Exact:
    """The numbers a hair below (-1) or above (1) where told; what is missing or infinite stays."""
    return Exact(a.numerators, a.denominators, a.kinds, _hairs(signs, a.kinds)) if signs.any() else a


def closed(a: Exact) -> Exact:
    """The numbers that are said, none of them a hair beside."""
    return a if a.beside is None else Exact(a.numerators, a.denominators, a.kinds)


def hairs(a: Exact) -> Signs:
    """On which side of what it says each number lies."""
    return np.zeros(len(a), dtype=np.int8) if a.beside is None else a.beside


def blanked(a: Exact, hidden: Booleans) -> Exact:
    """The numbers, missing where hidden."""
    if not hidden.any():
        return a
    beside = None if a.beside is None else np.where(hidden, np.int8(0), a.beside)
    numerators, kinds = np.where(hidden, 0, a.numerators), np.where(hidden, np.int8(MISSING), a.kinds)
    return Exact(numerators, a.denominators, kinds, beside)


def extended(a: Exact, last: Exact) -> Exact:
    """The numbers with one more, the only one of `last`, at the end."""
    x, y, denominators = _alike(a, last)
    if len(denominators) > 1:  # the last one is over the last one's own denominator
        y, denominators = last.numerators, np.append(a.denominators, last.denominators)
        x = a.numerators
    beside = None if _sharp(a, last) else np.append(hairs(a), hairs(last))
    return Exact(joined(x, y[-1:]), denominators, np.append(a.kinds, last.kinds), beside)


def concatenated(parts: Sequence[Exact]) -> Exact:
    """Vectors of decimals one after the other."""
    if len(parts) == 1:
        return parts[0]
    assert all(len(part.denominators) == 1 for part in parts)
    shared = lcm(*(int(part.denominators[0]) for part in parts))
    factors = [shared // int(part.denominators[0]) for part in parts]
    numerators = [
        part.numerators if factor == 1 else times(part.numerators, single(factor))
        for part, factor in zip(parts, factors, strict=True)
    ]
    wide = any(one.dtype == object for one in numerators)
    sharp = all(part.beside is None for part in parts)
    return Exact(
        np.concatenate([one.astype(object) if wide else one for one in numerators]),
        single(shared),
        np.concatenate([part.kinds for part in parts]),
        None if sharp else np.concatenate([hairs(part) for part in parts]),
    )


def mean(a: Exact, b: Exact) -> Exact:
    """The number halfway between each pair."""
    return multiply(add(a, b), constant(Decimal("0.5"), len(a)))


def decimal_at(a: Exact, index: int) -> Decimal | None:
    """One number without trailing zeros and as it is said; None for missing and infinite ones.

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
    kinds = np.where(a.missing, MISSING, -a.kinds).astype(np.int8)
    return Exact(-a.numerators, a.denominators, kinds, None if a.beside is None else -a.beside)


def add(a: Exact, b: Exact) -> Exact:
    """The sum; missing where either is, and for infinite ends of opposite signs."""
    x, y, denominators = _alike(a, b)
    total = plus(x, y)
    kinds = a.kinds
    if b.kinds.any() or a.kinds.any():
        opposite = (np.abs(a.kinds) == 1) & (a.kinds == -b.kinds)
        kinds = np.where(opposite | _either_missing(a, b), MISSING, np.sign(a.kinds + b.kinds)).astype(
            np.int8
        )
        total = np.where(kinds == 0, total, 0)
    return Exact(total, denominators, kinds, None if _sharp(a, b) else _hairs(hairs(a) + hairs(b), kinds))


def subtract(a: Exact, b: Exact) -> Exact:
    return add(a, negate(b))


def multiply(a: Exact, b: Exact) -> Exact:
    """The product; zero times infinity is zero, as interval arithmetic wants it.

    A hair beside one number is one beside the product, on the side that the other's sign turns it to.
    """
    product, denominators = times(a.numerators, b.numerators), times(a.denominators, b.denominators)
    kinds = a.kinds
    if a.kinds.any() or b.kinds.any():
        infinite = (a.infinite | b.infinite) * (sign(a) * sign(b))
        kinds = np.where(_either_missing(a, b), MISSING, infinite).astype(np.int8)
    beside = None
    if not _sharp(a, b):
        turned = sign(a) * hairs(b) + sign(b) * hairs(a)
        beside = _hairs(np.where((sign(a) == 0) & (sign(b) == 0), hairs(a) * hairs(b), turned), kinds)
    return _lowest(product, denominators, kinds, beside)


def divide(a: Exact, b: Exact) -> Exact:
    """The quotient; missing where the divisor is zero or both are infinite.

    Divided by what is infinite a number comes as near to zero as one likes: it is a hair beside it.
    """
    divided = times(a.numerators, b.denominators)
    by = times(a.denominators, b.numerators)
    divided, by = np.where(by < 0, -divided, divided), np.abs(by)
    impossible = _either_missing(a, b) | b.zero | (a.infinite & b.infinite)
    kinds = np.where(impossible, MISSING, a.infinite * (sign(a) * sign(b))).astype(np.int8)
    none = (kinds != 0) | b.infinite
    beside = None
    if not _sharp(a, b) or b.infinite.any():
        vanishing = sign(b) * np.where(sign(a) == 0, hairs(a), sign(a))
        turned = np.where(b.infinite, vanishing, sign(b) * hairs(a) - sign(a) * hairs(b))
        beside = _hairs(turned, kinds)
    return _lowest(np.where(none, 0, divided), np.where(none, 1, by), kinds, beside)


def sign(a: Exact) -> Signs:
    """-1, 0 or 1; 0 for a missing number and for one that is a hair beside zero."""
    return np.where(a.missing, 0, np.where(a.kinds != 0, a.kinds, np.sign(a.numerators))).astype(np.int8)


def absolute(a: Exact) -> Exact:
    beside = None
    if a.beside is not None:
        beside = np.where(sign(a) == 0, np.abs(a.beside), sign(a) * a.beside).astype(np.int8)
    return Exact(np.abs(a.numerators), a.denominators, np.abs(a.kinds), beside)


def rounded(a: Exact, digits: int) -> Exact:
    """Rounded to `digits` decimals.

    Halves go away from zero, as commercial rounding in statistics does; what is a hair beside a half goes to its side.
    """
    factor = whole_numbers([10 ** abs(digits)])
    doubled, denominators = times(a.numerators, np.array([2])), a.denominators
    if digits > 0:
        doubled = times(doubled, factor)
    else:
        denominators = times(denominators, factor)
    twice = times(denominators, np.array([2]))
    up = np.floor_divide(plus(doubled, denominators), twice)
    down = -np.floor_divide(plus(-doubled, denominators), twice)
    kept = np.where(a.numerators < 0, down, up)
    if a.beside is not None:
        kept = np.where(a.beside > 0, up, np.where(a.beside < 0, down, kept))
    if digits < 0:
        kept = times(kept, factor)
    return Exact(kept, single(10 ** max(digits, 0)), a.kinds)


def where(condition: Booleans, yes: Exact, no: Exact) -> Exact:
    x, y, denominators = _alike(yes, no)
    beside = None if _sharp(yes, no) else np.where(condition, hairs(yes), hairs(no))
    return Exact(np.where(condition, x, y), denominators, np.where(condition, yes.kinds, no.kinds), beside)


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
    if not _sharp(a, b):
        found = np.where(found == 0, np.sign(hairs(a).astype(np.float64) - hairs(b)), found)
    if a.kinds.any() or b.kinds.any():
        endless = a.infinite | b.infinite
        found = np.where(endless, np.sign(a.kinds.astype(np.float64) - b.kinds), found)
        found = np.where(_either_missing(a, b), np.nan, found)
    return found


def equal(a: Exact, b: Exact) -> Booleans:
    """Equal; never for missing numbers."""
    return _compared(np.equal, a, b)


def less(a: Exact, b: Exact) -> Booleans:
    """Smaller; never for missing numbers."""
    return _compared(np.less, a, b)


def less_or_equal(a: Exact, b: Exact) -> Booleans:
    """Smaller or equal; never for missing numbers."""
    return _compared(np.less_equal, a, b)


def _compared(compare: np.ufunc, a: Exact, b: Exact) -> Booleans:
    """What a comparison says of each pair: of their numerators, where all are numbers and just what they say."""
    if _sharp(a, b) and not (a.kinds.any() or b.kinds.any()):
        x, y, _ = _alike(a, b)
        return np.asarray(compare(x, y), dtype=bool)
    return np.asarray(compare(order(a, b), 0))


def exponent_of(value: Decimal) -> int:
    """The power of ten of the last digit of a number."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "numbers are finite"
    return exponent


def _either_missing(a: Exact, b: Exact) -> Booleans:
    return a.missing | b.missing


def _sharp(a: Exact, b: Exact) -> bool:
    """Whether no number of either is known to be a hair beside what it says."""
    return a.beside is None and b.beside is None


def _hairs(signs: NDArray[np.int8], kinds: NDArray[np.int8]) -> Signs:
    """The side that each sign stands for; none for what is no number."""
    return np.where(kinds == 0, np.sign(signs), 0).astype(np.int8)


def _alike(a: Exact, b: Exact) -> tuple[Whole, Whole, Whole]:
    """The numerators of both over the same denominators, and these."""
    own, other = a.denominators, b.denominators
    if own is other or (len(own) == len(other) == 1 and own[0] == other[0]):
        return a.numerators, b.numerators, own
    shared = multiples(own, other)
    return times(a.numerators, shared // own), times(b.numerators, shared // other), shared


def _lowest(numerators: Whole, denominators: Whole, kinds: NDArray[np.int8], beside: Signs | None) -> Exact:
    """Fractions in lowest terms, where each has a denominator of its own; what is no number has the numerator 0."""
    if kinds.any():
        numerators = np.where(kinds == 0, numerators, 0)
    if len(denominators) > 1:
        numerators, denominators = reduced(numerators, denominators)
    return Exact(numerators, denominators, kinds, beside)
