"""One thing under several names: the names of a finding taken for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from audit.diagnosis.causes.hypothesis import Hypothesis, with_cells
from audit.diagnosis.causes.situation import Place, Situation, key_of
from audit.diagnosis.trials.outcomes import Key
from audit.model.phrase import Phrase
from audit.model.report import Finding

NAME = "canonical"


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """Findings that set names beside each other, joined where they share one: all of these as the name used most."""
    for names, asked in _clusters(situation):
        table, places = _bearers(situation, names)
        if len(names) < 2 or not places:
            continue
        used = Counter(situation.row(place)[NAME] or "" for place in places)
        chosen = min(names, key=lambda name: (-used[name], len(name), name))
        others = [name for name in names if name != chosen]
        yield Hypothesis("name", with_cells(situation, [(table, n) for _, n in places], {NAME: chosen}),
                         _about(chosen, others), asked=asked)  # fmt: skip


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
        groups.append((joined, frozenset({key_of(finding.check)}).union(*(keys for _, keys in touched))))
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


def _about(chosen: str, others: Sequence[str]) -> Phrase:
    return Phrase(
        "“{}”与“{}”是同一事物".format("”“".join(others), chosen),
        "“{}” and “{}” are one thing".format("”, “".join(others), chosen),
    )
