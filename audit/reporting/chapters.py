"""How many figures of each chapter were compared with another figure."""

from __future__ import annotations

import re

from audit.model.frozen import frozen
from audit.model.report import Report

_CHAPTER = re.compile(r"[^(（.、\d]+|\d+")


@frozen
class ChapterCoverage:
    """A chapter of a document: the figures it states, and those that a check compared with another figure."""

    document: str
    label: str
    figures: int
    covered: int


def coverage_by_chapter(report: Report) -> tuple[ChapterCoverage, ...]:
    """One row a chapter, document by document; figures before the first chapter have the label `—`."""
    parents = {(clause.document, clause.clause): clause.parent for clause in report.clauses}
    headings = {(clause.document, clause.clause): clause.heading for clause in report.clauses}
    counts: dict[tuple[str, str], list[int]] = {}
    documents: dict[str, None] = dict.fromkeys(use.cell.document for use in report.figures)
    for use in report.figures:
        document = use.cell.document
        chapter = chapter_of(document, use.cell.clause, parents)
        tally = counts.setdefault((document, chapter), [0, 0])
        tally[0] += 1
        tally[1] += use.compared
    return tuple(
        ChapterCoverage(
            document, f"{chapter} {headings.get((document, chapter)) or ''}".strip() or "—", *tally
        )
        for document in documents
        for (owner, chapter), tally in counts.items()
        if owner == document
    )


def chapter_of(document: str, clause: str, parents: dict[tuple[str, str], str | None]) -> str:
    """The chapter that `clause` stands in: its topmost ancestor, else how its number begins (`三`)."""
    seen = set()
    while (parent := parents.get((document, clause))) and clause not in seen:
        seen.add(clause)
        clause = parent
    if (document, clause) in parents or not clause:
        return clause
    found = _CHAPTER.match(clause)
    return found[0] if found else clause
