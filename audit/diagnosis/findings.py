"""The report of a run, made from its confrontations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from audit.diagnosis.checks import Rows, every_check, not_held, taking_part, told_checks
from audit.diagnosis.decimals import is_rounded
from audit.diagnosis.figures import FIGURES, figure_uses, figures_compared, figures_covered
from audit.diagnosis.identities import notes_on, recorded
from audit.diagnosis.telling import sentence
from audit.engine.confront import Confrontation
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.engine.predicate import HOLDS, RECONCILABLE, UNTESTABLE, VIOLATED
from audit.language.rule import Rule
from audit.model.report import (
    SEVERITIES,
    VERDICTS,
    Cell,
    Check,
    FigureUse,
    Finding,
    Input,
    Report,
    RuleCard,
    Severity,
    Summary,
)  # fmt: skip
from audit.model.rows import Clause, Document
from audit.version import __version__


def build_report(
    confrontations: Sequence[Confrontation], rules: Sequence[Rule], tables: Mapping[str, Table], *,
    documents: tuple[Document, ...] = (), clauses: tuple[Clause, ...] = (), inputs: tuple[Input, ...] = (),
    least: Severity = "warning", everything: bool = False, labels: Mapping[str, str] = MappingProxyType({}),
    about: Rows | None = None,
) -> Report:  # fmt: skip
    """Findings of severity `least` and above, what could not be tested, and the totals.

    `rules` are all rules of the run, also those that bound nothing. With `everything` the report also holds every
    check and every figure with the checks that it took part in. `labels` are the English names of codes. With `about`
    only checks in which one of these rows takes part are told, and no figures.
    """
    identities = Identities(tables)
    shown = every_check(confrontations) if everything else not_held(confrontations)
    if about is not None:
        shown = [taking_part(c, own, about) for c, own in zip(confrontations, shown, strict=True)]
    told = told_checks(confrontations, identities, shown)
    checks = [check for group in told for check in group.values()]
    findings = _findings(confrontations, told, least, {d.id: d.title for d in documents}, labels)
    cards = tuple(_card(rule, confrontations) for rule in rules)
    unbound = tuple(card.id for card in cards if not card.checks)
    compared = figures_compared(confrontations, tables)
    figures = figure_uses(checks, identities, tables, compared) if everything and about is None else ()
    return Report(
        version=__version__,
        summary=_summary(confrontations, cards, tables, len(unbound), int(compared.sum())),
        documents=documents,
        inputs=inputs,
        rules=cards,
        findings=tuple(findings),
        untestable=tuple(check for check in checks if check.verdict == "untestable"),
        unbound_rules=unbound,
        checks=tuple(checks) if everything else (),
        figures=figures,
        clauses=clauses,
        notes=tuple(notes_on(identities.asked, {c.plan.rule.table for c in confrontations if c.plan.record})),
        identities=tuple(map(recorded, identities.asked)),
        labels=_spoken_of(labels, checks, figures),
    )


def _spoken_of(
    labels: Mapping[str, str], checks: Sequence[Check], figures: Sequence[FigureUse]
) -> dict[str, str]:
    """The labels of the codes that occur in figures and checks: in keys, cells or among what is missing."""
    found: set[str] = {name for use in figures for name in (use.region, use.industry, use.indicator)}
    for check in checks:
        found.update(check.key.values(), check.missing)
        for cell in check.cells:
            found.update(cell.dimensions.values())
    return {code: label for code, label in labels.items() if code in found}


def _findings(
    confrontations: Sequence[Confrontation],
    told: Sequence[Mapping[int, Check]],
    least: Severity,
    titles: Mapping[str, str],
    labels: Mapping[str, str],
) -> list[Finding]:
    found = []
    for confrontation, checks in zip(confrontations, told, strict=False):
        rule = confrontation.plan.rule
        for check in checks.values():
            if check.verdict in ("holds", "untestable"):
                continue
            severity = _severity(rule, check)
            if SEVERITIES.index(severity) > SEVERITIES.index(least):
                continue
            by_operand: dict[str, list[Cell]] = defaultdict(list)
            for cell in check.cells:
                by_operand[cell.operand].append(cell)
            sides = (check.left, check.right, check.imbalance)
            message = sentence(rule, check.verdict, check.key, by_operand, sides, titles, labels)
            found.append(Finding(check, severity, rule.level, message, rule.because))
    return sorted(
        found, key=lambda f: (SEVERITIES.index(f.severity), VERDICTS.index(f.check.verdict) != VIOLATED)
    )


def _severity(rule: Rule, check: Check) -> Severity:
    if check.verdict != "reconcilable":
        return rule.severity
    if rule.rounded is not None and is_rounded(check):
        return rule.rounded
    return "warning" if rule.severity == "error" else rule.severity


def _card(rule: Rule, confrontations: Sequence[Confrontation]) -> RuleCard:
    verdicts = [c.verdicts for c in confrontations if c.plan.rule.id == rule.id]
    totals = [
        int(sum((v == verdict).sum() for v in verdicts))
        for verdict in (HOLDS, RECONCILABLE, VIOLATED, UNTESTABLE)
    ]
    return RuleCard(
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        level=rule.level,
        because=rule.because,
        limits=rule.limits,
        expression=rule.check_text,
        source=rule.at.path,
        line=rule.at.line,
        checks=sum(totals),
        holds=totals[0],
        reconcilable=totals[1],
        violated=totals[2],
        untestable=totals[3],
    )


def _summary(
    confrontations: Sequence[Confrontation],
    cards: Sequence[RuleCard],
    tables: Mapping[str, Table],
    unbound: int,
    compared: int,
) -> Summary:
    total = {name: sum(getattr(card, name) for card in cards) for name in ("checks", *VERDICTS)}
    return Summary(
        figures=tables[FIGURES].length if FIGURES in tables else 0,
        figures_covered=int(figures_covered(confrontations, tables).sum()),
        figures_compared=compared,
        rules=len(cards),
        rules_unbound=unbound,
        waived=0,
        **total,
    )
