"""Where the causes behind findings are sought: in the workspace of each plan, and between several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from audit.diagnosis.causes.finding_causes import causes
from audit.diagnosis.causes.linear import is_linear
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.checks import taking_part, to_tell, told_checks
from audit.diagnosis.evidence import Evidence
from audit.diagnosis.figures import FigureMarks
from audit.engine.confront import Confrontation, confront
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.engine.keys import Integers
from audit.language.plan import Plan
from audit.language.rule import Rule
from audit.model.cause import Cause
from audit.model.codes import CodeList
from audit.model.report import Check, Finding, Report
from audit.workspace.binding import resolved
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import Rulebook
from audit.workspace.session import Session

MOST_CHECKS = 20_000
"""Beyond these checks none but those of the findings themselves tell what a correction would settle."""


def sought(session: Session, report: Report, findings: Sequence[Finding], tried: bool) -> tuple[Cause, ...]:
    """The causes behind findings of a session's report; corrections are worked out only where they are to be tried."""
    if len(session.plans) > 1:
        return tuple(_of_several(session, findings, tried))
    plans = session.bound if tried else ()
    workspace = session.workspace
    return causes_of(findings, report, plans, session.chosen.rules, workspace.tables, workspace.codes)


def _of_several(session: Session, findings: Sequence[Finding], tried: bool) -> Iterator[Cause]:
    """The causes in each of several plans, then between them."""
    from audit.actions.plans import conflicts, draft_report, drafts
    from audit.workspace.together import Comparable, comparable

    book = session.chosen
    stated: list[Comparable] = []
    left = {finding.id: finding for finding in findings}
    for draft in drafts(session):
        workspace = session.with_codes(draft.workspace)
        own = draft_report(draft, workspace, book)
        ids = {finding.id for finding in own.findings}
        kept = tuple(finding for finding in findings if finding.id in ids)
        yield from _causes(workspace, book, kept, own, tried)
        stated.append(comparable(draft, own))
        left = {name: finding for name, finding in left.items() if name not in ids}
    if left and (found := conflicts(session, stated)) is not None:
        yield from _causes(*found[0], tuple(left.values()), found[1], tried)


def _causes(
    workspace: Workspace, book: Rulebook, findings: Sequence[Finding], report: Report, tried: bool
) -> tuple[Cause, ...]:
    """The causes in one workspace; `report` has its untestable checks and the totals of its rules."""
    plans = resolved(book, workspace) if tried else ()
    return causes_of(findings, report, plans, book.rules, workspace.tables, workspace.codes)


def causes_of(
    findings: Sequence[Finding], report: Report, plans: Sequence[Plan], read: Sequence[Rule],
    tables: dict[str, Table], codes: dict[str, CodeList],
) -> tuple[Cause, ...]:  # fmt: skip
    """The causes behind findings of a report on `tables`; `plans` are those of its rules as `read`, none to try nothing."""
    rules = {rule.id: rule.among(tables) for rule in read}
    situation = Situation(tuple(findings), report.untestable, tables, codes, rules)
    confrontations = confront([plan for plan in plans if is_linear(plan.rule)], tables)
    around: list[Check] = []
    if sum(map(len, confrontations)) <= MOST_CHECKS:
        evidence = Evidence(tables, each=True)
        told = [to_tell(one, _around(one, situation), evidence) for one in confrontations]
        around = [
            check
            for checks in told_checks(told, Identities(tables), FigureMarks(tables).named)
            for check in checks
        ]
    return causes(situation, around, plans, report.rules)


def _around(confrontation: Confrontation, situation: Situation) -> Integers:
    """The checks that share a row with a finding, and those of a whole about which the rule finds something."""
    every = np.arange(len(confrontation))
    found = taking_part(confrontation, every, situation.rows_found)
    rule = confrontation.plan.rule
    if rule.hierarchy is None:
        return found
    dimension = rule.hierarchy[0]
    wholes = {f.check.key.get(dimension, "") for f in situation.findings if f.check.rule == rule.id} - {""}
    codes = confrontation.vocabulary.codes(sorted(wholes))
    return np.union1d(found, np.flatnonzero(np.isin(confrontation.keys.dimensions[dimension], codes)))
