"""The data of the page, packed: every text once, every record a few numbers, so that it opens at once.

`texts` holds each text; all other numbers that stand for a text are places in it (0 is the empty text).
Figures and checks are columns of equal length. Texts are made inert and very long ones are cut here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from audit.model.phrase import Language, Phrase
from audit.model.report import SEVERITIES, VERDICTS, Cell, Check, FigureUse, Finding, Report
from audit.reporting.chapters import coverage_by_chapter
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    comparison_line,
    counts_line,
    key_label,
    operand_labels,
    row_label,
    verdict_sentence,
)
from audit.reporting.numbers import common_unit, plain, signed
from audit.reporting.relations import measures, relation
from audit.reporting.terms import terms
from audit.reporting.unread import unread
from audit.wording import words

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_LONG = 400
_SHORT = 120
_DIMENSIONS = ("indicator", "region", "industry", "period", "measure")
_FIGURE = (
    "id", "document", "clause", "literal", "value", "low", "high", "unit", "evidence", "source", "line",
    "figure", *_DIMENSIONS,
)  # fmt: skip
_CHECK = (
    "id", "rule", "verdict", "key_zh", "key_en", "document", "relation", "left", "right", "imbalance", "unit",
    "left_low", "left_high", "right_low", "right_high", "missing",
)  # fmt: skip
Column = list[int]


class Texts:
    """Texts in the order of their first use, each with its place."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {"": 0}
        self._known: dict[tuple[str, int, str], int] = {("", _SHORT, ""): 0}

    def __call__(self, text: str | None, limit: int = _SHORT, around: str = "") -> int:
        """The place of `text`, made inert and cut to `limit`; 0 for none."""
        asked = (text or "", limit, around)
        if asked not in self._known:
            shown = excerpt(inert(asked[0]), inert(around), limit)
            self._known[asked] = self.places.setdefault(shown, len(self.places))
        return self._known[asked]


def pack(report: Report) -> dict[str, Any]:
    """Everything that the page shows, as lists and dicts ready for JSON; the same for the same report."""
    texts = Texts()
    checks = all_checks(report)
    figures, places = _figures(report.figures, checks, texts)
    packed = {
        "version": report.version,
        "summary": asdict(report.summary),
        "sentence": {
            lang: verdict_sentence(report.summary, report.findings, words(lang)) for lang in ("zh", "en")
        },
        "counts": {lang: counts_line(report.summary, report.findings, words(lang)) for lang in LANGUAGES},
        "comparison": _comparison(report),
        "unread": {lang: unread(report, words(lang)) for lang in LANGUAGES},
        "documents": [_shown(asdict(document)) for document in report.documents],
        "rules": [
            {**_shown(asdict(rule)), "unbound": rule.id in report.unbound_rules} for rule in report.rules
        ],
        "inputs": [[inert(source.path), inert(source.sha256)] for source in report.inputs],
        "chapters": [
            [texts(part.document), texts(part.label), part.figures, part.covered]
            for part in coverage_by_chapter(report)
        ],
        "figures": figures,
        "checks": _checks(checks, report, places, texts),
        "findings": _findings(
            report.findings, {check.id: place for place, check in enumerate(checks)}, texts
        ),
    }
    return {**packed, "texts": list(texts.places)}


def _comparison(report: Report) -> dict[Language, str] | None:
    if report.comparison is None:
        return None
    return {lang: comparison_line(report.comparison, report.findings, words(lang)) for lang in LANGUAGES}


def all_checks(report: Report) -> tuple[Check, ...]:
    """Every check; of a report read from JSON without them, those of the findings and the untestable ones."""
    known = {check.id for check in report.checks}
    extra = (*(finding.check for finding in report.findings), *report.untestable)
    return (
        *report.checks,
        *{check.id: check for check in extra if check.id not in known}.values(),
    )


def _figures(
    uses: Iterable[FigureUse], checks: Iterable[Check], texts: Texts
) -> tuple[dict[str, Column], dict[tuple[object, ...], int]]:
    """The columns of figures, and of other rows that checks looked at; the place of each by its identity."""
    columns: dict[str, Column] = {name: [] for name in _FIGURE}
    places: dict[tuple[object, ...], int] = {}
    for use in uses:
        places[use.cell.identity] = len(places)
        own = {"indicator": use.indicator, "region": use.region, "industry": use.industry}
        _append(
            columns, _figure(use.cell, {**own, "period": use.period, "measure": use.measure}, True, texts)
        )
    for check in checks:
        for cell in check.cells:
            if cell.identity not in places:
                places[cell.identity] = len(places)
                _append(columns, _figure(cell, cell.dimensions, cell.value is not None, texts))
    return columns, places


def _figure(cell: Cell, dimensions: dict[str, str], is_figure: bool, texts: Texts) -> dict[str, int]:
    return {
        "id": texts(cell.id, _LONG),
        "document": texts(cell.document),
        "clause": texts(cell.clause if cell.clause or cell.document else row_label(cell), _LONG),
        "literal": texts(cell.literal),
        "value": texts(plain(cell.value)),
        "low": texts(plain(cell.low)),
        "high": texts(plain(cell.high)),
        "unit": texts(cell.unit),
        "evidence": texts(cell.evidence, _LONG, cell.literal),
        "source": texts(cell.source, _LONG),
        "line": cell.line,
        "figure": int(is_figure),
        **{name: texts(dimensions.get(name, "")) for name in _DIMENSIONS},
    }


def _append(columns: dict[str, Column], row: dict[str, int]) -> None:
    for name, value in row.items():
        columns[name].append(value)


def _checks(
    checks: Iterable[Check], report: Report, places: dict[tuple[object, ...], int], texts: Texts
) -> dict[str, Any]:
    """Columns of checks; check i has the operands and figures from `first[i]` to `first[i + 1]`.

    `terms` from `ends[i]` to `ends[i + 1]` draw its relation: a negative number is a word (a place in `texts`),
    any other counts the figures of the check.
    """
    columns: dict[str, Column] = {name: [] for name in _CHECK}
    first, figures, drawn, ends = [0], [], [], [0]
    operands: dict[str, Column] = {"operands_zh": [], "operands_en": []}
    titles = {document.id: document.title for document in report.documents}
    numbers = {rule.id: place for place, rule in enumerate(report.rules)}
    for check in checks:
        document = check.key.get("document", "") or (check.cells[0].document if check.cells else "")
        row = {
            "id": texts(check.id),
            "rule": numbers.get(check.rule, -1),
            "verdict": VERDICTS.index(check.verdict),
            "document": texts(document),
            "relation": texts(relation(check), _LONG),
            "left": texts(plain(check.left)),
            "right": texts(plain(check.right)),
            "imbalance": texts(signed(check.imbalance) if measures(check) else ""),
            "unit": texts(common_unit(check.cells)),
            "left_low": texts(plain(check.left_low)),
            "left_high": texts(plain(check.left_high)),
            "right_low": texts(plain(check.right_low)),
            "right_high": texts(plain(check.right_high)),
            "missing": texts("、".join(check.missing)),
            **{f"key_{lang}": texts(key_label(check.key, words(lang))) for lang in LANGUAGES},
        }
        _append(columns, row)
        for language in LANGUAGES:
            operands[f"operands_{language}"] += map(
                texts, operand_labels(check.cells, words(language), titles)
            )
        for term in terms(check):
            drawn.append(-texts(term) if isinstance(term, str) else term)
        ends.append(len(drawn))
        figures += [places[cell.identity] for cell in check.cells]
        first.append(len(figures))
    return {**columns, **operands, "first": first, "figures": figures, "terms": drawn, "ends": ends}


def _findings(findings: Iterable[Finding], places: dict[str, int], texts: Texts) -> list[dict[str, Any]]:
    def both(phrase: Phrase) -> list[int]:
        return [texts(phrase.zh, _LONG), texts(phrase.en, _LONG)]

    return [
        {
            "check": places[finding.check.id],
            "severity": SEVERITIES.index(finding.severity),
            "message": both(finding.message),
            "why": both(finding.why),
            "certain": finding.certain,
            "change": finding.change,
            "waiver": _shown(asdict(finding.waiver)) if finding.waiver else None,
        }
        for finding in findings
    ]


def _shown(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose texts are inert and not too long."""
    return {
        name: excerpt(inert(value), "", _LONG)
        if isinstance(value, str)
        else _shown(value)
        if isinstance(value, dict)
        else value
        for name, value in record.items()
    }
