"""A plain text taken apart into paragraphs, headings, table rows and footnotes, before anything is read out of it.

Texts arrive as saved: lines wrapped in mid-phrase, pages broken by numbers and running heads, tables as tab-separated
lines or one cell a line, footnotes between two halves of a sentence. Blocks are stretches of one cleaned text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from audit.extraction.plaintext import Plain, PlainWriter

BlockKind = Literal["heading", "paragraph", "row", "footnote"]

NUMBERING = (
    r"第[一二三四五六七八九十百]+[章节篇条部]|[一二三四五六七八九十]{1,3}[、．.]|[(（][一二三四五六七八九十]{1,3}[)）]|"
    r"\d{1,2}\s*[．、]|\d{1,2}\.(?!\d)|\d{1,2}\.(?=(?:19|20)\d\d\s*年)|[(（]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫]"
)
"""What may number a clause at the start of a paragraph."""

_NUMBERED = re.compile(rf"[#\s*]*(?:{NUMBERING}|——|专栏|附件|附表|[图表]\s*\d|注\s*[:：1-9])")
_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s|\*\*|---+\s*$|>|[-*]\s|\|)")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d+\s*页(?:[，,\s]*共\s*\d+\s*页)?)\s*")
_ENDS = "。！？；：!?;:…"
_TITLE_END = re.compile(
    r"(?:》|通知|意见|方案|计划|规划|报告|公报|办法|细则|纲要|指南|[)）]|公告|\d{4}年\d+月\d+日)\s*$"
)
_FOOT_MARK = re.compile(r"\s*(\d{1,2})\s*")
_GAPS = re.compile(r"(?<=\S)(?:[ \u3000]{2,}|\t)+(?=\S)")
_CELL_NUMBER = re.compile(r"[<>≤≥+\-−]?\d[\d,.]*\s*[%‰]?")
_SHORTEST_WRAP = 18


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
    """The cleaned text with its blocks in reading order; `marks` are the footnote numbers that the text uses."""

    plain: Plain
    blocks: tuple[LayoutBlock, ...]
    marks: frozenset[str]


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


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def lay_out(text: str, tables: Sequence[TableLike] = ()) -> Layout:
    """Take a text apart. `tables` are stretches that are already known as tables; their cells are taken as given."""
    lines = _lines(text)
    footnotes = _footnote_lines(lines)
    marks = frozenset(match[1] for i in footnotes if (match := _FOOT_MARK.fullmatch(lines[i].text)))
    builder = _Builder(text, _wrap_width(lines))
    known = sorted(
        ((min(c.start for c in t.cells), max(c.end for c in t.cells), t) for t in tables if t.cells),
        key=lambda k: k[:2],
    )
    stacked = _stacked_tables(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        table = next((k for k in known if k[0] < line.end and line.start < k[1]), None)
        if table is not None:
            builder.known_table(table[2])
            while index < len(lines) and lines[index].start < table[1]:
                index += 1
            continue
        if index in stacked:
            width, last = stacked[index]
            builder.stacked_table([entry for entry in lines[index:last] if entry.text.strip()], width)
            index = last
            continue
        if not line.text.strip() or _PAGE_NUMBER.fullmatch(line.text):
            builder.gap()
        elif index in footnotes:
            builder.footnote(line, starts=bool(_FOOT_MARK.fullmatch(line.text)))
        else:
            builder.line(line)
        index += 1
    return Layout(builder.finish(), tuple(builder.blocks), marks)


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for piece in re.split(r"[\n\f]", text):
        lines.append(_Line(at, at + len(piece), piece))
        at += len(piece) + 1
    return lines


def _footnote_lines(lines: list[_Line]) -> set[int]:
    """Lines between a bare footnote number and the page number that ends the page."""
    found: set[int] = set()
    if not any(_PAGE_NUMBER.fullmatch(line.text) for line in lines):
        return found
    opened: int | None = None
    for index, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(line.text):
            if opened is not None and index - opened <= 25:
                found.update(range(opened, index))
            opened = None
        elif opened is None and _FOOT_MARK.fullmatch(line.text):
            opened = index
    return found


_SERIAL_HEAD = frozenset({"序号", "编号"})


def _stacked_tables(lines: list[_Line]) -> dict[int, tuple[int, int]]:
    """Tables with one cell a line: start line → (number of columns, line after the last).

    Such a table opens with the head `序号`; the heads run up to the serial number 1, and every further row starts with
    the next number.
    """
    found: dict[int, tuple[int, int]] = {}
    filled = [i for i, line in enumerate(lines) if line.text.strip()]
    for place, index in enumerate(filled):
        if lines[index].text.strip() not in _SERIAL_HEAD:
            continue
        width = next(
            (
                n
                for n in range(2, 9)
                if place + n < len(filled) and lines[filled[place + n]].text.strip() == "1"
            ),
            0,
        )
        rows = 0
        while width and place + (rows + 1) * width < len(filled):
            if lines[filled[place + (rows + 1) * width]].text.strip() != str(rows + 1):
                break
            rows += 1
        if rows >= 2:
            last = min(place + (rows + 1) * width, len(filled)) - 1
            found[index] = (width, filled[last] + 1)
    return found


class _Builder:
    """Writes the cleaned text block by block."""

    def __init__(self, text: str, wrap: int) -> None:
        self._text = text
        self._wrap = wrap
        self._writer = PlainWriter(text)
        self._notes: list[_Line] = []
        self._open: list[_Line] = []
        self._table = 0
        self._was_row = False
        self.blocks: list[LayoutBlock] = []

    def gap(self) -> None:
        """A blank line or page break: a sentence may go on after it, a table does not."""

    def line(self, line: _Line) -> None:
        cells = _row_cells(line)
        if cells is not None:
            self._close()
            self._row([(column, start, end, False) for column, (start, end) in enumerate(cells)])
            return
        if self._open and not _goes_on(self._open[-1].text, line.text, self._wrap):
            self._close()
        self._was_row = False
        self._open.append(line)

    def footnote(self, line: _Line, starts: bool) -> None:
        if starts:
            self._notes.append(_Line(line.end, line.end, ""))
        elif self._notes:
            self._notes.append(line)

    def known_table(self, table: TableLike) -> None:
        self._close()
        self._was_row = False
        for row in range(table.rows):
            cells = [
                (c.column, c.start, c.end, c.header) for c in table.cells if c.row == row and c.end > c.start
            ]
            if cells:
                self._row(cells)
        self._was_row = False

    def stacked_table(self, lines: list[_Line], width: int) -> None:
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
        note: list[_Line] = []
        for line in [*self._notes, _Line(0, 0, "")]:
            if line.text:
                note.append(line)
            elif note:
                self._write(note, "footnote")
                note = []
        return self._writer.finish()

    def _close(self) -> None:
        if self._open:
            text = "".join(line.text for line in self._open)
            self._write(self._open, "heading" if _is_heading(text) else "paragraph")
            self._open = []

    def _write(self, lines: Iterable[_Line], kind: BlockKind) -> None:
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


def _row_cells(line: _Line) -> list[tuple[int, int]] | None:
    """The stretches of the cells of a table row; `None` for a line that is no row."""
    text = line.text
    if "\t" in text.strip():
        return _split(line, "\t")
    if text.lstrip().startswith("|") and text.count("|") >= 3:
        return _split(line, "|") if not re.fullmatch(r"[\s|:-]+", text) else []
    if len(_GAPS.findall(text.strip())) >= 2:
        pieces = [(m.start(), m.end()) for m in re.finditer(r"\S(?:.*?\S)??(?=[ \u3000]{2}|\t|\s*$)", text)]
        numbers = sum(bool(_CELL_NUMBER.fullmatch(text[a:b])) for a, b in pieces)
        if numbers >= 2 and numbers * 2 >= len(pieces):
            return [(line.start + a, line.start + b) for a, b in pieces]
    return None


def _split(line: _Line, sign: str) -> list[tuple[int, int]]:
    cells, at = [], line.start
    for piece in line.text.split(sign):
        cells.append((at, at + len(piece)))
        at += len(piece) + 1
    return cells


def _goes_on(before: str, after: str, wrap: int) -> bool:
    """Whether a line continues the one before: that one is long, or ends in a comma, and stops in mid-sentence.

    `wrap` is the usual length of wrapped lines (0 in a text that is not wrapped): a numbered line that is shorter and
    has no full stop is a heading.
    """
    stripped = before.strip()
    if (
        not stripped
        or stripped[-1] in _ENDS
        or _NUMBERED.match(after)
        or _MARKDOWN.match(after)
        or _MARKDOWN.match(before)
    ):
        return False
    if stripped[-1] in ",，、":
        return True
    width = sum(1 for sign in stripped if not sign.isspace())
    if width < _SHORTEST_WRAP or (stripped[0] in "(（" and stripped[-1] in ")）"):
        return False
    is_item = bool(re.match(r"[(（]\d", stripped)) and bool(re.search("[,，]", stripped))
    if _NUMBERED.match(before) and "。" not in stripped and width <= 48 and not is_item:
        return 0 < wrap <= width + 2 and not re.match(r"\s{2}", after)
    return not _TITLE_END.search(stripped) or "，" in stripped


def _wrap_width(lines: list[_Line]) -> int:
    """The usual length of lines that stop in mid-sentence; 0 if they have no usual length."""
    widths = [
        sum(1 for sign in line.text if not sign.isspace())
        for line in lines
        if line.text.strip() and line.text.rstrip()[-1] not in _ENDS
    ]
    long = [width for width in widths if width >= _SHORTEST_WRAP]
    for width in sorted(set(long), key=long.count, reverse=True)[:1]:
        near = sum(1 for other in long if abs(other - width) <= 2)
        return width if near >= 12 and near * 3 >= len([line for line in lines if line.text.strip()]) else 0
    return 0


def _is_heading(text: str) -> bool:
    """A short numbered line, or a short line without a sentence in it."""
    stripped = text.strip().strip("#* ")
    if len(stripped) > 48:
        return False
    if _NUMBERED.match(stripped):
        return (
            stripped[-1:] not in "，；、"
            and "。" not in stripped[:-1]
            and not re.search(r"\d[家个项%亿万]", stripped)
        )
    return (
        len(stripped) <= 30
        and stripped[-1:] not in _ENDS + "，、"
        and "，" not in stripped
        and not re.search(r"\d\s*(?:[家个项件人户%亿万吨])", stripped)
    )
