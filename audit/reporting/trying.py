"""What edits would do, told on a terminal."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from audit.diagnosis.trials.attempt import Attempt, RowTried
from audit.diagnosis.trials.kept_range import KeptRange
from audit.model.phrase import Language
from audit.model.report import Check, Finding
from audit.reporting.inert import inert
from audit.reporting.labels import severity_label
from audit.reporting.names import Names
from audit.reporting.numbers import plain
from audit.version import __version__
from audit.wording import Words, words

_SHOWN = 20
SCHEMA = "audit-try/1"


def told(tried: Attempt, language: Language) -> str:
    """The rows as they would be, what would break, what would no longer be found, what would hold, and the ranges."""
    _ = words(language)
    lines = [line for row in tried.rows for line in _row(row, _)]
    blocks = [
        (_("would break or get worse"), [_finding(finding, _) for finding in tried.broken]),
        (_("would be settled"), [_finding(finding, _) for finding in tried.settled]),
        (_("would still be found"), [_finding(finding, _) for finding in tried.staying]),
        (_("would come to hold"), [_check(check, _) for check in tried.holding]),
        (_("could no longer be tested"), [_check(check, _) for check in tried.lost]),
    ]
    for title, own in blocks:
        if own:
            lines += ["", f"{title} ({len(own)})", *(f"    {line}" for line in own[:_SHOWN])]
            lines += ["    " + _("and {n} more", n=len(own) - _SHOWN)] if len(own) > _SHOWN else []
    if not any(own for _title, own in blocks):
        lines += ["", _("No relation that is checked would be told otherwise.")]
    if tried.ranges:
        lines += ["", *(range_told(kept, _) for kept in tried.ranges)]
    return "\n".join([*lines, ""]) + "\n"


def as_json(tried: Attempt, written: Sequence[str]) -> str:
    """The same for a machine: edits as in causes, findings and checks by id, ranges with their ends."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": "audit", "version": __version__},
        "edits": [
            {"table": row.table, "row": row.name, "column": column, "from": row.before.get(column), "to": row.after.get(column)}
            for row in tried.rows
            for column in row.columns
        ],
        "breaks": [_finding_object(finding) for finding in tried.broken],
        "settles": [_finding_object(finding) for finding in tried.settled],
        "stays": [_finding_object(finding) for finding in tried.staying],
        "holds": [{"id": check.id, "rule": check.rule, "equation": check.equation} for check in tried.holding],
        "untestable": [{"id": check.id, "rule": check.rule, "missing": list(check.missing)} for check in tried.lost],
        "ranges": [
            {
                "table": kept.cell.table, "row": kept.cell.id, "column": kept.cell.column,
                "low": None if kept.low is None else _number(kept.low), "low_open": kept.low_open,
                "high": None if kept.high is None else _number(kept.high), "high_open": kept.high_open,
                "checks": list(kept.checks), "conflict": list(kept.conflict), "beyond": kept.beyond,
            }
            for kept in tried.ranges
        ],
        "written": list(written),
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding_object(finding: Finding) -> dict[str, object]:
    message = {"zh": finding.message.zh, "en": finding.message.en}
    return {"id": finding.id, "rule": finding.check.rule, "severity": finding.severity, "message": message}


def difference(tried: Attempt) -> str:
    """The lines of the files that would be written anew, as `diff -u` shows them."""
    found: list[str] = []
    for path, (before, after) in tried.files.items():
        old, new = (data.decode("utf-8-sig").splitlines() for data in (before, after))
        found += difflib.unified_diff(old, new, path, path, lineterm="", n=0)
    return "".join(f"{inert(line)}\n" for line in found)


def _row(row: RowTried, _: Words) -> Iterable[str]:
    where = f"{row.source}:{row.line}"
    yield f"{inert(row.table)} {inert(row.name)}  {inert(where)}"
    for column in row.columns:
        before, after = (inert(one.get(column) or "–") for one in (row.before, row.after))
        yield f"    {inert(column)}: {before} → {after}"
    if not row.columns:
        yield "    " + _("stands so already")


def _finding(finding: Finding, _: Words) -> str:
    head = f"{severity_label(finding.severity, _)}  {inert(finding.message.in_(_.language))}"
    equation = f"  {inert(finding.check.equation)}" if finding.check.imbalance is not None else ""
    return f"{head}{equation}  {inert(finding.check.rule)} #{inert(finding.id)}"


def _check(check: Check, _: Words) -> str:
    names = Names(_)
    told = check.equation if check.verdict != "untestable" else names.missing(check)
    return f"{names.key(check.key)}  {inert(told)}  {inert(check.rule)}".replace("    ", "  ")


def range_told(kept: KeptRange, _: Words, name: str = "") -> str:
    """Which values keep all relations of a figure true, in a sentence; `name` is what the figure is called there."""
    figure = name or inert(f"{kept.cell.id}.{kept.cell.column}")
    count, ends = len(kept.checks), _ends(kept, _)
    told = _.plural("{figure}: {range} keeps its {n} relation true.",
                    "{figure}: {range} keeps all its {n} relations true.",
                    count, figure=figure, range=ends)  # fmt: skip
    if kept.conflict:
        told = _("{figure}: no value keeps all its {n} relations true; {count} of them disagree (#{ids}).",
                 figure=figure, n=count, count=len(kept.conflict), ids=", #".join(kept.conflict))  # fmt: skip
    if kept.beyond:
        told += " " + _.plural("{n} more relation is no comparison of sums and is not in it.",
                               "{n} more relations are no comparisons of sums and are not in it.", kept.beyond)  # fmt: skip
    return told


def _ends(kept: KeptRange, _: Words) -> str:
    unit = kept.cell.unit
    low, high = (None if end is None else f"{_number(end)}{unit}" for end in (kept.low, kept.high))
    if low is None and high is None:
        return _("any value")
    if low == high and low is not None:
        return _("only {value}", value=low)
    if high is None:
        return _("more than {value}", value=low) if kept.low_open else _("{value} or more", value=low)
    if low is None:
        return _("less than {value}", value=high) if kept.high_open else _("{value} or less", value=high)
    if not kept.low_open and not kept.high_open:
        return _("from {low} to {high}", low=low, high=high)
    if kept.low_open and kept.high_open:
        return _("more than {low} and less than {high}", low=low, high=high)
    if kept.low_open:
        return _("more than {low}, {high} at most", low=low, high=high)
    return _("at least {low}, less than {high}", low=low, high=high)


def _number(value: Fraction) -> str:
    """A number in decimals; one that has no end in decimals as a fraction."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return plain(number) if Fraction(number) == value else f"{value.numerator}/{value.denominator}"
