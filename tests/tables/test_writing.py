"""A table that is written is read as it was, whatever its cells hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit.tables.reading import table_file
from audit.tables.writing import as_csv

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6) | st.sampled_from(
    ["\r", "\n", '"']
)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
def test_a_table_is_read_as_it_was_written(rows: list[tuple[str, str]]) -> None:
    read = table_file(as_csv(("a", "b"), rows), "t.csv")
    assert read.frame.rows() == [(a or None, b or None) for a, b in rows]
