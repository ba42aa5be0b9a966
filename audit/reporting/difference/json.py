"""A difference as JSON, version 1: every change with the numbers before and after, exact."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from audit.model.difference import Difference, FigureChange, RelationChange, RowChange
from audit.model.phrase import Language
from audit.model.report import Check, FigureUse
from audit.reporting.json import encode

SCHEMA = "audit-difference/1"


def render(difference: Difference, *, language: Language = "en") -> str:
    """The whole difference as JSON text, titles always in both languages."""
    return encode(as_json(difference)) + "\n"


def as_json(difference: Difference) -> dict[str, Any]:
    """The difference as plain lists and dicts; numbers are `Decimal`."""
    return {
        "schema": SCHEMA,
        "old": difference.old,
        "new": difference.new,
        "same": difference.same,
        "figures": [_figure(change) for change in difference.figures],
        "relations": [_relation(change) for change in difference.relations],
        "moves": [asdict(move) for move in difference.moves],
        "rows": [_row(change) for change in difference.rows],
    }


def _figure(change: FigureChange) -> dict[str, Any]:
    figure = change.either
    names = ("region", "industry", "indicator", "period", "measure")
    return {
        "kind": change.kind,
        "key": {"document": figure.cell.document, **{name: getattr(figure, name) for name in names}},
        "before": _stated(change.before),
        "after": _stated(change.after),
        "delta": change.delta,
    }


def _stated(figure: FigureUse | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    cell = figure.cell
    names = ("id", "clause", "literal", "value", "low", "high", "unit", "evidence", "source", "line")
    return {name: getattr(cell, name) for name in names}


def _relation(change: RelationChange) -> dict[str, Any]:
    check = change.after or change.before
    assert check is not None
    return {
        "kind": change.kind,
        "id": check.id,
        "rule": check.rule,
        "key": check.key,
        "title": asdict(change.title),
        "before": _fared(change.before),
        "after": _fared(change.after),
    }


def _fared(check: Check | None) -> dict[str, Any] | None:
    if check is None:
        return None
    return {"verdict": check.verdict, "imbalance": check.imbalance, "equation": check.equation}


def _row(change: RowChange) -> dict[str, Any]:
    cells = {name: {"before": before, "after": after} for name, (before, after) in change.cells.items()}
    return {"table": change.table, "kind": change.kind, "key": change.key, "cells": cells}
