"""The causes behind the findings of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.diagnosis.causes.finding_causes import causes
from audit.diagnosis.causes.linear import is_linear
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.checks import told_checks
from audit.engine.confront import confront
from audit.engine.identity import Identities
from audit.model.phrase import Phrase
from audit.model.report import Check, Finding, Report
from audit.workspace.remembering import digest_of, remember, remembered, workspace_key
from audit.workspace.rulebook import resolved
from audit.workspace.session import Session

KIND = "causes"
MOST_FINDINGS = 500
MOST_CHECKS = 20_000
"""Beyond these nothing is tried: findings are told by rule and document only."""


def explained(session: Session, report: Report) -> Report:
    """The report with the causes behind its findings that no waiver excuses; that nothing was tried is noted.

    Several plans are told as they are: each is checked as if alone, and its tables are not kept. What an earlier run
    worked out on the same tables and rules is taken from the cache.
    """
    findings = tuple(finding for finding in report.findings if finding.waiver is None)
    if not findings or len(session.plans) > 1:
        return report
    if len(findings) > MOST_FINDINGS:
        report = replace(report, notes=(*report.notes, _untried(len(findings))))
    key = _key(session, findings)
    if key is not None and (known := remembered(KIND, key, session.cache)) is not None:
        return replace(report, causes=known.causes)
    found = _explained(session, report, findings)
    if key is not None:
        remember(KIND, key, replace(found, checks=(), figures=(), clauses=(), findings=()), session.cache)
    return found


def _untried(count: int) -> Phrase:
    return Phrase(
        f"问题多达 {count} 个，没有试算更正办法，只按规则和文件归在一起",
        f"no corrections were tried for as many as {count} findings; they stand together by rule and document",
    )


def _key(session: Session, findings: Sequence[Finding]) -> str | None:
    """The digest of all that the causes depend on; None where a run is not remembered."""
    if session.plans or not session.source.is_dir() or session.configuration.only:
        return None
    key = workspace_key(session)
    return key and digest_of((key, *(finding.id for finding in findings)))


def _explained(session: Session, report: Report, findings: tuple[Finding, ...]) -> Report:
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
