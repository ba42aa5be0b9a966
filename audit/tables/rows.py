"""Rows of the tables that audit knows as the plain values of the model; their cells must have passed the schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any, TypeVar

from audit.model.rows import Citation, Clause, Document, Figure, Mention, StatedList
from audit.tables.package import Resource

Row = TypeVar("Row", Document, Figure, Clause, StatedList, Mention, Citation)


def _truth(cell: str) -> bool:
    return cell.lower() == "true"


_READ: Mapping[str, Callable[[str], object]] = {
    "value": Decimal, "low": Decimal, "high": Decimal, "start": int, "end": int,
    "stated_count": int, "listed_count": int, "open_ended": _truth, "complete": _truth,
}  # fmt: skip
"""Columns whose cells are not kept as text."""


def rows_of(resource: Resource, kind: type[Row]) -> Iterator[tuple[Row, str, int]]:
    """Every row of a table as a `kind`, with its file and 1-based line; blank cells are `None`.

    A column that the table does without keeps the kind's own value for it.
    """
    frame = resource.frame()
    names = [field.name for field in fields(kind) if field.default is MISSING or field.name in frame.columns]
    for number, cells in enumerate(frame.select(names).iter_rows()):
        file, line = resource.place(number)
        yield kind(**dict(zip(names, map(_cell, names, cells), strict=True))), file, line


def _cell(name: str, cell: str | None) -> Any:
    return cell if cell is None or name not in _READ else _READ[name](cell)
