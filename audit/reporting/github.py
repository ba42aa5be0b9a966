"""Annotations for GitHub Actions, printed to the log of a step.

GitHub shows at most ten errors, ten warnings and ten notices of a step and drops the rest silently: it is
counted in a plain line, and the first finding of every cause comes before the second of any.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, zip_longest

from audit.model.phrase import Language
from audit.model.report import SEVERITIES, Cell, Finding, Report, Severity
from audit.reporting.assessment import finding_heading, heading, recommendation
from audit.reporting.corrections import cells_by_id
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import counts_line, severity_label, verdict_sentence
from audit.reporting.names import Names, names_of
from audit.reporting.outline import Group, groups
from audit.reporting.relations import balance, stated
from audit.reporting.unread import unread

LIMIT = 10
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_CELLS = 12
_TITLE = 100


def render(report: Report, *, language: Language, all_checks: bool = False) -> str:
    """Annotations of the findings that are not waived, then the totals; `all_checks` adds nothing here."""
    names = names_of(report, language)
    _ = names.words
    cells = cells_by_id(report) if report.causes else {}
    told = [group for group in groups(report) if not group.waived]
    lines = []
    for severity in SEVERITIES:
        found = _by_turns([(g, [f for f in g.findings if f.severity == severity]) for g in told])
        lines += [_annotation(finding, group, cells, names) for group, finding in found[:LIMIT]]
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
    lines.append(verdict_sentence(report, _))
    lines += [_("not read: {line}", line=line) for line in unread(report, _)]
    lines.append(counts_line(report, _))
    return "\n".join(lines) + "\n"


def _by_turns(found: list[tuple[Group, list[Finding]]]) -> list[tuple[Group, Finding]]:
    """The first finding of every cause, then the second of every cause, and so on; those without a cause as one each."""
    rows: list[list[tuple[Group, Finding]]] = []
    for group, findings in found:
        own = [(group, finding) for finding in findings]
        rows += [own] if group.cause is not None else [[one] for one in own]
    return [one for one in chain.from_iterable(zip_longest(*rows)) if one is not None]


def _annotation(finding: Finding, group: Group, cells: Mapping[str, Cell], names: Names) -> str:
    _, check = names.words, finding.check
    told = heading(group, names) if group.cause is not None else finding_heading(finding, _)
    properties = {"title": f"{excerpt(told, '', _TITLE)} [{inert(check.rule)}]"}
    cell = next((cell for cell in check.cells if cell.source), None)
    if cell is not None:
        properties = {"file": cell.source, "line": str(cell.line), **properties}
    message = [finding_heading(finding, _), balance(check, _)]
    message += [
        f"{label} {stated(one)} ({place})"
        for label, place, one in zip(
            names.operands(check.cells), names.places(check.cells), check.cells, strict=True
        )
    ][:_CELLS]
    if group.cause is not None and group.cause.edits:
        message.append(recommendation(group, cells, names))
    settings = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return (
        f"::{_COMMANDS[finding.severity]} {settings}::{_data(chr(10).join(line for line in message if line))}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(inert(text)).replace(":", "%3A").replace(",", "%2C")
