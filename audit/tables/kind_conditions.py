"""What must hold of the rows of the tables that audit knows, made from their kinds (`kinds`).

Columns that a table has besides are let through; those that it may do without are not required. What one table must
find in another (codes, clauses, units) is in `references`; whether a row says what its source says is for
`audit verify`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit.model.phrase import marked
from audit.model.rows import figure_id
from audit.tables.conditions import (
    Condition,
    any_stated,
    before,
    built,
    day,
    literal_stated,
    number,
    of_form,
    once,
    one_of,
    ordered,
    own_aliases,
    period,
    stated,
    truth,
    whole,
)
from audit.tables.kinds import Column, TableKind


def _id_is_built_from_the_key() -> Condition:
    key = ("document", "region", "industry", "indicator", "period", "measure")

    def build(given: str | None, *parts: str | None) -> str | None:
        """The id as stated when it is the key's, also with ~2, ~3 for a key stated again; else what it should be."""
        expected = figure_id(*parts)
        again = (given or "").removeprefix(f"{expected}~")
        return given if again.isdigit() and int(again) > 1 else expected

    return built("id", marked("is not built from the row's key, which gives {expected}"), build, key)


_OF_CELLS: dict[str, Callable[[str], Condition]] = {
    "number": number,
    "boolean": truth,
    "date": day,
    "id": lambda column: of_form(
        column, r"[^\s/;]+", marked("holds a blank, “/” or “;”; ids of figures are built from it")
    ),
    "period": period,
    "digest": lambda column: of_form(
        column, "[0-9a-f]{64}", marked("is no SHA-256 digest of 64 hexadecimal digits")
    ),
}
"""The condition of a type or form of cells; those of integers and members take what the column says."""

OF_ROWS: dict[str, Callable[..., Condition]] = {
    "any_stated": any_stated,
    "before": before,
    "figure_id": _id_is_built_from_the_key,
    "literal_stated": literal_stated,
    "ordered": ordered,
    "own_aliases": own_aliases,
}
"""The conditions of whole rows by the name that a kind calls them."""


def kind_conditions(kind: TableKind, columns: frozenset[str]) -> Iterator[Condition]:
    """What a table of the kind that has these columns must be: its key, its cells, its rows."""
    yield once(kind.key)
    for name, column in kind.columns.items():
        if name in columns:
            yield from _of_column(name, column)
    for name, *operands in kind.checks:
        yield OF_ROWS[name](*operands)


def _of_column(name: str, column: Column) -> Iterator[Condition]:
    if not (column.blank or column.optional):
        yield stated(name)
    if column.unique:
        yield once((name,))
    for told in (column.type, column.form):
        if told in _OF_CELLS:
            yield _OF_CELLS[told](name)
    if column.type == "integer":
        yield whole(name, column.least)
    if column.members:
        yield one_of(name, column.members)
