"""Annotations for GitHub Actions, printed to the log of a step.

GitHub shows at most ten errors, ten warnings and ten notices of a step and drops the rest silently: it is
counted in a plain line.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from audit.model.phrase import Language
from audit.model.report import SEVERITIES, Finding, Report, Severity
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    counts_line,
    key_label,
    operand_labels,
    place_label,
    severity_label,
    verdict_sentence,
)
from audit.reporting.relations import balance, stated
from audit.reporting.unread import unread
from audit.wording import Words, words

LIMIT = 10
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_TEXT = 400
_TITLE = 100


def render(report: Report, *, language: Language, all_checks: bool = False) -> str:
    """Annotations of the findings that are not waived, then the totals; `all_checks` adds nothing here."""
    _ = words(language)
    titles = {rule.id: rule.title.in_(language) for rule in report.rules}
    lines = []
    for severity in SEVERITIES:
        found = [
            finding for finding in report.findings if finding.severity == severity and not finding.waiver
        ]
        lines += [_annotation(finding, titles.get(finding.check.rule, ""), _) for finding in found[:LIMIT]]
        if rest := found[LIMIT:]:
            lines.append(
                _.plural(
                    "{n} more finding ({severity}) is not annotated: GitHub shows {limit} in a step.",
                    "{n} more findings ({severity}) are not annotated: GitHub shows {limit} in a step.",
                    len(rest),
                    severity=severity_label(severity, _),
                    limit=LIMIT,
                )
            )
    lines.append(verdict_sentence(report.summary, report.findings, _))
    lines += [_("not read: {line}", line=line) for line in unread(report, _)]
    lines.append(counts_line(report.summary, report.findings, _))
    return "\n".join(lines) + "\n"


def _annotation(finding: Finding, title: str, _: Words) -> str:
    check = finding.check
    head = excerpt(f"{key_label(check.key, _)} · {inert(title)}", "", _TITLE)
    properties = {"title": f"{head} [{inert(check.rule)}]"}
    cell = next((cell for cell in check.cells if cell.source), None)
    if cell is not None:
        properties = {"file": cell.source, "line": str(cell.line), **properties}
    message = [excerpt(inert(finding.message.in_(_.language)), "", _TEXT), balance(check, _)]
    message += [
        f"{label} {stated(cell)} ({place_label(cell)})"
        for label, cell in zip(operand_labels(check.cells, _), check.cells, strict=True)
    ]
    settings = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return (
        f"::{_COMMANDS[finding.severity]} {settings}::{_data(chr(10).join(line for line in message if line))}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(inert(text)).replace(":", "%3A").replace(",", "%2C")
