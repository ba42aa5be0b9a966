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
from audit.reporting.xlsx.dispositions import Disposition, read_dispositions

__all__ = ["Disposition", "read_dispositions", "render"]


def render(report: Report, *, language: Language, all_checks: bool = False) -> bytes:
    """The whole workbook; checks and figures are always in it, the formulas need them."""
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
    write_sheets(Book(workbook, names), report)
    workbook.close()
    return out.getvalue()
