"""Rows of the tables that audit knows as the plain values of the model; their cells must have passed the schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any, TypeVar

from audit.model.rows import Citation, Clause, Document, Figure, Mention, StatedList
from audit.tables.kinds import KINDS
from audit.tables.package import Resource

Row = TypeVar("Row", Document, Figure, Clause, StatedList, Mention, Citation)


def _truth(cell: str) -> bool:
    return cell.lower() == "true"


_READ: Mapping[str, Callable[[str], object]] = {"number": Decimal, "integer": int, "boolean": _truth}
"""How the cells of a type are read; all others are kept as text."""


def rows_of(resource: Resource, kind: type[Row]) -> Iterator[tuple[Row, str, int]]:
    """Every row of a table as a `kind`, with its file and 1-based line; blank cells are `None`.

    A column that the table does without keeps the kind's own value for it.
    """
    frame = resource.frame()
    names = [field.name for field in fields(kind) if field.default is MISSING or field.name in frame.columns]
    columns = next(table.columns for table in KINDS if table.row is kind)
    read = [_READ.get(columns[name].type, str) for name in names]
    for number, cells in enumerate(frame.rows(names)):
        file, line = resource.place(number)
        values: dict[str, Any] = {
            name: cell if cell is None else value_of(cell)
            for name, value_of, cell in zip(names, read, cells, strict=True)
        }
        yield kind(**values), file, line
