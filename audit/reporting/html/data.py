"""The data of the page, packed: every text once, every record a few numbers, so that it opens at once.

`texts` holds each text; all other numbers that stand for a text are places in it (0 is the empty text).
Figures and checks are columns of equal length. Texts are made inert and very long ones are cut here, and so are lists
that no browser would open: what is left out is told among what was not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from audit.model.phrase import LANGUAGES, Language, Phrase
from audit.model.report import SEVERITIES, VERDICTS, Cell, Check, FigureUse, Finding, Report
from audit.reporting.assessment import (
    Answerable,
    confidence,
    effect,
    finding_heading,
    heading,
    lacking,
    qualification,
    recommendation,
    where,
)
from audit.reporting.chapters import coverage_by_chapter
from audit.reporting.corrections import cells_by_id
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    comparison_line,
    counts_line,
    doubt_label,
    verdict_sentence,
)
from audit.reporting.names import Names, names_of
from audit.reporting.numbers import common_unit, plain, signed
from audit.reporting.outline import Group, document_of, gaps, groups
from audit.reporting.relations import measures, relation
from audit.reporting.rest import Bounds, told
from audit.reporting.terms import terms
from audit.reporting.unread import unread
from audit.wording import words

BOUNDS = Bounds(findings=20_000, checks=200_000, untestable=20_000)
_FIGURES, _CHARACTERS = 200_000, 5_000_000
"""The most figures and characters of source texts that a page holds."""
_LONG = 400
_SHORT = 120
_DIMENSIONS = ("indicator", "region", "industry", "period", "measure")
_FIGURE = (
    "id", "document", "clause", "literal", "value", "low", "high", "unit", "evidence", "marked", "marked_to", "row",
    "start", "end", "figure", "untold", "scanned", *_DIMENSIONS,
)  # fmt: skip
_CHECK = (
    "id", "rule", "verdict", "key_zh", "key_en", "document", "relation", "left", "right", "imbalance", "unit",
    "left_low", "left_high", "right_low", "right_high", "missing", "untold",
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


def pack(report: Report, rest: str = "") -> dict[str, Any]:
    """Everything that the page shows, as lists and dicts ready for JSON; the same for the same report. `rest` is the file of
    what it does not show."""
    texts = Texts()
    report, cuts = _bounded(report)
    names = tuple(names_of(report, language) for language in LANGUAGES)
    checks = all_checks(report)
    figures, places = _figures(report.figures, checks, names[0], texts)
    found = groups(report)
    packed = {
        "version": report.version,
        "summary": asdict(report.summary),
        "sentence": {
            lang: verdict_sentence(report, words(lang)) for lang in ("zh", "en")
        },
        "counts": {lang: counts_line(report, words(lang)) for lang in LANGUAGES},
        "comparison": _comparison(report),
        "unread": {one.words.language: (*unread(report, one.words), *_cut(cuts, rest, one)) for one in names},
        "labels": {inert(code): inert(label) for code, label in report.labels.items()},
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
        "checks": _checks(checks, report, places, names, texts),
        "findings": _findings(
            (finding for group in found for finding in group.findings),
            {check.id: place for place, check in enumerate(checks)}, names, texts,
        ),
        "groups": _groups(found, report, names, texts),
        "gaps": [
            {
                "rule": texts(gap.rule), "document": texts(gap.document), "checks": len(gap.checks),
                "missing": [texts(lacking(gap, one)) for one in names],
                "some": [texts(check.id) for check in gap.checks[:6]],
            }
            for gap in gaps(report)
        ],
        "sources": dict(report.texts),
    }  # fmt: skip
    return {**packed, "texts": list(texts.places)}


def _bounded(report: Report) -> tuple[Report, tuple[tuple[int, int], ...]]:
    """The report with as much as a page bears, and for findings, checks, figures and texts: how many are left of all."""
    findings = tuple(finding for group in groups(report) for finding in group.findings)[: BOUNDS.findings]
    room, texts = _CHARACTERS, {}
    for name, text in report.texts.items():
        if len(text) <= room:
            texts[name], room = text, room - len(text)
    small = replace(
        report, findings=findings, checks=report.checks[: BOUNDS.checks], figures=report.figures[:_FIGURES],
        untestable=report.untestable[: BOUNDS.untestable], texts=texts,
    )  # fmt: skip
    parts = ("findings", "checks", "figures", "texts")
    return small, tuple((len(getattr(small, part)), len(getattr(report, part))) for part in parts)


def _cut(cuts: Sequence[tuple[int, int]], rest: str, names: Names) -> list[str]:
    _ = names.words
    parts = (_("findings"), rest), (_("checks"), rest), (_("figures"), ""), (_("source texts"), "")
    return [
        told(name, shown, every, file, _)
        for (name, file), (shown, every) in zip(parts, cuts, strict=True)
        if shown < every
    ]


def _groups(
    told: Sequence[Group], report: Report, names: Sequence[Names], texts: Texts
) -> list[dict[str, Any]]:
    """The groups in their order; `findings` counts theirs, which stand one after the other in the list of findings."""
    answerable, cells = Answerable(report), cells_by_id(report) if report.causes else {}
    return [
        {
            "id": group.cause.id if group.cause else "",
            "cause": group.cause is not None,
            "waived": group.waived,
            "severity": SEVERITIES.index(group.severity),
            "findings": len(group.findings),
            "heading": [texts(heading(group, one), _LONG) for one in names],
            "where": [texts(where(group.findings, one), _LONG) for one in names],
            "confidence": [texts(confidence(group, one.words)) for one in names],
            "effect": [texts(effect(group, one.words), _LONG) for one in names],
            "qualification": [texts(qualification(group, one.words), _LONG) for one in names],
            "recommendation": [texts(recommendation(group, cells, one), 2 * _LONG) for one in names],
            "responsible": [texts(answerable.bodies(group.findings, one.words), _LONG) for one in names],
        }
        for group in told
    ]


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
    uses: Sequence[FigureUse], checks: Iterable[Check], names: Names, texts: Texts
) -> tuple[dict[str, Column], dict[tuple[object, ...], int]]:
    """The columns of figures, and of other rows that checks looked at; the place of each by its identity."""
    columns: dict[str, Column] = {name: [] for name in _FIGURE}
    places: dict[tuple[object, ...], int] = {}
    bare = not uses
    for use in uses:
        places[use.cell.identity] = len(places)
        own = {"indicator": use.indicator, "region": use.region, "industry": use.industry}
        _append(
            columns,
            {
                **_figure(
                    use.cell, {**own, "period": use.period, "measure": use.measure}, True, names, texts
                ),
                "untold": int(use.untold),
            },
        )
    for check in checks:
        for cell in check.cells:
            if cell.identity not in places:
                places[cell.identity] = len(places)
                _append(
                    columns, _figure(cell, cell.dimensions, bare and cell.value is not None, names, texts)
                )
    return columns, places


def _figure(
    cell: Cell, dimensions: dict[str, str], is_figure: bool, names: Names, texts: Texts
) -> dict[str, int]:
    """A figure's row; `marked` to `marked_to` is the figure in its evidence, `start` to `end` in its source (-1: none)."""
    quote = names.quote(cell)
    sourced = cell.document in names.texts and cell.start is not None and cell.end is not None
    return {
        "id": texts(cell.id, _LONG),
        "document": texts(cell.document),
        "clause": texts(cell.clause if cell.clause or cell.document else names.row(cell), _LONG),
        "literal": texts(cell.literal),
        "value": texts(plain(cell.value)),
        "low": texts(plain(cell.low)),
        "high": texts(plain(cell.high)),
        "unit": texts(cell.unit),
        "evidence": texts(str(quote), _LONG),
        "marked": len(quote.before) if quote.figure else -1,
        "marked_to": len(quote.before) + len(quote.figure) if quote.figure else -1,
        "row": texts(cell.where, _LONG),
        "start": cell.start if sourced and cell.start is not None else -1,
        "end": cell.end if sourced and cell.end is not None else -1,
        "figure": int(is_figure),
        "untold": 0,
        "scanned": texts("" if cell.scanned is None else f"{cell.scanned:.0%}"),
        **{name: texts(dimensions.get(name, "")) for name in _DIMENSIONS},
    }


def _append(columns: dict[str, Column], row: dict[str, int]) -> None:
    for name, value in row.items():
        columns[name].append(value)


def _checks(
    checks: Iterable[Check],
    report: Report,
    places: dict[tuple[object, ...], int],
    names: Sequence[Names],
    texts: Texts,
) -> dict[str, Any]:
    """Columns of checks; check i has the operands and figures from `first[i]` to `first[i + 1]`.

    `terms` from `ends[i]` to `ends[i + 1]` draw its relation: a negative number is a word (a place in `texts`),
    any other counts the figures of the check.
    """
    columns: dict[str, Column] = {name: [] for name in _CHECK}
    first, figures, drawn, ends = [0], [], [], [0]
    operands: dict[str, Column] = {"operands_zh": [], "operands_en": []}
    numbers = {rule.id: place for place, rule in enumerate(report.rules)}
    for check in checks:
        row = {
            "id": texts(check.id),
            "rule": numbers.get(check.rule, -1),
            "verdict": VERDICTS.index(check.verdict),
            "document": texts(document_of(check)),
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
            "untold": sum(check.untold.values()),
            **{f"key_{one.words.language}": texts(one.key(check.key)) for one in names},
        }
        _append(columns, row)
        for one in names:
            operands[f"operands_{one.words.language}"] += map(texts, one.operands(check.cells))
        for term in terms(check):
            drawn.append(-texts(term) if isinstance(term, str) else term)
        ends.append(len(drawn))
        figures += [places[cell.identity] for cell in check.cells]
        first.append(len(figures))
    return {**columns, **operands, "first": first, "figures": figures, "terms": drawn, "ends": ends}


def _findings(
    findings: Iterable[Finding], places: dict[str, int], names: Sequence[Names], texts: Texts
) -> list[dict[str, Any]]:
    def both(phrase: Phrase) -> list[int]:
        return [texts(phrase.zh, _LONG), texts(phrase.en, _LONG)]

    return [
        {
            "check": places[finding.check.id],
            "severity": SEVERITIES.index(finding.severity),
            "message": [texts(finding_heading(finding, one.words), _LONG) for one in names],
            "why": both(finding.why),
            "doubt": [texts(doubt_label(finding, one.words)) for one in names],
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
