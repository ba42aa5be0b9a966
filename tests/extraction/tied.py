"""What a text ties, in short: the kind of each relation, whether it binds, and its figures by role."""

from __future__ import annotations

from audit.extraction import extract
from audit.model.relation import Relation

Shape = tuple[str, bool, list[tuple[str, str]]]

TITLE = "云岭市2025年国民经济和社会发展统计公报\n"


def relations(text: str) -> list[list[Relation]]:
    """The rows of every relation of a text, in the order of the text."""
    groups: dict[str, list[Relation]] = {}
    for row in extract(text).relations:
        groups.setdefault(row.relation, []).append(row)
    return list(groups.values())


def shapes(text: str, *kinds: str) -> list[Shape]:
    """The relations of a text, of the kinds asked for or of all."""
    return [
        (rows[0].kind, rows[0].binding, [(row.role, row.literal) for row in rows])
        for rows in relations(TITLE + text)
        if not kinds or rows[0].kind in kinds
    ]


def summed(text: str, binding: bool | None = None) -> list[list[str]]:
    """The literals of every sum of a text, the whole first; only the binding ones or only the others if asked."""
    return [
        [literal for _, literal in figures]
        for _, binds, figures in shapes(text, "sum")
        if binding is None or binds == binding
    ]
