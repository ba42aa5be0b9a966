"""The causes behind the findings of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check, Finding, Report
from audit.reporting.outline import by_weight
from audit.workspace.loading import Workspace
from audit.workspace.remembering import digest_of, remember, remembered, workspace_key
from audit.workspace.rulebook import Rulebook, resolved
from audit.workspace.session import Session
from audit.workspace.together import Comparable, comparable

KIND = "causes"
ON_A_SCREEN, MOST_FINDINGS = 150, 500
MOST_CHECKS = 20_000
"""Beyond these nothing is tried: findings are told by rule and document only. On a screen fewer are bearable, as they
take about a second for each fifty."""


def explained(session: Session, report: Report, most: int = MOST_FINDINGS) -> Report:
    """The report with the causes behind its findings that no waiver excuses, and behind its untestable checks; that
    nothing was tried is noted.

    Of several plans each is explained alone, and what was found between them beside each other. What an earlier run
    worked out on the same tables and rules is taken from the cache.
    """
    known_rules = {rule.id for rule in session.chosen.rules}
    findings = tuple(f for f in report.findings if f.waiver is None and f.check.rule in known_rules)
    if not findings and not report.untestable:
        return report
    if len(findings) > most:
        report = replace(report, notes=(*report.notes, _untried(len(findings))))
    key = _key(session, findings, len(findings) <= most)
    named = {finding.id: finding for finding in findings}
    if key is not None and (known := remembered(KIND, key, session.cache)) is not None:
        return replace(report, causes=by_weight(known.causes, named))
    found = replace(report, causes=by_weight(_told(session, report, findings, most), named))
    if key is not None:
        remember(KIND, key, replace(found, checks=(), figures=(), clauses=(), findings=()), session.cache)
    return found


def unexplained(report: Report) -> Report:
    """The report with a note that causes were not looked for, as it takes reading every plan once more."""
    return replace(report, notes=(*report.notes, Phrase(
        "一次检查多份规划时，屏幕上不查找原因；用 -o 写出报告即有",
        "causes are not looked for on the screen where several plans are checked; a report written with -o has them",
    )))  # fmt: skip


def _untried(count: int) -> Phrase:
    return Phrase(
        f"问题多达 {count} 个，没有试算更正办法，只按规则和文件归在一起",
        f"no corrections were tried for as many as {count} findings; they stand together by rule and document",
    )


def _key(session: Session, findings: Sequence[Finding], tried: bool) -> str | None:
    """The digest of all that the causes depend on; None where a run is not remembered."""
    if session.plans or not session.source.is_dir() or session.configuration.only:
        return None
    key = workspace_key(session)
    return key and digest_of((key, f"tried\0{tried}", *(finding.id for finding in findings)))


def _told(session: Session, report: Report, findings: Sequence[Finding], most: int) -> tuple[Cause, ...]:
    book = session.chosen
    if len(session.plans) <= 1:
        return _causes(session.workspace, book, findings, report, most)
    told: list[Cause] = []
    stated: list[Comparable] = []
    left = {finding.id: finding for finding in findings}
    for draft in drafts(session):
        workspace = session.with_codes(draft.workspace)
        own = draft_report(draft, workspace, book)
        ids = {finding.id for finding in own.findings}
        kept = tuple(finding for finding in findings if finding.id in ids)
        told += _causes(workspace, book, kept, own, most)
        stated.append(comparable(draft, own))
        left = {name: finding for name, finding in left.items() if name not in ids}
    if left and (found := conflicts(session, stated)) is not None:
        told += _causes(*found[0], tuple(left.values()), found[1], most)
    return tuple(told)


def _causes(
    workspace: Workspace, book: Rulebook, findings: Sequence[Finding], report: Report, most: int
) -> tuple[Cause, ...]:
    """The causes in one workspace; `report` has its untestable checks and the totals of its rules."""
    plans = resolved(book, workspace) if len(findings) <= most else ()
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
