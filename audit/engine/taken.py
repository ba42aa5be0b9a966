"""The rows behind checks: which cells of which operand each check of a confrontation took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import polars as pl

from audit.engine.cells import Batch, stated
from audit.engine.confront import Confrontation
from audit.engine.frames import ROW, collect
from audit.engine.keys import Integers, codes, ids, matches
from audit.engine.operands import joined


@dataclass(frozen=True)
class Cells:
    """All cells of a batch."""

    batch: Batch
    frame: pl.DataFrame

    @cached_property
    def codes(self) -> tuple[Integers, ...]:
        """The codes of every key column."""
        return tuple(codes(self.frame[f"_k{i}"]) for i in range(self.batch.width))

    @cached_property
    def rows(self) -> Integers:
        """The row of every cell."""
        return self.frame[ROW].to_numpy()

    @cached_property
    def members(self) -> list[str | None]:
        """The member of every cell of an aggregate."""
        return self.frame["_member"].to_list()

    @cached_property
    def places(self) -> tuple[Integers, ...]:
        """The places of every operand's cells."""
        operands = self.frame["_op"].to_numpy()
        order = np.argsort(operands, kind="stable")
        bounds = np.searchsorted(operands[order], np.arange(len(self.batch.operands) + 1))
        return tuple(order[bounds[n] : bounds[n + 1]] for n in range(len(self.batch.operands)))


def cells_of(confrontations: Sequence[Confrontation]) -> Cells | None:
    """The cells of all checks of one run that state something; None for no confrontation."""
    if not confrontations:
        return None
    groups = confrontations[0].groups
    if groups.cells is None:
        return Cells(groups.batch, joined(collect(stated(groups.batch)), groups.batch))
    return Cells(groups.batch, groups.cells)


@dataclass(frozen=True, slots=True)
class Taken:
    """One row that a check took for an operand (its place in the plan), as the given member of an aggregate."""

    check: int
    place: int
    member: str | None
    row: int


def taken(confrontation: Confrontation, cells: Cells, checks: Integers, places: Sequence[int]) -> list[Taken]:
    """What the given checks took for the operands at `places`, sorted by check, operand and row."""
    found: list[Taken] = []
    for place in places:
        wanted, known, own = _ids(confrontation, cells, checks, place)
        check, cell = matches(wanted, known)
        places_found = own[cell].tolist()
        members = [cells.members[found_at] for found_at in places_found]
        found += map(Taken, checks[check].tolist(), repeat(place), members, cells.rows[places_found].tolist())
    return sorted(found, key=lambda t: (t.check, t.place, t.row))


def rows_taken(confrontation: Confrontation, cells: Cells, checks: Integers, place: int) -> Integers:
    """The rows that any of the checks took for the operand at `place`, in no order."""
    wanted, known, own = _ids(confrontation, cells, checks, place)
    return cells.rows[own[np.isin(known, wanted)]]


def _ids(
    confrontation: Confrontation, cells: Cells, checks: Integers, place: int
) -> tuple[Integers, Integers, Integers]:
    """The ids of the checks' keys and of an operand's cells, in the operand's own dimensions, and these cells' places."""
    keys, groups = confrontation.keys, confrontation.groups
    own = cells.places[groups.batch.first[confrontation.index] + place]
    if keys.records is not None:
        return keys.records[checks], cells.rows[own], own
    columns = []
    for dimension, _ in confrontation.plan.operands[place].matched:
        number = confrontation.plan.key.index(dimension)
        columns.append(
            np.concatenate(
                [groups.codes[number][keys.dimensions[dimension][checks]], cells.codes[number][own]]
            )
        )
    together = ids(columns, len(checks) + len(own))
    return together[: len(checks)], together[len(checks) :], own
