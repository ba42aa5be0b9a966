"""Totals by the level that a column tells: each row is a part of the last one before it that stands a level higher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from audit.diagnosis.suggestions.chance import MOST_EXPECTED, expected_in_few_rows
from audit.diagnosis.suggestions.matrix import Matrix
from audit.diagnosis.suggestions.sums import LEAST_OF_TOTALS, Sum
from audit.engine.frames import Table


def counts_levels(table: Table, name: str) -> bool:
    """Whether a column holds ranks or levels: whole numbers below twenty."""
    return all(value.isdecimal() and int(value) < 20 for value in table.observed(name))


def by_levels(table: Table, columns: Sequence[str], members: Matrix) -> tuple[Sum, ...]:
    """The totals that one of the columns of levels tells; empty where none does, or where they hold too seldom.

    `members` are the rows side by side, a row for each number column.
    """
    for column in columns:
        levels = [None if cell is None else int(cell) for cell in table.frame[column].to_list()]
        parents = _parents(members.names, levels)
        if found := _totals(parents, members):
            return found
    return ()


def _parents(names: Sequence[str], levels: Sequence[int | None]) -> dict[str, str]:
    """What each row is a part of; empty where a level is not told or is skipped on the way down."""
    above: dict[int, str] = {}
    parents: dict[str, str] = {}
    last = None
    for name, level in zip(names, levels, strict=True):
        if level is None or (last is None and level > 1) or (last is not None and level > last + 1):
            return {}
        above[level] = name
        if level - 1 in above:
            parents[name] = above[level - 1]
        above = {one: at for one, at in above.items() if one <= level}
        last = level
    return parents


def _totals(parents: Mapping[str, str], members: Matrix) -> tuple[Sum, ...]:
    at = {name: place for place, name in enumerate(members.names)}
    wholes: dict[str, list[str]] = {}
    for name, whole in parents.items():
        wholes.setdefault(whole, []).append(name)
    found: list[Sum] = []
    targets, held = [], 0
    for whole, parts in wholes.items():
        target, total = (
            members.values[:, at[whole]],
            members.values[:, [at[name] for name in parts]].sum(axis=1),
        )
        there = ~np.isnan(target) & ~np.isnan(total)
        slack = (len(parts) + 1) / 2 if members.places else 0.0
        fits = np.abs(target - total)[there] <= slack
        exact = (target == total)[there]
        targets.append(target[there])
        held += int(fits.sum())
        found.append(
            Sum(whole, tuple(parts), int(fits.sum()), int(there.sum()), 0.0, bool(fits.sum() > exact.sum()))
        )
    told = np.concatenate(targets) if targets else np.empty(0)
    slack = max((len(one.parts) + 1) / 2 for one in found) if found and members.places else 0.0
    if (
        len(told) < 2
        or held < LEAST_OF_TOTALS * len(told)
        or expected_in_few_rows(told, held, slack, 1) > MOST_EXPECTED
    ):
        return ()
    return tuple(found)
