"""A validation of Great Expectations as a report of audit: as a page, a workbook, SARIF, or frames.

Our own results come back whole, with every figure. Of any other Expectation there is one check: it holds, is violated
(with a sample of its unexpected values as cells) or, where it could not run, is untestable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from audit.diagnosis.checks import identity
from audit.integrations.gx.results import raised
from audit.model.phrase import Phrase
from audit.model.report import SEVERITIES, Cell, Check, Finding, Report, RuleCard, Severity, Summary, Verdict
from audit.reporting.reading import read_report
from audit.version import __version__

_SEVERITY: Mapping[str, Severity] = {"critical": "error", "warning": "warning", "info": "info"}
_LIMITS = (
    "column",
    "column_A",
    "column_B",
    "column_list",
    "value_set",
    "min_value",
    "max_value",
    "regex",
    "mostly",
)
_MOST = 50


def report(result: Any) -> Report:
    """The report of a result of GX: of one Expectation, of a suite, of a validation definition, or of a checkpoint."""
    reports = [_of_one(one, number) for number, one in enumerate(_results(result))]
    if not reports:
        return _report((), (), (), ())
    findings = [finding for one in reports for finding in one.findings]
    totals = {f.name: sum(getattr(one.summary, f.name) for one in reports) for f in fields(Summary)}
    rules = _once(rule for one in reports for rule in one.rules)
    return replace(
        reports[0],
        summary=Summary(**totals | {"rules": len(rules)}),
        rules=rules,
        findings=tuple(
            sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.check.verdict != "violated"))
        ),
        untestable=tuple(check for one in reports for check in one.untestable),
        unbound_rules=tuple(rule for one in reports for rule in one.unbound_rules),
        checks=tuple(check for one in reports for check in one.checks),
        inputs=tuple(dict.fromkeys(source for one in reports for source in one.inputs)),
        notes=tuple(dict.fromkeys(note for one in reports for note in one.notes)),
        identities=tuple(one for each in reports for one in each.identities),
    )


def _results(result: Any) -> Iterator[Any]:
    if hasattr(result, "run_results"):
        for one in result.run_results.values():
            yield from _results(one)
    elif hasattr(result, "results"):
        yield from result.results
    else:
        yield result


def _once(rules: Iterable[RuleCard]) -> tuple[RuleCard, ...]:
    """Every rule once; of one that ran on several batches the totals are added up."""
    found: dict[str, RuleCard] = {}
    for rule in rules:
        before = found.get(rule.id)
        names = ("checks", "holds", "reconcilable", "violated", "untestable")
        found[rule.id] = (
            replace(rule, **{n: getattr(rule, n) + getattr(before, n) for n in names}) if before else rule
        )
    return tuple(found.values())


def _of_one(result: Any, number: int) -> Report:
    kept = ((result.meta or {}).get("audit") or {}).get("report")
    if isinstance(kept, str):
        return read_report(kept, "Great Expectations")
    return _of_other(result, number)


def _of_other(result: Any, number: int) -> Report:
    config, told = result.expectation_config, result.result or {}
    kwargs = {name: value for name, value in config.kwargs.items() if name in _LIMITS and value is not None}
    why = raised(result.exception_info)
    verdict: Verdict = "untestable" if why else "holds" if result.success else "violated"
    severity = _SEVERITY.get(str(getattr(config.severity, "value", config.severity)), "error")
    shown = ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in kwargs.items())
    rule = f"gx.{config.type.removeprefix('expect_')}"
    title = f"{config.type.replace('_', ' ')} ({shown})" if shown else config.type.replace("_", " ")
    columns = kwargs.get("column") or kwargs.get("column_list") or kwargs.get("column_A") or ""
    column = columns if isinstance(columns, str) else ", ".join(columns)
    key = {"column": column} if column else {}
    check = Check(
        id=identity(rule, key | {"kwargs": shown}, set()), rule=rule, key=key, verdict=verdict, left=None, right=None,
        imbalance=None, left_low=None, left_high=None, right_low=None, right_high=None, equation="",
        cells=tuple(_cells(told, column)), missing=(why,) if why else (),
    )  # fmt: skip
    message = _message(told, title, config.notes)
    finding = Finding(check, severity, 0, message, Phrase(title, title))
    counts = {name: int(name == verdict) for name in ("holds", "violated", "untestable")}
    card = RuleCard(rule, Phrase(title, title), severity, 0, Phrase(title, title), None, title, "", 0,
                    checks=1, reconcilable=0, **counts)  # fmt: skip
    return _report((card,), (finding,) if verdict == "violated" else (), (check,) if why else (), ())


def _message(told: Mapping[str, Any], title: str, notes: Any) -> Phrase:
    count, total = told.get("unexpected_count"), told.get("element_count")
    if count is not None and total is not None:
        return Phrase(
            f"{title}：{total} 个值中有 {count} 个不符", f"{title}: {count} of {total} values are unexpected"
        )
    observed = told.get("observed_value")
    if observed is not None:
        return Phrase(f"{title}：实际为 {observed}", f"{title}: observed {observed}")
    return Phrase(f"{title}：不成立", f"{title}: not met")


def _cells(told: Mapping[str, Any], column: str) -> Iterator[Cell]:
    """The unexpected values, by their rows where GX names these."""
    rows = told.get("unexpected_index_list") or told.get("partial_unexpected_index_list") or []
    values = told.get("unexpected_list") or told.get("partial_unexpected_list") or []
    for place, value in enumerate(values[:_MOST]):
        row = rows[place] if place < len(rows) else {}
        named = {str(name): str(part) for name, part in row.items()} if isinstance(row, Mapping) else {}
        number = _number(value)
        yield Cell(
            operand=column or "value", id=str(row) if row and not named else "/".join(named.values()) or f"{place + 1}",
            document="", clause="", literal="" if value is None else str(value), value=number, low=number, high=number,
            unit="", evidence="", start=None, end=None, dimensions=named, column=column,
        )  # fmt: skip


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _report(
    rules: tuple[RuleCard, ...],
    findings: tuple[Finding, ...],
    untestable: tuple[Check, ...],
    unbound: tuple[str, ...],
) -> Report:
    totals = {
        name: sum(getattr(rule, name) for rule in rules)
        for name in ("checks", "holds", "reconcilable", "violated", "untestable")
    }
    summary = Summary(
        figures=0, figures_covered=0, rules=len(rules), rules_unbound=len(unbound), waived=0, **totals
    )
    return Report(
        version=__version__, summary=summary, documents=(), inputs=(), rules=rules, findings=findings,
        untestable=untestable, unbound_rules=unbound, checks=(), figures=(),
    )  # fmt: skip
