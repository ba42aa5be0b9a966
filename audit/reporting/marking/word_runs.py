"""Cuts a run of a Word file into runs that look the same, so that a comment can begin and end between
characters."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from lxml import etree

from audit.documents.docx.names import name
from audit.documents.docx.runs import run_pieces, run_text

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def split_run(run: etree._Element, cuts: Collection[int]) -> list[tuple[int, int, etree._Element]]:
    """Cuts a run before the characters `cuts` of its text; gives start, end and element of every run made.

    The first is the run itself. Each has the run's properties; what shows no text stays after the text that
    it follows. A cut at an end of the run makes nothing.
    """
    length = len(run_text(run))
    made = [(0, length, run)]
    for cut in sorted(set(cuts)):
        start, end, last = made[-1]
        if start < cut < end:
            made[-1] = (start, cut, last)
            made.append((cut, end, _cut_once(last, cut - start)))
    return made


def _cut_once(run: etree._Element, at: int) -> etree._Element:
    """Moves what shows the characters from `at` on into a new run after this one, and gives that."""
    following = deepcopy(run)
    del following[:]
    run.tail = None
    run.addnext(following)
    texts = dict(run_pieces(run))
    position = 0
    for child in list(run):
        length = len(texts.get(child, ""))
        if name(child) == "w:rPr":
            following.append(deepcopy(child))
        elif position >= at and (length or len(following) > _properties(following)):
            following.append(child)
        elif position < at < position + length:
            following.append(_cut_text(child, at - position))
        position += length
    return following


def _properties(run: etree._Element) -> int:
    return sum(1 for child in run if name(child) == "w:rPr")


def _cut_text(element: etree._Element, at: int) -> etree._Element:
    """Leaves the first `at` characters in a text element, and gives a new one with the others."""
    rest = deepcopy(element)
    text = element.text or ""
    element.text, rest.text = text[:at], text[at:]
    rest.tail = None
    for one in (element, rest):
        one.set(_SPACE, "preserve")
    return rest
