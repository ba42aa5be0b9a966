"""The parts of a report as frames of pandas or Polars, for those who go on working with them.

One row a finding, check, cell, rule, figure or cause. The parts of a key are columns of their own, `key_region`.
Numbers are floats here, as frames calculate with them: nearest to the exact numbers that the records hold, after
every verdict has been given on those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, get_args

from audit.model.cause import Cause, Edit
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import Cell, Check, FigureUse, Finding, FrameOf, Library, Report, RuleCard
from audit.reporting.numbers import common_unit
from audit.reporting.relations import relation
from audit.wording import language_of

Type = Literal["text", "number", "count", "truth"]
_Row = tuple[object, ...]

_SIDES: Mapping[str, Type] = {"left": "number", "right": "number", "imbalance": "number", "unit": "text"}
_COLUMNS: Mapping[FrameOf, Mapping[str, Type]] = {
    "findings": {
        "id": "text", "rule": "text", "level": "count", "severity": "text", "verdict": "text", "certain": "truth",
        "waived": "truth", "change": "text", "message": "text", "relation": "text", **_SIDES,
    },
    "checks": {
        "id": "text", "rule": "text", "verdict": "text", "relation": "text", **_SIDES, "left_low": "number",
        "left_high": "number", "right_low": "number", "right_high": "number", "missing": "text",
    },
    "cells": {
        "check": "text", "verdict": "text", "operand": "text", "table": "text", "row": "text", "column": "text",
        "source": "text", "line": "count", "address": "text", "document": "text", "clause": "text", "literal": "text",
        "value": "number", "low": "number", "high": "number", "unit": "text", "evidence": "text",
    },
    "rules": {
        "id": "text", "title": "text", "severity": "text", "level": "count", "check": "text", "source": "text",
        "line": "count", "checks": "count", "holds": "count", "reconcilable": "count", "violated": "count",
        "untestable": "count",
    },
    "figures": {
        "id": "text", "document": "text", "clause": "text", "indicator": "text", "region": "text", "industry": "text",
        "period": "text", "measure": "text", "literal": "text", "value": "number", "low": "number",
        "high": "number", "unit": "text", "checks": "count", "compared": "truth",
    },
    "causes": {
        "id": "text", "kind": "text", "message": "text", "confidence": "number", "findings": "count",
        "edits": "text", "gone": "count", "new": "count", "holds": "count",
    },
}  # fmt: skip
_PANDAS: Mapping[Type, str] = {"text": "object", "number": "float64", "count": "Int64", "truth": "boolean"}


def frame(report: Report, of: FrameOf, *, library: Library, language: Language | None) -> Any:
    """A part of the report as a frame of `library`; what is not there is null.

    Raises `InputError` for a part that no report has or that this report was not asked to keep.
    """
    if of not in _COLUMNS:
        raise _unknown("of", of, get_args(FrameOf))
    if library not in get_args(Library):
        raise _unknown("library", library, get_args(Library))
    columns = dict(_COLUMNS[of])
    rows, keys = _ROWS[of](report, language or language_of())
    names = list(dict.fromkeys(name for key in keys for name in key))
    columns |= {f"key_{name}": "text" for name in names}
    whole = [(*row, *map(key.get, names)) for row, key in zip(rows, keys, strict=True)] if keys else rows
    cells = [list(column) for column in zip(*whole, strict=True)] or [[] for _ in columns]
    make = _polars if library == "polars" else _pandas
    return make({name: (kind, column) for (name, kind), column in zip(columns.items(), cells, strict=True)})


def _unknown(what: str, given: object, known: Iterable[str]) -> InputError:
    return InputError("{what} cannot be {given}; use one of {known}.",
                      what=what, given=repr(given), known=", ".join(known))  # fmt: skip


def _pandas(columns: Mapping[str, tuple[Type, list[object]]]) -> Any:
    import pandas as pd

    return pd.DataFrame(
        {name: pd.Series(cells, dtype=_PANDAS[kind]) for name, (kind, cells) in columns.items()}
    )


def _polars(columns: Mapping[str, tuple[Type, list[object]]]) -> Any:
    import polars as pl

    types = {"text": pl.String, "number": pl.Float64, "count": pl.Int64, "truth": pl.Boolean}
    return pl.DataFrame(
        {name: pl.Series(cells, dtype=types[kind]) for name, (kind, cells) in columns.items()}
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _text(value: str | None) -> str | None:
    """A text; null for none, as an empty text says nothing."""
    return value or None


_Found = tuple[Sequence[_Row], Sequence[Mapping[str, str]]]
"""The rows of a frame and, where they are checks, their keys."""


def _findings(report: Report, language: Language) -> _Found:
    def row(finding: Finding) -> _Row:
        check = finding.check
        return (
            finding.id, check.rule, finding.level, finding.severity, check.verdict, finding.certain,
            finding.waiver is not None, finding.change, finding.message.in_(language), *_sides(check),
        )  # fmt: skip

    return [row(finding) for finding in report.findings], [finding.check.key for finding in report.findings]


def _sides(check: Check) -> _Row:
    sides = (_number(number) for number in (check.left, check.right, check.imbalance))
    return _text(relation(check)), *sides, _text(common_unit(check.cells))


def _checks(report: Report, _: Language) -> _Found:
    def row(check: Check) -> _Row:
        ends = (check.left_low, check.left_high, check.right_low, check.right_high)
        return (
            check.id, check.rule, check.verdict, *_sides(check), *map(_number, ends),
            _text(", ".join(check.missing)),
        )  # fmt: skip

    kept = _kept(report)
    return [row(check) for check in kept], [check.key for check in kept]


def _kept(report: Report) -> tuple[Check, ...]:
    if report.summary.checks and not report.checks:
        raise InputError("the report did not keep the checks that hold; make it with everything=True "
                         "(on the command line --all).")  # fmt: skip
    return report.checks


def _cells(report: Report, _: Language) -> _Found:
    """The cells of every check that the report has: all of them, or those that do not hold."""

    def row(check: Check, cell: Cell) -> _Row:
        numbers = map(_number, (cell.value, cell.low, cell.high))
        return (
            check.id, check.verdict, cell.operand, cell.table, cell.id, _text(cell.column), _text(cell.source),
            cell.line or None, _text(cell.address), _text(cell.document), _text(cell.clause), _text(cell.literal), *numbers,
            _text(cell.unit), _text(cell.evidence),
        )  # fmt: skip

    checks = report.checks or (*(finding.check for finding in report.findings), *report.untestable)
    return [row(check, cell) for check in checks for cell in check.cells], ()


def _rules(report: Report, language: Language) -> _Found:
    def row(rule: RuleCard) -> _Row:
        return (
            rule.id, rule.title.in_(language), rule.severity, rule.level, rule.expression, _text(rule.source), rule.line,
            rule.checks, rule.holds, rule.reconcilable, rule.violated, rule.untestable,
        )  # fmt: skip

    return [row(rule) for rule in report.rules], ()


def _figures(report: Report, _: Language) -> _Found:
    if report.summary.figures and not report.figures:
        raise InputError(
            "the report did not keep its figures; make it with everything=True (on the command line --all)."
        )

    def row(use: FigureUse) -> _Row:
        cell = use.cell
        texts = (cell.document, cell.clause, use.indicator, use.region, use.industry, use.period, use.measure)
        numbers = map(_number, (cell.value, cell.low, cell.high))
        return (
            cell.id, *map(_text, texts), _text(cell.literal), *numbers, _text(cell.unit), len(use.checks), use.compared,
        )  # fmt: skip

    return [row(use) for use in report.figures], ()


def _causes(report: Report, language: Language) -> _Found:
    if not report.causes and any(finding.waiver is None for finding in report.findings):
        raise InputError(
            "the report was made without causes; make it with causes=True (on the command line `audit explain`)."
        )

    def row(cause: Cause) -> _Row:
        effect = cause.effect
        return (
            cause.id, cause.kind, cause.message.in_(language), float(cause.confidence), len(cause.findings),
            _text("; ".join(map(_edit, cause.edits))), effect.gone, effect.new, effect.holds,
        )  # fmt: skip

    return [row(cause) for cause in report.causes], ()


def _edit(edit: Edit) -> str:
    return f"{edit.table} {edit.row} {edit.column}: {edit.before or '–'} → {edit.after or '–'}"


_ROWS: Mapping[FrameOf, Callable[[Report, Language], _Found]] = {
    "findings": _findings, "checks": _checks, "cells": _cells, "rules": _rules, "figures": _figures, "causes": _causes,
}  # fmt: skip
