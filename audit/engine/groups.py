"""The cells of a batch added up: one row for every operand and key.

First the rows that state one cell become one cell: equal values are one value, its interval the hull of theirs,
different values make it stated twice. Then the cells of an operand are counted and added up. The result has the key
columns of `cells` and `_n` (cells that state something), `_blank` (cells whose rows state nothing), `_twice`, the sums
`_sum_from` … with the counts of open ends, and as far as any operand asks: `_min_from` … `_max_high`, `_text_least`,
`_text_most`, `_distinct`, and for test t `_t{t}_sure`, `_t{t}_may` (as stated) and `_t{t}_surely`, `_t{t}_maybe` (as
allowed): how many cells surely and possibly pass it.
"""

from __future__ import annotations

from decimal import Decimal

import narwhals as nw

from audit.engine.cells import Batch
from audit.engine.frames import Frame
from audit.engine.halves import DECIMAL
from audit.engine.intake import ENDS
from audit.language.typing import Test


def key_columns(batch: Batch) -> list[str]:
    """The columns that tell the groups of a batch apart."""
    records = ["_record"] if batch.rows_of else []
    return ["_op", *(f"_k{i}" for i in range(batch.width)), *records]


def tests_of(batch: Batch) -> dict[Test, int]:
    """The tests of all operands of a batch, numbered."""
    return {
        test: i for i, test in enumerate(dict.fromkeys(t for s in batch.operands for t in s.operand.tests))
    }


def asks(batch: Batch, *functions: str) -> bool:
    """Whether any operand of the batch is aggregated by one of the functions."""
    return any(s.operand.aggregates & set(functions) for s in batch.operands)


def grouped(batch: Batch) -> list[Frame]:
    """The groups of a batch, one lazy frame an engine; see the module's text."""
    return [_grouped(cells, batch) for cells in batch.cells]


def _grouped(cells: Frame, batch: Batch) -> Frame:
    keys = key_columns(batch)
    apart = [name for name, used in (("_member", _has_members(batch)), ("_part", _has_parts(batch))) if used]
    cells = cells.with_columns(
        _low_open=(nw.col("_stated") & nw.col("_low").is_null()).cast(nw.Int64),
        _high_open=(nw.col("_stated") & nw.col("_high").is_null()).cast(nw.Int64),
        _stated=nw.col("_stated").cast(nw.Int64),
    )
    merged = cells.group_by(*keys, *apart).agg(*_merge(batch.texts))
    differs = (nw.col("_from") != nw.col("_from_most")) | (nw.col("_to") != nw.col("_to_least"))
    differs = differs.fill_null(False)
    if batch.texts:
        differs = differs | (nw.col("_text") != nw.col("_text_most")).fill_null(False)
    merged = merged.with_columns(_twice=differs.cast(nw.Int64))
    return merged.group_by(*keys).agg(*_totals(batch))


def _has_members(batch: Batch) -> bool:
    splits = (s.operand.translation is not None and s.operand.translation.splits for s in batch.operands)
    return any(s.operand.members for s in batch.operands) or any(splits)


def _has_parts(batch: Batch) -> bool:
    return any(s.operand.many for s in batch.operands)


def _merge(texts: bool) -> list[nw.Expr]:
    merged = [
        nw.col("_from").min(), nw.col("_from").max().alias("_from_most"),
        nw.col("_to").max(), nw.col("_to").min().alias("_to_least"),
        nw.col("_low").min(), nw.col("_low_open").max(), nw.col("_high").max(), nw.col("_high_open").max(),
        nw.col("_stated").max(),
    ]  # fmt: skip
    return [*merged, nw.col("_text").min(), nw.col("_text").max().alias("_text_most")] if texts else merged


def _totals(batch: Batch) -> list[nw.Expr]:
    totals = [
        nw.col("_stated").sum().alias("_n"),
        (1 - nw.col("_stated")).sum().alias("_blank"),
        nw.col("_twice").sum(),
        nw.col("_low_open").sum(),
        nw.col("_high_open").sum(),
        *(nw.col(f"_{end}").sum().alias(f"_sum_{end}") for end in ENDS),
    ]
    if asks(batch, "min", "max", "any", "all"):
        totals += [nw.col(f"_{end}").min().alias(f"_min_{end}") for end in ENDS]
        totals += [nw.col(f"_{end}").max().alias(f"_max_{end}") for end in ENDS]
    if batch.texts:
        totals += [nw.col("_text").min().alias("_text_least"), nw.col("_text_most").max()]
    if asks(batch, "distinct"):
        value = (
            nw.coalesce(nw.col("_from").cast(nw.String), nw.col("_text")) if batch.texts else nw.col("_from")
        )
        blank = 1 - nw.col("_stated").min()
        totals.append((value.n_unique() - blank).alias("_distinct"))
    for test, i in tests_of(batch).items():
        totals += _passed(test, i)
    return totals


def _passed(test: Test, i: int) -> list[nw.Expr]:
    """How many cells surely and possibly pass a test, as stated and as allowed."""
    if isinstance(test.constant, str):
        passes = _text_test(test)
        return [
            passes.cast(nw.Int64).sum().alias(f"_t{i}_{name}") for name in ("sure", "may", "surely", "maybe")
        ]
    stated = _ends_test(test.operator, nw.col("_from"), nw.col("_to"), test.constant)
    allowed = _ends_test(test.operator, nw.col("_low"), nw.col("_high"), test.constant)
    named = dict(zip(("sure", "may", "surely", "maybe"), (*stated, *allowed), strict=True))
    counts = nw.col("_stated") == 1
    return [(passes & counts).cast(nw.Int64).sum().alias(f"_t{i}_{name}") for name, passes in named.items()]


def _ends_test(operator: str, low: nw.Expr, high: nw.Expr, constant: Decimal) -> tuple[nw.Expr, nw.Expr]:
    """Whether all, and whether any, of the numbers from `low` to `high` pass; a null end is open."""
    limit = nw.lit(constant).cast(DECIMAL)
    no, yes = False, True
    match operator:
        case ">":
            return (low > limit).fill_null(no), (high > limit).fill_null(yes)
        case ">=":
            return (low >= limit).fill_null(no), (high >= limit).fill_null(yes)
        case "<":
            return (high < limit).fill_null(no), (low < limit).fill_null(yes)
        case "<=":
            return (high <= limit).fill_null(no), (low <= limit).fill_null(yes)
    same = ((low == limit) & (high == limit)).fill_null(no)
    touched = (low <= limit).fill_null(yes) & (high >= limit).fill_null(yes)
    return (same, touched) if operator == "==" else (~touched, ~same)


def _text_test(test: Test) -> nw.Expr:
    text, constant = nw.col("_text"), nw.lit(test.constant)
    match test.operator:
        case "==":
            passes = text == constant
        case "!=":
            passes = text != constant
        case "<":
            passes = text < constant
        case "<=":
            passes = text <= constant
        case ">":
            passes = text > constant
        case _:
            passes = text >= constant
    return passes.fill_null(False)
