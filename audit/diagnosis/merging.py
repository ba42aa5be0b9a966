"""Reports on several plans, each checked alone, and on what was found between them, as one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from audit.model.report import (
    SEVERITIES,
    VERDICTS,
    FigureUse,
    Finding,
    Input,
    LeftOut,
    Reading,
    Report,
    RuleCard,
    Summary,
    TableIdentity,
)


def merged(reports: Sequence[Report], between: Report | None = None) -> Report:
    """One report of several made with the same rules: all their findings, their totals added up.

    `between`, of some of the rules, is what was found between the plans. Findings come in order of weight, those of one
    weight plan by plan and then between them. A rule is unbound when it was in all of them.
    """
    first = reports[0]
    found = {card.id: card for card in between.rules} if between else {}
    columns = zip(*(report.rules for report in reports), strict=True)
    rules = tuple(
        _added([*cards, *([found[cards[0].id]] if cards[0].id in found else [])]) for cards in columns
    )
    reports = [*reports, *([between] if between else [])]
    unbound = tuple(card.id for card in rules if not card.checks)
    totals = {f.name: sum(getattr(report.summary, f.name) for report in reports) for f in fields(Summary)}
    findings = (finding for report in reports for finding in report.findings)
    return replace(
        first,
        summary=Summary(**{**totals, "rules": len(rules), "rules_unbound": len(unbound)}),
        documents=tuple(dict.fromkeys(document for report in reports for document in report.documents)),
        inputs=_inputs(source for report in reports for source in report.inputs),
        rules=rules,
        findings=tuple(sorted(findings, key=_weight)),
        untestable=tuple(check for report in reports for check in report.untestable),
        unbound_rules=unbound,
        checks=tuple(check for report in reports for check in report.checks),
        figures=_figures(report.figures for report in reports),
        clauses=tuple(dict.fromkeys(clause for report in reports for clause in report.clauses)),
        untold=tuple(one for report in reports for one in report.untold),
        notes=tuple(dict.fromkeys(note for report in reports for note in report.notes)),
        reading=_together(report.reading for report in reports),
        identities=_identities(one for report in reports for one in report.identities),
        labels={code: label for report in reports for code, label in report.labels.items()},
        texts={name: text for report in reports for name, text in report.texts.items()},
    )


def _figures(figures: Iterable[Sequence[FigureUse]]) -> tuple[FigureUse, ...]:
    """The figures of all plans, each once with all checks that it took part in."""
    found: dict[tuple[str, str], FigureUse] = {}
    for use in (use for uses in figures for use in uses):
        key = use.cell.document, use.cell.id
        before = found.get(key)
        if before is not None:
            use = replace(
                before, checks=(*before.checks, *use.checks), compared=before.compared or use.compared,
                untold=before.untold and use.untold,
            )  # fmt: skip
        found[key] = use
    return tuple(found.values())


def _identities(identities: Iterable[TableIdentity]) -> tuple[TableIdentity, ...]:
    """What the rows of the tables of all plans go by; rows that are alike in several plans are added up."""
    found: dict[str, TableIdentity] = {}
    for one in identities:
        before = found.get(one.table)
        found[one.table] = replace(one, alike=one.alike + before.alike) if before else one
    return tuple(found.values())


def _together(readings: Iterable[Reading]) -> Reading:
    """What several documents held and what of it was read; numerals left out for one reason are added up."""
    readings = tuple(readings)
    counts: Counter[str] = Counter()
    for left_out in (one for reading in readings for one in reading.left_out):
        counts[left_out.why] += left_out.count
    return Reading(
        numerals=sum(reading.numerals for reading in readings),
        read=sum(reading.read for reading in readings),
        left_out=tuple(LeftOut(why, count) for why, count in counts.items()),
        unreadable=tuple(one for reading in readings for one in reading.unreadable),
        not_read=tuple(dict.fromkeys(name for reading in readings for name in reading.not_read)),
    )


def _weight(finding: Finding) -> tuple[int, bool]:
    return SEVERITIES.index(finding.severity), finding.check.verdict != "violated"


def _inputs(sources: Iterable[Input]) -> tuple[Input, ...]:
    return tuple(sorted(dict.fromkeys(sources), key=lambda source: source.path))


def _added(cards: Sequence[RuleCard]) -> RuleCard:
    return replace(cards[0], **{name: sum(getattr(c, name) for c in cards) for name in ("checks", *VERDICTS)})
