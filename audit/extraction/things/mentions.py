"""Mentions: bodies in charge where they are named as such, and named projects, programmes and places of work.

Only what bears a name of its own counts: `“人才优选”工程` does, `一批创新平台` does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.text.clauses import ClauseSpan, clause_at
from audit.extraction.things.bodies import body_spans
from audit.lexicon import meanings, only, pattern
from audit.model.frozen import frozen
from audit.model.rows import MentionRole

_KINDS = meanings("kind of thing")
_NAMED = pattern(r"“(?P<name>[^”\n]{2,20})”(?P<kind><kind of thing>)")


@frozen
class MentionSpan:
    """A name with its stretch of the cleaned text and the stretch that shows the part it plays."""

    name: str
    kind: str
    role: MentionRole
    clause: str | None
    start: int
    end: int
    evidence_start: int
    evidence_end: int


def find_mentions(clean: str, clauses: Sequence[ClauseSpan]) -> list[MentionSpan]:
    """Every mention in the order of the text, one for each name, role and clause."""
    found: dict[tuple[str, MentionRole, str | None], MentionSpan] = {}
    for body in body_spans(clean):
        clause = clause_at(clauses, body.start)
        span = MentionSpan(
            body.name, "body", "lead" if body.leads else "support", clause.id if clause else None,
            body.start, body.end, body.start, body.end,
        )  # fmt: skip
        found.setdefault((span.name, span.role, span.clause), span)
    for match in _NAMED.finditer(clean):
        clause = clause_at(clauses, match.start())
        goal = clause is not None and (clause.kind == "stage_goal" or only("aims") in (clause.heading or ""))
        span = MentionSpan(
            match["name"], _KINDS[match["kind"]], "goal" if goal else "task", clause.id if clause else None,
            match.start("name"), match.end("name"), match.start(), match.end(),
        )  # fmt: skip
        found.setdefault((span.name, span.role, span.clause), span)
    return sorted(found.values(), key=lambda span: span.start)
