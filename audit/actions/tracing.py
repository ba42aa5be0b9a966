"""Where the causes behind findings are sought: in the workspace of each plan, and between several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.actions.plans import conflicts, draft_report, drafts
from audit.diagnosis.causes.finding_causes import causes
from audit.diagnosis.causes.linear import is_linear
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.checks import told_checks
from audit.engine.confront import confront
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.language.plan import Plan
from audit.language.rule import Rule
from audit.model.cause import Cause
from audit.model.codes import CodeList
from audit.model.report import Cell, Check, Finding, Report
from audit.workspace.binding import resolved
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import Rulebook
from audit.workspace.session import Session
from audit.workspace.together import Comparable, comparable

MOST_CHECKS = 20_000
"""Beyond these checks none but those of the findings themselves tell what a correction would settle."""


def sought(session: Session, report: Report, findings: Sequence[Finding], tried: bool) -> tuple[Cause, ...]:
    """The causes behind findings of a session's report; corrections are worked out only where they are to be tried."""
    book = session.chosen
    if len(session.plans) <= 1:
        return _causes(session.workspace, book, findings, report, tried)
    told: list[Cause] = []
    stated: list[Comparable] = []
    left = {finding.id: finding for finding in findings}
    for draft in drafts(session):
        workspace = session.with_codes(draft.workspace)
        own = draft_report(draft, workspace, book)
        ids = {finding.id for finding in own.findings}
        kept = tuple(finding for finding in findings if finding.id in ids)
        told += _causes(workspace, book, kept, own, tried)
        stated.append(comparable(draft, own))
        left = {name: finding for name, finding in left.items() if name not in ids}
    if left and (found := conflicts(session, stated)) is not None:
        told += _causes(*found[0], tuple(left.values()), found[1], tried)
    return tuple(told)


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
    rules = {rule.id: rule for rule in read}
    linear = [plan for plan in plans if is_linear(plan.rule)]
    confrontations = confront(linear, tables)
    around: list[Check] = []
    if sum(map(len, confrontations)) <= MOST_CHECKS:
        asked = [finding.check for finding in findings]
        touched = {_figure(cell) for check in asked for cell in check.cells}
        wholes = {(check.rule, _whole(check, rules)) for check in asked} - {
            (check.rule, "") for check in asked
        }
        told = told_checks(confrontations, Identities(tables), everything=True)
        around = [
            check
            for checks in told
            for check in checks.values()
            if any(_figure(cell) in touched for cell in check.cells)
            or (check.rule, _whole(check, rules)) in wholes
        ]
    situation = Situation(tuple(findings), report.untestable, tables, codes, rules)
    return causes(situation, around, plans, report.rules)


def _whole(check: Check, rules: Mapping[str, Rule]) -> str:
    """The whole that a check is about; blank where its rule has none."""
    hierarchy = rules[check.rule].hierarchy
    return check.key.get(hierarchy[0], "") if hierarchy else ""


def _figure(cell: Cell) -> tuple[str, str]:
    return cell.table, cell.id
