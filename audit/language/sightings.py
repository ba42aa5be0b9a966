"""Where names stand in documents, and what that says of two of them: side by side in one sentence, or in different
districts, they are two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from audit.lexicon import pattern
from audit.model.codes import CodeList
from audit.model.frozen import frozen

SENTENCE = 40
"""Two names of a clause that stand no further from each other than this many characters stand in one sentence."""
_NEEDED = ("name", "document", "clause", "start", "end")


@frozen
class Sighting:
    """A place where a name stands: as written, in which clause, from where to where, and in which region."""

    written: str
    document: str
    clause: str
    start: int
    end: int
    region: str


class Sightings:
    """All places of names, by the name that they go by; a place that only describes what something is to become
    (成为最大的X) is none."""

    def __init__(
        self, rows: Iterable[Mapping[str, str | None]], column: str, regions: CodeList | None
    ) -> None:
        self._regions = regions
        self._places: dict[str, list[Sighting]] = defaultdict(list)
        self._described: set[str] = set()
        for row in rows:
            if not set(_NEEDED) <= row.keys() or not row.get(column) or not (row["start"] or "").isdigit():
                continue
            name, place = str(row[column]), _sighting(row)
            if _describes(row.get("evidence") or "", place.written):
                self._described.add(name)
            else:
                self._places[name].append(place)
        self._described -= self._places.keys()

    def written(self, name: str) -> tuple[str, ...]:
        """How a name is written where it stands; the name itself where that is not known."""
        return tuple(dict.fromkeys(place.written for place in self._places.get(name, ()))) or (name,)

    def apart(self, a: str, b: str) -> bool:
        """Whether the places of two names say that they are two things, or that one is no name."""
        if self._described & {a, b}:
            return True
        one, other = self._places.get(a, ()), self._places.get(b, ())
        return any(_side_by_side(x, y) for x in one for y in other) or self._elsewhere(one, other)

    def _elsewhere(self, one: Iterable[Sighting], other: Iterable[Sighting]) -> bool:
        """Whether both are said to be in regions none of which is the other or lies in it."""
        here, there = ({place.region for place in places if place.region} for places in (one, other))
        return bool(here and there) and not any(self._related(x, y) for x in here for y in there)

    def _related(self, a: str, b: str) -> bool:
        if a == b or self._regions is None:
            return a == b
        return a in self._regions.ancestors(b) or b in self._regions.ancestors(a)


def _sighting(row: Mapping[str, str | None]) -> Sighting:
    start = int(row["start"] or 0)
    end = int(row["end"]) if (row["end"] or "").isdigit() else start  # type: ignore[arg-type]
    return Sighting(
        row["name"] or "", row["document"] or "", row["clause"] or "", start, end, row.get("region") or ""
    )


def _side_by_side(a: Sighting, b: Sighting) -> bool:
    if (a.document, a.clause) != (b.document, b.clause):
        return False
    first, second = sorted((a, b), key=lambda place: place.start)
    return 0 <= second.start - first.end <= SENTENCE


def _describes(evidence: str, written: str) -> bool:
    """Whether the words before a name make it what something else is to become."""
    before, found, _ = evidence.partition(written)
    return bool(found) and pattern("<become>[^，,。；;]*<of>$").search(before) is not None
