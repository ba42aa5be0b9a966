"""Which outputs are what was checked, given back with marks: known by name, without loading what makes them."""

from __future__ import annotations

from pathlib import Path

from audit.documents.kinds import SUFFIXES

PAGE = (".html", ".htm")
DRAFT = (*PAGE, *(suffix for suffix, kind in SUFFIXES.items() if kind.marks))
"""The suffixes of a draft that is given back with its marks."""
WORKBOOK = (".xlsx", ".xlsm")


def is_marked_draft(path: Path) -> bool:
    """Whether a path is that of a draft with its marks: by its last suffix, unless it says that it is a report."""
    says = "".join(path.suffixes[-2:]).lower()
    return path.suffix.lower() in DRAFT and says not in (".report.html", ".report.docx", ".annex.docx")


def is_marked_workbook(path: Path) -> bool:
    """Whether an output is to be the workbook with marks, not a report: `marked.xlsx`, `budget.marked.xlsx`."""
    return path.suffix.lower() in WORKBOOK and path.stem.lower().rpartition(".")[2] == "marked"
