"""The report as cards inside another page: what a notebook shows of a `Report`, and Data Docs of a result.

Plain elements with their own style: no script, no style sheet, no link, nothing that is loaded. Every word of a plan is
made inert and escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit.model.phrase import Language
from audit.model.report import Cell, Finding, Report
from audit.reporting.assessment import finding_heading, heading, recommendation
from audit.reporting.corrections import cells_by_id
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    change_label,
    counts_line,
    doubt_label,
    severity_label,
    verdict_label,
    verdict_sentence,
    waiver_label,
)
from audit.reporting.names import Names, names_of
from audit.reporting.outline import Group, gaps, groups
from audit.reporting.relations import balance, reading, stated
from audit.reporting.unread import unread

SHOWN, _FINDINGS, _CELLS = 20, 5, 20
"""How many cards there are, findings on each, figures of each finding; the others are counted."""
_SENTENCE = 400
_COLOURS = {"error": "#c0392b", "warning": "#b9770e", "info": "#2e86c1"}


def render(report: Report, *, language: Language) -> str:
    """The verdict of the run, its totals, a card a cause with its findings, and what was not tested or not bound."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    names = names_of(report, language)
    cells = cells_by_id(report) if report.causes else {}
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    told = groups(report)
    return environment.get_template("cards.html.j2").render(
        lang="zh-CN" if language == "zh" else "en",
        sentence=verdict_sentence(report, names.words),
        counts=counts_line(report, names.words),
        cards=[_card(group, cells, names) for group in told[:SHOWN]],
        lines=[*_more(len(told) - SHOWN, names), *_lines(report, names)],
    )


def _more(count: int, names: Names) -> list[str]:
    return [names.words("and {n} more", n=count)] if count > 0 else []


def _card(group: Group, cells: Mapping[str, Cell], names: Names) -> dict[str, Any]:
    return {
        "colour": _COLOURS[group.severity],
        "severity": severity_label(group.severity, names.words),
        "heading": heading(group, names),
        "advice": recommendation(group, cells, names) if group.cause and group.cause.edits else "",
        "findings": [_finding(finding, names) for finding in group.findings[:_FINDINGS]],
        "more": " ".join(_more(len(group.findings) - _FINDINGS, names)),
    }


def _finding(finding: Finding, names: Names) -> dict[str, Any]:
    _, check = names.words, finding.check
    notes = [severity_label(finding.severity, _), verdict_label(check.verdict, _), change_label(finding, _)]
    notes += [doubt_label(finding, _)]
    notes += [waiver_label(finding.waiver, _)] if finding.waiver else []
    rows = zip(names.operands(check.cells), check.cells, names.places(check.cells), strict=True)
    return {
        "message": finding_heading(finding, _),
        "notes": _(", ").join(note for note in notes if note),
        "balance": balance(check, _),
        "cells": [
            (label, stated(cell), reading(cell), place, str(names.quote(cell))) for label, cell, place in rows
        ][:_CELLS],
        "rule": inert(check.rule),
        "id": inert(finding.id),
        "why": excerpt(inert(finding.why.in_(_.language)), "", _SENTENCE),
    }


def _lines(report: Report, names: Names) -> list[str]:
    _ = names.words
    untested = gaps(report)
    lines = [
        f"{_('Could not be tested')}: {names.rule(gap.rule)} ({names.key(gap.checks[0].key)}) — "
        f"{_('missing')}: {names.lacking(gap.missing)}"
        for gap in untested[:SHOWN]
    ]
    lines += _more(len(untested) - SHOWN, names)
    if report.unbound_rules:
        named = _(", ").join(map(inert, report.unbound_rules[:SHOWN]))
        lines.append(f"{_('Rules that found nothing to check')}: {len(report.unbound_rules)} ({named})")
    return [*lines, *unread(report, _)]
