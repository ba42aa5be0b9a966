"""A report as the result of an Expectation: GX's own fields, with what they have no word for kept apart.

`unexpected_*` are the violated checks, one entry a check with all its operands. What only rounding or a bound word saves
is under `reconcilable`, what lacks a figure under `untestable`, rules that found nothing to check under `unbound_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from audit.integrations.rows import told
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check, Report
from audit.reporting.json import render
from audit.reporting.numbers import plain
from audit.reporting.relations import relation, stated

SAMPLE = 20
"""How many entries the `partial_` lists hold, as in GX."""
KEPT = 200
"""How many findings and untestable checks a result keeps that is not COMPLETE."""


def success(report: Report, *, strict: bool) -> bool:
    """Whether rules are fulfilled: nothing violated, no rule without anything to check, and something was tested."""
    summary = report.summary
    tested = summary.checks > summary.untestable
    return (
        tested and not summary.violated and not report.unbound_rules and not (strict and summary.untestable)
    )


def result(
    report: Report, result_format: str, keys: Sequence[str], index: Sequence[Any] | None
) -> dict[str, Any]:
    """The `result` in a format of GX. `keys` are the columns that name rows, `index` the frame's own, where it has one."""
    summary = report.summary
    by_verdict = {
        verdict: [f.check for f in report.findings if f.check.verdict == verdict]
        for verdict in ("violated", "reconcilable")
    }
    violated, reconcilable, untestable = (*by_verdict.values(), report.untestable)
    titles = {rule.id: rule.title.en for rule in report.rules}

    def entries(checks: Iterable[Check]) -> list[dict[str, Any]]:
        return [_entry(check, titles) for check in checks]

    found: dict[str, Any] = {
        "element_count": summary.checks,
        "unexpected_count": summary.violated,
        "unexpected_percent": 100 * summary.violated / summary.checks if summary.checks else None,
        "observed_value": f"{summary.holds} of {summary.checks} checks hold",
        "verdicts": {
            "holds": summary.holds, "reconcilable": summary.reconcilable, "violated": summary.violated,
            "untestable": summary.untestable,
        },
        "unbound_rules": list(report.unbound_rules),
        "partial_unexpected_list": entries(violated[:SAMPLE]),
    }  # fmt: skip
    complete = result_format == "COMPLETE"
    if complete or result_format == "SUMMARY":
        most = None if complete else SAMPLE
        found["reconcilable"], found["untestable"] = entries(reconcilable[:most]), entries(untestable[:most])
        rows = _rows(violated, keys, index)
        found["partial_unexpected_index_list"] = rows[:SAMPLE]
        if complete:
            found["unexpected_list"], found["unexpected_index_list"] = entries(violated), rows
    return found


def meta(report: Report, result_format: str) -> dict[str, Any]:
    """The `meta` of a result: its rules with level and verdicts, and the report as text of JSON, whose numbers stay exact."""
    rules = [
        {
            "id": rule.id, "title": rule.title.en, "level": rule.level, "severity": rule.severity,
            "check": rule.expression, "holds": rule.holds, "reconcilable": rule.reconcilable,
            "violated": rule.violated, "untestable": rule.untestable,
        }
        for rule in report.rules
    ]  # fmt: skip
    if result_format == "BOOLEAN_ONLY":
        return {"audit": {"rules": rules}}
    kept = report if result_format == "COMPLETE" else _cut(report)
    return {"audit": {"rules": rules, "report": render(kept, language="en")}}


def raised(exception_info: Mapping[str, Any] | None) -> str:
    """Why a validation could not run, as GX tells it (of one metric or of several); empty where it ran."""
    info = exception_info or {}
    each = (
        [info] if "raised_exception" in info else [one for one in info.values() if isinstance(one, Mapping)]
    )
    return "; ".join(str(one.get("exception_message")) for one in each if one.get("raised_exception"))


def _cut(report: Report) -> Report:
    left = max(len(report.findings), len(report.untestable)) - KEPT
    if left <= 0:
        return report
    note = Phrase(
        f"结果只保留了前 {KEPT} 个问题；用 result_format COMPLETE 可全部保留",
        f"the result kept the first {KEPT} findings only; result_format COMPLETE keeps all",
    )
    return replace(
        report, findings=report.findings[:KEPT], untestable=report.untestable[:KEPT], notes=(*report.notes, note)
    )  # fmt: skip


def _entry(check: Check, titles: Mapping[str, str]) -> dict[str, Any]:
    """A check as plain values: its equation in words, its key, and all its operands."""
    return {
        "rule": check.rule,
        "verdict": check.verdict,
        "key": dict(check.key),
        "relation": relation(check) or titles.get(check.rule, ""),
        "imbalance": plain(check.imbalance) or None,
        "missing": list(check.missing),
        "operands": [{"operand": c.operand, "stated": stated(c), "row": c.id} for c in check.cells],
        "text": told(check, titles),
    }


def _rows(checks: Iterable[Check], keys: Sequence[str], index: Sequence[Any] | None) -> list[dict[str, Any]]:
    """The rows of violated checks, each once, by their keys (else the name that the report gives them) and index."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for cell in (cell for check in checks for cell in check.cells):
        found.setdefault((cell.id, cell.line), _row(cell, keys, index))
    return list(found.values())


def _row(cell: Cell, keys: Sequence[str], index: Sequence[Any] | None) -> dict[str, Any]:
    named = {key: cell.dimensions.get(key) for key in keys} or {"row": cell.id}
    return named | ({"index": index[cell.line - 1]} if index is not None and cell.line else {})
