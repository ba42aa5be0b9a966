"""Areas of work: whose `龙头企业` or `产值` a task speaks of when its words do not say.

A noun that fits any field (`骨干企业`, `中央级库`) means another thing in every task. Where such a noun is counted in
the running text of several places, each figure of a task belongs to the task's own area, so that figures of different
tasks are never held against each other. Tables and chapters of goals speak for the whole document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from audit.extraction.figures.figures import Reading
from audit.extraction.text.clauses import ClauseSpan
from audit.lexicon import pattern

_LEVEL = pattern("<level of a thing>+")
_LONGEST_GENERAL = 4
_LONGEST_AREA = 24


def with_areas(readings: Sequence[Reading], clauses: Sequence[ClauseSpan]) -> list[Reading]:
    """The readings; those of a general noun that stands in several places have the area of their task as industry.

    A reading that has an industry keeps it.
    """
    areas = _areas(clauses)
    places: dict[tuple[str | None, str | None, str], set[str | None]] = defaultdict(set)
    for reading in readings:
        places[_what(reading)].add(areas.get(reading.clause or ""))
    return [
        replace(reading, industry=area)
        if (area := areas.get(reading.clause or "")) is not None
        and reading.cell is None
        and reading.industry is None
        and is_general(reading.indicator)
        and len(places[_what(reading)]) > 1
        else reading
        for reading in readings
    ]


def is_general(indicator: str) -> bool:
    """Whether a noun says too little to be the same thing in two tasks: at most four characters beside its level."""
    return len(_LEVEL.sub("", indicator)) <= _LONGEST_GENERAL


def _what(reading: Reading) -> tuple[str | None, str | None, str]:
    return reading.region, reading.industry, reading.indicator


def _areas(clauses: Sequence[ClauseSpan]) -> dict[str, str | None]:
    """For every clause the heading of its task or part, the clause's id if that has none; `None` outside tasks."""
    hold_tasks = {clause.parent for clause in clauses if clause.kind in ("task", "stage_goal")}
    areas: dict[str, str | None] = {}
    for clause in clauses:
        if clause.kind in ("task", "measure") or (clause.kind == "part" and clause.id in hold_tasks):
            heading = re.split(r"[,;:(]", clause.heading or "", maxsplit=1)[0]
            areas[clause.id] = heading[:_LONGEST_AREA] or clause.id
        else:
            areas[clause.id] = areas.get(clause.parent or "")
    return areas
