"""What the headings above a figure say of it: period, region, industry, and whether the clause looks back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.extraction.figures.periods import Time
from audit.extraction.figures.regions import Regions
from audit.extraction.figures.wordings import INDUSTRY
from audit.extraction.text.clauses import ClauseSpan
from audit.extraction.text.layout import LayoutBlock
from audit.lexicon import entries, pattern
from audit.model.frozen import frozen


@frozen
class Surroundings:
    """The nearest heading's word on each of these; `None` where no heading above says anything."""

    time: Time | None = None
    region: str | None = None
    industry: str | None = None
    looks_back: bool = False


NOTHING = Surroundings()

_LOOKS_BACK = pattern("<looks back>")
_FIELD = pattern(
    "^(?:<way of growing>?<growing>+)?(?P<name>[^,。:和]{2,16}?)"
    "(?:<and related>)?<field>+(?:<what a field does>+)?$"
)

_NO_FIELD = entries("no field of its own")


def clause_surroundings(
    clauses: Sequence[ClauseSpan], times: Sequence[Time], regions: Regions, clean: str
) -> dict[str, Surroundings]:
    """The surroundings of every clause, by its id: what its own heading says, else what its parent's said."""
    starts = [time.start for time in times]
    found: dict[str, Surroundings] = {}
    for clause in clauses:
        above = found.get(clause.parent or "", NOTHING)
        heading = clause.heading or ""
        found[clause.id] = Surroundings(
            _heading_time(clause, times, starts, clean) or above.time,
            _heading_region(heading, regions) or above.region,
            _industry(heading) or above.industry,
            above.looks_back or bool(_LOOKS_BACK.search(heading)),
        )
    return found


@frozen
class Title:
    """A heading without number that a paragraph stands below (`市本级预算执行情况`): its stretch, in its clause."""

    start: int = 0
    end: int = 0
    clause: str | None = None

    def after(self, block: LayoutBlock, clause: ClauseSpan | None) -> Title:
        """The title that holds from a block on: the block if it is one, else this one while the clause goes on."""
        name = clause.id if clause is not None else None
        numbered = clause is not None and clause.start == block.start
        if block.kind == "heading" and not numbered:
            return Title(block.start, block.end, name)
        return self if name == self.clause else Title(clause=name)

    def over(self, around: Surroundings, times: Sequence[Time]) -> Surroundings:
        """The surroundings with the time that the title names."""
        index = bisect_left(times, self.start, key=lambda time: time.start)
        named = (
            index < len(times) and times[index].start < self.end and times[index].kind not in ("base", "from")
        )
        return replace(around, time=times[index]) if named else around

    def headings(
        self, clauses: Mapping[str, ClauseSpan], clause: ClauseSpan | None
    ) -> tuple[tuple[int, int], ...]:
        """The stretches of the headings above, the nearest first: the title, then those of the clauses (by id)."""
        found = [(self.start, self.end)] if self.end else []
        while clause is not None:
            if clause.heading is not None:
                found.append((clause.start, min(clause.end, clause.start + len(clause.heading) + 12)))
            clause = clauses.get(clause.parent or "")
        return tuple(found)


def _heading_time(
    clause: ClauseSpan, times: Sequence[Time], starts: Sequence[int], clean: str
) -> Time | None:
    if clause.heading is None:
        return None
    end = min(clause.end, clause.start + len(clause.heading) + 12)
    line = clean.find("\n", clause.start, end)
    index = bisect_left(starts, clause.start)
    if (
        index < len(times)
        and starts[index] < (line if line >= 0 else end)
        and times[index].kind not in ("base", "from")
    ):
        return times[index]
    return None


def _heading_region(heading: str, regions: Regions) -> str | None:
    named = regions.at(heading, 0) if heading else None
    if named and named[0] != regions.own:
        return named[0]
    return next((code for alias, code in regions.places.items() if alias in heading), None)


def _industry(heading: str) -> str | None:
    """The field that a heading names (`…领域`); it keeps 产业 where it says nothing without it (`重点产业`)."""
    match = _FIELD.match(heading)
    if match is None:
        return None
    return match["name"] + (INDUSTRY if match["name"].endswith(_NO_FIELD) else "")
