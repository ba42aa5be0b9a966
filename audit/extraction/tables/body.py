"""The cells of a table with heads, titles and body told apart; a table broken in two is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.extraction.tables.panels import Cell
from audit.extraction.text.layout import LaidCell, LaidTable, LayoutBlock


class Body:
    """The cells of a table, with heads, titles and body told apart.

    `heads` has a list of texts for every head row, one text a column; `titles` are the texts of rows that hold
    nothing else, above the heads.
    """

    def __init__(self, clean: str, pieces: Sequence[LaidTable]) -> None:
        self.columns = max(table.columns for table in pieces)
        self.heads: list[list[str]] = []
        self.titles: list[str] = []
        self.cells: dict[tuple[int, int], Cell] = {}
        self.spread: dict[tuple[int, int], Cell] = {}
        self.blocks: dict[int, LayoutBlock] = {}
        offset = 0
        for piece, table in enumerate(pieces):
            self._take(clean, table, offset, first=piece == 0)
            offset += 1 + max(cell.row + cell.row_span for cell in table.cells)
        self.rows = sorted({row for row, _ in self.cells})

    def _take(self, clean: str, table: LaidTable, offset: int, *, first: bool) -> None:
        by_row: dict[int, list[tuple[LaidCell, Cell]]] = {}
        for laid in table.cells:
            text = clean[laid.start : laid.end].strip()
            cell = Cell(text, laid.start, laid.end, laid.indent, laid.column_span)
            by_row.setdefault(laid.row, []).append((laid, cell))
        head_rows = [row for row, cells in by_row.items() if all(laid.header for laid, _ in cells)]
        if first:
            self._take_heads({row: by_row[row] for row in head_rows})
        repeated = {tuple(cell.text for _, cell in by_row[row]) for row in head_rows}
        for row, cells in by_row.items():
            if row in head_rows or (len(cells) > 1 and tuple(cell.text for _, cell in cells) in repeated):
                continue
            self.blocks[row + offset] = table.rows[row]
            for laid, cell in cells:
                self.cells[row + offset, laid.column] = cell
                for down in range(laid.row_span):
                    self.spread[row + offset + down, laid.column] = cell

    def _take_heads(self, rows: dict[int, list[tuple[LaidCell, Cell]]]) -> None:
        depth = 1 + max((row for row in rows), default=-1)
        texts = [[""] * self.columns for _ in range(depth)]
        for row in sorted(rows):
            cells = rows[row]
            if len(cells) == 1 and self.columns > 1 and (len(rows) > 1 or cells[0][0].column_span > 1):
                self.titles.append(cells[0][1].text)
                continue
            for laid, cell in cells:
                for down in range(row, min(depth, row + laid.row_span)):
                    for column in range(laid.column, min(self.columns, laid.column + laid.column_span)):
                        texts[down][column] = cell.text
        self.heads = [row for row in texts if any(row) and not _numbers(row)]

    def heads_of(self, column: int) -> tuple[str, ...]:
        """The heads over a column from top to bottom, each once; a blank takes what stands to its left, if something
        stands below it."""
        found: list[str] = []
        for depth, row in enumerate(self.heads):
            text = row[column]
            below = any(lower[column] for lower in self.heads[depth + 1 :])
            if not text and below:
                text = next((row[at] for at in range(column - 1, 0, -1) if row[at]), "")
            if text and text not in found:
                found.append(text)
        return tuple(found)

    def texts_of(self, column: int) -> list[str]:
        return [self.cells[row, column].text for row in self.rows if (row, column) in self.cells]


def _numbers(texts: Sequence[str]) -> bool:
    """Whether a head row only counts the columns."""
    found = [re.match(r"[(]?(\d{1,2})(?:[)]?$|[=(])", text) for text in texts if text not in ("", "甲", "乙")]
    return len(found) > 1 and all(found) and [int(m[1]) for m in found if m] == list(range(1, len(found) + 1))
