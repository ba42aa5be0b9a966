"""The JSON report, version 1 (`schemas/audit-report-1.json`); `reading` gives the `Report` back.

Numbers are written as they are, however long: 10^15 with four decimals keeps every digit. Each figure, key
and rule stands on one line, so that two reports compare well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from audit.model.cause import Cause, Edit
from audit.model.phrase import Language
from audit.model.report import Cell, Check, Comparison, FigureUse, Finding, Reading, Report
from audit.reporting.numbers import plain
from audit.reporting.outline import by_weight
from audit.reporting.reading import SCHEMA

_quoted = json.encoder.encode_basestring
_plain_json = json.JSONEncoder(ensure_ascii=False).encode
_UNSAFE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def render(report: Report, *, language: Language = "en", all_checks: bool = False) -> str:
    """The report as JSON text, always in both languages; `all_checks` adds `checks`, `figures`, `clauses`."""
    return "".join(pieces(report, language=language, all_checks=all_checks))


def pieces(report: Report, *, language: Language = "en", all_checks: bool = False) -> Iterator[str]:
    """The same text record by record, so that it is never held as a whole."""
    yield from encoded(_told(report, all_checks))
    yield "\n"


def _told(report: Report, all_checks: bool) -> dict[str, Any]:
    """The report in the order of the schema, its long lists as iterators; numbers are `Decimal`."""
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "audit", "version": report.version},
        "summary": asdict(report.summary),
        "findings": map(_finding, report.findings),
        "untestable": map(_check, report.untestable),
        "unbound_rules": list(report.unbound_rules),
        "causes": [
            _cause(cause)
            for cause in by_weight(report.causes, {finding.id: finding for finding in report.findings})
        ],
        "documents": [asdict(document) for document in report.documents],
        "rules": [asdict(rule) for rule in report.rules],
        "inputs": [asdict(source) for source in report.inputs],
        "reading": _reading(report.reading),
        "notes": [asdict(note) for note in report.notes],
        "identities": [{**asdict(one), "columns": list(one.columns)} for one in report.identities],
        **({"untold": [asdict(one) for one in report.untold]} if report.untold else {}),
        "labels": report.labels,
    }
    if all_checks:
        value["checks"] = map(_check, report.checks)
        value["figures"] = map(_figure, report.figures)
        value["clauses"] = map(asdict, report.clauses)
    if report.comparison:
        value["comparison"] = _comparison(report.comparison)
    return value


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "numerals": reading.numerals,
        "read": reading.read,
        "left_out": [asdict(one) for one in reading.left_out],
        "unreadable": [asdict(one) for one in reading.unreadable],
        "not_read": list(reading.not_read),
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        **{field.name: getattr(cause, field.name) for field in fields(cause)},
        "message": asdict(cause.message),
        "findings": list(cause.findings),
        "checks": list(cause.checks),
        "edits": [_edit(edit) for edit in cause.edits],
        "effect": asdict(cause.effect),
        "alternatives": [
            {"edits": [_edit(edit) for edit in other.edits], "confidence": other.confidence}
            for other in cause.alternatives
        ],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "table": edit.table,
        "row": edit.row,
        "column": edit.column,
        "from": edit.before,
        "to": edit.after,
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
        "formula": check.formula,
        **({"unreached": list(check.unreached)} if check.unreached else {}),
        **({"untold": check.untold} if check.untold else {}),
    }


_WHERE_THERE = frozenset(("beyond", "address", "scanned"))
"""What is told of a cell only where there is such a thing."""


def _cell(cell: Cell) -> dict[str, Any]:
    told = {field.name: getattr(cell, field.name) for field in fields(cell)}
    return {name: value for name, value in told.items() if value or name not in _WHERE_THERE}


def _figure(use: FigureUse) -> dict[str, Any]:
    value = {
        field.name: getattr(use, field.name) for field in fields(use) if use.untold or field.name != "untold"
    }
    return {**value, "cell": _cell(use.cell), "checks": list(use.checks)}


def encode(value: Any) -> str:
    """JSON text of plain values and `Decimal`; a record of simple values and keys stands on one line."""
    return "".join(encoded(value))


def encoded(value: Any) -> Iterator[str]:
    """The same text piece by piece; an iterator in `value` is a list of records, each made when it is written."""
    for piece in _pieces(value, "\n"):
        yield _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", piece)


def _pieces(value: Any, line: str) -> Iterator[str]:
    """Of what holds an iterator every part is a piece of its own, of all else the whole; `line` as in `_encode`."""
    inner = f"{line}  "
    if isinstance(value, Iterator):
        first = next(value, None)
        yield "[]" if first is None else f"[{inner}{_encode(first, inner)[0]}"
        for item in value:
            yield f",{inner}{_encode(item, inner)[0]}"
        yield "" if first is None else f"{line}]"
    elif _goes_on(value):
        pairs = (
            [(f"{_quoted(name)}: ", item) for name, item in value.items()]
            if isinstance(value, dict)
            else [("", item) for item in value]
        )
        for number, (name, item) in enumerate(pairs):
            yield f"{',' if number else '{' if name else '['}{inner}{name}"
            yield from _pieces(item, inner)
        yield line + ("}" if isinstance(value, dict) else "]")
    else:
        yield _encode(value, line)[0]


def _goes_on(value: Any) -> bool:
    """Whether there is an iterator in a value."""
    if isinstance(value, dict | list):
        return any(map(_goes_on, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Iterator)


def _encode(value: Any, line: str) -> tuple[str, int]:
    """The text and how many levels of containers it holds; `line` is a line break with the present indent."""
    if isinstance(value, str):
        return _quoted(value), 0
    if isinstance(value, Decimal):
        return plain(value), 0
    if value is None:
        return "null", 0
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
