"""The causes behind the findings of a run, sought once and then remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.model.phrase import Phrase
from audit.model.report import Finding, Report
from audit.reporting.outline import by_weight
from audit.workspace.remembering import digest_of, remember, remembered, workspace_key
from audit.workspace.session import Session

KIND = "causes"
ON_A_SCREEN, MOST_FINDINGS = 150, 500
"""Beyond these nothing is tried: findings are told by rule and document only. On a screen, where somebody waits, fewer
are bearable."""


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
    tried = len(findings) <= most
    if not tried:
        report = replace(report, notes=(*report.notes, _untried(len(findings))))
    key = _key(session, findings, tried)
    named = {finding.id: finding for finding in findings}
    if key is not None and (known := remembered(KIND, key, session.cache)) is not None:
        return replace(report, causes=by_weight(known.causes, named))
    from audit.actions.tracing import sought

    found = replace(report, causes=by_weight(sought(session, report, findings, tried), named))
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
