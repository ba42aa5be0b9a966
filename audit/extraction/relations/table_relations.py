"""Relations that a table states: rows that make up a row, and columns that say the same of two others.

Structure and words bind; numbers only judge. All figures of a sum are levels in one unit. Where a part has no number, a
table that leaves many cells blank means none by it and the rest must still be the whole, though not surely; elsewhere
the rest is at most the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.table_columns import column_ties
from audit.extraction.relations.ties import Tied, comparable
from audit.extraction.tables.divisions import PartRows
from audit.extraction.tables.heads import Column, says
from audit.extraction.tables.outline import part_rows
from audit.extraction.tables.panels import Grid, Panel
from audit.extraction.tables.structure import is_blank
from audit.lexicon import only, pattern
from audit.model.relation import RelationRole

_BLANKS_MEAN_NONE = 10
"""A table of which one cell in ten is blank means none by a blank."""


def find_table_relations(readings: Sequence[Reading]) -> list[Tied]:
    """Every relation in the tables of a document, each once."""
    found: list[Tied] = []
    in_tables = [reading for reading in readings if reading.cell is not None and not _is_taken_off(reading)]
    for _, cells in groupby(in_tables, key=lambda one: one.cell.grid.number if one.cell else -1):
        table = Table(list(cells))
        for number, panel in enumerate(table.grid.panels):
            for parts in part_rows(panel):
                found.extend(table.sums(number, panel, parts))
            found.extend(column_ties(number, panel, table.grid, table.at))
        found.extend(table.balances())
    return list({tied.key: tied for tied in reversed(found)}.values())[::-1]


def _is_taken_off(reading: Reading) -> bool:
    """Whether a number of a table stands in round brackets for no reason that its head tells: accounts write so what is
    below zero.
    """
    cell = reading.cell
    if cell is None or cell.cumulative:
        return False
    place = cell.grid.cells.get((cell.row.index, cell.column.index))
    return place is not None and place.text[:1] in "(（" and place.text[-1:] in ")）"


_NET = pattern("<net of gains and losses>")
"""Rows of which one part may be above the whole, as others are below zero."""


class Table:
    """The readings of a table by block, row and column."""

    def __init__(self, cells: Sequence[Reading]) -> None:
        first = cells[0].cell
        assert first is not None
        self.grid: Grid = first.grid
        self.at = {
            (cell.panel, cell.row.index, cell.column.index): reading
            for reading in cells
            if (cell := reading.cell) is not None
        }

    def sums(self, number: int, panel: Panel, rows: PartRows) -> Iterator[Tied]:
        """The sum that rows make in every column of levels."""
        names = [panel.rows[at].name for at in (rows.whole, *rows.parts)]
        if any(says(name, "not_added") for name in names):
            return
        for column in panel.values:
            whole = self._level(number, panel, rows.whole, column)
            parts = [self._level(number, panel, at, column) for at in rows.parts]
            present = [part for part in parts if part is not None]
            open_ends = any(self._level(number, panel, at, column) for at in rows.unless)
            if whole is None or not present or open_ends or not all(comparable(whole, p) for p in present):
                continue
            if any(says(head, "not_added") for head in column.heads):
                continue
            missing = [at for at, part in zip(rows.parts, parts, strict=True) if part is None]
            blank = all(self._is_blank(panel, at, column) for at in missing)
            complete = rows.complete and (not missing or (blank and self._leaves_blank(panel)))
            if complete and len(present) > 1:
                yield _sum(whole, present, binding=True, sure=not missing and rows.sure == "certain")
            elif (not rows.complete or len(present) > 1) and not _may_be_exceeded(whole, present):
                yield _sum(whole, present, binding=False, sure=rows.sure == "certain")

    def balances(self) -> Iterator[Tied]:
        """`收入总计` beside `支出总计` in the last row of two blocks side by side: both are the same amount."""
        panels = self.grid.panels
        if len(panels) != 2 or not all(panel.rows for panel in panels):
            return
        left, right = panels[0].rows[-1], panels[1].rows[-1]
        if left.index != right.index or not (says(left.name, "income") and says(right.name, "outgo")):
            return
        for one, other in zip(panels[0].values, panels[1].values, strict=False):
            whole, part = self.at.get((0, left.index, one.index)), self.at.get((1, right.index, other.index))
            if whole and part and one.head == other.head and comparable(whole, part):
                yield _sum(whole, [part], binding=True, sure=left.name.endswith(only("total")))

    def _level(self, number: int, panel: Panel, at: int, column: Column) -> Reading | None:
        """The level in a row and column, if the cell has one that is a number."""
        reading = self.at.get((number, panel.rows[at].index, column.index))
        if reading is None or column.meaning != "level" or reading.quantity.value is None:
            return None
        return reading

    def _is_blank(self, panel: Panel, at: int, column: Column) -> bool:
        cell = self.grid.cells.get((panel.rows[at].index, column.index))
        return cell is None or is_blank(cell.text)

    def _leaves_blank(self, panel: Panel) -> bool:
        """Whether a table leaves so many cells blank that a blank means none."""
        places = [(row.index, column.index) for row in panel.rows for column in panel.values]
        blank = sum(place not in self.grid.cells or is_blank(self.grid.cells[place].text) for place in places)
        return blank >= 3 and blank * _BLANKS_MEAN_NONE >= len(places)


def _may_be_exceeded(whole: Reading, parts: Sequence[Reading]) -> bool:
    """Whether parts may come to more than their whole: some may be below zero."""
    below = any((one.quantity.value or 0) < 0 for one in (whole, *parts))
    return below or bool(_NET.search(whole.indicator))


def _sum(whole: Reading, parts: Sequence[Reading], *, binding: bool, sure: bool) -> Tied:
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole), *(("part", part) for part in parts)]
    return Tied("sum", tuple(figures), binding, "certain" if sure else "inferred")
