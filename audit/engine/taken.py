"""The rows behind checks: which cells of which operand each check of a confrontation took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from audit.engine.confront import Confrontation
from audit.engine.keys import Integers


@dataclass(frozen=True, slots=True)
class Taken:
    """One row that a check took for an operand (its place in the plan), as the given member of an aggregate."""

    check: int
    place: int
    member: str | None
    row: int


def taken(confrontation: Confrontation, checks: Integers, places: Sequence[int]) -> list[Taken]:
    """What the given checks took for the operands at `places`, sorted by check, operand and row."""
    found: list[Taken] = []
    for place in places:
        cells = confrontation.groups[place].cells
        entries, check = confrontation.groups[place].entries(confrontation.keys.operands[place][checks])
        columns = [confrontation.words.of(codes[entries]) for codes in cells.members]
        members = map("/".join, zip(*columns, strict=True)) if columns else repeat(None)
        found += map(Taken, checks[check].tolist(), repeat(place), members, cells.rows[entries].tolist())
    return sorted(found, key=lambda t: (t.check, t.place, t.row))


def rows_taken(confrontation: Confrontation, checks: Integers, place: int) -> Integers:
    """The rows that any of the checks took for the operand at `place`, in no order."""
    groups = np.unique(confrontation.keys.operands[place][checks])
    entries, _ = confrontation.groups[place].entries(groups)
    return confrontation.groups[place].cells.rows[entries]
