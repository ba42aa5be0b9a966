"""The report of a run, made from its confrontations."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import numpy as np

from audit.diagnosis.cells import cell_of
from audit.diagnosis.telling import equation, places_of, sentence
from audit.engine.cells_used import CellUsed, cells_used, rows_used
from audit.engine.confront import Confrontation, decimals
from audit.engine.frames import Table
from audit.engine.keys import Integers
from audit.engine.predicate import HOLDS, RECONCILABLE, UNTESTABLE, VIOLATED
from audit.language.expression import names
from audit.language.plan import Operand, Plan
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

FIGURES = "targets"
_KEYS = ("indicator", "region", "industry", "period", "measure")


def build_report(
    confrontations: Sequence[Confrontation], rules: Sequence[Rule], tables: Mapping[str, Table], *,
    documents: tuple[Document, ...] = (), clauses: tuple[Clause, ...] = (), inputs: tuple[Input, ...] = (),
    least: Severity = "warning", everything: bool = False,
) -> Report:  # fmt: skip
    """Findings of severity `least` and above, what could not be tested, and the totals.

    `rules` are all rules of the run, also those that bound nothing. With `everything` the report also holds every
    check and every figure with the checks that it took part in.
    """
    told = _told(confrontations, tables, everything)
    checks = [check for group in told for check in group.values()]
    findings = _findings(confrontations, told, least, {d.id: d.title for d in documents})
    cards = tuple(_card(rule, confrontations) for rule in rules)
    unbound = tuple(card.id for card in cards if not card.checks)
    summary = _summary(covered(confrontations), cards, tables, len(unbound))
    return Report(
        version=__version__,
        summary=summary,
        documents=documents,
        inputs=inputs,
        rules=cards,
        findings=tuple(findings),
        untestable=tuple(check for check in checks if check.verdict == "untestable"),
        unbound_rules=unbound,
        checks=tuple(checks) if everything else (),
        figures=_figures(checks, tables) if everything else (),
        clauses=clauses,
    )


def _told(
    confrontations: Sequence[Confrontation], tables: Mapping[str, Table], everything: bool
) -> list[dict[int, Check]]:
    """For each confrontation the checks that are shown (all, or those that do not hold), by number, in order of key."""
    shown = [np.arange(len(c)) if everything else np.flatnonzero(c.verdicts != HOLDS) for c in confrontations]
    rows = [
        cells_used(c, checks, _told_operands(c.plan)) if len(checks) else []
        for c, checks in zip(confrontations, shown, strict=True)
    ]
    wanted: dict[str, set[int]] = defaultdict(set)
    for confrontation, found in zip(confrontations, rows, strict=True):
        for one in found:
            wanted[confrontation.plan.operands[one.operand].table].add(one.row)
    stored = {name: tables[name].rows(sorted(numbers)) for name, numbers in wanted.items()}
    return [
        _checks(c, checks, found, tables, stored)
        for c, checks, found in zip(confrontations, shown, rows, strict=True)
    ]


def _checks(
    confrontation: Confrontation, shown: Integers, rows: Sequence[CellUsed], tables: Mapping[str, Table],
    stored: Mapping[str, Mapping[int, Mapping[str, object]]],
) -> dict[int, Check]:  # fmt: skip
    operands = confrontation.plan.operands
    cells: dict[int, dict[tuple[int, int], tuple[int, str, Cell]]] = defaultdict(dict)
    for one in rows:
        operand = operands[one.operand]
        cell = cell_of(operand, tables[operand.table], one.row, stored[operand.table][one.row])
        cells[one.check].setdefault((one.operand, one.row), (one.operand, one.member or "", cell))
    keys = confrontation.keys_of(shown)
    return {
        number: _check(confrontation, number, key, list(cells[number].values()))
        for number, key in keys.items()
    }


def _told_operands(plan: Plan) -> list[int]:
    """The places of the operands that a reader needs: all but those that only decide whether the rule applies."""
    guards = set(names(plan.rule.applies)) if plan.rule.applies is not None else set()
    told = set(names(plan.check)) | (places_of(plan.rule.message) if plan.rule.message is not None else set())
    return [place for place, operand in enumerate(plan.operands) if operand.name not in guards - told]


def _check(
    confrontation: Confrontation, number: int, key: dict[str, str], cells: list[tuple[int, str, Cell]]
) -> Check:
    plan = confrontation.plan
    found = tuple(cell for _, _, cell in cells)
    by_operand = {
        operand.name: [c for p, _, c in cells if p == place] for place, operand in enumerate(plan.operands)
    }
    numbers: Sequence[Decimal | None] = (
        decimals(confrontation.sides, number) if confrontation.sides else (None,) * 6
    )
    left, right = numbers[0], numbers[1]
    return Check(
        id=_identity(plan.rule.id, key, {cell.document for cell in found}),
        rule=plan.rule.id,
        key=key,
        verdict=confrontation.verdict(number),
        left=left,
        right=right,
        imbalance=left - right if left is not None and right is not None else None,
        left_low=numbers[2],
        left_high=numbers[3],
        right_low=numbers[4],
        right_high=numbers[5],
        equation=equation(plan.check, by_operand),
        cells=found,
        missing=tuple(_missing(confrontation, number, key, cells)),
    )


def _identity(rule: str, key: Mapping[str, str], documents: set[str]) -> str:
    content = json.dumps([rule, sorted(key.items()), sorted(documents)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _missing(
    confrontation: Confrontation, number: int, key: Mapping[str, str], cells: list[tuple[int, str, Cell]]
) -> Iterable[str]:
    """The operands, or members of an aggregate, that are not stated, or are stated twice with different values."""
    for place, operand in enumerate(confrontation.plan.operands):
        present = {member for p, member, _ in cells if p == place}
        values = confrontation.values[operand.name]
        if values.twice[number]:
            yield f"{operand.name} (≠)"
        elif operand.many and (expected := operand.members_expected(key)):
            yield from (member for member in expected if member not in present)
        elif not values.count[number]:
            hierarchy = confrontation.plan.rule.hierarchy
            yield key.get(hierarchy[0], operand.name) if hierarchy else operand.name


def _findings(
    confrontations: Sequence[Confrontation],
    told: Sequence[Mapping[int, Check]],
    least: Severity,
    titles: Mapping[str, str],
) -> list[Finding]:
    found = []
    for confrontation, checks in zip(confrontations, told, strict=False):
        rule = confrontation.plan.rule
        for check in checks.values():
            if check.verdict in ("holds", "untestable"):
                continue
            severity = _severity(rule.severity, check.verdict)
            if SEVERITIES.index(severity) > SEVERITIES.index(least):
                continue
            by_operand: dict[str, list[Cell]] = defaultdict(list)
            for cell in check.cells:
                by_operand[cell.operand].append(cell)
            sides = (check.left, check.right, check.imbalance)
            message = sentence(rule, check.verdict, check.key, by_operand, sides, titles)
            found.append(Finding(check, severity, rule.level, message, rule.because))
    return sorted(
        found, key=lambda f: (SEVERITIES.index(f.severity), VERDICTS.index(f.check.verdict) != VIOLATED)
    )


def _severity(severity: Severity, verdict: str) -> Severity:
    return "warning" if verdict == "reconcilable" and severity == "error" else severity


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
    used: frozenset[int], cards: Sequence[RuleCard], tables: Mapping[str, Table], unbound: int
) -> Summary:
    total = {name: sum(getattr(card, name) for card in cards) for name in ("checks", *VERDICTS)}
    return Summary(
        figures=tables[FIGURES].length if FIGURES in tables else 0,
        figures_covered=len(used),
        rules=len(cards),
        rules_unbound=unbound,
        waived=0,
        **total,
    )


def covered(confrontations: Sequence[Confrontation]) -> frozenset[int]:
    """The rows of the figures' table that took part in a check that gave a verdict; not those that only guard it."""
    rows: set[int] = set()
    for confrontation in confrontations:
        tested = np.flatnonzero(confrontation.verdicts != UNTESTABLE)
        for place in _told_operands(confrontation.plan):
            if confrontation.plan.operands[place].table == FIGURES and len(tested):
                rows.update(rows_used(confrontation, tested, place).tolist())
    return frozenset(rows)


def _figures(checks: Sequence[Check], tables: Mapping[str, Table]) -> tuple[FigureUse, ...]:
    """Every figure with the ids of the checks that it took part in, in the order of the table."""
    if FIGURES not in tables:
        return ()
    table = tables[FIGURES]
    used: dict[str, list[str]] = defaultdict(list)
    for check in checks:
        if check.verdict != "untestable":
            for name in dict.fromkeys(cell.id for cell in check.cells):
                used[name].append(check.id)
    operand = _figure_operand(table)
    uses = []
    for row, values in table.rows(range(table.length)).items():
        cell = cell_of(operand, table, row, values)
        indicator, region, industry, period, measure = (str(values.get(name) or "") for name in _KEYS)
        uses.append(FigureUse(cell, indicator, region, industry, period, measure, tuple(used[cell.id])))
    return tuple(uses)


def _figure_operand(table: Table) -> Operand:
    return Operand(
        name="", table=table.name, column="value", type="number", filters=(), key_filters=(), matched=(), links=(),
        aggregates=frozenset(), tests=(), members=(), expected={}, policy="report", keyed=True,
    )  # fmt: skip
