"""The schemas of the tables that audit knows, as public pandera objects made from their kinds (`kinds`).

They take frames of text, as `pandas.read_csv(path, dtype=str)` gives them: a blank cell is null, everything else is
kept as written, so that nothing is rounded or guessed before it has been looked at. Columns that a table has besides
are let through; those that it may do without are not required. What one table must find in another (codes, clauses,
units) is in `references`, since it takes both; whether a row says what its source says is for `audit verify`.

`SCHEMAS[name].validate(frame, lazy=True)` raises pandera's `SchemaErrors` with every failing cell.
"""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from audit.model.phrase import marked
from audit.model.rows import figure_id
from audit.tables.conditions import (
    any_stated,
    before,
    built,
    date,
    fullmatch,
    literal_stated,
    number,
    one_of,
    ordered,
    own_aliases,
    period,
    truth,
    whole,
)  # fmt: skip
from audit.tables.kinds import KINDS, Column, TableKind


def _id_is_built_from_the_key() -> pa.Check:
    key = ("document", "region", "industry", "indicator", "period", "measure")

    def build(stated: str | None, *parts: str | None) -> str | None:
        """The id as stated when it is the key's, also with ~2, ~3 for a key stated again; else what it should be."""
        expected = figure_id(*parts)
        again = (stated or "").removeprefix(f"{expected}~")
        return stated if again.isdigit() and int(again) > 1 else expected

    return built("id", marked("is not built from the row's key, which gives {expected}"), build, "id", *key)


_CELL_CHECKS: dict[str, Callable[[], pa.Check]] = {
    "number": number,
    "boolean": truth,
    "date": date,
    "id": lambda: fullmatch(
        r"[^\s/;]+", marked("holds a blank, “/” or “;”; ids of figures are built from it")
    ),
    "period": period,
    "digest": lambda: fullmatch("[0-9a-f]{64}", marked("is no SHA-256 digest of 64 hexadecimal digits")),
}
"""The checks of a type or form of cells; those of integers and members take what the column says."""

ROW_CHECKS: dict[str, Callable[..., pa.Check]] = {
    "any_stated": any_stated,
    "before": before,
    "figure_id": _id_is_built_from_the_key,
    "literal_stated": literal_stated,
    "ordered": ordered,
    "own_aliases": own_aliases,
}
"""The checks of whole rows by the name that a kind calls them."""


def _column(column: Column) -> pa.Column:
    checks = [_CELL_CHECKS[told]() for told in (column.type, column.form) if told in _CELL_CHECKS]
    if column.type == "integer":
        checks.append(whole(column.least))
    if column.members:
        checks.append(one_of(*column.members))
    return pa.Column(
        str, checks, nullable=column.blank or column.optional, unique=column.unique, coerce=True,
        required=not column.optional,
    )  # fmt: skip


def _schema(kind: TableKind) -> pa.DataFrameSchema:
    checks = [ROW_CHECKS[name](*columns) for name, *columns in kind.checks]
    alone = kind.columns[kind.key[0]].unique
    columns = {name: _column(column) for name, column in kind.columns.items()}
    return pa.DataFrameSchema(
        columns, checks=checks, unique=None if alone else list(kind.key), name=kind.name
    )


SCHEMAS: dict[str, pa.DataFrameSchema] = {kind.name: _schema(kind) for kind in KINDS}
"""The schemas by the name of their resource in `datapackage.json`."""
