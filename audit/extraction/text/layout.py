"""A plain text taken apart into paragraphs, headings, table rows and footnotes, before anything is read out of it.

Texts arrive as saved: lines wrapped in mid-phrase, pages broken by numbers and running heads, tables as tab-separated
lines or one cell a line, footnotes between two halves of a sentence. Blocks are stretches of one cleaned text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from audit.extraction.text.joined import taken_apart
from audit.extraction.text.lines import (
    FOOT_MARK,
    NUMBERING,
    PAGE_NUMBER,
    Line,
    footnote_lines,
    goes_on,
    is_heading,
    row_cells,
    split_lines,
    stacked_tables,
    wrap_width,
)
from audit.extraction.text.plaintext import Plain, PlainWriter
from audit.extraction.text.repeats import repeated_lines

BlockKind = Literal["heading", "paragraph", "row", "footnote"]


class CellLike(Protocol):
    """A table cell as the readers of documents give it."""

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    start: int
    end: int


class TableLike(Protocol):
    """A table as the readers of documents give it; offsets are those of the document's text."""

    rows: int
    columns: int
    cells: tuple[CellLike, ...]


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell of a row: its column from 0 and its stretch of the cleaned text; `header` as the source marks it."""

    column: int
    start: int
    end: int
    header: bool = False


@dataclass(frozen=True, slots=True)
class LayoutBlock:
    """A stretch of the cleaned text; rows that follow each other with the same `table` number are one table."""

    kind: BlockKind
    start: int
    end: int
    cells: tuple[CellSpan, ...] = ()
    table: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """The cleaned text with its blocks in reading order; `marks` are the footnote numbers that the text uses.

    `repeated` are the stretches of the source that only repeat earlier ones and are not in the cleaned text.
    """

    plain: Plain
    blocks: tuple[LayoutBlock, ...]
    marks: frozenset[str]
    repeated: tuple[tuple[int, int], ...] = ()


def titles_of(layout: Layout) -> str:
    """The short lines before the first numbered clause, one a line: names, numbers and dates of the document."""
    titles = []
    for block in layout.blocks[:20]:
        text = layout.plain.clean[block.start : block.end].strip("#* ")
        if block.kind == "row" or re.match(NUMBERING, text):
            break
        if block.kind == "heading" or (len(text) <= 70 and text[-1:] not in "。:;"):
            titles.append(text)
    return "\n".join(titles)


def lay_out(text: str, tables: Sequence[TableLike] = ()) -> Layout:
    """Take a text apart; a blank line or page break may stand in mid-sentence.

    `tables` are stretches that are already known as tables; their cells are taken as given.
    """
    lines = taken_apart(split_lines(text))
    repeated = repeated_lines(lines)
    footnotes = footnote_lines(lines)
    marks = frozenset(match[1] for i in footnotes if (match := FOOT_MARK.fullmatch(lines[i].text)))
    builder = _Builder(text, wrap_width(lines))
    known = deque(
        sorted(
            ((min(c.start for c in t.cells), max(c.end for c in t.cells), t) for t in tables if t.cells),
            key=lambda k: k[:2],
        )
    )
    stacked = stacked_tables(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        if index in repeated:
            index += 1
            continue
        while known and known[0][1] <= line.start:
            known.popleft()
        if known and known[0][0] < line.end:
            _, last, table = known.popleft()
            builder.known_table(table)
            while index < len(lines) and lines[index].start < last:
                index += 1
            continue
        if index in stacked:
            width, last = stacked[index]
            builder.stacked_table([entry for entry in lines[index:last] if entry.text.strip()], width)
            index = last
            continue
        if index in footnotes:
            builder.footnote(line, starts=bool(FOOT_MARK.fullmatch(line.text)))
        elif line.text.strip() and not PAGE_NUMBER.fullmatch(line.text):
            builder.line(line)
        index += 1
    again = tuple((lines[index].start, lines[index].end) for index in sorted(repeated))
    return Layout(builder.finish(), tuple(builder.blocks), marks, again)


class _Builder:
    """Writes the cleaned text block by block."""

    def __init__(self, text: str, wrap: int) -> None:
        self._text = text
        self._wrap = wrap
        self._writer = PlainWriter(text)
        self._notes: list[Line] = []
        self._open: list[Line] = []
        self._table = 0
        self._was_row = False
        self.blocks: list[LayoutBlock] = []

    def line(self, line: Line) -> None:
        cells = row_cells(line)
        if cells is not None:
            self._close()
            self._row([(column, start, end, False) for column, (start, end) in enumerate(cells)])
            return
        if self._open and not goes_on(self._open[-1].text, line.text, self._wrap):
            self._close()
        self._was_row = False
        self._open.append(line)

    def footnote(self, line: Line, starts: bool) -> None:
        if starts:
            self._notes.append(Line(line.end, line.end, ""))
        elif self._notes:
            self._notes.append(line)

    def known_table(self, table: TableLike) -> None:
        self._close()
        self._was_row = False
        rows: dict[int, list[tuple[int, int, int, bool]]] = {}
        for cell in table.cells:
            if cell.end > cell.start:
                rows.setdefault(cell.row, []).append((cell.column, cell.start, cell.end, cell.header))
        for _, cells in sorted(rows.items()):
            self._row(cells)
        self._was_row = False

    def stacked_table(self, lines: list[Line], width: int) -> None:
        self._close()
        self._was_row = False
        for at in range(0, len(lines), width):
            self._row(
                [
                    (column, line.start, line.end, at == 0)
                    for column, line in enumerate(lines[at : at + width])
                ]
            )
        self._was_row = False

    def finish(self) -> Plain:
        self._close()
        note: list[Line] = []
        for line in [*self._notes, Line(0, 0, "")]:
            if line.text:
                note.append(line)
            elif note:
                self._write(note, "footnote")
                note = []
        return self._writer.finish()

    def _close(self) -> None:
        if self._open:
            text = "".join(line.text for line in self._open)
            self._write(self._open, "heading" if is_heading(text) else "paragraph")
            self._open = []

    def _write(self, lines: Iterable[Line], kind: BlockKind) -> None:
        start = self._writer.length
        last = start
        for line in lines:
            self._writer.copy_line(line.start, line.end)
            last = line.end
        if self._writer.length > start:
            self.blocks.append(LayoutBlock(kind, start, self._writer.length))
            self._writer.mark("\n", min(last, max(0, len(self._text) - 1)))

    def _row(self, cells: list[tuple[int, int, int, bool]]) -> None:
        if not self._was_row:
            self._table += 1
        self._was_row = True
        start = self._writer.length
        spans = []
        for column, first, last, header in cells:
            cell_start = self._writer.length
            self._writer.copy_line(first, last)
            if self._writer.length > cell_start:
                spans.append(CellSpan(column, cell_start, self._writer.length, header))
                self._writer.mark("\t", max(0, last - 1))
        if spans:
            self.blocks.append(LayoutBlock("row", start, self._writer.length, tuple(spans), self._table))
            self._writer.mark("\n", max(0, cells[-1][2] - 1))
