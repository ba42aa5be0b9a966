"""Tables of a page: cells by the rules drawn around them, and which table goes on with which on the next
page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audit.documents.pdf.lines import Glyph, Line, lines_of
from audit.model.frozen import frozen

_SAME_EDGE = 3.0
_SAME_COLUMNS = 6.0
Box = tuple[float, float, float, float]


@frozen
class RuledCell:
    """A cell on the table's grid, with the lines inside it; `right` is its right edge in points."""

    row: int
    column: int
    row_span: int
    column_span: int
    right: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The cell's glyphs, without blanks."""
        return "".join(line.text for line in self.lines)


@frozen
class RuledTable:
    """A table of a page; `edges` are the left ends of its grid columns and the right end of the last."""

    page: int
    top: float
    bottom: float
    rows: int
    edges: tuple[float, ...]
    cells: tuple[RuledCell, ...]


def ruled_table(
    page: int, boxes: Sequence[Box], glyphs: Iterable[Glyph]
) -> tuple[RuledTable | None, list[Glyph]]:
    """The table whose cells are `boxes` (x0, top, x1, bottom), and the glyphs outside of them.

    No table, and all the glyphs, for less than two rows or columns or less than two cells with text.
    """
    glyphs = list(glyphs)
    across = _edges(edge for x0, _, x1, _ in boxes for edge in (x0, x1))
    down = _edges(edge for _, top, _, bottom in boxes for edge in (top, bottom))
    places = [
        (_index(down, top), _index(across, x0), _index(down, bottom), _index(across, x1))
        for x0, top, x1, bottom in boxes
    ]
    covered = {
        (row, column): number
        for number, (first, left, last, right) in enumerate(places)
        for row in range(first, last)
        for column in range(left, right)
    }
    inside: list[list[Glyph]] = [[] for _ in boxes]
    outside: list[Glyph] = []
    for glyph in glyphs:
        row = bisect_right(down, (glyph.top + glyph.bottom) / 2) - 1
        column = bisect_right(across, (glyph.x0 + glyph.x1) / 2) - 1
        number = covered.get((row, column))
        (outside if number is None else inside[number]).append(glyph)
    if len(across) < 3 or len(down) < 3 or sum(map(bool, inside)) < 2:
        return None, glyphs
    cells = [
        RuledCell(row, column, last - row, right - column, across[right], tuple(lines_of(page, members)))
        for (row, column, last, right), members in zip(places, inside, strict=True)
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return RuledTable(page, down[0], down[-1], len(down) - 1, tuple(across), tuple(cells)), outside


def holds(box: Box, glyph: Glyph) -> bool:
    """Whether the middle of a glyph lies in a box."""
    x0, top, x1, bottom = box
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= (glyph.top + glyph.bottom) / 2 <= bottom


def same_columns(first: RuledTable, second: RuledTable) -> bool:
    """Whether two tables have the same grid columns at the same places, as the halves of a broken table
    have."""
    return len(first.edges) == len(second.edges) and all(
        abs(a - b) < _SAME_COLUMNS for a, b in zip(first.edges, second.edges, strict=True)
    )


def joined(first: RuledTable, second: RuledTable) -> RuledTable:
    """Both halves as one table, without the header rows that the second half repeats."""
    repeated = 0
    while repeated < second.rows - 1 and _row(first, repeated) == _row(second, repeated) != ():
        repeated += 1
    moved = tuple(
        replace(cell, row=cell.row + first.rows - repeated) for cell in second.cells if cell.row >= repeated
    )
    return replace(first, rows=first.rows + second.rows - repeated, cells=first.cells + moved)


def parts_of(table: RuledTable) -> Iterator[RuledTable | RuledCell]:
    """The rows of a table, and between them the cells that only frame running text: as wide as the table, with a
    sentence on more than one line."""
    start = 0
    for cell in table.cells:
        whole = cell.column == 0 and cell.column_span == len(table.edges) - 1
        if whole and len(cell.lines) > 1 and "。" in cell.text:
            yield from _rows_of(table, start, cell.row)
            yield cell
            start = cell.row + cell.row_span
    yield from _rows_of(table, start, table.rows)


def _rows_of(table: RuledTable, start: int, end: int) -> Iterator[RuledTable]:
    cells = tuple(replace(cell, row=cell.row - start) for cell in table.cells if start <= cell.row < end)
    if any(cell.lines for cell in cells):
        yield replace(table, rows=end - start, cells=cells)


def _row(table: RuledTable, row: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in table.cells if cell.row == row)


def _edges(values: Iterable[float]) -> list[float]:
    """The different edges in order; those that nearly meet are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))
