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

import numpy as np

from audit.engine.frames import Table
from audit.engine.keys import dense, distinct, ids
from audit.model.text_frame import TextFrame
from audit.numbers.reading import written_step
from audit.numbers.units import measured_in

_KEY = ("region", "account", "tier", "industry", "indicator", "period", "measure", "kind")
_NUMBERS = ("value", "low", "high")
_COLUMNS = frozenset(("document", *_KEY, *_NUMBERS, "unit", "literal"))


def in_one_unit(table: Table) -> Table:
    """A table of figures with those of one key in one unit; the same table where there is nothing to do."""
    if not table.columns.keys() >= _COLUMNS:
        return table
    measures = {unit: measured_in(unit) for unit in table.observed("unit")}
    counts = Counter(base for base, _ in measures.values())
    if max(counts.values(), default=0) < 2:
        return table
    changed: dict[int, dict[str, str]] = {}
    first: dict[int, tuple[str, str]] = {}
    groups = _in_several_units(
        table, {unit: base for unit, (base, _) in measures.items() if counts[base] > 1}
    )
    rows = table.rows(list(groups))
    for at, group in groups.items():
        row = {name: str(rows[at][name] or "") for name in _COLUMNS}
        unit, document = first.setdefault(group, (row["unit"], row["document"]))
        if row["unit"] != unit and row["document"] != document:
            told = _told_in(row, unit, measures)
            changed |= {at: told} if told is not None else {}
    if not changed:
        return table
    columns = {name: table.backend.coded(name) for name in table.columns}
    cells = {
        name: [column.texts[code] or None for code in column.codes.tolist()]
        for name, column in columns.items()
    }
    for at, told in changed.items():
        for name, text in told.items():
            cells[name][at] = text
    return replace(table, frame=TextFrame(cells))


def _in_several_units(table: Table, bases: Mapping[str, str]) -> dict[int, int]:
    """The rows whose key is told in several units of one base, in order, with a number for key and base; `bases` are those
    of the units to look at."""
    units = table.backend.coded("unit")
    numbers = {base: number for number, base in enumerate(dict.fromkeys(bases.values()), start=1)}
    base = np.array([numbers.get(bases.get(unit, ""), 0) for unit in units.texts])[units.codes]
    key = dense(ids([*(table.backend.coded(name).codes for name in _KEY), base], len(base)))
    ways = distinct(ids([key, units.codes], len(base)))[1]
    several = np.bincount(key[ways], minlength=len(base)) > 1
    return {at: int(key[at]) for at in np.flatnonzero(several[key] & (base > 0)).tolist()}


def _told_in(
    row: Mapping[str, str], unit: str, measures: Mapping[str, tuple[str, Decimal]]
) -> dict[str, str] | None:
    """The cells of a figure that change when it is told in another unit; `None` where it cannot be told exactly."""
    old = {name: Decimal(row[name]) if row[name] else None for name in _NUMBERS}
    step = written_step(row["literal"], row["unit"], old["value"], old["low"], old["high"])
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
