"""Interval arithmetic over vectors, and the three-valued truth of comparing intervals.

R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis (SIAM 2009), chapters 2 and 5; for the use
on reported figures, XBRL Calculations 1.1, section 5 (intervals of rounded values).
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from audit.engine import exact
from audit.engine.exact import Booleans, Exact
from audit.engine.keys import Integers
from audit.model.frozen import frozen


@frozen(guarded=False)
class Interval:
    """Intervals from `low` to `high`; an infinite end is open, a missing one means that there is no number at all.

    An end that the interval does not hold itself lies a hair inside (see `exact`): [8, 9) is from 8 to a hair below 9.

    Where `low` and `high` are one object all intervals are single numbers, and are computed once.
    """

    low: Exact
    high: Exact

    @property
    def is_point(self) -> bool:
        """Whether all intervals are known to be single numbers."""
        return self.low is self.high

    @property
    def missing(self) -> Booleans:
        return self.low.missing if self.is_point else self.low.missing | self.high.missing

    def at(self, places: Integers) -> Interval:
        """The intervals at the given places."""
        low = exact.take(self.low, places)
        return single(low) if self.is_point else Interval(low, exact.take(self.high, places))


@frozen
class Truth:
    """Whether a statement can be true and can be false, given the intervals; both for what is not known."""

    can_be_true: Booleans
    can_be_false: Booleans
    known: Booleans

    def at(self, places: Integers) -> Truth:
        """The statement at the given places."""
        return Truth(self.can_be_true[places], self.can_be_false[places], self.known[places])


def single(number: Exact) -> Interval:
    """Numbers as intervals."""
    return Interval(number, number)


def point(value: Decimal, length: int) -> Interval:
    """The same number `length` times."""
    return single(exact.constant(value, length))


def negate(a: Interval) -> Interval:
    return single(exact.negate(a.low)) if a.is_point else Interval(exact.negate(a.high), exact.negate(a.low))


def add(a: Interval, b: Interval) -> Interval:
    if a.is_point and b.is_point:
        return single(exact.add(a.low, b.low))
    return Interval(exact.add(a.low, b.low), exact.add(a.high, b.high))


def subtract(a: Interval, b: Interval) -> Interval:
    return add(a, negate(b))


def multiply(a: Interval, b: Interval) -> Interval:
    if a.is_point and b.is_point:
        return single(exact.multiply(a.low, b.low))
    products = [exact.multiply(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    low = high = products[0]
    for product in products[1:]:
        low, high = exact.minimum(low, product), exact.maximum(high, product)
    return Interval(low, high)


def divide(a: Interval, b: Interval) -> Interval:
    """The quotient. A divisor that is zero gives no number; one that may come near to zero gives a half line or the line."""
    if a.is_point and b.is_point:
        return single(exact.divide(a.low, b.low))
    quotient = multiply(a, _reciprocal(b))
    unknown = a.missing | b.missing | (b.low.zero & b.high.zero)
    return Interval(exact.blanked(quotient.low, unknown), exact.blanked(quotient.high, unknown))


def _reciprocal(b: Interval) -> Interval:
    """One by the numbers of an interval but for zero: without end on the side on which they come near to it."""
    one = exact.constant(Decimal(1), len(b.low))
    below, above = exact.sign(b.low) < 0, exact.sign(b.high) > 0
    low = exact.where(below & (above | b.high.zero), exact.infinity(-1, len(one)), exact.divide(one, b.high))
    high = exact.where(above & (below | b.low.zero), exact.infinity(1, len(one)), exact.divide(one, b.low))
    return Interval(low, high)


def power(a: Interval, exponent: Interval) -> Interval:
    """`a` multiplied by itself; the exponent is a whole number of nothing to a hundred, anything else gives no number."""
    length = len(a.low)
    hundred = exact.constant(Decimal(100), length)
    whole = (
        exact.equal(exponent.low, exponent.high)
        & exact.equal(exponent.low, exact.rounded(exponent.low, 0))
        & (exact.sign(exponent.low) >= 0)
        & exact.less_or_equal(exponent.low, hundred)
    )
    times = np.where(whole, exponent.low.numerators // exponent.low.denominators, 0)
    even = times % 2 == 0  # the same number every time, so that an even power is never below zero
    size = absolute(a)
    low, high = exact.where(even, size.low, a.low), exact.where(even, size.high, a.high)
    result = point(Decimal(1), length)
    for step in range(1, int(np.max(times, initial=0)) + 1):
        again = whole & (times >= step)
        result = Interval(
            exact.where(again, exact.multiply(result.low, low), result.low),
            exact.where(again, exact.multiply(result.high, high), result.high),
        )
    unknown = a.missing | ~whole
    return Interval(exact.blanked(result.low, unknown), exact.blanked(result.high, unknown))


def absolute(a: Interval) -> Interval:
    zero = exact.constant(Decimal(0), len(a.low))
    across = exact.less(a.low, zero) & exact.less(zero, a.high)
    low, high = exact.absolute(a.low), exact.absolute(a.high)
    return Interval(exact.where(across, zero, exact.minimum(low, high)), exact.maximum(low, high))


def round_half_away(a: Interval, digits: int) -> Interval:
    return Interval(exact.rounded(a.low, digits), exact.rounded(a.high, digits))


def minimum(a: Interval, b: Interval) -> Interval:
    return Interval(exact.minimum(a.low, b.low), exact.minimum(a.high, b.high))


def maximum(a: Interval, b: Interval) -> Interval:
    return Interval(exact.maximum(a.low, b.low), exact.maximum(a.high, b.high))


def widen(a: Interval, by: Exact) -> Interval:
    return Interval(exact.subtract(a.low, by), exact.add(a.high, by))


def equals(a: Interval, b: Interval) -> Truth:
    if a.is_point and b.is_point:
        same = exact.equal(a.low, b.low)
        return _truth(same, ~same, a, b)
    overlap = exact.less_or_equal(a.low, b.high) & exact.less_or_equal(b.low, a.high)
    same_point = exact.equal(a.low, a.high) & exact.equal(b.low, b.high) & overlap
    return _truth(overlap, ~same_point, a, b)


def at_most(a: Interval, b: Interval) -> Truth:
    return _truth(exact.less_or_equal(a.low, b.high), exact.less(b.low, a.high), a, b)


def below(a: Interval, b: Interval) -> Truth:
    return _truth(exact.less(a.low, b.high), exact.less_or_equal(b.low, a.high), a, b)


def opposite(a: Truth) -> Truth:
    return Truth(a.can_be_false, a.can_be_true, a.known)


def both(a: Truth, b: Truth) -> Truth:
    """Kleene's and: known as soon as one side is surely false."""
    surely_false = (a.known & ~a.can_be_true) | (b.known & ~b.can_be_true)
    return Truth(
        a.can_be_true & b.can_be_true & ~surely_false,
        (a.can_be_false | b.can_be_false) | surely_false,
        (a.known & b.known) | surely_false,
    )


def either(a: Truth, b: Truth) -> Truth:
    return opposite(both(opposite(a), opposite(b)))


def certain(value: Booleans) -> Truth:
    """A statement that is true or false whatever the intervals."""
    return Truth(value, ~value, np.ones(len(value), dtype=bool))


def undecided(length: int) -> Truth:
    """A statement of which nothing is known."""
    every = np.ones(length, dtype=bool)
    return Truth(every, every, ~every)


def _truth(can_be_true: Booleans, can_be_false: Booleans, a: Interval, b: Interval) -> Truth:
    known = ~(a.missing | b.missing)
    return Truth(can_be_true | ~known, can_be_false | ~known, known)
