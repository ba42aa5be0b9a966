"""Small tables and rules for tests: rows in, verdicts out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

import audit
from audit.model.report import Check, Report

Rows = Sequence[Mapping[str, Any]]


def frame(rows: Rows) -> pl.DataFrame:
    """Rows as a frame of text columns, each column of the type of its cells."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    return pl.DataFrame({name: pl.Series(name, cells, dtype=_type(cells)) for name, cells in columns.items()})


def _type(cells: list[Any]) -> Any:
    stated = [cell for cell in cells if cell is not None]
    if stated and all(isinstance(cell, bool) for cell in stated):
        return pl.Boolean
    if stated and any(isinstance(cell, float) for cell in stated):
        return pl.Float64
    return pl.Decimal(38, 9) if stated and not any(isinstance(cell, str) for cell in stated) else pl.String


def report(
    check: str, rows: Rows | Mapping[str, Rows], codes: Any = None, limits: Any = None, **rule: Any
) -> Report:
    """The report of one rule: `check` with the other keys of a rule as they would stand in YAML."""
    tables = rows if isinstance(rows, Mapping) else {"targets": rows}
    lines = ["- id: rule", "  title: rule", f"  check: {yaml(check)}"]
    lines += [f"  {name}: {yaml(value)}" for name, value in rule.items()]
    frames = {
        name: found if not isinstance(found, Sequence) else frame(found) for name, found in tables.items()
    }
    return audit.check(
        tables=frames, rules="\n".join(lines) + "\n", codes=codes, limits=limits, everything=True
    )


def checks(check: str, rows: Rows | Mapping[str, Rows], codes: Any = None, **rule: Any) -> tuple[Check, ...]:
    """All checks of one rule, in order of their keys."""
    return report(check, rows, codes, **rule).checks


def verdicts(check: str, rows: Rows | Mapping[str, Rows], codes: Any = None, **rule: Any) -> list[str]:
    """The verdicts of one rule, in order of their keys."""
    return [found.verdict for found in checks(check, rows, codes, **rule)]


def verdict(check: str, rows: Rows | Mapping[str, Rows], codes: Any = None, **rule: Any) -> str:
    """The verdict of a rule that makes one check."""
    (found,) = verdicts(check, rows, codes, **rule)
    return found


def yaml(value: Any) -> str:
    """A value as YAML in flow style."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml(k)}: {yaml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(yaml, value)) + "]"
    if value is None:
        return "null"
    return "'" + str(value).replace("'", "''") + "'"
