"""The causes behind the findings of a run."""

from __future__ import annotations

from dataclasses import replace

from audit.diagnosis.causes.finding_causes import causes
from audit.diagnosis.causes.linear import is_linear
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.checks import told_checks
from audit.engine.confront import confront
from audit.engine.identity import Identities
from audit.model.report import Check, Report
from audit.workspace.rulebook import resolved
from audit.workspace.session import Session

MOST_FINDINGS = 500
MOST_CHECKS = 20_000
"""Beyond these nothing is tried: findings are told by rule and document only."""


def explained(session: Session, report: Report) -> Report:
    """The report with the causes behind its findings that no waiver excuses.

    Several plans are told as they are: each is checked as if alone, and its tables are not kept.
    """
    findings = tuple(finding for finding in report.findings if finding.waiver is None)
    if not findings or len(session.plans) > 1:
        return report
    workspace, book = session.workspace, session.chosen
    plans = resolved(book, workspace) if len(findings) <= MOST_FINDINGS else ()
    linear = [plan for plan in plans if is_linear(plan.rule)]
    confrontations = confront(linear, workspace.tables)
    around: list[Check] = []
    if sum(map(len, confrontations)) <= MOST_CHECKS:
        touched = {cell.id for finding in findings for cell in finding.check.cells}
        told = told_checks(confrontations, Identities(workspace.tables), everything=True)
        around = [
            c for checks in told for c in checks.values() if any(cell.id in touched for cell in c.cells)
        ]
    situation = Situation(findings, report.untestable, workspace.tables, workspace.codes)
    return replace(report, causes=causes(situation, around, plans, book.rules))
