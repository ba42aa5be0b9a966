"""Tables written as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 CSV with a header and LF line ends; None is a blank cell, a truth is true or false."""
    written = [row_text(columns), *(row_text([as_cell(value) for value in row]) for row in rows)]
    return "".join(f"{row}\n" for row in written).encode()


def row_text(cells: Sequence[str | None]) -> str:
    """A row without its end. Python quotes a character of a line's end only where rows end with it, so they end here
    with both."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n")


def as_cell(value: object) -> str | None:
    """A value as it stands in a table; None for a blank, which an empty text is too."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
