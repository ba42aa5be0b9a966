"""The rows behind checks: which cells of which operand each check of a confrontation used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import repeat

import numpy as np

from audit.engine import exact
from audit.engine.cells import Cells
from audit.engine.confront import Confrontation
from audit.engine.exact import Booleans
from audit.engine.figures import Ends
from audit.engine.keys import Integers
from audit.model.frozen import frozen


@frozen
class CellUsed:
    """One row that a check used for an operand (its number in the plan), as the given member of an aggregate.

    `weights` are what the cell is weighed by, by name; None where there is no weight. `beside` tells on which side of
    what it states the figure lies (see `exact`).
    """

    check: int
    operand: int
    member: str | None
    row: int
    weights: tuple[tuple[str, Decimal | None], ...] = ()
    beside: int = 0


def cells_used(confrontation: Confrontation, checks: Integers, operands: Sequence[int]) -> list[CellUsed]:
    """What the given checks used for the operands of these numbers, sorted by check, operand and row; `check` is the place
    of each among the given ones.

    The many members that an operand takes by leaving out the own one are not listed check by check.
    """
    found: list[CellUsed] = []
    for operand in operands:
        if confrontation.plan.operands[operand].others:
            continue
        cells = confrontation.groups[operand].cells
        entries, check = confrontation.groups[operand].entries(confrontation.keys.operands[operand][checks])
        columns = [confrontation.vocabulary.of(codes[entries]) for codes in cells.members]
        members = map("/".join, zip(*columns, strict=True)) if columns else repeat(None)
        weights = zip(*(_weights(name, cells, entries) for name in cells.weights), strict=True)
        found += map(
            CellUsed,
            check.tolist(),
            repeat(operand),
            members,
            cells.rows[entries].tolist(),
            weights if cells.weights else repeat(()),
            _beside(cells, entries),
        )
    return sorted(found, key=lambda t: (t.check, t.operand, t.row))


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
