"""Vectors of exact numbers against Python's own decimals."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import exact
from audit.engine.exact import Exact

figures = st.decimals(min_value=-(10**15), max_value=10**15, places=4)
small = st.decimals(min_value=-(10**6), max_value=10**6, places=4)


def one(value: Decimal) -> Exact:
    return exact.constant(value, 1)


def told(number: Exact) -> Decimal | None:
    return exact.decimal_at(number, 0)


@given(figures)
def test_a_figure_is_kept_as_it_is(value):
    assert told(one(value)) == value


@given(figures, figures)
def test_sums_and_differences_are_exact(a, b):
    assert told(exact.add(one(a), one(b))) == a + b
    assert told(exact.subtract(one(a), one(b))) == a - b


@given(small, small)
def test_products_are_exact(a, b):
    assert told(exact.multiply(one(a), one(b))) == a * b


@given(figures, small.filter(bool))
def test_a_quotient_times_the_divisor_is_the_dividend(a, b):
    product = exact.multiply(exact.divide(one(a), one(b)), one(b))
    assert exact.equal(product, one(a))[0]


@given(figures, figures)
def test_order_is_that_of_decimals(a, b):
    assert exact.less(one(a), one(b))[0] == (a < b)
    assert exact.equal(one(a), one(b))[0] == (a == b)
    assert exact.less_or_equal(one(a), one(b))[0] == (a <= b)


@given(small, st.integers(-3, 4))
def test_halves_are_rounded_away_from_zero(value, digits):
    with localcontext() as context:
        context.rounding = "ROUND_HALF_UP"
        expected = value.quantize(Decimal(1).scaleb(-digits)) if digits else value.quantize(Decimal(1))
    assert exact.equal(exact.round_half_away(one(value), digits), one(expected))[0]


@given(figures, figures)
def test_the_smaller_and_the_larger(a, b):
    assert told(exact.minimum(one(a), one(b))) == min(a, b)
    assert told(exact.maximum(one(a), one(b))) == max(a, b)


def test_thirds_are_equal_however_they_are_reached():
    third = exact.divide(one(Decimal(1)), one(Decimal(3)))
    assert exact.equal(exact.add(exact.add(third, third), third), one(Decimal(1)))[0]


@pytest.mark.parametrize(
    "operation", [exact.add, exact.subtract, exact.multiply, exact.divide, exact.minimum, exact.maximum]
)
def test_a_missing_number_spreads_and_is_never_compared(operation):
    missing = exact.filled(np.nan, 1)
    assert operation(missing, one(Decimal(1))).missing[0]
    assert operation(one(Decimal(1)), missing).missing[0]
    assert not exact.equal(missing, missing)[0] and not exact.less(missing, one(Decimal(1)))[0]


def test_division_by_zero_gives_no_number_and_zero_times_infinity_is_zero():
    zero, infinity = one(Decimal(0)), exact.filled(np.inf, 1)
    assert exact.divide(one(Decimal(5)), zero).missing[0]
    assert told(exact.multiply(zero, infinity)) == 0
    assert told(exact.divide(one(Decimal(5)), infinity)) == 0
