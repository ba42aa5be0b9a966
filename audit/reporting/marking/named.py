"""Which outputs are a workbook given back with its marks: known by name, without loading what makes them."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".xlsx", ".xlsm")


def is_marked_workbook(path: Path) -> bool:
    """Whether an output is to be the workbook with marks, not a report: `marked.xlsx`, `budget.marked.xlsx`."""
    return path.suffix.lower() in SUFFIXES and path.stem.lower().rpartition(".")[2] == "marked"
