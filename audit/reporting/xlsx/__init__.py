"""The report as an Excel workbook, the auditor's working paper.

Sheets: summary, causes, findings (with columns for the auditor's disposition, which `read_dispositions` reads back), all
checks with formulas that compute both sides from the figures sheet, figures with tick marks, rules, coverage. Words
of a plan are always stored as text and marked as such, so that none becomes a formula.
"""

from __future__ import annotations

import io

from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.dates import PACKED, stamp
from audit.reporting.names import names_of
from audit.reporting.rest import Bounds
from audit.reporting.xlsx.dispositions import Disposition, read_dispositions

__all__ = ["BOUNDS", "Disposition", "read_dispositions", "render"]

ROWS = 50_000
"""The most rows that a sheet gets: a workbook of more takes minutes to write. What is cut is told on the summary."""


BOUNDS = Bounds(findings=ROWS, checks=ROWS)


def render(report: Report, *, language: Language, all_checks: bool = False, rest: str = "") -> bytes:
    """The whole workbook; checks and figures are always in it, the formulas need them, within `BOUNDS`: `rest` is the file
    of the others."""
    from xlsxwriter import Workbook

    from audit.reporting.xlsx.book import Book
    from audit.reporting.xlsx.sheets import write_sheets

    out = io.BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    names = names_of(report, language)
    _ = names.words
    workbook.set_properties(
        {
            "title": _("Report on the consistency of figures in plans"),
            "author": "audit",
            "created": stamp() or PACKED,
        }
    )
    workbook.set_calc_mode("auto")
    write_sheets(Book(workbook, names), report, rest)
    workbook.close()
    return out.getvalue()
