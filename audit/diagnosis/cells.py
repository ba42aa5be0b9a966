"""A row of a table as the cell of an operand, with all that a reader needs to follow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from audit.engine.identity import RowIdentity, as_text
from audit.language.plan import Operand
from audit.model.report import Cell
from audit.numbers.numerals import number_of

_DIMENSIONS = ("region", "industry", "indicator", "period", "measure")
_SHOWN_ELSEWHERE = frozenset(
    (
        "id", "document", "clause", "literal", "value", "low", "high", "unit", "bound", "kind", "evidence", "start",
        "end", "sha256",
    )
)  # fmt: skip
"""Columns that a cell shows in a place of their own, or that say nothing to a reader."""


def cell_of(
    operand: Operand, identity: RowIdentity, row: int, values: Mapping[str, Any], beside: int = 0,
    named: Mapping[str, Any] | None = None,
) -> Cell:  # fmt: skip
    """One row, told apart by `identity`, as the cell of an operand; `beside` as in `cells_used`.

    `named` is the figure that a row of another table names: what it is about is what the cell is about.
    """
    table = identity.table
    source, line = table.place(row)
    figure = operand.column == "value" and "literal" in values
    compared = values.get(operand.column) if operand.column else None
    value = number_of(_read(operand, compared)) if operand.type == "number" else None
    bounded = operand.column == "value"
    return Cell(
        operand=operand.name,
        id=_figure_named(identity, values) or identity.name(row, values),
        document=str(values.get("document") or (values.get("id") if table.name == "documents" else "") or ""),
        clause=str(values.get("clause") or ""),
        literal=as_text(values.get("literal") if figure else compared),
        value=value,
        low=number_of(values["low"]) if bounded and "low" in values else value,
        high=number_of(values["high"]) if bounded and "high" in values else value,
        unit=str(values.get("unit") or "") if bounded else "",
        evidence=str(values.get("evidence") or ""),
        start=_whole(values.get("start")),
        end=_whole(values.get("end")),
        dimensions=_dimensions(named or values, operand.column),
        source=source,
        line=line,
        table=table.name,
        column=operand.column,
        beyond="above" if beside > 0 else "below" if beside < 0 else "",
        address=table.address(row, operand.column),
    )


def _figure_named(identity: RowIdentity, values: Mapping[str, Any]) -> str:
    """The figure that a row of another table is about; such a row goes by the figure's name."""
    return str(values.get("figure") or "") if "figure" in identity.columns else ""


def _read(operand: Operand, text: Any) -> Any:
    """What the operand reads out of a text, when it reads a number there."""
    if operand.translation is None or operand.translation.splits:
        return text
    return next((reading for word, reading, _ in operand.translation.pairs if word == text), None)


def _dimensions(values: Mapping[str, Any], compared: str) -> dict[str, str]:
    """What else a row says: the dimensions of a figure, the other columns of another row."""
    names = [name for name in about(values) if name != compared or "indicator" in values]
    return {name: str(values[name]) for name in names if values[name] not in (None, "")}


def about(columns: Iterable[str]) -> list[str]:
    """The columns that tell what a row is about: the dimensions of a figure, most others of another row."""
    columns = list(columns)
    if "indicator" in columns:
        return [name for name in _DIMENSIONS if name in columns]
    return [name for name in columns if name not in _SHOWN_ELSEWHERE]


def _whole(value: Any) -> int | None:
    found = number_of(value)
    return None if found is None else int(found)
