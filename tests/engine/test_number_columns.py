"""Columns of numbers are read exactly, each cell as `numbers.parse_cell` reads it, or told as unread."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.engine import exact
from audit.engine.polars_columns import read_column
from audit.numbers.numerals import parse_cell

written = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25, places=4).map(
        str
    ),
    st.from_regex(r"[-+]?[0-9]{0,20}\.?[0-9]{0,20}(e[-+]?[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,3}(,[0-9]{3}){1,3}(\.[0-9]{1,3})?", fullmatch=True),
    st.text(alphabet="0123456789０９.,-+eE ·xNA万", max_size=6),
)


@given(st.lists(st.one_of(st.none(), written), min_size=1, max_size=12))
def test_every_cell_is_read_as_it_is_alone(cells):
    column = read_column(pl.Series(cells, dtype=pl.String))
    for index, cell in enumerate(cells):
        number = parse_cell(cell) if cell and cell.strip() else None
        assert bool(column.unread[index]) == (bool(cell and cell.strip()) and number is None)
        assert exact.decimal_at(column.numbers, index) == (number.value if number else None)
        if number:
            assert column.decimals[index] == -number.step.adjusted()


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e50, max_value=1e50), min_size=1)
)
def test_floats_are_taken_by_their_shortest_form(values):
    column = read_column(pl.Series(values, dtype=pl.Float64))
    for index, value in enumerate(values):
        if abs(value) > 1e-40 or value == 0:
            assert exact.decimal_at(column.numbers, index) == Decimal(repr(value))
            shortest = format(Decimal(repr(value)), "f").rstrip("0").rstrip(".") if value else "0"
            assert column.decimals[index] == len(shortest.partition(".")[2])


@pytest.mark.parametrize(
    ("series", "numbers", "places"),
    [
        (pl.Series([2**64 - 1, 5], dtype=pl.UInt64), [2**64 - 1, 5], [0, 0]),
        (pl.Series([None, -(2**63)], dtype=pl.Int64), [None, -(2**63)], [0, 0]),
        (pl.Series(["1.50", "2.00", None, "0.001"], dtype=pl.String).cast(pl.Decimal(38, 4)),
         [Decimal("1.5"), 2, None, Decimal("0.001")], [1, 0, 0, 3]),
        (pl.Series(["99999999999999999999999999999999999.999"]).cast(pl.Decimal(38, 3)),
         [Decimal("99999999999999999999999999999999999.999")], [3]),
    ],
)  # fmt: skip
def test_typed_columns_are_taken_whole_and_have_the_decimals_that_they_need(series, numbers, places):
    column = read_column(series)
    assert [exact.decimal_at(column.numbers, i) for i in range(len(series))] == numbers
    assert column.decimals.tolist() == places
