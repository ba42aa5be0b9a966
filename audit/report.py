"""What a run found, as plain values: the `Report` of `audit.check`, its parts, and JSON reports read back.

`read_report(text)` gives the `Report` of a JSON report; `report.save("zone.xlsx")` writes any format, by its suffix,
`report.to_frame("findings")` gives its parts as frames, and a notebook shows it as cards.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audit.model.phrase import Language, Phrase
from audit.model.report import (
    Cell,
    Check,
    Comparison,
    FigureUse,
    Finding,
    FrameOf,
    Input,
    LeftOut,
    Library,
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
    "FrameOf",
    "Input",
    "Language",
    "LeftOut",
    "Library",
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
    "report_cards",
    "report_frame",
    "write_report",
]


def write_report(
    report: Report, path: str | Path, *, language: Language | None = None, all_checks: bool | None = None
) -> None:
    """Write a report whole or not at all, in the format that the suffix of `path` asks for.

    `language` is that of the texts (default: the locale's). `all_checks` lists every check, not only findings; by
    default a report that kept them lists them. Raises `audit.errors.InputError` for a suffix that no format has, when
    the file cannot be written, and when it is one that the report was made from.
    """
    from audit.files import keep_apart, write_together
    from audit.reporting import files_of
    from audit.wording import language_of

    path = Path(path)
    keep_apart([path], [Path(source.path) for source in report.inputs])
    every = bool(report.checks) if all_checks is None else all_checks
    write_together(files_of(path, report, language=language or language_of(), all_checks=every))


def report_frame(
    report: Report, of: FrameOf = "findings", *, library: Library = "pandas", language: Language | None = None
) -> Any:
    """A part of a report as a frame; what `Report.to_frame` gives."""
    from audit.reporting.frames import frame

    return frame(report, of, library=library, language=language)


def report_cards(report: Report, language: Language | None = None) -> str:
    """A report as cards of HTML to stand inside a page: no script, nothing loaded, every word of a plan escaped."""
    from audit.reporting.cards import render
    from audit.wording import language_of

    return render(report, language=language or language_of())
