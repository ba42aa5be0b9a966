"""Intervals hold every result that numbers inside them can give."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import exact, intervals
from audit.engine.intervals import Interval, Truth

numbers = st.decimals(min_value=-1000, max_value=1000, places=3)


@st.composite
def around(draw):
    """An interval and a number inside it."""
    ends = sorted((draw(numbers), draw(numbers)))
    inside = draw(st.decimals(min_value=ends[0], max_value=ends[1], places=3))
    return Interval(exact.constant(ends[0], 1), exact.constant(ends[1], 1)), inside


def holds(interval: Interval, number: Decimal) -> bool:
    value = exact.constant(number, 1)
    return bool(exact.less_or_equal(interval.low, value)[0] and exact.less_or_equal(value, interval.high)[0])


@pytest.mark.parametrize(
    ("operation", "of_numbers"),
    [(intervals.add, lambda a, b: a + b), (intervals.subtract, lambda a, b: a - b), (intervals.multiply, lambda a, b: a * b),
     (intervals.minimum, min), (intervals.maximum, max)],
)  # fmt: skip
@given(a=around(), b=around())
def test_the_result_of_inner_numbers_lies_inside(operation, of_numbers, a, b):
    assert holds(operation(a[0], b[0]), of_numbers(a[1], b[1]))


@given(around(), around())
def test_quotients_lie_inside_and_a_divisor_around_zero_gives_the_whole_line(a, b):
    quotient = intervals.divide(a[0], b[0])
    if b[1] != 0 and not quotient.missing[0]:
        value = exact.divide(exact.constant(a[1], 1), exact.constant(b[1], 1))
        assert exact.less_or_equal(quotient.low, value)[0] and exact.less_or_equal(value, quotient.high)[0]


@given(around(), st.integers(0, 4))
def test_powers_lie_inside(a, exponent):
    power = intervals.power(a[0], intervals.point(Decimal(exponent), 1))
    assert holds(power, a[1] ** exponent if exponent else Decimal(1))


@given(around())
def test_sizes_and_roundings_lie_inside(a):
    assert holds(intervals.absolute(a[0]), abs(a[1]))
    rounded = exact.decimal_at(exact.rounded(exact.constant(a[1], 1), 1), 0)
    assert rounded is not None and holds(intervals.round_half_away(a[0], 1), rounded)


@given(around(), around())
def test_a_comparison_that_numbers_inside_satisfy_can_be_true(a, b):
    assert intervals.at_most(a[0], b[0]).can_be_true[0] or not a[1] <= b[1]
    assert intervals.below(a[0], b[0]).can_be_true[0] or not a[1] < b[1]
    assert intervals.equals(a[0], b[0]).can_be_true[0] or a[1] != b[1]
    assert intervals.at_most(a[0], b[0]).can_be_false[0] or not a[1] > b[1]
    assert intervals.below(a[0], b[0]).can_be_false[0] or not a[1] >= b[1]
    assert intervals.equals(a[0], b[0]).can_be_false[0] or a[1] == b[1]


def truth(value: bool | None) -> Truth:
    known = np.array([value is not None])
    return Truth(np.array([value is not False]), np.array([value is not True]), known)


def value_of(found: Truth) -> bool | None:
    return bool(found.can_be_true[0]) if found.can_be_true[0] != found.can_be_false[0] else None


@pytest.mark.parametrize("a", [True, False, None])
@pytest.mark.parametrize("b", [True, False, None])
def test_and_or_not_are_those_of_kleene(a, b):
    both = False if a is False or b is False else None if a is None or b is None else True
    either = True if a is True or b is True else None if a is None or b is None else False
    assert value_of(intervals.both(truth(a), truth(b))) is both
    assert value_of(intervals.either(truth(a), truth(b))) is either
    assert value_of(intervals.opposite(truth(a))) is (None if a is None else not a)
    assert bool(intervals.both(truth(a), truth(b)).known[0]) == (both is not None)


def test_what_is_missing_is_not_known():
    nothing = Interval(exact.nothing(1), exact.nothing(1))
    found = intervals.equals(nothing, intervals.point(Decimal(1), 1))
    assert found.can_be_true[0] and found.can_be_false[0] and not found.known[0]


@given(around(), st.integers(1, 5))
def test_powers_are_tight(a, exponent):
    """Both ends of a power are reached: by an end of the base, or by nothing where the base lies across it."""
    power = intervals.power(a[0], intervals.point(Decimal(exponent), 1))
    low, high = (exact.decimal_at(end, 0) for end in (a[0].low, a[0].high))
    assert low is not None and high is not None
    reached = {Fraction(low) ** exponent, Fraction(high) ** exponent} | (
        {Fraction(0)} if low <= 0 <= high else set()
    )
    assert exact.decimal_at(power.low, 0) == min(reached) and exact.decimal_at(power.high, 0) == max(reached)
