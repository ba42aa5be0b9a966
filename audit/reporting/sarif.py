"""The report as SARIF 2.1.0 (OASIS), as GitHub code scanning and editors show it.

A result stands at the row of the table that holds its first figure; the other figures are related locations,
and so are the places in the plan itself where its text was read. Fingerprints are the ids of findings.
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath, PurePosixPath
from typing import Any
from urllib.parse import quote

from audit.documents.kinds import TEXT_SUFFIXES
from audit.model.phrase import Language
from audit.model.report import Cell, Finding, Input, Report, RuleCard, Severity
from audit.reporting.assessment import confidence, finding_heading, heading, recommendation
from audit.reporting.corrections import cells_by_id
from audit.reporting.inert import inert
from audit.reporting.json import encoded
from audit.reporting.labels import waiver_label
from audit.reporting.markdown import code, escape
from audit.reporting.names import Names, names_of
from audit.reporting.outline import Group, groups
from audit.reporting.relations import balance, difference, stated
from audit.reporting.unread import unread
from audit.wording import Words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_CHANGES = {"new": "new", "worsened": "updated", "changed": "updated", "unchanged": "unchanged"}
_LANGUAGES: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}


def render(report: Report, *, language: Language, all_checks: bool = False) -> str:
    """One run with all rules and the findings; `all_checks` adds nothing: SARIF is of what needs a hand."""
    return "".join(pieces(report, language=language, all_checks=all_checks))


def pieces(report: Report, *, language: Language, all_checks: bool = False) -> Iterator[str]:
    """The same text result by result, so that it is never held as a whole."""
    names = names_of(report, language)
    _, known = names.words, cells_by_id(report) if report.causes else {}
    places = {rule.id: index for index, rule in enumerate(report.rules)}
    texts = {PurePath(source.path).stem: source.path for source in report.inputs if _is_text(source)}
    run = {
        "tool": {
            "driver": {
                "name": "audit",
                "version": report.version,
                "semanticVersion": report.version,
                "rules": [_rule(rule, _) for rule in report.rules],
            }
        },
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": uri(source.path)}, "hashes": {"sha-256": source.sha256}}
            for source in report.inputs
        ],
        "results": (
            _result(finding, group, known, places, texts, names)
            for group in groups(report)
            for finding in group.findings
        ),
        "properties": {
            "untestable": len(report.untestable),
            "unboundRules": list(report.unbound_rules),
            "unread": list(unread(report, _)),
        },
    }
    yield from encoded({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    yield "\n"


def uri(path: str) -> str:
    """A path as a URI reference: relative stays relative, absolute becomes `file://`."""
    slashed = path.replace("\\", "/")
    return f"file://{quote(slashed)}" if PurePosixPath(slashed).is_absolute() else quote(slashed)


def _is_text(source: Input) -> bool:
    return PurePath(source.path).suffix.lower() in TEXT_SUFFIXES


def _rule(rule: RuleCard, _: Words) -> dict[str, Any]:
    title, because = rule.title.in_(_.language), rule.because.in_(_.language)
    parts = [
        (_("What it checks"), code(rule.expression)),
        (_("Why"), escape(because)),
        (_("What it does not check"), escape(rule.limits.in_(_.language)) if rule.limits else ""),
    ]
    markdown = "\n\n".join(f"**{head}**\n\n{body}" for head, body in parts if body)
    return {
        "id": rule.id,
        "shortDescription": {"text": inert(title)},
        "fullDescription": {"text": inert(because or title)},
        "help": {"text": inert(f"{rule.expression} — {because}"), "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["consistency", f"ess-level-{rule.level}"], "precision": "very-high"},
    }


def _result(
    finding: Finding, group: Group, known: Mapping[str, Cell], places: dict[str, int], texts: dict[str, str],
    names: Names,
) -> dict[str, Any]:  # fmt: skip
    _, check, cause = names.words, finding.check, group.cause
    lines = [finding_heading(finding, _), balance(check, _)]
    if cause is not None and cause.edits:
        lines += [f"{heading(group, names)} ({confidence(group, _)})", recommendation(group, known, names)]
    result: dict[str, Any] = {
        "ruleId": check.rule,
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": _message("\n".join(line for line in lines if line)),
        "partialFingerprints": {
            "auditFinding/v1": finding.id,
            "primaryLocationLineHash": f"{hashlib.sha256(finding.id.encode()).hexdigest()[:16]}:1",
        },
        "properties": {"verdict": check.verdict, "imbalance": difference(check), "key": check.key,
                       **({"untold": check.untold} if check.untold else {}),
                       **({"cause": cause.id} if cause is not None else {})},
    }  # fmt: skip
    if check.rule in places:
        result["ruleIndex"] = places[check.rule]
    if check.cells:
        labelled = [
            (cell, _said(label, cell, names))
            for label, cell in zip(names.operands(check.cells), check.cells, strict=True)
        ]
        rows = [_row(cell, said, names) for cell, said in labelled]
        passages = [_passage(c, texts[c.document], said) for c, said in labelled if _has_passage(c, texts)]
        result["locations"] = rows[:1]
        related = rows[1:] + passages
        result["relatedLocations"] = [
            {"id": number, **place} for number, place in enumerate(related, start=1)
        ]
    if finding.change:
        result["baselineState"] = _CHANGES[finding.change]
    if finding.waiver:
        reason = waiver_label(finding.waiver, _)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _row(cell: Cell, said: dict[str, str], names: Names) -> dict[str, Any]:
    """The row of the table, with the clause as logical location; the clause alone without a table."""
    place: dict[str, Any] = {
        "logicalLocations": [
            {"name": inert(cell.clause or cell.document or cell.id), "fullyQualifiedName": names.place(cell)}
        ],
        "message": said,
    }
    if cell.source:
        region = {"startLine": max(cell.line, 1)}
        place["physicalLocation"] = {"artifactLocation": {"uri": uri(cell.source)}, "region": region}
    return place


def _has_passage(cell: Cell, texts: dict[str, str]) -> bool:
    return cell.start is not None and cell.end is not None and cell.document in texts


def _passage(cell: Cell, path: str, said: dict[str, str]) -> dict[str, Any]:
    """The characters of the figure in the plain text of its plan."""
    assert cell.start is not None and cell.end is not None
    region = {"charOffset": cell.start, "charLength": cell.end - cell.start}
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": region},
        "message": said,
    }


def _said(label: str, cell: Cell, names: Names) -> dict[str, str]:
    quote = names.quote(cell)
    quoted = f" “{quote}”" if quote else ""
    return _message(f"{label} {stated(cell)} ({names.place(cell)}){quoted}")


def _message(text: str) -> dict[str, str]:
    """A plain text message; braces and brackets would stand for places and links: they are escaped."""
    return {"text": re.sub(r"([\[\]\\])", r"\\\1", text).replace("{", "{{").replace("}", "}}")}
