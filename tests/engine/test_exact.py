"""Vectors of exact numbers against Python's own fractions: nothing is rounded, however large or fine the numbers are."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import exact, runs
from audit.engine.exact import Exact

decimals = st.one_of(
    st.decimals(min_value=-(10**15), max_value=10**15, places=4),
    st.decimals(min_value=-1000, max_value=1000, places=1),
    st.builds(lambda n, e: Decimal(n).scaleb(e), st.integers(-(10**27), 10**27), st.integers(-20, 20)),
)
pairs = st.lists(st.tuples(decimals, decimals), min_size=1, max_size=6)
columns = st.lists(st.one_of(st.none(), decimals), min_size=1, max_size=30)


def column(values) -> Exact:
    return exact.of_decimals(list(values))


def one(value: Decimal) -> Exact:
    return exact.constant(value, 1)


def told(a: Exact) -> list[Fraction | None]:
    """The numbers of a vector as fractions, None for missing ones."""
    denominators = np.broadcast_to(a.denominators, len(a)).tolist()
    return [
        Fraction(n, d) if kind == 0 else None
        for n, d, kind in zip(a.numerators.tolist(), denominators, a.kinds.tolist(), strict=True)
    ]


@given(columns)
def test_numbers_are_kept_as_they_are(values):
    assert [exact.decimal_at(column(values), i) for i in range(len(values))] == values


@pytest.mark.parametrize(
    ("operation", "expected"),
    [(exact.add, lambda a, b: a + b), (exact.subtract, lambda a, b: a - b), (exact.multiply, lambda a, b: a * b),
     (exact.divide, lambda a, b: a / b if b else None), (exact.minimum, min), (exact.maximum, max)],
)  # fmt: skip
@given(rows=pairs)
def test_arithmetic_is_that_of_fractions(operation, expected, rows):
    a, b = (column(row[i] for row in rows) for i in (0, 1))
    assert told(operation(a, b)) == [expected(Fraction(x), Fraction(y)) for x, y in rows]


@given(rows=pairs, more=decimals)
def test_quotients_calculate_on_without_loss(rows, more):
    a, b = (column(row[i] for row in rows) for i in (0, 1))
    quotient, other = exact.divide(a, b), exact.constant(more, len(rows))
    expected = [Fraction(x) / Fraction(y) if y else None for x, y in rows]
    assert told(exact.add(quotient, other)) == [q if q is None else q + Fraction(more) for q in expected]
    assert told(exact.multiply(quotient, b)) == [
        q if q is None else Fraction(x) for q, (x, _) in zip(expected, rows, strict=True)
    ]
    order = [np.nan if q is None else (q > more) - (q < more) for q in expected]
    np.testing.assert_array_equal(exact.order(quotient, other), order)


@given(rows=pairs)
def test_order_is_that_of_decimals(rows):
    a, b = (column(row[i] for row in rows) for i in (0, 1))
    assert exact.less(a, b).tolist() == [x < y for x, y in rows]
    assert exact.equal(a, b).tolist() == [x == y for x, y in rows]
    assert exact.less_or_equal(a, b).tolist() == [x <= y for x, y in rows]


@given(columns, st.data())
def test_runs_are_added_up_and_their_extremes_found_and_a_missing_number_adds_nothing(values, data):
    starts = np.unique([0, data.draw(st.integers(0, len(values) - 1))])
    found = [
        [Fraction(v) for v in values[first:last] if v is not None]
        for first, last in zip(starts, [*starts[1:], len(values)], strict=True)
    ]
    assert told(runs.sums(column(values), starts)) == [sum(run, Fraction(0)) for run in found]
    for greatest, pick in ((False, min), (True, max)):
        extremes = runs.extremes(column(values), starts, greatest=greatest)
        assert told(extremes) == [pick(run) if run else None for run in found]


@given(columns)
def test_ranks_tell_numbers_apart_and_put_them_in_order(values):
    ranks = runs.ranks(column(values))
    stated = [(v, r) for v, r in zip(values, ranks.tolist(), strict=True) if v is not None]
    assert all((x < y) == (r < s) for x, r in stated for y, s in stated)


def half_up(value: Fraction, ties: str) -> int:
    """The nearest whole number, by the definition: of two that are as near, the one that `ties` says."""
    below = value.numerator // value.denominator
    if value - below != Fraction(1, 2):
        return below if value - below < Fraction(1, 2) else below + 1
    up = {"up": True, "down": False, "away": value > 0}[ties]
    return below + up


def beside(value, side: int | str) -> Exact:
    """A number a hair below (-1) or above (1) what it says; a half there is rounded down or up, else away from zero."""
    signs = np.array([{"up": 1, "down": -1, "away": 0}.get(side, side)], dtype=np.int8)
    return exact.opened(one(value), signs)


sides = st.sampled_from([-1, 0, 1])
small = st.sampled_from([Decimal(n) for n in (-2, -1, 0, 1, 3)])
OPERATIONS = {
    exact.add: lambda a, b: a + b, exact.subtract: lambda a, b: a - b, exact.multiply: lambda a, b: a * b,
    exact.divide: lambda a, b: a / b, exact.minimum: min, exact.maximum: max,
}  # fmt: skip


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
@given(a=small, b=small, a_side=sides, b_side=sides)
def test_a_hair_beside_a_number_is_one_beside_what_it_is_calculated_to(operation, a, b, a_side, b_side):
    if operation is exact.divide and not b:
        return
    found, said = (
        operation(beside(a, a_side), beside(b, b_side)),
        OPERATIONS[operation](Fraction(a), Fraction(b)),
    )
    assert told(found) == [said]
    hairs = [(Fraction(1, 10**m), Fraction(1, 10**n)) for m, n in ((9, 9), (9, 30), (30, 9))]
    near = {
        OPERATIONS[operation](Fraction(a) + a_side * d, Fraction(b) + b_side * e) - said for d, e in hairs
    }
    signs = {(difference > 0) - (difference < 0) for difference in near}
    assert len(signs) > 1 or exact.hairs(found).tolist() == [*signs]


@given(small, small, sides, sides)
def test_a_hair_decides_only_between_equal_numbers(a, b, a_side, b_side):
    order = (a > b) - (a < b) or (a_side > b_side) - (a_side < b_side)
    assert exact.order(beside(a, a_side), beside(b, b_side))[0] == order
    assert exact.hairs(exact.absolute(beside(a, a_side)))[0] == (
        a_side if a > 0 else -a_side if a else abs(a_side)
    )


@given(decimals, st.integers(-15, 9), st.sampled_from(["away", "up", "down"]))
def test_rounding_goes_to_the_nearest_and_halves_where_they_are_told(value, digits, ties):
    expected = half_up(Fraction(value) * Fraction(10) ** digits, ties) / Fraction(10) ** digits
    assert told(exact.rounded(beside(value, ties), digits)) == [expected]


def test_thirds_are_equal_however_they_are_reached():
    third = exact.divide(one(Decimal(1)), one(Decimal(3)))
    assert exact.equal(exact.add(exact.add(third, third), third), one(Decimal(1)))[0]


@pytest.mark.parametrize(
    ("a", "b"),
    [("0.12345678901", "0.12345678909"), ("0.12345678901234", "0.12345678909999"), ("1e15", "1000000000000000.0001"),
     ("12345678901234567890123456789012", "12345678901234567890123456789013")],
)  # fmt: skip
def test_numbers_that_differ_in_their_last_digit_differ(a, b):
    assert not exact.equal(one(Decimal(a)), one(Decimal(b)))[0]
    assert exact.less(one(Decimal(a)), one(Decimal(b)))[0]


def test_a_quotient_is_told_to_twelve_places_and_a_decimal_whole():
    both = exact.divide(column([Decimal(1), Decimal(2)]), column([Decimal(3), Decimal(4)]))
    assert exact.decimal_at(both, 0) == Decimal("0.333333333333")
    assert str(exact.decimal_at(both, 1)) == "0.5"
    assert str(exact.decimal_at(one(Decimal("1.50e30")), 0)) == "1500000000000000000000000000000"


@pytest.mark.parametrize(
    "operation", [exact.add, exact.subtract, exact.multiply, exact.divide, exact.minimum, exact.maximum]
)
def test_a_missing_number_spreads_and_is_never_compared(operation):
    missing = exact.nothing(1)
    assert operation(missing, one(Decimal(1))).missing[0]
    assert operation(one(Decimal(1)), missing).missing[0]
    assert not exact.equal(missing, missing)[0] and not exact.less(missing, one(Decimal(1)))[0]


def test_infinite_ends_calculate_as_interval_arithmetic_wants_it():
    up, down, zero, two = exact.infinity(1, 1), exact.infinity(-1, 1), one(Decimal(0)), one(Decimal(2))
    assert exact.divide(two, zero).missing[0]
    assert told(exact.multiply(zero, up)) == told(exact.divide(two, up)) == [0]
    assert exact.multiply(two, down).kinds[0] == exact.divide(up, exact.negate(two)).kinds[0] == -1
    assert exact.add(up, down).missing[0] and exact.divide(up, down).missing[0]
    assert exact.add(up, two).kinds[0] == exact.maximum(two, up).kinds[0] == 1
    assert exact.less(two, up)[0] and exact.less(down, two)[0] and exact.equal(up, up)[0]
