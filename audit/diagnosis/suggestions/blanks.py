"""Totals in the same column as their parts, told by a blank: the row of a province is the one without a city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from audit.diagnosis.suggestions.chance import MOST_EXPECTED
from audit.diagnosis.suggestions.matrix import columns_of
from audit.diagnosis.suggestions.suggestion import Shape, Suggestion, beside, yaml_list, yaml_text
from audit.diagnosis.suggestions.sums import expected_sums
from audit.engine.frames import Table

_MOST_COLUMNS = 12
_WHOLE, _PART = "whole", "part"


def totals_at_blanks(table: Table, shape: Shape, dimension: str) -> Iterator[Suggestion]:
    """The number columns in which the row where `dimension` is blank holds what the rows add up to where it is not."""
    blanks = int(table.frame[dimension].null_count())
    columns = shape.numbers[:_MOST_COLUMNS]
    if not columns or not 0 < blanks < table.length:
        return
    others = beside(table, shape, dimension)
    numbers = columns_of(table, columns)
    rows = table.frame.select(dimension, *others).with_columns(
        pl.Series(f"{_WHOLE}{n}", numbers.values[:, n], nan_to_null=True) for n in range(len(columns))
    )  # fmt: skip
    stated = pl.col(dimension).is_not_null()
    groups = rows.group_by(others, maintain_order=True).agg(
        (~stated).sum().alias("totals"), stated.sum().alias("parts"),
        *(pl.col(f"{_WHOLE}{n}").filter(~stated).first() for n in range(len(columns))),
        *(pl.col(f"{_WHOLE}{n}").filter(stated).sum().alias(f"{_PART}{n}") for n in range(len(columns))),
    ).filter((pl.col("totals") == 1) & (pl.col("parts") > 0))  # fmt: skip
    blank = [name for name in others if groups[name].null_count() == len(groups)]
    if not len(groups) or any(groups[name].null_count() for name in others if name not in blank):
        return
    slack = max(groups["parts"].to_list()) / 2 if numbers.places else 0.0
    found = {
        column: expected
        for n, column in enumerate(columns)
        for expected in [_expected(groups, n, slack, len(columns))]
        if expected <= MOST_EXPECTED
    }
    if found:
        yield _written(
            dimension, list(found), [name for name in others if name not in blank], blank, max(found.values())
        )


def _expected(groups: pl.DataFrame, n: int, slack: float, tried: int) -> float:
    both = groups.select(f"{_WHOLE}{n}", f"{_PART}{n}").drop_nulls()
    whole, total = (both[name].to_numpy() for name in (f"{_WHOLE}{n}", f"{_PART}{n}"))
    there = (whole != 0) | (total != 0)
    return expected_sums(whole[there], total[there], slack, tried) if np.any(there) else float(tried)


def _written(
    dimension: str, columns: Sequence[str], key: Sequence[str], blank: Sequence[str], expected: float
) -> Suggestion:
    name = yaml_text(dimension)
    taken = f"column: {yaml_text(columns[0])}" if len(columns) == 1 else f"for_columns: {yaml_list(columns)}"
    where = ", ".join(f"{yaml_text(other)}: {{is: missing}}" for other in blank)
    return Suggestion(
        "blank", f"{dimension}空白的行等于其余各行之和（{'、'.join(columns)}）",
        f"the row without {dimension} is the sum of the others ({', '.join(columns)})",
        (f"for_each: {yaml_list(key)}", *([f"where: {{{where}}}"] if blank else ()), taken,
         f"let: {{whole: {{{name}: {{is: missing}}}}, parts: {{{name}: {{is: stated}}}}}}",
         "missing: skip", "check: whole == sum(parts)"), expected,
    )  # fmt: skip
