"""Columns that tell nearly all rows apart, so that those which share a name are slips: a rule where a key cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import polars as pl

from audit.diagnosis.suggestions.chance import MOST_EXPECTED, expected_unlike
from audit.diagnosis.suggestions.suggestion import Shape, Suggestion, yaml_list, yaml_text
from audit.diagnosis.suggestions.sums import nearly_all
from audit.engine.frames import Table


def nearly_unique(table: Table, shape: Shape) -> Iterator[Suggestion]:
    """The fewest of the dimensions in which nearly every row differs from all others, where none tell all apart."""
    if shape.key or not shape.dimensions:
        return
    frame: pl.DataFrame = table.frame.select(shape.dimensions).drop_nulls()
    rows, tried = len(frame), 2 ** min(len(shape.dimensions), 10)
    needed = list(shape.dimensions)
    most = _alone(frame, needed)
    for column in shape.dimensions[::-1]:
        fewer = [name for name in needed if name != column]
        if fewer and _alone(frame, fewer) == most:
            needed = fewer
    if rows < 2 or not nearly_all(most, rows):
        return
    members = prod(frame[name].n_unique() for name in needed)
    expected = expected_unlike(rows, members, rows - most, tried)
    if expected > MOST_EXPECTED:
        return
    told = "、".join(needed), ", ".join(needed)
    yield Suggestion(
        "unique", f"每组{told[0]}只有一行", f"{told[1]}: a row each",
        (f"for_each: {yaml_list(needed)}", f"let: {{rows: {{column: {yaml_text(needed[0])}}}}}", "check: count(rows) == 1"),
        expected, examples=("{rows: [a]}", "{rows: [a, a]}"),
    )  # fmt: skip


def _alone(frame: pl.DataFrame, columns: list[str]) -> int:
    """How many sets of members the rows have."""
    return len(frame.select(columns).unique())
