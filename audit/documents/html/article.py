"""Which part of a web page is the document: the rest is what a site puts around it (menus, links, imprint)."""

from __future__ import annotations

import re

from audit.documents.html.tokens import Text
from audit.documents.html.tree import Element
from audit.model.frozen import frozen

SHARE = 0.85
LEAST = 200
_SILENT_NAMES = (
    "script style template noscript head title iframe svg object nav footer select option button textarea"
)
_SILENT = frozenset(_SILENT_NAMES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CONTAINER_NAMES = "html body div section article main center form table tbody tr td"
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_PROSE = re.compile(r"[，。；、]")
_SITE = re.compile(r"[-_|—–]{1,2}[^-_|—–]*+$")
_TITLE_LENGTH = (6, 90)


@frozen
class Article:
    """The element that holds the document, and one outside of it that holds the title, if there is one."""

    body: Element
    title: Element | None


def is_shown(element: Element) -> bool:
    """Whether an element itself is part of what a page shows as text."""
    hidden = "hidden" in element.attributes or _HIDDEN.search(element.attributes.get("style", ""))
    return element.tag not in _SILENT and not hidden


def find_article(root: Element) -> Article:
    """The innermost container that holds nearly all of the page's sentences and table cells.

    Text of links counts for nothing. A page with little text is its own article.
    """
    weights: dict[int, int] = {}
    _weigh(root, weights, in_table=False)
    body = root
    if weights[id(root)] >= LEAST:
        while inner := _heaviest(body, weights):
            body = inner
    if body is root:
        return Article(root, None)
    return Article(body, _title(root, body))


def _weigh(element: Element, weights: dict[int, int], *, in_table: bool) -> int:
    """Notes for an element and all below it how many characters of document text they hold."""
    total = 0
    in_table = in_table or element.tag == "table"
    for one in element.children:
        if isinstance(one, Text):
            text = one.text.strip()
            total += len(text) if in_table or _PROSE.search(text) else 0
        elif is_shown(one) and one.tag != "a":
            total += _weigh(one, weights, in_table=in_table)
    weights[id(element)] = total
    return total


def _heaviest(element: Element, weights: dict[int, int]) -> Element | None:
    """The child that holds nearly all that `element` holds, if it may hold a document."""
    least = SHARE * weights[id(element)]
    for one in element.children:
        if not isinstance(one, Element) or one.tag not in _CONTAINERS or weights.get(id(one), 0) < least:
            continue
        return None if _is_data(one) else one
    return None


def _is_data(element: Element) -> bool:
    """Whether an element is a table of several rows and columns: the document then is what holds it."""
    if element.tag != "table":
        return False
    cells = [one for one in element.elements() if one.tag in ("td", "th")]
    rows = [one for one in element.elements() if one.tag == "tr"]
    return len(rows) > 1 and len(cells) > len(rows)


def _title(root: Element, body: Element) -> Element | None:
    """The last heading before the body, unless the body has one of the first rank; or else the page's title."""
    if any(one.tag == "h1" for one in body.elements()):
        return None
    found: Element | None = None
    for one in root.elements():
        if one is body:
            break
        if one.tag in ("h1", "h2", "h3") and is_shown(one) and _may_be_title(one.text()):
            found = one
    return found or _page_title(root, body)


def _page_title(root: Element, body: Element) -> Element | None:
    """The page's `title` without the name of the site, unless the body begins with it."""
    for one in root.elements():
        if one.tag == "title" and one.children and isinstance(one.children[0], Text):
            text = one.children[0]
            name = _SITE.sub("", text.text).rstrip()
            begins = "".join(body.text().split())[:400]
            if _may_be_title(name) and "".join(name.split())[:20] not in begins:
                return Element("title", {}, [Text(name, text.offset)])
    return None


def _may_be_title(text: str) -> bool:
    least, most = _TITLE_LENGTH
    return least <= len("".join(text.split())) <= most
