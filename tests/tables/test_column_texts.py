"""A table held in lists and the same one held by Polars are read alike: numbers, periods, what is told of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model.text_frame import TextFrame
from audit.tables.formats.asked import NOTHING
from audit.tables.number_cells import numbers_in
from audit.tables.period_cells import with_periods
from audit.tables.reading import TableFile

periods = st.sampled_from(["2020", "2020年1月", "2021年", "2019Q2", None])
numbers = st.sampled_from(["12", "1,500", "3.5%", "12.30", "N/A", "-", "(4)", "1.2亿元", None, "x"])
names = st.sampled_from(["甲", "a", None, "7"])
rows = st.lists(st.tuples(periods, numbers, names), max_size=8)


@given(rows)
def test_small_and_large_tables_are_read_alike(cells: list[tuple[str | None, ...]]) -> None:
    def read() -> tuple[object, ...]:
        frame = TextFrame.of_rows(("year", "amount", "name"), cells)
        found = numbers_in(with_periods(TableFile("t.csv", frame, range(len(frame)), "0")), NOTHING)
        assert isinstance(found.file, TableFile)
        return frame.small, found.file.frame.rows(), found.columns, found.file.notes

    small, *one = read()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("audit.model.text_frame.SMALL", -1)
        large, *other = read()
    assert (small, large) == (True, False) and one == other
