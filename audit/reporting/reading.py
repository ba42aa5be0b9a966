"""JSON reports read back: what is not as the schema says is told with its place, and nothing of it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from audit.model.cause import Alternative, Cause, CauseKind, Edit, Effect
from audit.model.errors import InputError, Term
from audit.model.phrase import Phrase
from audit.model.records import Fault, each, of, part
from audit.model.report import (
    Change,
    Check,
    Comparison,
    FigureUse,
    Finding,
    Input,
    Reading,
    Report,
    RuleCard,
    Severity,
    Summary,
    TableIdentity,
    Untold,
    Waiver,
)
from audit.model.rows import Clause, Document

SCHEMA = "audit-report/1"


def read_report(text: str, name: str = "report") -> Report:
    """The `Report` of a JSON report; `name` is its file, for messages. Without all checks in it, it has none.

    Raises InputError when `text` is not JSON, is of another version, lacks something or has something of another kind.
    """
    value = _json(text, name)
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
    except Fault as fault:
        raise InputError(
            "{file} is not a complete report: {place} should be {wanted}; "
            "make it again with `audit check --format json`.",
            file=name,
            place=fault.place,
            wanted=Term(fault.wanted),
        ) from None


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_float=_decimal, parse_int=_decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise InputError("{file} is not a JSON report: {fault}", file=name, fault=str(fault)) from None


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"{digits[:20]}… is no number") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _report(value: Mapping[str, Any]) -> Report:
    return Report(
        version=part(value, "tool", lambda tool: part(tool, "version", of(str))),
        summary=part(value, "summary", of(Summary)),
        documents=part(value, "documents", of(tuple[Document, ...])),
        inputs=part(value, "inputs", of(tuple[Input, ...])),
        rules=part(value, "rules", of(tuple[RuleCard, ...])),
        findings=part(value, "findings", _findings),
        untestable=part(value, "untestable", of(tuple[Check, ...])),
        unbound_rules=part(value, "unbound_rules", of(tuple[str, ...])),
        checks=part(value, "checks", of(tuple[Check, ...]), ()),
        figures=part(value, "figures", of(tuple[FigureUse, ...]), ()),
        clauses=part(value, "clauses", of(tuple[Clause, ...]), ()),
        comparison=part(value, "comparison", _comparison) if "comparison" in value else None,
        notes=part(value, "notes", of(tuple[Phrase, ...]), ()),
        reading=part(value, "reading", of(Reading), Reading()),
        identities=part(value, "identities", of(tuple[TableIdentity, ...]), ()),
        untold=part(value, "untold", of(tuple[Untold, ...]), ()),
        causes=part(value, "causes", lambda causes: each(causes, _cause), ()),
        labels=part(value, "labels", of(dict[str, str]), {}),
    )


def _cause(value: Any) -> Cause:
    return Cause(
        id=part(value, "id", of(str)),
        kind=part(value, "kind", of(CauseKind)),
        message=part(value, "message", of(Phrase)),
        confidence=part(value, "confidence", of(Decimal)),
        findings=part(value, "findings", of(tuple[str, ...])),
        checks=part(value, "checks", of(tuple[str, ...])),
        edits=part(value, "edits", _edits),
        effect=part(value, "effect", of(Effect)),
        alternatives=part(value, "alternatives", lambda others: each(others, _alternative), ()),
    )


def _alternative(value: Any) -> Alternative:
    return Alternative(part(value, "edits", _edits), part(value, "confidence", of(Decimal)))


def _edits(value: Any) -> tuple[Edit, ...]:
    return each(value, _edit)


def _edit(value: Any) -> Edit:
    places = (part(value, name, of(str)) for name in ("table", "row", "column"))
    ends = (part(value, name, of(str | None)) for name in ("from", "to"))
    return Edit(*places, *ends)


def _findings(value: Any) -> tuple[Finding, ...]:
    return each(value, _finding)


def _finding(value: Any) -> Finding:
    """A finding stands in JSON as one object with its check."""
    return Finding(
        check=of(Check)(value),
        severity=part(value, "severity", of(Severity)),
        level=part(value, "level", of(int)),
        message=part(value, "message", of(Phrase)),
        why=part(value, "why", of(Phrase)),
        certain=part(value, "certain", of(bool)),
        waiver=part(value, "waiver", of(Waiver | None)),
        change=part(value, "change", of(Change | None)),
    )


def _comparison(value: Any) -> Comparison:
    return Comparison(
        baseline=part(value, "baseline", of(str)),
        settled=part(value, "settled", _findings),
        lost=part(value, "lost", _findings),
    )
