"""Figures of one key whose units differ by scale only (`亿元` and `万元`, `公顷` and `平方公里`), told in one unit.

Rules compare figures of one unit. What is the same but for the scale of its unit is the same figure, so it is reckoned
in the unit of the first of them; what it stands for does not change, nor where it stands. Within one document a change of
scale goes with a change of scope (a city in 亿元, its zone in 万元), so figures of different documents only are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from audit.engine.frames import Table
from audit.numbers.reading import written_step
from audit.numbers.units import measured_in

_KEY = ("region", "account", "tier", "industry", "indicator", "period", "measure", "kind")
_NUMBERS = ("value", "low", "high")
_COLUMNS = frozenset(("document", *_KEY, *_NUMBERS, "unit", "literal"))


def in_one_unit(table: Table) -> Table:
    """A table of figures with those of one key in one unit; the same table where there is nothing to do."""
    import polars as pl

    if not isinstance(table.frame, pl.DataFrame | pl.LazyFrame) or not table.columns.keys() >= _COLUMNS:
        return table
    measures = {unit: measured_in(unit) for unit in table.observed("unit")}
    counts = Counter(base for base, _ in measures.values())
    shared = {unit: base for unit, (base, _) in measures.items() if counts[base] > 1}
    if not shared:
        return table
    table = table.held()
    frame: pl.DataFrame = table.frame
    base = pl.col("unit").cast(pl.String).replace_strict(shared, default=None).alias("_base")
    figures = frame.with_row_index("_at").with_columns(base).filter(pl.col("_base").is_not_null())
    mixed = figures.filter(pl.col("unit").n_unique().over([*_KEY, "_base"]) > 1)
    changed: dict[int, dict[str, str]] = {}
    units: dict[tuple[Any, ...], tuple[str, str]] = {}
    for row in mixed.iter_rows(named=True):
        first = (row["unit"], row["document"])
        unit, document = units.setdefault(tuple(row[name] for name in (*_KEY, "_base")), first)
        if (
            row["unit"] != unit
            and row["document"] != document
            and (told := _told_in(row, unit, measures)) is not None
        ):
            changed[row["_at"]] = told
    if not changed:
        return table
    columns = {name: frame[name].cast(pl.String).to_list() for name in ("unit", "literal", *_NUMBERS)}
    for at, told in changed.items():
        for name, text in told.items():
            columns[name][at] = text
    return replace(table, frame=frame.with_columns(pl.Series(n, c, pl.String) for n, c in columns.items()))


def _told_in(
    row: Mapping[str, Any], unit: str, measures: Mapping[str, tuple[str, Decimal]]
) -> dict[str, str] | None:
    """The cells of a figure that change when it is told in another unit; `None` where it cannot be told exactly."""
    old = {name: None if row[name] in (None, "") else Decimal(str(row[name])) for name in _NUMBERS}
    step = written_step(str(row["literal"]), row["unit"], old["value"], old["low"], old["high"])
    factor = measures[row["unit"]][1] / measures[unit][1]
    if step is None:
        return None
    new = {
        name: (number * factor).quantize(step * factor) for name, number in old.items() if number is not None
    }
    if any(new[name] != number * factor for name, number in old.items() if number is not None):
        return None
    cells = {name: f"{number:f}" for name, number in new.items()}
    stated = "-".join([cells["value"]] if "value" in cells else dict.fromkeys(cells.values()))
    if written_step(stated, unit, new.get("value"), new.get("low"), new.get("high")) != step * factor:
        return None  # digits cannot tell that 1.1亿元 is 11000万元 to the thousand
    return {**cells, "unit": unit, "literal": stated}
