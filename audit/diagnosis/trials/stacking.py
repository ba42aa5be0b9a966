"""The tables of many trials below each other, told apart by a first column, and plans that check each trial alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from audit.diagnosis.trials.trial import Row, Trial
from audit.engine.frames import Table
from audit.language.plan import Plan

TRIAL = "trial"


def stacked(
    table: Table,
    rows: Sequence[Row],
    trials: Iterable[Trial],
    near: Mapping[str, Collection[int]] | None = None,
) -> Table:
    """The table as it is in every trial. `rows` are its rows as text.

    With `near` a trial has only the rows that are told by its name, beside those that it changes.
    """
    everything = range(len(rows))
    places: list[int] = []
    names: list[str] = []
    changed: list[dict[str, str | None]] = []
    for trial in trials:
        own = [change for change in trial.changes if change.table == table.name]
        touched = {change.row for change in own}
        kept = [row for row in (everything if near is None else near[trial.name]) if row not in touched]
        places += kept
        names += [trial.name] * len(kept)
        changed += [{TRIAL: trial.name, **change.after} for change in own if change.after is not None]
    schema = dict.fromkeys(table.columns, pl.String)
    whole = pl.DataFrame([dict(row) for row in rows], schema=schema)
    unchanged = whole[places].insert_column(0, pl.Series(TRIAL, names, dtype=pl.String))
    frame = pl.concat([unchanged, pl.DataFrame(changed, schema={TRIAL: pl.String, **schema})])
    return _for_trials(table, frame)


def origins(table: str, length: int, trials: Iterable[Trial]) -> list[int]:
    """The number in the table of every row of `stacked`; rows that are new have numbers after the last."""
    kept: list[int] = []
    changed: list[int] = []
    new = length
    for trial in trials:
        own = [change for change in trial.changes if change.table == table]
        touched = {change.row for change in own}
        kept += [row for row in range(length) if row not in touched]
        for change in own:
            if change.after is not None:
                changed.append(new if change.row is None else change.row)
                new += change.row is None
    return kept + changed


def repeated(table: Table, names: Sequence[str]) -> Table:
    """Every row of a table once for each trial of these names."""
    rows = pl.DataFrame(list(table.rows(range(table.length)).values()), infer_schema_length=None)
    return _for_trials(table, pl.DataFrame({TRIAL: list(names)}).join(rows, how="cross"))


def keyed_by(plans: Iterable[Plan]) -> frozenset[str]:
    """The tables whose rows make keys of these plans, so that every trial needs its own."""
    return frozenset(operand.table for plan in plans for operand in plan.operands if operand.keyed)


def by_trial(plan: Plan, tables: Collection[str]) -> Plan:
    """The plan for every trial: the operands on `tables` match it, the others are the same for all."""
    operands = (
        replace(operand, matched=((TRIAL, TRIAL), *operand.matched)) if operand.table in tables else operand
        for operand in plan.operands
    )
    return replace(plan, key=(TRIAL, *plan.key), operands=tuple(operands))


def _for_trials(table: Table, frame: pl.DataFrame) -> Table:
    return Table(table.name, frame, {TRIAL: "text", **table.columns}, table.key)
