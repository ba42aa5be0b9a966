"""The rows and cells of a Word table, with merged cells brought together on the grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from audit.documents.docx.names import attribute, child, is_on, name, value
from audit.documents.grid import MAX_SPAN, Slot
from audit.model.frozen import frozen

_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins"})


@frozen
class Row:
    """A row that is part of the text: the grid columns it leaves blank before its first cell, and its
    cells."""

    before: int
    header: bool
    cells: tuple[etree._Element, ...]


def table_rows(table: etree._Element) -> list[Row]:
    """The rows of a table, deleted rows and cells left out."""
    rows = [row for row in _unwrapped(table, "w:tr") if child(row, "w:trPr", "w:del") is None]
    return [
        Row(
            before=_count(value(row, "w:trPr", "w:gridBefore"), 0),
            header=is_on(row, "w:trPr", "w:tblHeader"),
            cells=tuple(
                cell for cell in _unwrapped(row, "w:tc") if child(cell, "w:tcPr", "w:cellDel") is None
            ),
        )
        for row in rows
    ]


def is_frame(rows: Sequence[Row]) -> bool:
    """Whether a table is only a box around text: no row has more than one cell."""
    return all(len(row.cells) <= 1 for row in rows)


@dataclass(slots=True)
class _Merge:
    """A cell while the rows below may still be merged into it."""

    row: int
    column: int
    column_span: int
    header: bool
    row_span: int
    cells: list[etree._Element]


def cell_slots(
    rows: Sequence[Row], writer: Callable[[list[etree._Element]], Callable[[], None]]
) -> list[Slot]:
    """The cells on the grid; `writer` makes the function that writes a cell and those merged into it."""
    merges: list[_Merge] = []
    open_above: dict[int, _Merge] = {}
    heading = True
    for number, row in enumerate(rows):
        heading = heading and row.header
        column = row.before
        here: dict[int, _Merge] = {}
        for cell in row.cells:
            span = min(max(_count(value(cell, "w:tcPr", "w:gridSpan"), 1), 1), MAX_SPAN)
            merged = child(cell, "w:tcPr", "w:vMerge")
            above = open_above.get(column)
            if merged is not None and value(cell, "w:tcPr", "w:vMerge") != "restart" and above:
                above.row_span += 1
                above.cells.append(cell)
                here[column] = above
            else:
                merge = _Merge(number, column, span, heading, 1, [cell])
                merges.append(merge)
                if merged is not None:
                    here[column] = merge
            column += span
        open_above = here
    return [
        Slot(
            one.row, one.column, one.row_span, one.column_span, one.header, writer(one.cells), _indent(one.cells[0])
        )
        for one in merges
    ]  # fmt: skip


_TWIPS = 120
"""Of a half-width character in text of twelve points."""


def _indent(cell: etree._Element) -> int:
    """How far the format of its first paragraph sets a cell in, in half-width characters."""
    indents = child(child(cell, "w:p"), "w:pPr", "w:ind")
    if indents is None:
        return 0
    total = 0.0
    for chars, twips in (("leftChars", "left"), ("firstLineChars", "firstLine")):
        if hundredths := _signed(attribute(indents, chars)):
            total += hundredths / 50
        else:
            total += _signed(attribute(indents, twips)) / _TWIPS
    return max(0, round(total))


def _signed(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 7 else 0


def _unwrapped(element: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The children of a kind, those in content controls and other wrappers included."""
    for one in element:
        if name(one) == kind:
            yield one
        elif name(one) in _WRAPPERS:
            yield from _unwrapped(one, kind)


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else otherwise
