"""One thing under several names: the names of a finding taken for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from audit.diagnosis.causes.hypothesis import Hypothesis, with_cells
from audit.diagnosis.causes.situation import Place, Situation
from audit.diagnosis.trials.outcomes import Key
from audit.language.sightings import Sightings
from audit.model.phrase import Phrase
from audit.model.report import Finding

NAME = "canonical"
_SUCCEEDED = Decimal("0.75")
_PROMISED = Decimal("0.5")
"""What speaks for names being one thing beside their likeness: the code list says so; a goal has it under one name and
the tasks of the same document under the other."""


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """Findings that set names beside each other, joined where they share one: all of these as the name used most, or as
    the one that has succeeded the others by the code list.

    Names two of which are two things cannot all be one; which of them are remains a question.
    """
    for names, asked in _clusters(situation):
        table, places = _bearers(situation, names)
        if len(names) < 2 or not places or _two_things(situation.sightings(table, NAME), names):
            continue
        used = Counter(situation.row(place)[NAME] or "" for place in places)
        successor = _successor(situation, names)
        chosen = successor or min(names, key=lambda name: (-used[name], len(name), name))
        others = [name for name in names if name != chosen]
        changes = with_cells(situation, [(table, n) for _, n in places], {NAME: chosen})
        proposed = Hypothesis("name", changes, _about(chosen, others, situation.labels), asked=asked)
        if successor:
            yield replace(proposed, evidence=_SUCCEEDED, about=_taken_over(chosen, others, situation.labels))
        elif told_apart_in_one_document(situation, proposed):
            yield replace(proposed, evidence=_PROMISED)
        else:
            yield proposed


def _two_things(seen: Sightings, names: Sequence[str]) -> bool:
    return any(seen.apart(a, b) for a, b in combinations(names, 2))


def _successor(situation: Situation, names: Sequence[str]) -> str | None:
    """The name that, by the code list, has taken over from one of the others."""
    codes = situation.codes.get(NAME)
    if codes is None:
        return None
    known = {name: codes.members[name] for name in names if name in codes}
    return next(
        (m.attributes["successor"] for m in known.values() if m.attributes.get("successor") in names), None
    )


def _clusters(situation: Situation) -> list[tuple[list[str], frozenset[Key]]]:
    """Names joined by findings that set them beside each other, with these findings."""
    groups: list[tuple[list[str], frozenset[Key]]] = []
    for finding in situation.findings:
        own = _names_of(situation, finding)
        if len(own) < 2:
            continue
        touched = [group for group in groups if set(group[0]) & set(own)]
        groups = [group for group in groups if not set(group[0]) & set(own)]
        joined = list(
            dict.fromkeys(name for names, _ in (*touched, (own, frozenset[Key]())) for name in names)
        )
        groups.append(
            (joined, frozenset({situation.key_of(finding.check)}).union(*(keys for _, keys in touched)))
        )
    return groups


def _names_of(situation: Situation, finding: Finding) -> list[str]:
    """The names that a finding keyed by a name sets beside each other."""
    if NAME not in finding.check.key:
        return []
    rows = (situation.row(place) for place in situation.places(finding.check.cells))
    return list(dict.fromkeys(row[NAME] for row in rows if row.get(NAME)))  # type: ignore[misc]


def _bearers(situation: Situation, names: Sequence[str]) -> tuple[str, list[Place]]:
    """The rows that bear one of the names, in the first table that has any."""
    for table, rows in situation.rows.items():
        places = [(table, number) for number, row in enumerate(rows) if row.get(NAME) in names]
        if places:
            return table, places
    return "", []


def _taken_over(chosen: str, others: Sequence[str], labels: Mapping[str, str]) -> Phrase:
    return Phrase(
        "“{}”的职能已由“{}”承接，应统一使用现名".format("”“".join(others), chosen),
        "“{}” has been succeeded by “{}”; use the present name".format(
            "”, “".join(labels.get(name, name) for name in others), labels.get(chosen, chosen)
        ),
    )


def _about(chosen: str, others: Sequence[str], labels: Mapping[str, str]) -> Phrase:
    english = [labels.get(name, name) for name in others]
    return Phrase(
        "“{}”与“{}”是同一事物".format("”“".join(others), chosen),
        "“{}” and “{}” are one thing".format("”, “".join(english), labels.get(chosen, chosen)),
    )


def told_apart_in_one_document(situation: Situation, hypothesis: Hypothesis) -> bool:
    """Whether a document names a thing one way in a goal and another way in its tasks: what is promised there is then
    nobody's task, unless the two are one."""
    tables = {change.table for change in hypothesis.changes}
    rows = [row for table in tables for row in situation.rows[table]]
    joined = {change.after[NAME] for change in hypothesis.changes if change.after is not None}
    joined |= {
        situation.rows[change.table][change.row][NAME]
        for change in hypothesis.changes
        if change.row is not None
    }
    named = [row for row in rows if row.get(NAME) in joined]
    for row in named:
        own = [
            other
            for other in named
            if other.get("document") == row.get("document") and other.get("role") == "task"
        ]
        if row.get("role") == "goal" and own and all(other[NAME] != row[NAME] for other in own):
            return True
    return False
