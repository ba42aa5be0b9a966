"""Whose figure it is, phrase by phrase: regions named at the start of a paragraph, a sentence or a phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.extraction.figures.regions import Regions
from audit.lexicon import pattern
from audit.model.frozen import frozen

_SEGMENT = pattern(
    r"(?:^|(?<=[,;。:、(\n]))(?:<opens a segment>|(?:到|至)?(?:19|20)\d\d年(?:末|底)?,?|[一二三四五六]是)*"
)
_SENTENCE_END = re.compile(r"[。!?;\n]")


@frozen
class RegionMark:
    """A region named at `start`; it is meant up to `until`."""

    start: int
    code: str
    until: int


@frozen
class CarriedRegion:
    """The region that a paragraph began with, for the paragraphs that follow in the same clause."""

    code: str
    clause: str | None


def carry_region(
    regions: Regions, clean: str, start: int, clause: str | None, before: CarriedRegion | None
) -> CarriedRegion | None:
    """What the paragraphs up to the one at `start` say about whose they are; a new clause or region ends it."""
    named = regions.at(clean, start)
    if named is not None:
        return CarriedRegion(named[0], clause)
    return before if before is not None and before.clause == clause and clause is not None else None


def region_marks(
    regions: Regions, clean: str, start: int, end: int, carried: CarriedRegion | None
) -> list[RegionMark]:
    """The regions that a paragraph names; one at the start of a sentence holds to the end of the paragraph."""
    marks = [] if carried is None else [RegionMark(start, carried.code, end + 1)]
    for match in _SEGMENT.finditer(clean, start, end):
        named = regions.at(clean, match.end())
        if named is None:
            continue
        opens = match.start() == start or clean[match.start() - 1] in "。\n;"
        stop = None if opens else _SENTENCE_END.search(clean, match.end())
        marks.append(RegionMark(match.start(), named[0], stop.start() if stop else end + 1))
    return marks


def marked_region(marks: Sequence[RegionMark], at: int) -> str | None:
    """The region that holds at an offset: the last one named before it that is still meant."""
    return next((mark.code for mark in reversed(marks) if mark.start <= at < mark.until), None)
