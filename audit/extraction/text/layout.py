"""A plain text taken apart into paragraphs, headings, table rows and footnotes, before anything is read out of it.

Texts arrive as saved: lines wrapped in mid-phrase, pages broken by numbers and running heads, tables as tab-separated
lines or one cell a line, footnotes between two halves of a sentence. Blocks are stretches of one cleaned text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from audit.documents.lined_tables import Line as Row
from audit.documents.lined_tables import table_at
from audit.documents.model import Table, TableCell
from audit.extraction.text.edges import Edge, edge_of
from audit.extraction.text.joined import taken_apart
from audit.extraction.text.lines import (
    FOOT_MARK,
    NUMBERING,
    PAGE_NUMBER,
    Line,
    footnote_lines,
    goes_on,
    is_heading,
    split_lines,
    wrap_width,
)
from audit.extraction.text.plaintext import Plain, PlainWriter
from audit.extraction.text.repeats import repeated_lines
from audit.extraction.text.script import simplified
from audit.lexicon import pattern
from audit.model.frozen import frozen

BlockKind = Literal["heading", "paragraph", "row", "footnote"]


@frozen
class LayoutBlock:
    """A stretch of the cleaned text; a row of a table is one block, its cells are in `Layout.tables`."""

    kind: BlockKind
    start: int
    end: int


@frozen
class LaidCell:
    """A cell that is not blank: its place and spans on the grid, and its stretch of the cleaned text."""

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    indent: int
    start: int
    end: int


@frozen
class LaidTable:
    """A table of the text: `rows` holds the block of every row that is not blank, by its number; `before` counts the
    blocks of the text before it."""

    columns: int
    cells: tuple[LaidCell, ...]
    rows: dict[int, LayoutBlock]
    before: int


@frozen
class Layout:
    """The cleaned text with its blocks and tables in reading order; `marks` are the footnote numbers that it uses.

    `repeated` are the stretches of the source that only repeat earlier ones and are not in the cleaned text.
    """

    plain: Plain
    blocks: tuple[LayoutBlock, ...]
    marks: frozenset[str]
    repeated: tuple[tuple[int, int], ...] = ()
    tables: tuple[LaidTable, ...] = ()


_NAMED = "<kind of paper in a title>"
_TITLE = pattern(rf"{_NAMED}(?:》|[(][^()]*[)]|——.*)*$")
_OPENING = pattern(
    rf"[^,。;:、《\n]{{0,24}}(?:19|20)\d\d年[^,。;:《》\n]{{2,60}}?{_NAMED}(?![^,。;:》\n]{{0,8}}{_NAMED})"
)
_YEARS = re.compile(r"(?:19|20)\d\d年|十[一二三四五六]五")
_OF_A_PAGE = re.compile(r"[>|{}。]")
"""Signs of the paths and menus of a page: what holds them names a place of the site."""
_BESIDE_TITLE = pattern(r"〔\d{4}〕|^[一-龥]{2,15}<end of a place>$")
"""What stands above a title and belongs to it: a number, or the place alone."""
_LONGEST_TITLE = 150
_OPENING_WORDS = 800


def titles_of(layout: Layout) -> str:
    """The short lines before the first numbered clause, one a line: names, numbers and dates of the document.

    Where one of them is its whole name, what stands above it is the page's own (menus, paths) but for a number or the
    place; where none is, the whole name may stand below the menus, and else the first one that the opening sentences
    name comes after them.
    """
    titles = [_without_label(title) for title in _first_lines(layout)]
    at = next((at for at, title in enumerate(titles) if _is_whole(title)), None)
    if at is not None:
        return "\n".join([*(title for title in titles[:at] if _BESIDE_TITLE.search(title)), *titles[at:]])
    below = next(filter(_is_whole, map(_without_label, _lines_before_text(layout))), None)
    if below is not None:
        return below
    if not any(
        _TITLE.search(title) and pattern(r"\d{4}|<plan in a title>").search(title) for title in titles
    ):
        named = _OPENING.search(layout.plain.clean, 0, _OPENING_WORDS)
        titles.extend(
            [
                pattern(
                    r"^.*<before the place of a title>(?=[一-龥]{2,8}(?:19|20)\d\d年|(?:19|20)\d\d年)"
                ).sub("", named[0])
            ]
            if named
            else []
        )
    return "\n".join(titles)


def _first_lines(layout: Layout) -> list[str]:
    titles = []
    for place, block in enumerate(layout.blocks[:20]):
        text = layout.plain.clean[block.start : block.end].strip("#* ")
        if block.kind == "row" or re.match(NUMBERING, text):
            break
        first = place == 0 and len(text) <= _LONGEST_TITLE and _TITLE.search(text)
        if first or block.kind == "heading" or (len(text) <= 70 and text[-1:] not in "。:;"):
            titles.append(text)
    return titles


def _lines_before_text(layout: Layout) -> Iterator[str]:
    """The lines up to the first sentence that may be titles, however many there are."""
    for block in layout.blocks:
        text = layout.plain.clean[block.start : block.end].strip("#* ")
        if "。" in text:
            break
        if block.kind != "row" and len(text) <= _LONGEST_TITLE and not re.match(NUMBERING, text):
            yield text


def _without_label(line: str) -> str:
    """A title without the words that a page sets before it (`标题：`)."""
    name = line.rpartition(":")[2]
    return name if _is_whole(name) else line


def _is_whole(line: str) -> bool:
    """Whether a line is the name of a document that says what it is and for which years."""
    return bool(_TITLE.search(line) and _YEARS.search(line)) and not _OF_A_PAGE.search(line)


def lay_out(text: str, tables: Sequence[Table] = ()) -> Layout:
    """Take a text apart; a blank line or page break may stand in mid-sentence.

    `tables` are those that are already known, with offsets of the text; tables set in lines are found beside them.
    """
    lines = taken_apart(split_lines(simplified(text)))
    repeated = repeated_lines(lines)
    footnotes = footnote_lines(lines)
    marks = frozenset(match[1] for i in footnotes if (match := FOOT_MARK.fullmatch(lines[i].text)))
    builder = _Builder(text, wrap_width(lines), edge_of(lines))
    known = deque(_placed(lines, tables, footnotes | repeated))
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
            builder.table(table)
            while index < len(lines) and lines[index].start < last:
                index += 1
            continue
        if index in footnotes:
            builder.footnote(line, starts=bool(FOOT_MARK.fullmatch(line.text)))
        elif line.text.strip() and not PAGE_NUMBER.fullmatch(line.text):
            builder.line(line)
        index += 1
    again = tuple((lines[index].start, lines[index].end) for index in sorted(repeated))
    return Layout(builder.finish(), tuple(builder.blocks), marks, again, tuple(builder.tables))


_Placed = tuple[int, int, Table]


def _placed(lines: Sequence[Line], tables: Sequence[Table], passed: set[int]) -> list[_Placed]:
    """Every table with the start of its first cell and the end of its last, in order: those known, and those that the
    lines between them are."""
    known = sorted(
        ((min(c.start for c in t.cells), max(c.end for c in t.cells), t) for t in tables if t.cells),
        key=lambda one: one[:2],
    )
    taken = deque(known)
    found: list[_Placed] = []
    between: list[Row] = []
    for index, line in enumerate(lines):
        while taken and taken[0][1] <= line.start:
            taken.popleft()
        if taken and taken[0][0] < line.end:
            found += _lined(between)
            between = []
        elif line.text.strip() and index not in passed and not PAGE_NUMBER.fullmatch(line.text):
            between.append(Row(line.start, line.text))
    return sorted([*known, *found, *_lined(between)], key=lambda one: one[:2])


def _lined(lines: Sequence[Row]) -> list[_Placed]:
    """The tables that lines are."""
    found: list[_Placed] = []
    at = 0
    while at < len(lines):
        table = table_at(lines, at)
        if table:
            found.append((lines[at].start, lines[at + table[0] - 1].end, table[1]))
        at += table[0] if table else 1
    return found


class _Builder:
    """Writes the cleaned text block by block."""

    def __init__(self, text: str, wrap: int, edge: Edge | None) -> None:
        self._text = text
        self._wrap = wrap
        self._edge = edge
        self._writer = PlainWriter(text)
        self._notes: list[Line] = []
        self._open: list[Line] = []
        self.blocks: list[LayoutBlock] = []
        self.tables: list[LaidTable] = []

    def line(self, line: Line) -> None:
        if self._open and not self._goes_on(self._open[-1], line):
            self._close()
        self._open.append(line)

    def _goes_on(self, before: Line, line: Line) -> bool:
        broken = self._edge is not None and self._edge.broke(before, line)
        return goes_on(before.text, line.text, self._wrap, broken=broken)

    def footnote(self, line: Line, starts: bool) -> None:
        if starts:
            self._notes.append(Line(line.end, line.end, ""))
        elif self._notes:
            self._notes.append(line)

    def table(self, table: Table) -> None:
        self._close()
        by_row: dict[int, list[TableCell]] = {}
        for cell in table.cells:
            if cell.end > cell.start:
                by_row.setdefault(cell.row, []).append(cell)
        before = len(self.blocks)
        cells: list[LaidCell] = []
        rows: dict[int, LayoutBlock] = {}
        for row in sorted(by_row):
            start = self._writer.length
            laid = [one for cell in by_row[row] if (one := self._cell(cell))]
            if laid:
                rows[row] = LayoutBlock("row", start, self._writer.length)
                cells += laid
                self._writer.mark("\n", max(0, by_row[row][-1].end - 1))
        self.blocks += rows.values()
        self.tables.append(LaidTable(table.columns, tuple(cells), rows, before))

    def _cell(self, cell: TableCell) -> LaidCell | None:
        """Writes a cell and a tab after it; `None` for one of blanks only."""
        start = self._writer.length
        self._writer.copy_line(cell.start, cell.end)
        end = self._writer.length
        if end == start:
            return None
        self._writer.mark("\t", max(0, cell.end - 1))
        return LaidCell(
            cell.row, cell.column, cell.row_span, cell.column_span, cell.header, cell.indent, start, end
        )

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
