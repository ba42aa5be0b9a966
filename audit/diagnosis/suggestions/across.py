"""What two tables suggest of each other: totals of one that are sums of rows of the other, and names that refer to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from audit.diagnosis.suggestions.chance import MOST_EXPECTED, expected_to_occur
from audit.diagnosis.suggestions.matrix import columns_of
from audit.diagnosis.suggestions.suggestion import Shape, Suggestion, yaml_list, yaml_text
from audit.diagnosis.suggestions.sums import expected_sums, nearly_all
from audit.engine.frames import Table

Floats = NDArray[np.float64]
_MOST_NAMES = 5_000
_LEAST_NAMES = 3
_MOST_COLUMNS = 12


def totals_across(
    tables: Mapping[str, Table], shapes: Mapping[str, Shape]
) -> Iterator[tuple[str, Suggestion]]:
    """Number columns of a table that are what the rows of another come to, for its own key."""
    for name, other in permutations(tables, 2):
        key = shapes[name].key
        if not key or not {*key} < {*shapes[other].dimensions}:
            continue
        yield from ((name, one) for one in _totals(tables, shapes, name, other))


def _totals(
    tables: Mapping[str, Table], shapes: Mapping[str, Shape], name: str, other: str
) -> Iterator[Suggestion]:
    key = list(shapes[name].key)
    wholes, parts = shapes[name].numbers[:_MOST_COLUMNS], shapes[other].numbers[:_MOST_COLUMNS]
    whole_of, part_of = columns_of(tables[name], wholes), columns_of(tables[other], parts)
    scale = 10.0 ** (part_of.places - whole_of.places)
    own = tables[name].frame.select(key).with_columns(
        pl.Series(f"w{n}", whole_of.values[:, n] * scale, nan_to_null=True) for n in range(len(wholes))
    )  # fmt: skip
    rows = tables[other].frame.select(key).with_columns(
        pl.Series(f"p{n}", part_of.values[:, n], nan_to_null=True) for n in range(len(parts))
    )  # fmt: skip
    added = rows.group_by(key).agg(
        *(pl.when(pl.col(f"p{n}").is_null().any()).then(None).otherwise(pl.col(f"p{n}").sum()).alias(f"p{n}")
          for n in range(len(parts))), pl.len().alias("_parts"),
    )  # fmt: skip
    joined = own.join(added, on=key, how="inner")
    most = max(joined["_parts"].to_list(), default=0)
    slack = most / 2 if part_of.places else 0.0
    for n, whole in enumerate(wholes):
        for m, part in enumerate(parts):
            both = joined.select(f"w{n}", f"p{m}").drop_nulls().filter(pl.col(f"w{n}") != 0)
            stated, total = both[f"w{n}"].to_numpy(), both[f"p{m}"].to_numpy()
            expected = expected_sums(stated, total, slack, len(wholes) * len(parts))
            if most > 1 and expected <= MOST_EXPECTED:
                yield Suggestion(
                    "across", f"{whole}等于“{other}”中{part}之和", f"{whole} is the sum of {part} in “{other}”",
                    (f"for_each: {yaml_list(key)}",
                     f"let: {{whole: {{column: {yaml_text(whole)}}}, "
                     f"parts: {{table: {yaml_text(other)}, column: {yaml_text(part)}}}}}",
                     "missing: skip", "check: whole == sum(parts)"),
                    expected, other=other,
                )  # fmt: skip


def references(tables: Mapping[str, Table], shapes: Mapping[str, Shape]) -> Iterator[tuple[str, Suggestion]]:
    """Columns whose names are the keys of a table, or members of a column of the same name in an earlier table."""
    columns = [(name, column) for name in tables for column in _naming(shapes[name])]
    order = {name: place for place, name in enumerate(tables)}
    tried = len(columns) * (len(columns) - 1)
    for (name, column), (other, known) in permutations(columns, 2):
        listed = shapes[other].key == (known,)
        alike = column == known and name != other and (listed or order[other] < order[name])
        if not (alike or listed) or (shapes[name].key == (column,) and not alike):
            continue
        own, there = {*tables[name].observed(column)}, {*tables[other].observed(known)}
        lacking = len(own - there)
        if not _LEAST_NAMES <= len(own) <= _MOST_NAMES or not nearly_all(len(own) - lacking, len(own)):
            continue
        expected = expected_to_occur(own, there, lacking, tried)
        if expected > MOST_EXPECTED:
            continue
        told = "" if other == name else f"“{other}”的"
        yield name, Suggestion(
            "reference", f"{column}都在{told}{known}中", f"every {column} is one of {known} in “{other}”",
            (f"for_each: {yaml_list([column])}",
             f"let: {{own: {{column: {yaml_text(column)}}}, known: {{table: {yaml_text(other)}, "
             f"column: {yaml_text(known)}, on: {{{yaml_text(column)}: {yaml_text(known)}}}}}}}",
             "applies: count(own) >= 1", "check: count(known) >= 1"),
            expected, other=other if other != name else "", examples=("{own: a, known: a}", "{own: a}"),
        )  # fmt: skip


def _naming(shape: Shape) -> tuple[str, ...]:
    """The columns that hold names: dimensions that are no periods."""
    return tuple(name for name in shape.dimensions if name not in shape.periods)
