"""The report in the validation report structure of the European Statistical System, as JSON.

Structure: ESSnet ValidatIntegration, "Generic framework for validation reports", JSON schema version 1.0.1: a
list of `validation` (a rule confronted with data; value 1, 0 or NA) and `aggregation` (over several).
A check that only the intervals allow has the value 0, as it is false as stated.
"""

from __future__ import annotations

from typing import Any

from audit.model.phrase import Language
from audit.model.report import Cell, Check, Finding, Report, RuleCard, Severity, Verdict
from audit.reporting.dates import stamp
from audit.reporting.json import encode
from audit.reporting.numbers import plain

_SEVERITIES: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "information"}
_VALUES: dict[Verdict, str] = {"holds": "1", "reconcilable": "0", "violated": "0", "untestable": "NA"}
RULE_LANGUAGE = "audit rules 1"


def render(report: Report, *, language: Language, all_checks: bool = False) -> str:
    """Findings and checks that could not be made (`all_checks`: every check), then totals as aggregations."""
    rules = {rule.id: rule for rule in report.rules}
    findings = {finding.check.id: finding for finding in report.findings}
    event = _event(report)
    checks = (*(finding.check for finding in report.findings), *report.untestable)
    if all_checks and report.checks:
        checks = report.checks
    seen = list({check.id: check for check in checks}.values())
    validations = [
        _validation(check, rules.get(check.rule), findings.get(check.id), event, language) for check in seen
    ]
    return encode(validations + _aggregations(report, event)) + "\n"


def _event(report: Report) -> dict[str, Any]:
    """`time` is blank unless SOURCE_DATE_EPOCH gives one: the clock would make equal runs differ."""
    moment = stamp()
    return {
        "time": f"{moment.isoformat()}Z" if moment else "",
        "actor": f"audit {report.version}",
        "agent": "audit",
        "trigger": "audit check",
    }


def _validation(
    check: Check, rule: RuleCard | None, finding: Finding | None, event: dict[str, Any], language: Language
) -> dict[str, Any]:
    severity = finding.severity if finding else rule.severity if rule else "error"
    told: dict[str, Any] = {
        "language": RULE_LANGUAGE,
        "expression": rule.expression if rule else check.equation,
        "severity": _SEVERITIES[severity],
        "description": rule.title.in_(language) if rule else check.rule,
    }
    if finding:
        told["explanation"] = finding.message.in_(language)
    return {
        "id": check.id,
        "type": "validation",
        "event": event,
        "rule": told,
        "data": {
            "source": [_source(cell) for cell in check.cells],
            "target": [[check.rule, *check.key.values()]],
            "description": check.equation,
        },
        "value": _VALUES[check.verdict],
    }


def _source(cell: Cell) -> list[str]:
    others = ", ".join(f"{name}={value}" for name, value in cell.dimensions.items())
    return [
        cell.source, cell.id, cell.document, cell.clause, cell.literal, plain(cell.value), cell.unit,
        str(cell.line or ""), cell.table, cell.column, others,
    ]  # fmt: skip


def _aggregations(report: Report, event: dict[str, Any]) -> list[dict[str, Any]]:
    summary = report.summary
    inputs = [[source.path, source.sha256] for source in report.inputs]
    totals = {
        "figures": summary.figures,
        "figures_covered": summary.figures_covered,
        "figures_compared": summary.figures_compared,
        "numerals": report.reading.numerals,
        "numerals_read": report.reading.read,
        "unreadable": len(report.reading.unreadable),
        "rules": summary.rules,
        "rules_unbound": summary.rules_unbound,
        "checks": summary.checks,
        "holds": summary.holds,
        "reconcilable": summary.reconcilable,
        "violated": summary.violated,
        "untestable": summary.untestable,
        "waived": summary.waived,
    }
    return [
        {
            "id": f"count-{name}",
            "type": "aggregation",
            "event": event,
            "aggregate": {"language": RULE_LANGUAGE, "expression": f"count({name})"},
            "data": {"source": inputs, "target": [[name]]},
            "value": str(count),
        }
        for name, count in totals.items()
    ]
