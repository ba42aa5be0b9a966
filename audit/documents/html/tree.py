"""The elements of a web page and the place of every piece of its text in the file.

The standard library's parser reports tokens in source order with their positions, which a tree made by
libxml2 does not keep; nothing is ever fetched, and the only references that are resolved are html's own
characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

MAX_DEPTH = 200
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_BLOCK_NAMES = (
    "address article aside blockquote center div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr"
    " main nav ol p pre section table ul"
)
VOID = frozenset(_VOID_NAMES.split())
_CLOSED_BY: dict[str, frozenset[str]] = {
    **{block: frozenset({"p", "head"}) for block in _BLOCK_NAMES.split()},
    **{
        part: frozenset({"td", "th", "tr", "thead", "tbody", "tfoot"}) for part in ("thead", "tbody", "tfoot")
    },
    "body": frozenset({"head"}),
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": frozenset({"td", "th", "tr"}),
}
_SCOPES: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "table"}),
    "dt": frozenset({"dl", "table"}),
    "dd": frozenset({"dl", "table"}),
}
_TABLE_PARTS = frozenset({"td", "th", "tr", "thead", "tbody", "tfoot", "table"})


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text and its offset in the file; `reference` as in `FilePlace`."""

    text: str
    offset: int
    reference: int = 0


@dataclass(slots=True)
class Element:
    """An element; `attributes` by lower-case name, an attribute without a value is empty."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | Text] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """All elements below this one, in document order."""
        for one in self.children:
            if isinstance(one, Element):
                yield one
                yield from one.elements()

    def text(self) -> str:
        """All the text below this element, as it stands in the file."""
        return "".join(one.text if isinstance(one, Text) else one.text() for one in self.children)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its root and where its lines start."""

    root: Element
    line_starts: tuple[int, ...]

    def line(self, offset: int) -> int:
        """The line, from 1, that holds a character of the file."""
        return bisect_right(self.line_starts, offset)


def parse(source: str) -> Page:
    """The page in `source`; elements left open or closed out of order are mended much as a browser does."""
    builder = _TreeBuilder(source)
    builder.feed(source)
    builder.close()
    return Page(builder.root, tuple(builder.line_starts))


class _TreeBuilder(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self.line_starts = [0, *(at + 1 for at, sign in enumerate(source) if sign == "\n")]
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSED_BY:
            self._close_implied(_CLOSED_BY[tag], _SCOPES.get(tag, frozenset({"table"})))
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID and len(self._open) < MAX_DEPTH:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open[-1].tag == tag and tag.partition(":")[1]:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            found = self._open[depth].tag
            if found == tag:
                del self._open[depth:]
                return
            if found == "table" or (found in ("td", "th") and tag not in _TABLE_PARTS):
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(Text(data, self._offset()))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        """A character reference, with its semicolon if it has one; what html does not know is text as it
        stands."""
        offset = self._offset()
        if self._source.startswith(";", offset + len(written)):
            written += ";"
        meant = unescape(written)
        known = len(meant) == 1 and meant != written
        self._open[-1].children.append(Text(meant, offset, len(written)) if known else Text(written, offset))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def _close_implied(self, tags: frozenset[str], scope: frozenset[str]) -> None:
        """Closes the nearest open element of those tags, with all inside it, unless a scope element is
        nearer."""
        lowest = len(self._open)
        for depth in range(len(self._open) - 1, 0, -1):
            found = self._open[depth].tag
            if found in tags:
                lowest = depth
            elif found in scope or (found in ("td", "th") and "td" not in tags):
                break
        del self._open[lowest:]
