"""A budget before and after it was changed: `年初预算310亿元,调增2亿元,调整后为312亿元`."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.groups import sentence_start
from audit.extraction.relations.ties import Tied, comparable, is_level, phrase_before
from audit.lexicon import pattern
from audit.model.relation import RelationRole

_BEFORE = pattern("<before adjustment>")
_MORE = pattern("<adjusted up>")
_LESS = pattern("<adjusted down>")
_AFTER = pattern("<after adjustment>")


def adjustments(clean: str, paragraph: Sequence[Reading]) -> list[Tied]:
    """The level before with all that was added, or the level after with what was taken, in one sentence."""
    found: list[Tied] = []
    for place, after in enumerate(paragraph):
        if not is_level(after) or not _AFTER.search(phrase_before(clean, after)):
            continue
        start = sentence_start(clean, after.quantity.start)
        same = [r for r in paragraph[:place] if r.quantity.start >= start and comparable(after, r)]
        if len(same) < 2 or not _BEFORE.search(phrase_before(clean, same[0])):
            continue
        more = [r for r in same[1:] if _MORE.search(phrase_before(clean, r))]
        less = [r for r in same[1:] if _LESS.search(phrase_before(clean, r))]
        if len(more) == len(same) - 1:
            found.append(_sum(after, [same[0], *more]))
        elif len(less) == len(same) - 1:
            found.append(_sum(same[0], [after, *less]))
    return found


def _sum(whole: Reading, parts: Sequence[Reading]) -> Tied:
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole), *(("part", part) for part in parts)]
    return Tied("sum", tuple(figures), True, "certain")
