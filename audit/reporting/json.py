"""The JSON report, version 1 (`schemas/audit-report-1.json`), and back: `read_report` gives the `Report`.

Numbers are written as they are, however long: 10^15 with four decimals keeps every digit. Each figure, key
and rule stands on one line, so that two reports compare well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar

from audit.model.errors import InputError
from audit.model.phrase import Language, Phrase
from audit.model.report import (
    SEVERITIES,
    VERDICTS,
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
    Summary,
    Unreadable,
    Waiver,
)
from audit.model.rows import Clause, Document
from audit.reporting.numbers import plain

SCHEMA = "audit-report/1"
_DIGITS = 60
_KINDS: dict[str, Any] = {
    "str": str,
    "bool": bool,
    "str | None": str | None,
    "Decimal | None": Decimal | None,
    "Verdict": VERDICTS,
    "Severity": SEVERITIES,
}
_Record = TypeVar("_Record")
_quoted = json.encoder.encode_basestring
_plain_json = json.JSONEncoder(ensure_ascii=False).encode
_UNSAFE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def render(report: Report, *, language: Language = "en", all_checks: bool = False) -> str:
    """The report as JSON text, always in both languages; `all_checks` adds `checks`, `figures`, `clauses`."""
    return encode(as_json(report, all_checks=all_checks)) + "\n"


def as_json(report: Report, *, all_checks: bool = False) -> dict[str, Any]:
    """The report as plain lists and dicts in the order of the schema; numbers are `Decimal`."""
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "audit", "version": report.version},
        "summary": asdict(report.summary),
        "findings": [_finding(finding) for finding in report.findings],
        "untestable": [_check(check) for check in report.untestable],
        "unbound_rules": list(report.unbound_rules),
        "documents": [asdict(document) for document in report.documents],
        "rules": [asdict(rule) for rule in report.rules],
        "inputs": [asdict(source) for source in report.inputs],
        "reading": _reading(report.reading),
        "notes": [asdict(note) for note in report.notes],
    }
    if all_checks:
        value["checks"] = [_check(check) for check in report.checks]
        value["figures"] = [_figure(use) for use in report.figures]
        value["clauses"] = [asdict(clause) for clause in report.clauses]
    if report.comparison:
        value["comparison"] = _comparison(report.comparison)
    return value


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "numerals": reading.numerals,
        "read": reading.read,
        "left_out": [asdict(one) for one in reading.left_out],
        "unreadable": [asdict(one) for one in reading.unreadable],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "baseline": comparison.baseline,
        "settled": [_finding(finding) for finding in comparison.settled],
        "lost": [_finding(finding) for finding in comparison.lost],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    check = _check(finding.check)
    return {
        "id": check.pop("id"),
        "rule": check.pop("rule"),
        "level": finding.level,
        "severity": finding.severity,
        "verdict": check.pop("verdict"),
        "key": check.pop("key"),
        "message": asdict(finding.message),
        **check,
        "why": asdict(finding.why),
        "certain": finding.certain,
        "waiver": asdict(finding.waiver) if finding.waiver else None,
        "change": finding.change,
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "rule": check.rule,
        "verdict": check.verdict,
        "key": check.key,
        "left": check.left,
        "right": check.right,
        "imbalance": check.imbalance,
        "left_low": check.left_low,
        "left_high": check.left_high,
        "right_low": check.right_low,
        "right_high": check.right_high,
        "equation": check.equation,
        "cells": [_cell(cell) for cell in check.cells],
        "missing": list(check.missing),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {field.name: getattr(cell, field.name) for field in fields(cell)}


def _figure(use: FigureUse) -> dict[str, Any]:
    value = {field.name: getattr(use, field.name) for field in fields(use)}
    return {**value, "cell": _cell(use.cell), "checks": list(use.checks)}


def encode(value: Any) -> str:
    """JSON text of plain values and `Decimal`; a record of simple values and keys stands on one line."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", _encode(value, "\n")[0])


def _encode(value: Any, line: str) -> tuple[str, int]:
    """The text and how many levels of containers it holds; `line` is a line break with the present indent."""
    if isinstance(value, str):
        return _quoted(value), 0
    if isinstance(value, Decimal):
        return plain(value), 0
    if not isinstance(value, dict | list):
        return _plain_json(value), 0
    inner = f"{line}  "
    if isinstance(value, dict):
        pairs = [(_quoted(name), _encode(item, inner)) for name, item in value.items()]
        items = [(f"{name}: {text}", depth) for name, (text, depth) in pairs]
        opening, closing = "{", "}"
    else:
        items = [_encode(item, inner) for item in value]
        opening, closing = "[", "]"
    depth = 1 + max((depth for _, depth in items), default=0)
    texts = [text for text, _ in items]
    if depth == 1 or (depth == 2 and isinstance(value, dict)):
        return f"{opening}{', '.join(texts)}{closing}", depth
    return f"{opening}{inner}{f',{inner}'.join(texts)}{line}{closing}", depth


def read_report(text: str, name: str = "report") -> Report:
    """The `Report` of a JSON report; `name` is its file, for messages. Without all checks in it, it has none.

    Raises InputError when `text` is not JSON, is of another version or lacks something.
    """
    try:
        value = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError) as fault:
        raise InputError("{file} is not a JSON report: {fault}", file=name, fault=str(fault)) from None
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema != SCHEMA:
        raise InputError(
            '{file} is not a report of this version: "schema" should be "{expected}"; '
            "make it with `audit check --format json`.",
            file=name,
            expected=SCHEMA,
        )
    try:
        return _report(value)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise InputError(
            "{file} is not a complete report: {fault} is missing or of the wrong kind; "
            "make it again with `audit check --format json`.",
            file=name,
            fault=str(fault) or type(fault).__name__,
        ) from None


def _report(value: Mapping[str, Any]) -> Report:
    return Report(
        version=value["tool"]["version"],
        summary=_made(Summary, {name: int(count) for name, count in value["summary"].items()}),
        documents=tuple(_made(Document, document) for document in value["documents"]),
        inputs=tuple(_made(Input, source) for source in value["inputs"]),
        rules=tuple(_read_rule(rule) for rule in value["rules"]),
        findings=tuple(_read_finding(finding) for finding in value["findings"]),
        untestable=tuple(_read_check(check) for check in value["untestable"]),
        unbound_rules=tuple(value["unbound_rules"]),
        checks=tuple(_read_check(check) for check in value.get("checks", ())),
        figures=tuple(_read_figure(use) for use in value.get("figures", ())),
        clauses=tuple(_made(Clause, clause) for clause in value.get("clauses", ())),
        comparison=_read_comparison(value["comparison"]) if value.get("comparison") else None,
        reading=_read_reading(value["reading"]) if "reading" in value else Reading(),
        notes=tuple(_made(Phrase, note) for note in value.get("notes", ())),
    )


def _read_reading(value: Mapping[str, Any]) -> Reading:
    return Reading(
        numerals=int(value["numerals"]),
        read=int(value["read"]),
        left_out=tuple(_made(LeftOut, {**one, "count": int(one["count"])}) for one in value["left_out"]),
        unreadable=tuple(_made(Unreadable, one) for one in value["unreadable"]),
    )


def _read_comparison(value: Mapping[str, Any]) -> Comparison:
    gone = {name: tuple(_read_finding(finding) for finding in value[name]) for name in ("settled", "lost")}
    return Comparison(baseline=value["baseline"], **gone)


def _read_rule(value: Mapping[str, Any]) -> RuleCard:
    phrases = {name: _made(Phrase, value[name]) for name in ("title", "because")}
    limits = _made(Phrase, value["limits"]) if value["limits"] else None
    counts = ("level", "line", "checks", "holds", "reconcilable", "violated", "untestable")
    return _made(
        RuleCard, {**value, **phrases, "limits": limits, **{name: int(value[name]) for name in counts}}
    )


def _read_finding(value: Mapping[str, Any]) -> Finding:
    phrases = {name: _made(Phrase, value[name]) for name in ("message", "why")}
    waiver = _made(Waiver, value["waiver"]) if value["waiver"] else None
    own = {name: value[name] for name in ("severity", "certain", "change")}
    return _made(
        Finding,
        {**own, **phrases, "check": _read_check(value), "level": int(value["level"]), "waiver": waiver},
    )


def _read_check(value: Mapping[str, Any]) -> Check:
    own = {field.name: value.get(field.name) for field in fields(Check)}
    cells = tuple(_read_cell(cell) for cell in value["cells"])
    return _made(
        Check, {**own, "key": _texts(value["key"]), "cells": cells, "missing": tuple(value["missing"])}
    )


def _read_cell(value: Mapping[str, Any]) -> Cell:
    places = {name: None if value[name] is None else int(value[name]) for name in ("start", "end")}
    dimensions = _texts(value["dimensions"])
    return _made(Cell, {**value, **places, "dimensions": dimensions, "line": int(value["line"])})


def _read_figure(value: Mapping[str, Any]) -> FigureUse:
    return _made(FigureUse, {**value, "cell": _read_cell(value["cell"]), "checks": tuple(value["checks"])})


def _texts(value: Mapping[str, Any]) -> dict[str, str]:
    if not all(isinstance(text, str) for text in value.values()):
        raise TypeError("key")
    return dict(value)


def _made(kind: type[_Record], values: Mapping[str, Any]) -> _Record:
    """A record of `values`; TypeError names the first simple value that is not of its field's kind."""
    for field in fields(kind):  # type: ignore[arg-type]
        value, wanted = values.get(field.name), _KINDS.get(str(field.type))
        if wanted and not (
            isinstance(value, wanted) if isinstance(wanted, type | UnionType) else value in wanted
        ):
            raise TypeError(f"{kind.__name__.lower()} {field.name}")
        if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) <= _DIGITS):
            raise TypeError(f"{kind.__name__.lower()} {field.name}")
    return kind(**values)
