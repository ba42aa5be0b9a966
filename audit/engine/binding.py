"""A plan bound to its tables: the cells of each key, and one row a check with what each operand comes to.

Two lazy frames a plan. `cells` has one row per cell that an operand takes: the key's columns (blank is ""), `_op` (the
operand's place), `_member` (tells an aggregate's cells apart), `_row`, the stated interval `_from`, `_to` (equal but for
ranges), the interval that the words allow `_low`, `_high` (null: open), `_half`, and `_text`. `checks` has one row per
key with, for operand i, the columns `i_n` (cells), `i_twice` (a cell is stated with two values), `i_sum_from` … .
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import narwhals as nw

from audit.engine.frames import DECIMAL, HALF, ROW, UNIT_HALF, Table, pairs_frame, triples_frame
from audit.language.plan import Filter, Operand, Plan

Frame = nw.LazyFrame[Any]
EVERY = "_every"
ENDS = ("from", "to", "low", "high")


@dataclass(frozen=True, slots=True)
class Binding:
    """The lazy frames of one plan; `key` are its key columns in both."""

    plan: Plan
    key: tuple[str, ...]
    cells: Frame
    checks: Frame


def bind(plan: Plan, tables: Mapping[str, Table]) -> Binding:
    """The cells and checks of a plan that is no record plan."""
    key = plan.key or (EVERY,)
    parts: dict[tuple[str, ...], list[Frame]] = {}
    cells: list[Frame] = []
    texts = any(operand.type != "number" for operand in plan.operands)
    for place, operand in enumerate(plan.operands):
        own = _own(plan, operand)
        rows = _cells(operand, place, plan, tables[operand.table], texts).filter(_stated(texts, operand))
        parts.setdefault(own, []).append(rows)
        cells.append(rows.with_columns(nw.lit(None, dtype=nw.String).alias(name) for name in key if name not in own))
    keyed = next((own for own in parts if set(own) == set(key)), None)
    places = {own: [p for p, o in enumerate(plan.operands) if _own(plan, o) == own] for own in parts}
    frames = {own: _checks(plan, own, nw.concat(rows) if len(rows) > 1 else rows[0], places[own]) for own, rows in parts.items()}
    if keyed is None:
        checks = reduce(lambda a, b: a.join(b, how="cross"), frames.values())
    else:
        checks = frames.pop(keyed)
        for own, frame in frames.items():
            checks = checks.join(frame, on=list(own), how="left") if own else checks.join(frame, how="cross")
    ordered = [*key, ROW, "_op", "_member"]
    return Binding(plan, key, nw.concat([c.select(ordered) for c in cells]) if len(cells) > 1 else cells[0].select(ordered), checks)


def _own(plan: Plan, operand: Operand) -> tuple[str, ...]:
    return tuple(dimension for dimension, _ in operand.matched) if plan.key else (EVERY,)


def _cells(operand: Operand, place: int, plan: Plan, table: Table, texts: bool) -> Frame:
    rows = table.lazy
    for condition in operand.filters:
        rows = rows.filter(filter_expression(condition))
    linked = {}
    for link in operand.links:
        rows = rows.join(pairs_frame(rows, link.pairs), left_on=link.column, right_on="_member", how="inner")
        linked[link.dimension] = f"_key_{link.dimension}"
        rows = rows.rename({"_key": linked[link.dimension]})
    for condition in operand.key_filters:
        rows = rows.filter(filter_expression(condition, linked.get(condition.column)))
    if operand.translation is not None:
        words = triples_frame(rows, operand.translation.pairs)
        rows = rows.join(words, left_on=operand.column, right_on="_word", how="inner")
    if not plan.key:
        keys = [nw.lit("").alias(EVERY)]
    else:
        keys = [
            nw.col(linked.get(dimension, column)).cast(nw.String).fill_null("").alias(dimension)
            for dimension, column in operand.matched
        ]
    return rows.select(
        *keys,
        nw.col(ROW).cast(nw.Int64),
        nw.lit(place).cast(nw.Int64).alias("_op"),
        _member(operand).alias("_member"),
        *_numbers(operand, plan, table),
        *([_text(operand)] if texts else []),
    )


def filter_expression(condition: Filter, column: str | None = None) -> nw.Expr:
    """The rows that a filter keeps; a blank is never a member and never not one."""
    cell = nw.col(column or condition.column)
    if condition.members is None:
        return ~cell.is_null() if not condition.negated else cell.is_null()
    inside = cell.cast(nw.String).is_in(list(condition.members))
    return (~inside | cell.is_null()) if condition.negated else inside


def _member(operand: Operand) -> nw.Expr:
    if not operand.many:
        return nw.lit("")
    if operand.translation is not None and operand.translation.splits:
        return nw.concat_str([nw.col(ROW).cast(nw.String), nw.col("_place")], separator=".")
    return nw.col(operand.member or ROW).cast(nw.String)


def _numbers(operand: Operand, plan: Plan, table: Table) -> list[nw.Expr]:
    if operand.type != "number":
        return [nw.lit(None, dtype=DECIMAL).alias(f"_{end}") for end in (*ENDS, "half")]
    value = _decimal("_reading" if operand.translation else operand.column)
    bounded = operand.column == "value" and {"low", "high"} <= set(table.columns)
    low, high = (_decimal("low"), _decimal("high")) if bounded else (value, value)
    half = {None: HALF, "as_written": UNIT_HALF, "exact": None}[plan.rule.rounding] if operand.column == "value" else None
    return [
        nw.coalesce(value, low).alias("_from"),
        nw.coalesce(value, high).alias("_to"),
        low.alias("_low"),
        high.alias("_high"),
        (nw.col(half) if half else nw.lit(0).cast(DECIMAL)).alias("_half"),
    ]


def _decimal(column: str) -> nw.Expr:
    """A number column as exact decimals; text is read as written, floats by their shortest decimal form."""
    return nw.col(column).cast(nw.String).cast(DECIMAL)


def _text(operand: Operand) -> nw.Expr:
    if operand.type == "number" or not operand.column:
        return nw.lit(None, dtype=nw.String).alias("_text")
    return nw.col("_reading" if operand.translation else operand.column).cast(nw.String).alias("_text")


def _checks(plan: Plan, own: tuple[str, ...], cells: Frame, places: list[int]) -> Frame:
    """One row per key with the columns of every operand in `places`."""
    operands = {place: plan.operands[place] for place in places}
    texts = any(operand.type != "number" for operand in plan.operands)
    merged = cells.group_by(*own, "_op", "_member").agg(*_merge(texts)).with_columns(
        _twice=((nw.col("_from") != nw.col("_from_most")) | (nw.col("_to") != nw.col("_to_most"))).fill_null(False)
        | ((nw.col("_text") != nw.col("_text_most")).fill_null(False) if texts else nw.lit(False))
    )
    wide = [expression for place, operand in operands.items() for expression in _operand_columns(place, operand)]
    return merged.group_by(*own).agg(*wide)


def _stated(texts: bool, operand: Operand) -> nw.Expr:
    """Rows that state something: a number or an end of one, or a text; of an operand without a column every row."""
    if not operand.column:
        return nw.lit(True)
    number = ~(nw.col("_from").is_null() & nw.col("_to").is_null() & nw.col("_low").is_null() & nw.col("_high").is_null())
    return number | ~nw.col("_text").is_null() if texts else number


def _merge(texts: bool) -> list[nw.Expr]:
    """Rows that state one cell become one cell: equal values are one value, its interval the hull of theirs."""
    merged = [
        nw.col("_from").min().alias("_from"), nw.col("_from").max().alias("_from_most"),
        nw.col("_to").max().alias("_to"), nw.col("_to").min().alias("_to_most"),
        nw.col("_low").min().alias("_low"), nw.col("_low").is_null().sum().alias("_low_open"),
        nw.col("_high").max().alias("_high"), nw.col("_high").is_null().sum().alias("_high_open"),
        nw.col("_half").max().alias("_half"),
    ]  # fmt: skip
    return [*merged, nw.col("_text").min().alias("_text"), nw.col("_text").max().alias("_text_most")] if texts else merged


def _operand_columns(place: int, operand: Operand) -> list[nw.Expr]:
    mine = nw.col("_op") == place
    zero = nw.lit(0).cast(DECIMAL)
    columns = [
        mine.cast(nw.Int64).sum().alias(f"{place}_n"),
        (mine & nw.col("_twice")).cast(nw.Int64).sum().alias(f"{place}_twice"),
    ]
    if operand.type != "number":
        columns += [
            nw.when(mine).then(nw.col("_text")).min().alias(f"{place}_text"),
            nw.when(mine).then(nw.col("_text")).max().alias(f"{place}_text_most"),
        ]
        if "distinct" in operand.aggregates:
            columns.append(nw.when(mine).then(nw.col("_text")).n_unique().alias(f"{place}_distinct"))
        return columns
    for end in ("low", "high"):
        columns.append(nw.when(mine).then(nw.col(f"_{end}_open")).otherwise(0).sum().alias(f"{place}_{end}_open"))
    if operand.aggregates & {"min", "max", "any", "all"}:
        for end in ENDS:
            cell = nw.when(mine).then(nw.col(f"_{end}"))
            columns += [cell.min().alias(f"{place}_min_{end}"), cell.max().alias(f"{place}_max_{end}")]
        columns.append(nw.when(mine).then(nw.col("_half")).max().alias(f"{place}_most_half"))
    if "distinct" in operand.aggregates:
        columns.append(nw.when(mine).then(nw.col("_from")).n_unique().alias(f"{place}_distinct"))
    for end in (*ENDS, "half"):
        columns.append(nw.when(mine).then(nw.col(f"_{end}")).otherwise(zero).sum().alias(f"{place}_sum_{end}"))
    return columns
