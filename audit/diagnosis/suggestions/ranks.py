"""Totals in the same column as their parts, told by a dimension of ranks: the row of a nation, of states, of counties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

import numpy as np
import polars as pl

from audit.diagnosis.suggestions.chance import MOST_EXPECTED
from audit.diagnosis.suggestions.matrix import Matrix, columns_of
from audit.diagnosis.suggestions.suggestion import Shape, Suggestion, beside, yaml_list, yaml_text
from audit.diagnosis.suggestions.sums import expected_sums
from audit.engine.frames import Table

_MOST_RANKS = 6
_MOST_COLUMNS = 12
_MOST_DROPPED = 2
"""How many dimensions may be added up at once: the counties of a nation, in all its states."""
_WHOLE, _PART = "whole", "part"


def totals_of_ranks(table: Table, shape: Shape, dimension: str) -> Iterator[Suggestion]:
    """The number columns in which rows of one rank hold what those of another add up to."""
    ranks = sorted(table.observed(dimension))
    columns = shape.numbers[:_MOST_COLUMNS]
    if not columns or not 2 <= len(ranks) <= _MOST_RANKS:
        return
    numbers = columns_of(table, columns)
    others = beside(table, shape, dimension)
    rows = table.frame.select(dimension, *others).with_columns(
        pl.Series(f"{_PART}{n}", numbers.values[:, n], nan_to_null=True) for n in range(len(columns))
    )  # fmt: skip
    added = [name for name in others if name not in shape.periods]
    drops = [some for size in range(1, _MOST_DROPPED + 1) for some in combinations(added, size)]
    tried = len(ranks) * (len(ranks) - 1) * len(drops) * len(columns)
    wholes: set[str] = set()
    for dropped in drops:
        key = [name for name in others if name not in dropped]
        totals = _totals(rows, dimension, key, len(columns))
        for whole, part in permutations(ranks, 2):
            if whole in wholes:
                continue
            found = _found(totals, (dimension, whole, part), key, numbers, tried)
            if found:
                wholes.add(whole)
                named = [columns[n] for n in found]
                yield _written(dimension, whole, part, key, named, max(found.values()))


def _totals(rows: pl.DataFrame, dimension: str, key: Sequence[str], columns: int) -> pl.DataFrame:
    """What the numbers of every rank add up to by key, none where one is blank, and how many rows these are."""
    return rows.group_by(dimension, *key, maintain_order=True).agg(
        pl.len(), *(_sum_of(f"{_PART}{n}") for n in range(columns))
    )


def _sum_of(name: str) -> pl.Expr:
    return pl.when(pl.col(name).is_null().any()).then(None).otherwise(pl.col(name).sum()).alias(name)


def _found(
    totals: pl.DataFrame, ranks: tuple[str, str, str], key: Sequence[str], numbers: Matrix, tried: int
) -> dict[int, float]:
    """The columns in which one rank holds the totals of another, with how many such relations chance would make."""
    dimension, whole, part = ranks
    own = totals.filter((pl.col(dimension) == whole) & (pl.col("len") == 1)).drop(dimension, "len")
    parts = totals.filter(pl.col(dimension) == part).drop(dimension)
    own = own.rename({f"{_PART}{n}": f"{_WHOLE}{n}" for n in range(len(numbers.names))})
    both = own.join(parts, on=list(key), how="inner") if key else own.join(parts, how="cross")
    if not len(both) or both["len"].max() == 1:
        return {}
    found = {}
    for n in range(len(numbers.names)):
        told = both.select(f"{_WHOLE}{n}", f"{_PART}{n}").drop_nulls()
        stated, total = (told[name].to_numpy() for name in (f"{_WHOLE}{n}", f"{_PART}{n}"))
        there = (stated != 0) | (total != 0)
        slack = (
            0.0
            if numbers.counted([n])
            else float(np.max(both["len"].to_numpy()) + 1) * float(numbers.halves[n])
        )
        expected = expected_sums(stated[there], total[there], slack, tried)
        if expected <= MOST_EXPECTED:
            found[n] = expected
    return found


def _written(
    dimension: str, whole: str, part: str, key: Sequence[str], columns: Sequence[str], expected: float
) -> Suggestion:
    name = yaml_text(dimension)
    taken = f"column: {yaml_text(columns[0])}" if len(columns) == 1 else f"for_columns: {yaml_list(columns)}"
    return Suggestion(
        "rank", f"{dimension} 为 {whole} 的行等于其 {part} 各行之和（{'、'.join(columns)}）",
        f"a row of {dimension} {whole} is the sum of those of {part} ({', '.join(columns)})",
        (f"for_each: {yaml_list(key)}", taken,
         f"let: {{whole: {{{name}: {yaml_text(whole)}}}, parts: {{{name}: {yaml_text(part)}}}}}",
         "missing: skip", "check: whole == sum(parts)"), expected,
    )  # fmt: skip
