"""The causes behind the findings of a run, sought once and then remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from audit.model.phrase import Phrase
from audit.model.report import Finding, Report
from audit.reporting.outline import by_weight
from audit.workspace.remembering import Basis, digest_of, remember, remembered
from audit.workspace.session import Session

KIND = "causes"
ON_A_SCREEN, MOST_FINDINGS = 150, 500
"""Beyond these nothing is tried: findings are told by rule and document only. On a screen, where somebody waits, fewer
are bearable."""
MOST_ROWS = 250_000
"""Nothing is tried on larger tables either: every row is held as text for that, two kilobytes each."""


def explained(session: Session, report: Report, most: int = MOST_FINDINGS) -> Report:
    """The report with the causes behind its findings that no waiver excuses, and behind its untestable checks; that
    nothing was tried is noted.

    Of several plans each is explained alone, and what was found between them beside each other. What an earlier run
    worked out on the same tables and rules is taken from the cache.
    """
    basis = _basis(session)
    if basis is None and not session.plans and any(one.away for one in session.workspace.tables.values()):
        return replace(report, notes=(*report.notes, _AWAY))
    known_rules = {rule.id for rule in session.chosen.rules}
    findings = tuple(f for f in report.findings if f.waiver is None and f.check.rule in known_rules)
    if not findings and not report.untestable:
        return report
    key = _key(basis, findings, most)
    named = {finding.id: finding for finding in findings}
    if key is not None and (known := remembered(KIND, key, session.cache)) is not None:
        return replace(report, causes=by_weight(known.causes, named), notes=(*report.notes, *known.notes))
    from audit.actions.tracing import sought

    untried = _untried(session, findings, most)
    causes = by_weight(sought(session, report, findings, not untried), named)
    if basis is not None and key is not None and basis.was_read(session):
        bare = replace(report, causes=causes, notes=untried, checks=(), figures=(), clauses=(), findings=())
        session.later(partial(remember, KIND, key, bare, session.cache))
    return replace(report, causes=causes, notes=(*report.notes, *untried))


_AWAY = Phrase(
    "Spark 中的表不查找原因：试算更正需要把全部行集中到一台机器",
    "causes are not looked for in what Spark holds: trying corrections takes all rows on one machine",
)


def unexplained(report: Report) -> Report:
    """The report with a note that causes were not looked for, as it takes reading every plan once more."""
    return replace(report, notes=(*report.notes, Phrase(
        "一次检查多份规划时，屏幕上不查找原因；用 -o 写出报告即有",
        "causes are not looked for on the screen where several plans are checked; a report written with -o has them",
    )))  # fmt: skip


def _untried(session: Session, findings: Sequence[Finding], most: int) -> tuple[Phrase, ...]:
    """Why no corrections are tried, where they are not: there are too many findings, or a table has too many rows."""
    if len(findings) > most:
        return (Phrase(
            f"问题多达 {len(findings)} 个，没有试算更正办法，只按规则和文件归在一起",
            f"no corrections were tried for as many as {len(findings)} findings; they stand together by rule and document",
        ),)  # fmt: skip
    rows = 0 if session.plans else max(table.length for table in session.workspace.tables.values())
    if rows > MOST_ROWS:
        return (Phrase(
            f"数据表多达 {rows} 行，没有试算更正办法，问题只按规则和文件归在一起",
            f"no corrections were tried on as many as {rows} rows; findings stand together by rule and document",
        ),)  # fmt: skip
    return ()


def _basis(session: Session) -> Basis | None:
    """What the causes depend on besides the findings; None where a run is not remembered."""
    if session.plans or not session.source.is_dir() or session.configuration.only:
        return None
    return session.basis


def _key(basis: Basis | None, findings: Sequence[Finding], most: int) -> str | None:
    """The digest of all that the causes depend on."""
    ids = (finding.id for finding in findings)
    return None if basis is None else digest_of((basis.key, f"tried\0{len(findings) <= most}", *ids))
