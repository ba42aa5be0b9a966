"""The rows that trials see under a plan: those near the rows that they change, as these stand and as they are tried.

A check can only come out otherwise where a changed row takes part in it, before or after. Rows that differ in a
dimension that every operand matches never meet in a check, so a trial needs no more than the rows that agree with its
own in all of these. Each trial stands twice, as it is and as it is tried, so that its checks can be compared; all
trials stand below each other, told apart by one more dimension.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from audit.diagnosis.trials.trial import Trial
from audit.engine.frames import Table
from audit.engine.intake import Rows, columns_used
from audit.engine.keys import Integers, ids, paired
from audit.language.plan import Plan
from audit.model.frozen import frozen
from audit.model.text_frame import TextFrame

TRIAL = "trial"
CHUNK = 100_000
"""So many rows are seen at once, or all of one trial."""


@frozen(slots=False)
class Changes:
    """The changes that trials make in one table: of each the number of its trial, the place of its row before and after
    (-1: none), and the columns that differ (None: all, as the row is new or gone)."""

    trials: Integers
    before: Integers
    after: Integers
    columns: tuple[frozenset[str] | None, ...]

    def at(self, places: Sequence[int]) -> Changes:
        """The changes at the given places."""
        at = np.array(places, dtype=np.int64)
        own = tuple(self.columns[place] for place in places)
        return Changes(self.trials[at], self.before[at], self.after[at], own)


def edited(table: Table, trials: Sequence[Trial]) -> tuple[Table, Changes]:
    """The table with the rows as trials have them below its own, and what each trial changes."""
    own = [
        (number, change)
        for number, trial in enumerate(trials)
        for change in trial.changes
        if change.table == table.name
    ]
    rows = table.texts()
    added = [dict(change.after) for _, change in own if change.after is not None]
    frame = TextFrame({name: [row.get(name) for row in (*rows, *added)] for name in table.columns})
    after, place = [], len(rows)
    for _, change in own:
        after.append(-1 if change.after is None else place)
        place += change.after is not None
    changes = Changes(
        np.array([number for number, _ in own], dtype=np.int64),
        np.array([-1 if change.row is None else change.row for _, change in own], dtype=np.int64),
        np.array(after, dtype=np.int64),
        tuple(
            None
            if change.row is None or change.after is None
            else frozenset(n for n in table.columns if rows[change.row].get(n) != change.after.get(n))
            for _, change in own
        ),
    )
    return Table(table.name, frame, table.columns, table.key), changes


def by_trial(plan: Plan, tables: Collection[str]) -> Plan:
    """The plan for every trial: the operands on `tables` match it, the others are the same for all."""
    operands = (
        replace(operand, matched=((TRIAL, TRIAL), *operand.matched)) if operand.table in tables else operand
        for operand in plan.operands
    )
    return replace(plan, key=(TRIAL, *plan.key), operands=tuple(operands))


def seen(
    plan: Plan, rows: Mapping[str, Rows], tables: Mapping[str, Table], changes: Mapping[str, Changes]
) -> Iterator[tuple[frozenset[str], dict[str, Rows]]]:
    """What the trials see that may make checks of a plan come out otherwise, some trials at a time.

    Gives the tables of which each trial has its own rows, and the rows of all tables. Trial number n stands as it is
    under the code 2n + 1 of the dimension, and as it is tried under 2n + 2. `rows` are those of the tables as `edited`.
    """
    told = {name: _telling(plan, tables[name], own) for name, own in changes.items() if name in plan.tables}
    if not any(len(own.trials) for own in told.values()):
        return
    own_rows = frozenset(told) | {operand.table for operand in plan.operands if operand.keyed}
    kept = {name: _kept(plan, rows[name], name) for name in own_rows}
    blocks = _blocks(plan, {name: rows[name] for name in sorted(own_rows)})
    touched = [np.empty((0, 2), dtype=np.int64)]
    for name, change in told.items():
        for places in (change.before, change.after):
            taking = (places >= 0) & kept[name][places]
            touched.append(np.stack([change.trials[taking], blocks[name][places[taking]]], axis=1))
    pairs = np.unique(np.concatenate(touched), axis=0)
    standing = {
        name: np.flatnonzero(own & (np.arange(len(own)) < _standing(changes.get(name), len(own))))
        for name, own in kept.items()
    }
    for chunk in _chunks(pairs, {name: blocks[name][own] for name, own in standing.items()}):
        yield (
            own_rows,
            {
                **rows,
                **{
                    name: _view(rows[name], standing[name], blocks[name], told.get(name), kept[name], chunk)
                    for name in own_rows
                },
            },
        )


def _telling(plan: Plan, table: Table, changes: Changes) -> Changes:
    """The changes of a table that a plan looks at."""
    used = columns_used(plan, table)
    return changes.at([n for n, columns in enumerate(changes.columns) if columns is None or columns & used])


def _standing(changes: Changes | None, length: int) -> int:
    """How many rows of a table as edited are its own."""
    added = 0 if changes is None else int(np.count_nonzero(changes.after >= 0))
    return length - added


def _kept(plan: Plan, rows: Rows, table: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which rows of a table some operand of a plan may take."""
    kept = np.zeros(len(rows.numbers), dtype=bool)
    for operand in plan.operands:
        if operand.table == table:
            kept[rows.kept(operand.filters)] = True
    return kept


def _blocks(plan: Plan, rows: Mapping[str, Rows]) -> dict[str, Integers]:
    """For every row the number of its block, in which all rows are that can stand in a check with it."""
    if plan.record:
        return {name: np.arange(len(own.numbers)) for name, own in rows.items()}
    columns = _in_common(plan, rows)
    lengths = [len(own.numbers) for own in rows.values()]
    together = [
        np.concatenate([own.texts[column] for own, column in zip(rows.values(), each, strict=True)])
        for each in columns
    ]
    found = np.unique(ids(together, sum(lengths)), return_inverse=True)[1].astype(np.int64)
    return dict(zip(rows, np.split(found, np.cumsum(lengths)[:-1]), strict=True))


def _in_common(plan: Plan, tables: Iterable[str]) -> list[list[str]]:
    """For each dimension that every operand on `tables` matches as it stands in its rows, the column of each table.

    A dimension by which an operand leads to other members, or that two columns of a table match, is none of these.
    """
    columns: dict[str, dict[str, set[str]]] = {dimension: {} for dimension in plan.key}
    for operand in (one for one in plan.operands if one.table in tables):
        led = {operand.others, *(link.dimension for link in operand.links)}
        matched = {dimension: column for dimension, column in operand.matched if dimension not in led}
        columns = {dimension: own for dimension, own in columns.items() if dimension in matched}
        for dimension, own in columns.items():
            own.setdefault(operand.table, set()).add(matched[dimension])
    alike = [own for own in columns.values() if all(len(own[table]) == 1 for table in tables)]
    return [[min(own[table]) for table in tables] for own in alike]


def _chunks(pairs: Integers, blocks: Mapping[str, Integers]) -> Iterator[Integers]:
    """Pairs of trial and block, those of a trial together, of about `CHUNK` rows."""
    if not len(pairs):
        return
    length = int(pairs[:, 1].max()) + 1
    size = np.sum([np.bincount(own, minlength=length)[:length] for own in blocks.values()], axis=0)
    first = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
    rows = np.add.reduceat(2 * size[pairs[:, 1]] + 1, first)
    number = np.cumsum(rows) // CHUNK
    starts = first[np.flatnonzero(np.diff(number, prepend=-1))]
    yield from np.split(pairs, starts[1:])


def _view(
    rows: Rows,
    standing: Integers,
    blocks: Integers,
    changes: Changes | None,
    kept: np.ndarray[tuple[int], np.dtype[np.bool_]],
    pairs: Integers,
) -> Rows:
    """The rows of a table that trials see: those in their blocks, as they stand and as they are tried."""
    length = max(int(blocks.max(initial=0)), int(pairs[:, 1].max())) + 1
    pair, place = paired(pairs[:, 1], blocks[standing], length)
    trials, places = pairs[pair, 0], standing[place]
    tried, places_tried, numbers_tried = trials, places, rows.numbers[places]
    if changes is not None:
        size = len(blocks)
        own = np.isin(changes.trials, pairs[:, 0])
        gone = own & (changes.before >= 0)
        stay = ~np.isin(trials * size + places, (changes.trials * size + changes.before)[gone])
        come = own & (changes.after >= 0) & kept[changes.after]
        number = np.where(changes.before >= 0, changes.before, changes.after)
        tried = np.concatenate([trials[stay], changes.trials[come]])
        places_tried = np.concatenate([places[stay], changes.after[come]])
        numbers_tried = np.concatenate([rows.numbers[places[stay]], number[come]])
    return rows.at(
        np.concatenate([places, places_tried]),
        np.concatenate([rows.numbers[places], numbers_tried]),
        {TRIAL: np.concatenate([2 * trials + 1, 2 * tried + 2])},
    )
