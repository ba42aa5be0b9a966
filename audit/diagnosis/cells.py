"""A row of a table as the cell of an operand, with all that a reader needs to follow it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from audit.engine.frames import ROW, Table
from audit.language.plan import Operand
from audit.model.report import Cell

_DIMENSIONS = ("region", "industry", "indicator", "period", "measure")
_NOT_KEYS = frozenset(
    (
        "id",
        "document",
        "clause",
        "literal",
        "value",
        "low",
        "high",
        "unit",
        "bound",
        "kind",
        "evidence",
        "start",
        "end",
        ROW,
    )
)


def cell_of(operand: Operand, table: Table, row: int, values: Mapping[str, Any]) -> Cell:
    """One row as the cell of an operand."""
    source, line = table.place(row)
    figure = operand.column == "value" and "literal" in values
    compared = values.get(operand.column) if operand.column else None
    numeric = operand.type == "number"
    value = number(_read(operand, compared)) if numeric else None
    bounded = operand.column == "value"
    document = str(values.get("document") or (values.get("id") if table.name == "documents" else "") or "")
    return Cell(
        operand=operand.name,
        id=str(
            values.get("id") or values.get("figure") or "/".join(str(values.get(k) or "-") for k in table.key)
        ),
        document=document,
        clause=str(values.get("clause") or ""),
        literal=str((values.get("literal") if figure else compared) or ""),
        value=value,
        low=number(values["low"]) if bounded and "low" in values else value,
        high=number(values["high"]) if bounded and "high" in values else value,
        unit=str(values.get("unit") or "") if bounded else "",
        evidence=str(values.get("evidence") or ""),
        start=_whole(values.get("start")),
        end=_whole(values.get("end")),
        dimensions=_dimensions(values),
        source=source,
        line=line,
    )


def _read(operand: Operand, text: Any) -> Any:
    """What the operand reads out of a text, when it reads a number there."""
    if operand.translation is None or operand.translation.splits:
        return text
    return next((reading for word, reading, _ in operand.translation.pairs if word == text), None)


def _dimensions(values: Mapping[str, Any]) -> dict[str, str]:
    names = [n for n in _DIMENSIONS if n in values] or [n for n in values if n not in _NOT_KEYS]
    return {name: str(values[name]) for name in names if values[name] not in (None, "")}


def number(value: Any) -> Decimal | None:
    """A cell as an exact number; None for a blank or for what is none."""
    if value is None or value == "":
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _whole(value: Any) -> int | None:
    found = number(value)
    return None if found is None else int(found)
