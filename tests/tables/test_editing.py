from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from audit.tables.editing import edited
from audit.tables.reading import table_file

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=6)


@given(
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), st.data(), CELL, st.sampled_from(["\n", "\r\n"])
)
def test_only_the_row_named_changes_and_it_reads_as_it_was_given(
    rows: list[tuple[str, str]], data: st.DataObject, cell: str, end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b"), *rows])
    before = text.getvalue().encode()
    read = table_file(before, "t.csv")
    place = data.draw(st.integers(0, len(rows) - 1))
    after = edited(before, "t.csv", {read.lines[place]: {"b": cell}})
    again = table_file(after, "t.csv")
    expected = [(a or None, b or None) for a, b in rows]
    expected[place] = (expected[place][0], cell or None)
    assert again.frame.rows() == expected
    kept = edited(before, "t.csv", {})
    assert kept == before
