"""The elements of a web page and the place of every piece of its text in the file.

A tree made by libxml2 does not keep the places; nothing is ever fetched, and the only references that are resolved are
html's own characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.documents.html.tokens import EndTag, StartTag, Text, tokens
from audit.model.frozen import frozen

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

    def pieces(self) -> Iterator[Text]:
        """All the pieces of text below this one, in document order."""
        for one in self.children:
            if isinstance(one, Text):
                yield one
            else:
                yield from one.pieces()

    def text(self) -> str:
        """All the text below this element, as it stands in the file."""
        return "".join(one.text if isinstance(one, Text) else one.text() for one in self.children)


@frozen
class Page:
    """A parsed page: its root and where its lines start."""

    root: Element
    line_starts: tuple[int, ...]

    def line(self, offset: int) -> int:
        """The line, from 1, that holds a character of the file."""
        return bisect_right(self.line_starts, offset)


def parse(source: str) -> Page:
    """The page in `source`; elements left open or closed out of order are mended much as a browser does."""
    tree = _Tree()
    for token in tokens(source):
        match token:
            case Text():
                tree.add(token)
            case StartTag():
                tree.begin(token)
            case EndTag():
                tree.end(token.name)
    return Page(tree.root, (0, *(sign.end() for sign in re.finditer("\n", source))))


class _Tree:
    """The elements so far, and those still open."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]

    def add(self, text: Text) -> None:
        self._open[-1].children.append(text)

    def begin(self, tag: StartTag) -> None:
        if tag.name in _CLOSED_BY:
            self._close_implied(_CLOSED_BY[tag.name], _SCOPES.get(tag.name, frozenset({"table"})))
        element = Element(tag.name, tag.attributes)
        self._open[-1].children.append(element)
        closed = tag.empty and ":" in tag.name
        if tag.name not in VOID and not closed and len(self._open) < MAX_DEPTH:
            self._open.append(element)

    def end(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            found = self._open[depth].tag
            if found == tag:
                del self._open[depth:]
                return
            if found == "table" or (found in ("td", "th") and tag not in _TABLE_PARTS):
                return

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
