"""Record rules: every row of a table is a check of its own, and the operands are its columns."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from audit.engine.binding import Binding, Frame, filter_expression
from audit.engine.frames import DECIMAL, HALF, ROW, UNIT_HALF, Table
from audit.language.plan import Operand, Plan


def bind_record(plan: Plan, tables: Mapping[str, Table]) -> Binding:
    """The checks of a record plan in the columns of `binding`; `_row` is part of the key, so that rows stay apart."""
    table = tables[plan.rule.table]
    rows = table.lazy
    for condition in {c for operand in plan.operands for c in operand.filters}:
        rows = rows.filter(filter_expression(condition))
    keys = [nw.col(name).cast(nw.String).fill_null("").alias(f"_key_{name}") for name in plan.key]
    columns = [column for place, operand in enumerate(plan.operands) for column in _columns(place, operand, plan, table)]
    checks = rows.select(*keys, nw.col(ROW).cast(nw.Int64), *columns)
    checks = checks.rename({f"_key_{name}": name for name in plan.key})
    key = (*plan.key, ROW)
    cells = nw.concat([_cells(place, key, checks) for place in range(len(plan.operands))])
    return Binding(plan, key, cells, checks)


def _cells(place: int, key: tuple[str, ...], checks: Frame) -> Frame:
    """The rows in which the operand is stated, as its cells."""
    stated = checks.filter(nw.col(f"{place}_n") > 0).select(*key)
    return stated.with_columns(nw.lit(place).cast(nw.Int64).alias("_op"), nw.lit("").alias("_member"))


def _columns(place: int, operand: Operand, plan: Plan, table: Table) -> list[nw.Expr]:
    stated = ~nw.col(operand.column).is_null()
    head = [nw.lit(0).cast(nw.Int64).alias(f"{place}_twice")]
    if operand.type != "number":
        text = nw.col(operand.column).cast(nw.String)
        return [*head, stated.cast(nw.Int64).alias(f"{place}_n"), text.alias(f"{place}_text"), text.alias(f"{place}_text_most")]
    value = _decimal(operand.column)
    bounded = operand.column == "value" and {"low", "high"} <= set(table.columns)
    low, high = (_decimal("low"), _decimal("high")) if bounded else (value, value)
    start, end = nw.coalesce(value, low), nw.coalesce(value, high)
    stated = ~(start.is_null() & end.is_null())
    half = {None: HALF, "as_written": UNIT_HALF, "exact": None}[plan.rule.rounding] if operand.column == "value" else None
    zero = nw.lit(0).cast(DECIMAL)
    return [
        *head,
        stated.cast(nw.Int64).alias(f"{place}_n"),
        low.is_null().cast(nw.Int64).alias(f"{place}_low_open"),
        high.is_null().cast(nw.Int64).alias(f"{place}_high_open"),
        start.alias(f"{place}_sum_from"),
        end.alias(f"{place}_sum_to"),
        low.fill_null(0).cast(DECIMAL).alias(f"{place}_sum_low"),
        high.fill_null(0).cast(DECIMAL).alias(f"{place}_sum_high"),
        (nw.col(half) if half else zero).alias(f"{place}_sum_half"),
    ]


def _decimal(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String).cast(DECIMAL)

