"""The rows behind checks: for chosen checks of a confrontation, the cells of each operand as a reader needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import narwhals as nw
import polars as pl

from audit.engine.confront import Confrontation
from audit.engine.frames import ROW, Table, collect
from audit.language.plan import Operand
from audit.model.report import Cell

_DIMENSIONS = ("region", "industry", "indicator", "period", "measure")
_NOT_KEYS = frozenset(
    ("id", "document", "clause", "literal", "value", "low", "high", "unit", "bound", "kind", "evidence", "start", "end", ROW)
)


@dataclass(frozen=True)
class Taken:
    """The cells that a confrontation's checks took: columns `_check`, `_op`, `_member`, `_row`, sorted."""

    confrontation: Confrontation
    frame: pl.DataFrame

    def of(self, checks: Iterable[int]) -> pl.DataFrame:
        return self.frame.filter(pl.col("_check").is_in(list(checks)))


def take(confrontations: Sequence[Confrontation]) -> list[Taken]:
    """All cells of all checks; collected together, so that scans are shared."""
    frames = collect([c.binding.cells for c in confrontations])
    return [_numbered(c, frame) for c, frame in zip(confrontations, frames, strict=True)]


def _numbered(confrontation: Confrontation, cells: pl.DataFrame) -> Taken:
    """The cells with the number of their check; what lacks a key dimension belongs to every check that agrees."""
    key = list(confrontation.binding.key)
    keys = confrontation.keys.with_row_index("_check")
    found = []
    for place, operand in enumerate(confrontation.plan.operands):
        rows = cells.filter(pl.col("_op") == place)
        own = key if confrontation.plan.record else [d for d, _ in operand.matched] or [k for k in key if k == "_every"]
        joined = rows.drop([k for k in key if k not in own]).join(keys, on=own) if own else rows.drop(key).join(keys, how="cross")
        if confrontation.plan.record:
            joined = joined.with_columns(pl.col(ROW))
        found.append(joined.select("_check", "_op", "_member", ROW))
    frame = pl.concat(found).sort("_check", "_op", ROW) if found else pl.DataFrame()
    return Taken(confrontation, frame)


def rows_of(table: Table, rows: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The wanted rows of a table by row number, as stored."""
    wanted = sorted(set(rows))
    if isinstance(table.frame, pl.DataFrame):
        return dict(zip(wanted, table.frame[wanted].to_dicts(), strict=True)) if wanted else {}
    frame = table.lazy.filter(nw.col(ROW).is_in(wanted)).collect("polars").to_native()
    return {row[ROW]: row for row in frame.to_dicts()}


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
        id=str(values.get("id") or "/".join(str(values.get(k) or "-") for k in table.key)),
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
