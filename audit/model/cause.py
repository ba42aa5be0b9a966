"""Causes: the smallest corrections that settle groups of findings, or the questions that remain."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from audit.model.frozen import frozen
from audit.model.phrase import Phrase

CauseKind = Literal[
    "figure",
    "measure",
    "name",
    "term",
    "place",
    "missing_row",
    "stated_twice",
    "blank",
    "code_list",
    "rule",
    "question",
]
"""What was done wrongly: a figure slipped; how a number is meant (累计, 新); one thing has two names; a term stands for
another; region or year; a row is missing; a figure is stated twice, and one of them fits; a blank figure follows from
others; the code list is wrong; the rule itself is in doubt; or nothing that an edit can settle: a question."""


AS_LIKELY = Decimal("0.5")
"""From this part of the confidence of the best on another correction is as likely: nobody can tell by so little."""


@frozen
class Edit:
    """A cell of a table before and after. A whole row that is new has `before` None in all its cells."""

    table: str
    row: str
    column: str
    before: str | None
    after: str | None


@frozen
class Effect:
    """How many findings the edits settle, how many come, and how many other checks come to hold."""

    gone: int
    new: int
    holds: int


@frozen
class Alternative:
    """Other edits that would settle as much, or less."""

    edits: tuple[Edit, ...]
    confidence: Decimal


@frozen
class Cause:
    """What stands behind findings. `findings` are their ids, `checks` those of all checks concerned.

    `edits` are the most likely correction, none for a question. `confidence` is from 0 to 1.
    """

    id: str
    kind: CauseKind
    message: Phrase
    confidence: Decimal
    findings: tuple[str, ...]
    checks: tuple[str, ...]
    edits: tuple[Edit, ...]
    effect: Effect
    alternatives: tuple[Alternative, ...] = ()

    @property
    def as_likely(self) -> tuple[Alternative, ...]:
        """The other corrections that are as likely."""
        return tuple(one for one in self.alternatives if one.confidence >= AS_LIKELY * self.confidence)
