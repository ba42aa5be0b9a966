"""The rows behind checks: which cells of which operand each check of a confrontation used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat

import numpy as np

from audit.engine import exact, runs
from audit.engine.cells import Cells
from audit.engine.confront import Confrontation
from audit.engine.exact import Booleans
from audit.engine.figures import Ends
from audit.engine.groups import Groups
from audit.engine.keys import Integers
from audit.model.frozen import frozen


@frozen
class CellUsed:
    """One row that a check used for an operand (its number in the plan), as the given member of an aggregate.

    `weights` are what the cell is weighed by, by name; None where there is no weight. `beside` tells on which side of
    what it states the figure lies (see `exact`); `rank` how many cells of the check and operand tell more (see `_ranks`).
    """

    check: int
    operand: int
    member: str | None
    row: int
    weights: tuple[tuple[str, Decimal | None], ...] = ()
    beside: int = 0
    rank: int = 0


@frozen
class Used:
    """The cells that checks used, sorted by check, operand and row; `check` is the place of each among these checks.

    `too_many` are by check and operand those of which not all are told.
    """

    told: Sequence[CellUsed]
    too_many: Mapping[tuple[int, int], TooMany]


@frozen
class TooMany:
    """All cells that a check used for an operand, of which `told` are told: their rows, and their members."""

    rows: Integers
    members: frozenset[str]
    told: int


def cells_used(
    confrontation: Confrontation, checks: Integers, operands: Sequence[int], most: Integers | None = None
) -> Used:
    """What the given checks used for the operands of these numbers: all of it, or for every check of each operand at most
    so many cells, those that tell most (see `_ranks`).

    The many members that an operand takes by leaving out the own one are not listed check by check.
    """
    found: list[CellUsed] = []
    too_many: dict[tuple[int, int], TooMany] = {}
    for operand in operands:
        if confrontation.plan.operands[operand].others:
            continue
        cells = confrontation.groups[operand].cells
        entries, check = confrontation.groups[operand].entries(confrontation.keys.operands[operand][checks])
        ranks: Iterable[int] = repeat(0)
        if most is not None and len(entries):
            own = _ranks(confrontation.groups[operand], entries, check)
            ends = np.cumsum(np.bincount(check, minlength=len(checks)))
            for place in np.flatnonzero(np.diff(ends, prepend=0) > most).tolist():
                every = entries[ends[place - 1] if place else 0 : ends[place]]
                known = _members(confrontation, cells, every) if cells.members else ()
                too_many[place, operand] = TooMany(cells.rows[every], frozenset(known), int(most[place]))
            told = own < most[check]
            entries, check, ranks = entries[told], check[told], own[told].tolist()
        members: Iterable[str | None] = (
            _members(confrontation, cells, entries) if cells.members else repeat(None)
        )
        weights = zip(*(_weights(name, cells, entries) for name in cells.weights), strict=True)
        found += map(
            CellUsed,
            check.tolist(),
            repeat(operand),
            members,
            cells.rows[entries].tolist(),
            weights if cells.weights else repeat(()),
            _beside(cells, entries),
            ranks,
        )
    return Used(sorted(found, key=lambda t: (t.check, t.operand, t.row)), too_many)


def _members(confrontation: Confrontation, cells: Cells, entries: Integers) -> Iterable[str]:
    columns = [confrontation.vocabulary.of(codes[entries]) for codes in cells.members]
    return map("/".join, zip(*columns, strict=True))


def _ranks(groups: Groups, entries: Integers, check: Integers) -> Integers:
    """For each entry how many of its check tell more: those that are stated with two values, then from both ends the least
    and the greatest. Checks ascend."""
    cells = groups.cells
    twice = np.zeros(len(cells), dtype=bool)
    twice[groups.stated.order] = np.repeat(
        groups.stated.contradicted, np.diff(groups.stated.starts, append=len(groups.stated.order))
    )
    order = np.lexsort((cells.rows[entries], _size(cells, entries), ~twice[entries], check))
    counts = np.bincount(check)
    after = np.cumsum(counts)[check] - np.arange(len(check))
    ranks = np.empty(len(entries), dtype=np.int64)
    ranks[order] = np.minimum(2 * (counts[check] - after), 2 * after - 1)
    return ranks


def _size(cells: Cells, entries: Integers) -> Integers:
    """A number for each entry by which what is stated can be put in order."""
    if isinstance(cells.content, Ends):
        return runs.ranks(exact.take(exact.closed(cells.content.start), cells.at[entries]))
    return (
        np.zeros(len(entries), dtype=np.int64) if cells.content is None else cells.content[cells.at[entries]]
    )


def _beside(cells: Cells, entries: Integers) -> Iterable[int]:
    if not isinstance(cells.content, Ends) or cells.content.start.beside is None:
        return repeat(0)
    return map(int, cells.content.start.beside[cells.at[entries]])


def _weights(name: str, cells: Cells, entries: Integers) -> list[tuple[str, Decimal | None]]:
    """The weight of that name of every entry."""
    weights, at = cells.weights[name]
    numbers = exact.take(weights.start, at[entries])
    return [(name, exact.decimal_at(numbers, place)) for place in range(len(entries))]


def rows_used(confrontation: Confrontation, checks: Booleans, operand: int) -> Integers:
    """The rows that any of the marked checks used for the operand of this number, in no order."""
    groups = confrontation.groups[operand]
    if confrontation.plan.operands[operand].others:
        return groups.cells.rows[groups.cells.stated] if checks.any() else groups.cells.rows[:0]
    used = np.zeros(len(groups) + 1, dtype=bool)
    used[confrontation.keys.operands[operand][checks]] = True
    return groups.cells.rows[groups.entries_in(used)]
