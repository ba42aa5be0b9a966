"""What a run says in all: a sentence, and its counts."""

from __future__ import annotations

from collections.abc import Callable

from audit.model.report import Report
from audit.reporting.labels import counts_line, verdict_sentence
from audit.wording import Words

Paint = Callable[[str, str], str]
"""What gives a text a style of the terminal."""


def plain(text: str, style: str) -> str:
    """The text without any style."""
    return text


def totals(report: Report, _: Words, paint: Paint = plain) -> str:
    """What the run says in a sentence, and its counts."""
    sentence = verdict_sentence(report, _)
    worst = "error" if "error" in {f.severity for f in report.findings if f.waiver is None} else "bold"
    return f"{paint(sentence, worst)}\n{counts_line(report, _)}"
