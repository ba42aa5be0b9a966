"""What a run found, as plain values: the `Report` of `audit.check`, its parts, and JSON reports read back.

`read_report(text)` gives the `Report` of a JSON report; `write_report(report, "zone.xlsx")` writes any format,
by its suffix.
"""

from __future__ import annotations

from pathlib import Path

from audit.model.phrase import Language, Phrase
from audit.model.report import (
    Cell,
    Check,
    Comparison,
    FigureUse,
    Finding,
    Input,
    LeftOut,
    Reading,
    Report,
    RuleCard,
    Severity,
    Summary,
    TableIdentity,
    Unreadable,
    Verdict,
    Waiver,
)
from audit.reporting.reading import read_report

__all__ = [
    "Cell",
    "Check",
    "Comparison",
    "FigureUse",
    "Finding",
    "Input",
    "Language",
    "LeftOut",
    "Phrase",
    "Reading",
    "Report",
    "RuleCard",
    "Severity",
    "Summary",
    "TableIdentity",
    "Unreadable",
    "Verdict",
    "Waiver",
    "read_report",
    "write_report",
]


def write_report(
    report: Report, path: str | Path, *, language: Language = "en", all_checks: bool = False
) -> None:
    """Write a report whole or not at all, in the format that the suffix of `path` asks for.

    `all_checks` lists every check, not only findings. Raises `audit.errors.InputError` for a suffix that no format
    has, and when the file cannot be written.
    """
    from audit.files import write
    from audit.reporting import format_of, renderer

    path = Path(path)
    write(path, renderer(format_of(path))(report, language=language, all_checks=all_checks))
