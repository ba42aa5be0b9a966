"""Clauses that have another number in the new version, recognised by their headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from audit.model.rows import Clause

Numbers = dict[tuple[str, str], str]
"""For a document and a clause of the old version, the same clause's number in the new one."""


def same_clauses(old: Iterable[Clause], new: Iterable[Clause]) -> Numbers:
    """The clauses of both versions: those with the same heading below the same clause, then by number.

    A heading that stands twice below one clause tells nothing; such clauses keep their numbers.
    """
    return dict(_paired(tuple(old), tuple(new)))


def _paired(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> Iterable[tuple[tuple[str, str], str]]:
    found: Numbers = {}
    there = _unique((clause.document, clause.parent or "", clause.heading or "") for clause in new)
    named = {(c.document, c.parent or "", c.heading or ""): c.clause for c in new if c.heading}
    here = _unique((c.document, _parent(c, {}), c.heading or "") for c in old)
    numbers = {(clause.document, clause.clause) for clause in new}
    for clause in old:  # parents stand before their children, so that a child finds where its parent went
        place = (clause.document, _parent(clause, found), clause.heading or "")
        own = (clause.document, clause.parent or "", clause.heading or "")
        if clause.heading and own in here and place in there:
            found[clause.document, clause.clause] = named[place]
        elif (clause.document, clause.clause) in numbers:
            found[clause.document, clause.clause] = clause.clause
    return found.items()


def _parent(clause: Clause, found: Numbers) -> str:
    parent = clause.parent or ""
    return found.get((clause.document, parent), parent)


def _unique(places: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    return {place for place, count in Counter(places).items() if count == 1}
