"""What levels were a period before: the sums of levels with their growth, turned back.

A whole that grew by 5 per cent and its parts that grew by 7 and 8 cannot all be right: each level divided by its
growth is what it was, and those add up as the levels do. Growth at constant prices does not turn back to amounts that add
up; there the growth of a whole lies between those of its parts, and each part alone was within the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.statements import Span, Statement, before, signed_growth
from audit.extraction.relations.ties import Tied
from audit.model.relation import RelationRole


def former_sums(sums: Sequence[Tied], told: Mapping[int, Statement]) -> list[Tied]:
    """For every sum of the running text whose levels tell how they changed, the same sum a period before."""
    found = []
    for tied in sums:
        if tied.kind != "sum" or tied.sure != "certain":
            continue
        whole = told.get(tied.whole.quantity.start)
        parts = [told[part.quantity.start] for part in tied.parts if part.quantity.start in told]
        changed = [part for part in parts if part.said]
        if whole is None or not whole.said or not changed:
            continue
        every = len(changed) == len(tied.parts)
        if whole.real or any(part.real for part in changed):
            if tied.binding and every:
                found.extend(_mean_growth(whole, changed))
            else:
                found.extend(one for part in changed for one in _turned_back(tied, whole, [part], False))
        else:
            found.extend(_turned_back(tied, whole, changed, tied.binding and every))
    return found


def _turned_back(tied: Tied, whole: Statement, parts: Sequence[Statement], binding: bool) -> list[Tied]:
    spans = [before(statement) for statement in (whole, *parts)]
    if any(span is None for span in spans):
        return []
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole.level)]
    figures += [("part", part.level) for part in parts]
    given: list[tuple[int, Span]] = []
    for statement, span in zip((whole, *parts), spans, strict=True):
        if span is not None:
            given.append((statement.level.quantity.start, span))
        used = _used(statement)
        figures.append(("change" if used.role == "change" else "rate", used))
    return [Tied("former", tuple(figures), binding, tied.sure, tuple(given))]


def _used(statement: Statement) -> Reading:
    """The change or rate that `before` turned back."""
    return statement.change or statement.said[0]


def _mean_growth(whole: Statement, parts: Sequence[Statement]) -> list[Tied]:
    rates = [part.rate for part in parts]
    if whole.rate is None or any(rate is None for rate in rates):
        return []
    figures: list[tuple[RelationRole, Reading]] = [("whole", whole.rate)]
    figures += [("part", rate) for rate in rates if rate is not None]
    given = [
        (rate.quantity.start, (value, value))
        for _, rate in figures
        if (value := signed_growth(rate)) is not None
    ]
    if len(given) < len(figures):
        return []
    return [Tied("mean", tuple(figures), True, "certain", tuple(given))]
