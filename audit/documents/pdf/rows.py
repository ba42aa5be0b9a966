"""Rows of a table that no rule sets apart: numbers under each other in one ruled cell are cells of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from audit.documents.grid import is_value
from audit.documents.pdf.lines import Line
from audit.documents.pdf.tables import RuledCell, RuledTable

_SAME_ROW = 0.5
_OWN_ROW = 0.75
_BLANKS = frozenset("-—–―/－")


def with_rows(table: RuledTable) -> RuledTable:
    """The table with every ruled row cut into the rows that its numbers make.

    A row is cut where numbers stand under each other: three in one cell, or two in two cells and more. A line
    of another cell goes to the number that is nearest (a name on two lines), or makes a row without numbers.
    """
    cells: list[RuledCell] = []
    added = 0
    for row in range(table.rows):
        members = [cell for cell in table.cells if cell.row == row]
        levels = _levels([cell for cell in members if cell.row_span == 1])
        for cell in members:
            moved = replace(cell, row=row + added)
            if levels and cell.row_span == 1:
                cells += _cut(moved, levels)
            else:
                cells.append(moved)
        if levels:
            more = len(levels) - 1
            cells = [_taller(cell, row + added, more) for cell in cells]
            added += more
    return replace(
        table, rows=table.rows + added, cells=tuple(sorted(cells, key=lambda one: (one.row, one.column)))
    )


def _levels(cells: Sequence[RuledCell]) -> list[float]:
    """The heights of the base lines of the numbers, if they make rows; none otherwise."""
    stacked = [cell for cell in cells if len(cell.lines) > 1 and _all_numbers(cell.lines)]
    if not (any(len(cell.lines) > 2 for cell in stacked) or len(stacked) > 1):
        return []
    levels = _apart((line for cell in stacked for line in cell.lines), [])
    gap = min((b - a for a, b in pairwise(levels)), default=0.0)
    lone = [
        line
        for cell in cells
        for line in cell.lines
        if min(abs(line.bottom - level) for level in levels) > _OWN_ROW * gap > 0
    ]
    return _apart(lone, levels)


def _apart(lines: Iterable[Line], levels: Sequence[float]) -> list[float]:
    """The levels with the base lines of lines that are on none of them, in order."""
    found = list(levels)
    for line in sorted(lines, key=lambda line: line.bottom):
        if all(abs(line.bottom - level) > _SAME_ROW * line.size for level in found):
            found.append(line.bottom)
    return sorted(found)


def _all_numbers(lines: Sequence[Line]) -> bool:
    return all(is_value(line.text) or _BLANKS.issuperset(line.text) for line in lines)


def _cut(cell: RuledCell, levels: Sequence[float]) -> list[RuledCell]:
    """The cell as one for every level, each with the lines that are nearest to it."""
    nearest = [min(range(len(levels)), key=lambda at: abs(levels[at] - line.bottom)) for line in cell.lines]
    return [
        replace(
            cell,
            row=cell.row + at,
            lines=tuple(line for line, place in zip(cell.lines, nearest, strict=True) if place == at),
        )
        for at in range(len(levels))
    ]


def _taller(cell: RuledCell, row: int, more: int) -> RuledCell:
    """A cell that reaches over a row which became several."""
    reaches = cell.row_span > 1 and cell.row <= row < cell.row + cell.row_span
    return replace(cell, row_span=cell.row_span + more) if reaches else cell
