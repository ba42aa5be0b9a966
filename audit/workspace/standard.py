"""The standard tables as rules see them, also where a workspace does not have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from audit.engine.frames import Table
from audit.language.plan import Catalogue, ColumnType, TableShape
from audit.model.text_frame import TextFrame
from audit.tables.kinds import BY_NAME, KINDS

if TYPE_CHECKING:
    from audit.workspace.loading import Workspace

FIGURES = "targets"
STANDARD: dict[str, tuple[type, tuple[str, ...]]] = {
    kind.name: (kind.row, kind.key) for kind in KINDS if kind.row is not None
}
"""The tables that the library's rules speak of: the row of each and the columns of its key."""


def full_catalogue(workspace: Workspace) -> Catalogue:
    """What rules can name in a workspace, with every standard table that it lacks as an empty one."""
    catalogue = workspace.catalogue()
    lacking = {name: shape(name) for name in STANDARD if name not in catalogue.tables}

    def observed(table: str, column: str) -> tuple[str, ...]:
        return () if table in lacking else catalogue.observed(table, column)

    def rows(table: str) -> Iterable[Mapping[str, str | None]]:
        return () if table in lacking else catalogue.rows(table)

    return replace(
        catalogue, tables={**lacking, **catalogue.tables}, observed=observed, rows=rows, relations={},
        no_number=lambda table, column: None if table in lacking else catalogue.no_number(table, column),
    )  # fmt: skip


def is_standard(table: Table) -> bool:
    """Whether a table is the standard one of its name: it has all the columns that this one never does without. Figures
    may do without their words and places, as long as they are those of documents."""
    if table.name not in STANDARD:
        return False
    row, _ = STANDARD[table.name]
    needed = (f.name for f in fields(row) if f.default is MISSING)
    return all(name in table.columns for name in (_FIGURE if table.name == FIGURES else needed))


_FIGURE = ("document", "indicator", "period", "value")


def completed(table: Table) -> Table:
    """A table with all columns that its standard shape has, blank where it does without them."""
    if table.name not in STANDARD:
        return table
    row, _ = STANDARD[table.name]
    without = [f.name for f in fields(row) if f.default is not MISSING and f.name not in table.columns]
    if not without:
        return table
    types = {**table.types, **{name: shape(table.name).columns[name] for name in without}}
    return replace(table, frame=_with_blanks(table.frame, without), types=types)


def _with_blanks(frame: Any, columns: Sequence[str]) -> Any:
    """A frame with further columns, in which nothing stands."""
    if isinstance(frame, TextFrame):
        return frame.with_columns(dict.fromkeys(columns, (None,) * len(frame)))
    import narwhals as nw

    blank = [nw.lit(None, dtype=nw.String).alias(name) for name in columns]
    return nw.from_native(frame).with_columns(*blank).to_native()


def shape(name: str) -> TableShape:
    """The columns of a standard table with their types, its key, and the members that its columns may have."""
    row, key = STANDARD[name]
    columns = {field.name: _type(str(field.type)) for field in fields(row)}
    return TableShape(name, columns, key, standard_members(name))


@cache
def standard_members(name: str) -> dict[str, tuple[str, ...]]:
    """The members that the columns of a standard table may have, also those that no row has; none for another table."""
    columns = BY_NAME[name].columns if name in STANDARD else {}
    return {column: of.members for column, of in columns.items() if of.members}


def _type(annotation: str) -> ColumnType:
    words = set(annotation.replace("|", " ").split())
    return "number" if words & {"Decimal", "int"} else "boolean" if "bool" in words else "text"
