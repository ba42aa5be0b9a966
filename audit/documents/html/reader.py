"""Reads a web page: what it shows as text, without scripts, navigation and hidden parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from audit.documents.build import TextBuilder
from audit.documents.grid import MAX_SPAN, Slot, place_on_grid, write_table
from audit.documents.html.article import find_article, is_shown
from audit.documents.html.tokens import Text
from audit.documents.html.tree import Element, Page, parse
from audit.documents.model import FilePlace, SourceDocument
from audit.documents.opening import digest
from audit.documents.superscripts import sign_before
from audit.documents.text import decode
from audit.model.phrase import Phrase

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure"
    " form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary"
    " table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+(?:["']\s*+)?([\w-]+)""", re.IGNORECASE)
_PIECES = re.compile(r"[ \t\r\n\f\xa0]+|[^ \t\r\n\f\xa0]+")


def read(path: str, content: bytes) -> SourceDocument:
    """The document in `content`; its encoding is that of its mark, its `meta` element, UTF-8 or GB18030."""
    declared = _CHARSET.search(content[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else None
    source, encoding = decode(path, content, "gb18030" if name in ("gb2312", "gbk") else name)
    builder = TextBuilder()
    page = parse(source)
    article = find_article(page.root)
    shown = _Shown(page, builder)
    if article.title:
        shown.write_title(article.title)
    shown.write_body(article.body)
    return SourceDocument(
        path=path,
        format="html",
        sha256=digest(content),
        text=builder.text,
        blocks=tuple(builder.blocks),
        segments=tuple(builder.segments),
        unread=_pictures(shown.pictures),
        encoding=encoding,
    )


def _pictures(count: int) -> tuple[Phrase, ...]:
    return (Phrase(f"{count}张图片", f"{count} picture{'s' if count > 1 else ''}"),) if count else ()


class _Shown:
    """What a page shows, written to a builder block by block; blanks are brought together as a browser
    does."""

    def __init__(self, page: Page, builder: TextBuilder) -> None:
        self._page = page
        self._builder = builder
        self._start = 0
        self._blank = ""
        self._level: int | None = None
        self._in_cell = False
        self.pictures = 0

    def write_body(self, body: Element) -> None:
        """Writes all that is inside an element, and ends the last block."""
        self._write_inside(body)
        self._break()

    def _write_inside(self, element: Element) -> None:
        for one in element.children:
            if isinstance(one, Text):
                self._write_text(one)
            else:
                self._write_element(one)

    def write_title(self, title: Element) -> None:
        """Writes an element as the title of the document."""
        self._level = 0
        self._write_inside(title)
        self._break()
        self._level = None

    def _write_element(self, element: Element) -> None:
        if not is_shown(element):
            return
        if element.tag == "br":
            self._break()
        elif element.tag == "img":
            self.pictures += 1
        elif element.tag == "table" and not self._in_cell and not _is_layout(element):
            self._write_table(element)
        elif element.tag == "sup":
            self._builder.write(sign_before(element.text(), "" if self._blank else self._last()))
            self._write_inside(element)
        elif element.tag in _BLOCKS:
            self._break()
            self._level = _level(element.tag)
            self._write_inside(element)
            self._break()
            self._level = None
        else:
            self._write_inside(element)

    def _last(self) -> str:
        """The last character of the block so far."""
        return self._builder.last if self._builder.length > self._start else ""

    def _break(self) -> None:
        """Ends the block, or in a cell the line."""
        self._blank = ""
        if self._builder.length == self._start:
            return
        if self._in_cell:
            self._blank = "\n"
            return
        self._builder.block("paragraph", self._start, level=self._level)
        self._start = self._builder.length

    def _write_text(self, text: Text) -> None:
        if text.reference and not text.text.isspace():
            self._write_word(text.text, FilePlace(self._page.line(text.offset), text.offset, text.reference))
            return
        for piece in _PIECES.finditer(text.text):
            if piece.group().strip(" \t\r\n\f\xa0"):
                offset = text.offset + piece.start()
                self._write_word(piece.group(), FilePlace(self._page.line(offset), offset))
            elif self._blank != "\n" or not self._in_cell:
                self._blank += piece.group()

    def _write_word(self, word: str, place: FilePlace) -> None:
        last = self._last()
        if last and self._blank:
            if self._in_cell and self._blank == "\n":
                self._builder.write("\n")
            elif not ("\n" in self._blank and _is_wide(last) and _is_wide(word[0])):
                self._builder.write(" ")
        self._blank = ""
        self._builder.write(word, place)

    def _write_table(self, table: Element) -> None:
        self._break()
        for one in table.children:
            if isinstance(one, Element) and one.tag == "caption":
                self._write_element(one)
        rows = _rows(table)
        placed = place_on_grid(
            [[_spans(cell, len(rows) - at) for cell in row] for at, row in enumerate(rows)]
        )
        slots = [
            Slot(at, column, down, across, _is_header(row), self._cell_writer(cell), _indent(cell))
            for at, row in enumerate(rows)
            for cell, (column, down, across) in zip(row, placed[at], strict=True)
        ]
        write_table(self._builder, slots)
        self._start = self._builder.length

    def _cell_writer(self, cell: Element) -> Callable[[], None]:
        def write() -> None:
            self._start = self._builder.length
            self._blank = ""
            self._in_cell = True
            self._write_inside(cell)
            self._in_cell = False
            self._blank = ""

        return write


def _level(tag: str) -> int | None:
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else None


def _rows(table: Element) -> list[list[Element]]:
    """The cells of a table's own rows, in the order of the source; a row without cells counts where a cell above
    reaches over it."""
    rows: list[list[Element]] = []
    for one in table.children:
        if isinstance(one, Element) and is_shown(one):
            if one.tag == "tr":
                rows.append(
                    [cell for cell in one.children if isinstance(cell, Element) and cell.tag in ("td", "th")]
                )
            elif one.tag in ("thead", "tbody", "tfoot"):
                rows.extend(_rows(one))
    return rows


def _is_layout(table: Element) -> bool:
    """Whether a table only arranges a page: another table or a heading inside, one row, or one column."""
    rows = [row for row in _rows(table) if row]
    inside = {element.tag for row in rows for cell in row for element in cell.elements()}
    return len(rows) < 2 or max(map(len, rows)) < 2 or not inside.isdisjoint({"table", "h1", "h2", "h3"})


def _indent(cell: Element) -> int:
    """How far a cell is set in: by the no-break blanks that it begins with and by its style, in half-width characters."""
    indent = 0
    first: Element | Text | None = cell
    while isinstance(first, Element):
        set_in = _SET_IN.search(first.attributes.get("style", ""))
        if set_in:
            indent += round(float(set_in[1]) * _HALF_WIDTHS[set_in[2].lower()])
        first = next((one for one in first.children if _counts(one)), None)
    lead = 0
    for piece in cell.pieces():
        lead += piece.text[: len(piece.text) - len(piece.text.lstrip())].count("\xa0")
        if piece.text.strip():
            break
    return indent + lead


_SET_IN = re.compile(
    r"(?:text-indent|padding-left|margin-left)\s*:\s*(\d+(?:\.\d+)?)(em|pt|px)", re.IGNORECASE
)
_HALF_WIDTHS = {"em": 2.0, "pt": 1 / 6, "px": 1 / 8}


def _counts(one: Element | Text) -> bool:
    return isinstance(one, Element) or bool(one.text.strip(" \t\r\n"))


def _is_header(row: Sequence[Element]) -> bool:
    return all(cell.tag == "th" for cell in row)


def _spans(cell: Element, rows_left: int) -> tuple[int, int]:
    """Row span and column span; a row span of 0 reaches to the last row, none reaches further."""
    row_span = _count(cell.attributes.get("rowspan"))
    column_span = _count(cell.attributes.get("colspan"))
    return min(row_span or rows_left, rows_left), min(max(column_span, 1), MAX_SPAN)


def _count(text: str | None) -> int:
    text = (text or "1").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
