"""One term that stands where another is meant: what one finding lacks, another finding has too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.diagnosis.causes.hypothesis import Hypothesis, one_a_row, with_cells
from audit.diagnosis.causes.situation import Place, Situation
from audit.diagnosis.trials.trial import Change
from audit.model.codes import CodeList
from audit.model.phrase import Phrase
from audit.model.report import Finding

_AROUND = frozenset({"document", "clause", "period", "start", "measure", "kind"})
"""Dimensions that say where something stands, not what it is."""


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """For two findings of one document whose keys differ in a thing named: the rows of one with the other's name.

    The rules must differ: one finds what is too much there, the other what is missing. These two alone may be two
    mistakes; a third finding, such as a sister list that has the other name, must be settled along with them.
    """
    for finding, dimension, name in _named(situation):
        for other, same, wanted in _named(situation):
            apart = finding.check.rule != other.check.rule and name != wanted and dimension == same
            if not apart or finding.check.key.get("document") != other.check.key.get("document"):
                continue
            places = [
                p for p in situation.places(finding.check.cells) if situation.row(p).get(dimension) == name
            ]
            if places:
                told = (
                    _told(situation.codes.get(dimension), name),
                    _told(situation.codes.get(dimension), wanted),
                )
                changes = with_cells(situation, places, {dimension: wanted})
                changes += tuple(change for place in places for change in _lists(situation, place, wanted))
                yield Hypothesis(
                    "term", one_a_row(situation, changes), _about(*told), least=3, cells=len(places)
                )


def _lists(situation: Situation, place: Place, wanted: str) -> Iterator[Change]:
    """The lists of a clause that name what a row mentions, with the other name in its place."""
    row = situation.row(place)
    name, around = row.get("name"), {column: row.get(column) for column in ("document", "clause")}
    if not name or "lists" not in situation.rows:
        return
    for table, number in situation.like("lists", around, tuple(around)):
        listed = situation.row((table, number))
        items = (listed.get("items") or "").split(";")
        if name in items:
            after = ";".join(wanted if item == name else item for item in items)
            yield Change(table, number, {**listed, "items": after})


def _named(situation: Situation) -> list[tuple[Finding, str, str]]:
    """Findings with what they name: a document's findings whose keys have one thing beside the place."""
    found = []
    for finding in situation.findings:
        things: Mapping[str, str] = {k: v for k, v in finding.check.key.items() if k not in _AROUND}
        if "document" in finding.check.key and len(things) == 1:
            found += [(finding, dimension, name) for dimension, name in things.items()]
    return found


def _told(codes: CodeList | None, name: str) -> Phrase:
    member = codes.members.get(name) if codes is not None else None
    return Phrase(name, member.attributes.get("label_en") or name if member else name)


def _about(name: Phrase, wanted: Phrase) -> Phrase:
    return Phrase(f"“{name.zh}”应为“{wanted.zh}”", f"“{name.en}” should read “{wanted.en}”")
