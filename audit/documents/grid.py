"""Tables: cells with spans on a grid, written into the text row by row, and which rows are headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from audit.documents.build import TextBuilder
from audit.documents.model import Table, TableCell
from audit.model.errors import InputError

MAX_HEADER_ROWS = 3
MAX_SPAN = 1000
MAX_POSITIONS = 5_000_000
_VALUE = re.compile(r"[≥≤><＞＜约超近]{0,2}\s*[+\-－−]?[0-9０-９][0-9０-９,，.．\s]*[^\d\s]{0,8}")
_COLUMN = re.compile(r"[（(]?(\d{1,2})[）)]?\s*(?:$|[=＝])")
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:[年（(—\-－–~～至].*)?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell to be written: its place and spans on the grid, whether the source marks it as a header, and
    its content.

    `write` adds the content to the builder, without a line end after it.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    write: Callable[[], None]


def write_table(builder: TextBuilder, slots: Iterable[Slot]) -> None:
    """Writes the cells as one block: a line for every grid row, a tab between grid columns.

    Merged positions are blank fields, so that every line has the same number of tabs.
    """
    places = {(slot.row, slot.column): slot for slot in slots}
    if not places:
        return
    rows = 1 + max(row for row, _ in places)
    columns = max(slot.column + slot.column_span for slot in places.values())
    if rows * columns > MAX_POSITIONS:
        raise InputError(
            "a table of {rows} rows and {columns} columns is too large to be read: split it.",
            rows=rows,
            columns=columns,
        )
    start = builder.length
    cells: list[TableCell] = []
    for row in range(rows):
        if row:
            builder.write("\n")
        for column in range(columns):
            if column:
                builder.write("\t")
            if slot := places.get((row, column)):
                cells.append(_written(builder, slot))
    builder.table(start, Table(rows, columns, with_headers(cells)))


def _written(builder: TextBuilder, slot: Slot) -> TableCell:
    start = builder.length
    slot.write()
    text = builder.text_from(start)
    return TableCell(
        slot.row, slot.column, slot.row_span, slot.column_span, slot.header, start, builder.length, text
    )


def with_headers(cells: Sequence[TableCell]) -> tuple[TableCell, ...]:
    """The cells with header rows marked, unless the source marked some.

    Headers are the rows above the first one that holds a value (a number that is no year) or that one cell
    fills as the name of a group: at most three, not counting rows of a single text above them (a caption, a
    unit), and a row that numbers the columns. Where values come later, the first row alone is a header.
    """
    if any(cell.header for cell in cells):
        return tuple(cells)
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    order = sorted(rows)
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    lead = next((row for row in order if sum(1 for cell in rows[row] if cell.text.strip()) > 1), 0)
    ends = (row for row in order if row >= lead and _is_body(rows[row], width, first=row == lead))
    depth = next(ends, lead + 1)
    if depth > lead + MAX_HEADER_ROWS:
        depth = lead + 1
    if len(order) < 2:
        depth = 0
    return tuple(replace(cell, header=cell.row < depth) for cell in cells)


def _is_body(cells: Sequence[TableCell], width: int, *, first: bool) -> bool:
    """Whether a row is one of the body: it has a value and does not number the columns, or names a group."""
    names_group = not first and any(cell.column_span == width > 1 for cell in cells)
    return names_group or (any(is_value(cell.text) for cell in cells) and not _numbers_columns(cells))


def _numbers_columns(cells: Sequence[TableCell]) -> bool:
    """Whether a row counts the columns: 1, 2, 3=2/1 …, perhaps with 甲 or nothing over the names."""
    numbers = [
        _COLUMN.match(cell.text.strip()) for cell in cells if cell.text.strip() not in ("", "甲", "乙")
    ]
    counted = [int(number[1]) for number in numbers if number]
    return len(numbers) > 1 and all(numbers) and counted == list(range(1, len(counted) + 1))


def is_value(text: str) -> bool:
    """Whether the text of a cell is a number, with a unit perhaps, and no year."""
    text = text.strip()
    return bool(_VALUE.fullmatch(text)) and not _YEAR.fullmatch(text)


def place_on_grid(rows: Sequence[Sequence[tuple[int, int]]]) -> list[list[int]]:
    """The grid columns of cells given row by row as (row span, column span), as html lays tables out."""
    taken: dict[int, int] = {}
    columns: list[list[int]] = []
    for row in rows:
        here: list[int] = []
        column = 0
        for row_span, column_span in row:
            while taken.get(column, 0) > 0:
                column += 1
            here.append(column)
            for offset in range(column_span):
                taken[column + offset] = row_span
            column += column_span
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        columns.append(here)
    return columns
