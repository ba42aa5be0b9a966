"""Citations: documents that a document cites, by title (`《…》`) and by number (`国发〔2016〕67号`)."""

from __future__ import annotations

import re

from audit.lexicon import pattern
from audit.model.frozen import frozen

_ISSUER = "[一-龥]{1,10}"
_YEAR_AND_NUMBER = r"\s*(?:19|20)\d\d\s*[〕\])]\s*第?\d+号"
_NUMBER = rf"{_ISSUER}[〔\[(]{_YEAR_AND_NUMBER}"
_CITED = re.compile(
    r"[《〔\[(](?:(?<=《)(?P<title>(?:[^《》\n]|《[^《》\n]*》){2,150})》(?P<span>\(?(?:19|20)\d\d[^()\n]{0,10}\))?"
    rf"(?:[(](?P<after>{_NUMBER})[^()]*[)])?|(?<!《){_YEAR_AND_NUMBER})"
)
"""A title with what follows it, or the year and number of a document, before which its issuer stands."""
_BEFORE = re.compile(f"{_ISSUER}$")
_LONGEST_ISSUER = 10
_DOCUMENT = pattern("<kind of document>|法$")

_OF_MANY = pattern("[一-龥]{0,2}<called like many>")
"""What many documents are called (`验资报告`, `通知`): their number alone tells which is cited."""


_LEADS_UP = pattern("^.*<before a citation>")


@frozen
class CitedSpan:
    """A cited document with the stretch of the cleaned text that cites it.

    `title` and `number` are the stretches of the two as (start, end), `None` where the text gives only one of them.
    """

    number: tuple[int, int] | None
    title: tuple[int, int] | None
    start: int
    end: int


def find_citations(clean: str) -> list[CitedSpan]:
    """Every citation in order.

    Titles that are no document's (books, plays) are left out. A number alone counts, unless it has a line of its own:
    that is the document's own number.
    """
    found = []
    last = 0
    for match in _CITED.finditer(clean):
        title = match["title"]
        if title is None:
            issuer = _BEFORE.search(clean, max(last, match.start() - _LONGEST_ISSUER), match.start())
            if issuer is not None:
                alone = clean[issuer.start() : match.end()]
                start, end = match.end() - len(_LEADS_UP.sub("", alone)), match.end()
                if clean[start - 1 : start].strip() or clean[end : end + 1].strip():
                    found.append(CitedSpan((start, end), None, start, end))
        elif match["after"] or _DOCUMENT.search(title):
            end = match.end("span") if match["span"] else match.end("title") + 1
            number = match.span("after") if match["after"] else None
            named = None if number and _OF_MANY.fullmatch(title) else match.span("title")
            found.append(CitedSpan(number, named, match.start(), match.end() if number else end))
        last = match.end()
    return found
