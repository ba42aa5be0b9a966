"""Divisions told by a lead-in: `按地域分,城镇…,乡村…`, `从中直和地方看:…`; the whole stands before the first of them."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.groups import AMONG, own_levels, sentence_start
from audit.extraction.relations.partitions import is_complete
from audit.extraction.relations.scopes import is_part_by_name, qualified_alike
from audit.extraction.relations.ties import Tied, comparable, is_level, reach, sum_of
from audit.lexicon import pattern

LEAD_IN = pattern("(?:从|按|分)(?:[^,。;:、的]{1,10}<looked at>|[^,。;:、的]{1,10}<sort>)[,:]?")
"""Words that announce a division (`按经营地分,`)."""


PARTIAL = pattern("<partial>")
"""What in a lead-in says that only some of the parts follow (`从主要行业看`)."""


def divided_sums(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """The divisions of a paragraph that are known to be complete; of others each part is within the whole.

    All lead-ins in a row divide one whole, the level before the first of them.
    """
    found: list[Tied] = []
    start, end = reach(paragraph)
    whole: Reading | None = None
    divided: list[str] = []
    reached = start
    for match in LEAD_IN.finditer(clean, start, end):
        since = [r for r in paragraph if reached <= r.quantity.start < match.start() and is_level(r)]
        continued = [*divided, *(r.indicator for r in since)]
        if whole is None or (since and not is_complete(whole.indicator, continued)):
            whole = _whole_before(clean, paragraph, match.start())
        reached = _end(clean, match.end(), end)
        inside = [r for r in paragraph if match.end() <= r.quantity.start < reached]
        levels = own_levels(clean, inside)
        divided = [level.indicator for level in levels]
        if whole is None or PARTIAL.search(match[0]):
            continue
        parts = [r for r in levels if comparable(whole, r) and is_part_by_name(whole, r)]
        if len(parts) < 2 or len(parts) < len(levels):
            continue
        if is_complete(whole.indicator, divided) and qualified_alike(clean, whole, parts):
            sums = [sum_of(whole, parts, told=True)]
        else:
            sums = [sum_of(whole, [part], told=False) for part in parts]
        found.extend(tied for tied in sums if tied is not None)
    return found


def _whole_before(clean: str, paragraph: Sequence[Reading], at: int) -> Reading | None:
    """The level that a lead-in divides: the only one, not itself a part, of its sentence or the one before."""
    before = [r for r in paragraph if r.quantity.start < at and is_level(r)]
    while before:
        start = sentence_start(clean, before[-1].quantity.start)
        same = [r for r in before if r.quantity.start >= start]
        if not AMONG.match(clean, start):
            own = own_levels(clean, same)
            return own[0] if len(own) == 1 else None
        before = [r for r in before if r.quantity.start < start]
    return None


def _end(clean: str, start: int, end: int) -> int:
    """A lead-in rules to the next one, or to the end of its paragraph (with `:`) or sentence."""
    following = LEAD_IN.search(clean, start, end)
    limit = following.start() if following else end
    if clean[start - 1] == ":":
        return limit
    stop = clean.find("。", start, limit)
    return stop if stop >= 0 else limit
