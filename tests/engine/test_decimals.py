"""Columns of decimals: what is read out of them, and what they add up to, is exact."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import exact
from audit.engine.decimals import decimals_of

numbers = st.decimals(min_value=-(10**18), max_value=10**18, places=9)
columns = st.lists(st.one_of(st.none(), numbers), min_size=1, max_size=30)


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("1e-9"))


def same(found: Decimal | None, expected: Decimal) -> bool:
    return found is not None and abs(rounded(found) - expected) <= abs(expected) * Decimal("1e-25")


@given(columns)
def test_numbers_are_read_back_as_they_were(values):
    read = decimals_of(values).at(np.arange(len(values)))
    for place, value in enumerate(values):
        found = exact.decimal_at(read, place)
        assert found is None if value is None else same(found, value)


@given(columns, st.data())
def test_sums_are_those_of_the_numbers_and_a_missing_one_adds_nothing(values, data):
    start = data.draw(st.integers(0, len(values) - 1))
    starts = np.unique([0, start])
    sums = decimals_of(values).sums(np.arange(len(values)), starts)
    with localcontext(prec=60):
        for run, (first, last) in enumerate(zip(starts, [*starts[1:], len(values)], strict=True)):
            total = sum((v for v in values[first:last] if v is not None), Decimal(0))
            assert same(exact.decimal_at(sums, run), total)


@given(columns)
def test_the_least_and_the_greatest_are_found_and_missing_is_taken_only_where_there_is_no_other(values):
    column, every = decimals_of(values), np.arange(len(values))
    stated = [v for v in values if v is not None]
    for greatest, pick in ((False, min), (True, max)):
        (place,) = column.extremes(every, np.zeros(len(values)), greatest=greatest, open_first=False)
        assert values[place] == (pick(stated) if stated else None)
        (place,) = column.extremes(every, np.zeros(len(values)), greatest=greatest, open_first=True)
        assert values[place] == (None if None in values else pick(stated))


@pytest.mark.parametrize("value", [Decimal("1e27"), Decimal("-1e27"), Decimal("123456789012345.0001")])
def test_large_numbers_keep_all_their_digits_in_a_sum(value):
    found = exact.decimal_at(
        decimals_of([value, -value, Decimal("0.0001")]).sums(np.arange(3), np.array([0])), 0
    )
    assert found == Decimal("0.0001")
