"""The report of a run, made from its confrontations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from audit.diagnosis.checks import Rows
from audit.diagnosis.cut import MOST_FIGURES, cells_cut, counted_only, figures_cut
from audit.diagnosis.decimals import is_left_open, is_rounded
from audit.diagnosis.figures import FIGURES, FigureMarks, figure_uses
from audit.diagnosis.gathering import Gathered, Telling, gathered
from audit.diagnosis.identities import notes_on, recorded
from audit.diagnosis.telling import sentence
from audit.engine.frames import Table
from audit.engine.predicate import HOLDS, RECONCILABLE, UNTESTABLE, VIOLATED
from audit.language.plan import Plan
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
    Untold,
    Verdict,
)  # fmt: skip
from audit.model.rows import Clause, Document
from audit.version import __version__

if TYPE_CHECKING:
    from audit.diagnosis.again import Memory
    from audit.engine.processes import Helpers


def build_report(
    plans: Sequence[Plan], rules: Sequence[Rule], tables: Mapping[str, Table], *,
    documents: tuple[Document, ...] = (), clauses: tuple[Clause, ...] = (), inputs: tuple[Input, ...] = (),
    least: Severity = "warning", everything: bool = False, labels: Mapping[str, str] = MappingProxyType({}),
    about: Rows | None = None, most: int | None = None, memory: Memory | None = None, helpers: Helpers | None = None,
) -> Report:  # fmt: skip
    """What plans find in tables: findings of severity `least` and above, what could not be tested, and the totals.

    `rules` are all rules of the run, also those that bound nothing. With `everything` the report also holds every
    check and every figure with the checks that it took part in. `labels` are the English names of codes. With `about`
    only checks in which one of these rows takes part are told, and no figures; with `most` at most so many checks of each
    verdict of a rule, all others are counted (`untold`). `helpers` are processes that work beside this one.
    """
    of_run = gathered if memory is None else memory.gathered
    run = of_run(plans, tables, Telling(everything, about, most), helpers)
    confronted, told, identities = run.plans, run.told, run.identities
    checks = [check for group in told for check in group]
    findings = _findings(confronted, told, least, {d.id: d.title for d in documents}, labels)
    cards = tuple(_card(rule, confronted) for rule in rules)
    untold = _untold(run.untold, rules)
    unbound = tuple(card.id for card in cards if not card.checks)
    shown = None if most is None else MOST_FIGURES
    figures = (
        figure_uses(checks, identities, tables, run.marks, shown) if everything and about is None else ()
    )
    every = tables[FIGURES].length if figures else 0
    return Report(
        version=__version__,
        summary=_summary(cards, tables, len(unbound), run.marks),
        documents=documents,
        inputs=inputs,
        rules=cards,
        findings=tuple(findings),
        untestable=tuple(check for check in checks if check.verdict == "untestable"),
        unbound_rules=unbound,
        checks=tuple(checks) if everything else (),
        figures=figures,
        clauses=clauses,
        notes=(
            *notes_on(identities.asked, {plan.rule.table for plan in plans if plan.record}),
            *map(counted_only, untold),
            *cells_cut(checks),
            *([figures_cut(len(figures), every)] if len(figures) < every else []),
        ),
        identities=tuple(map(recorded, identities.asked)),
        untold=untold,
        labels=_spoken_of(labels, checks, figures),
    )


def _untold(counted: Sequence[tuple[str, Verdict, int]], rules: Sequence[Rule]) -> tuple[Untold, ...]:
    severities = {rule.id: rule.severity for rule in rules}
    found: dict[tuple[str, Verdict], int] = defaultdict(int)
    for rule, verdict, count in counted:
        found[rule, verdict] += count
    return tuple(
        Untold(
            rule,
            verdict,
            _softened(severities[rule]) if verdict == "reconcilable" else severities[rule],
            count,
        )
        for (rule, verdict), count in found.items()
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
    plans: Sequence[Gathered],
    told: Sequence[Sequence[Check]],
    least: Severity,
    titles: Mapping[str, str],
    labels: Mapping[str, str],
) -> list[Finding]:
    found = []
    for own, checks in zip(plans, told, strict=True):
        rule = own.plan.rule
        for check in checks:
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
    if rule.rounded is not None and (is_rounded(check) or is_left_open(check)):
        return rule.rounded
    return _softened(rule.severity)


def _softened(severity: Severity) -> Severity:
    return "warning" if severity == "error" else severity


def _card(rule: Rule, plans: Sequence[Gathered]) -> RuleCard:
    own = [gathered.counts for gathered in plans if gathered.plan.rule.id == rule.id]
    totals = [
        sum(int(counts[verdict]) for counts in own) for verdict in (HOLDS, RECONCILABLE, VIOLATED, UNTESTABLE)
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
    cards: Sequence[RuleCard], tables: Mapping[str, Table], unbound: int, marks: FigureMarks
) -> Summary:
    total = {name: sum(getattr(card, name) for card in cards) for name in ("checks", *VERDICTS)}
    return Summary(
        figures=tables[FIGURES].length if FIGURES in tables else 0,
        figures_covered=int(marks.covered.sum()),
        figures_compared=int(marks.compared.sum()),
        rules=len(cards),
        rules_unbound=unbound,
        waived=0,
        **total,
    )
