"""In which order a report tells what it found: causes by weight with their findings, then findings without a cause.

Every format goes by it; none decides an order of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.model.cause import Cause
from audit.model.frozen import frozen
from audit.model.report import SEVERITIES, Check, Finding, Report, Severity

_WEIGHT: dict[Severity, int] = {"error": 4, "warning": 2, "info": 1}


@frozen
class Group:
    """Findings that are told together: those of a cause; of one rule in one document; or, last, those that are waived."""

    cause: Cause | None
    findings: tuple[Finding, ...]
    waived: bool = False

    @property
    def severity(self) -> Severity:
        """That of the heaviest finding."""
        return SEVERITIES[min(SEVERITIES.index(finding.severity) for finding in self.findings)]


@frozen
class Gap:
    """One fact that could not be tested: what a rule misses in a document, with all the checks that it stops.

    `causes` are those behind these checks alone: a blank that follows from others, a figure stated twice.
    """

    rule: str
    document: str
    missing: tuple[str, ...]
    checks: tuple[Check, ...]
    causes: tuple[Cause, ...] = ()


def groups(report: Report) -> tuple[Group, ...]:
    """All findings, each once: causes by weight, findings without a cause, then those that are waived.

    A finding that two causes claim stands with the heavier one; a cause none of whose findings is shown is left out.
    Findings without a cause stand together where they are of one rule and one document, by weight too.
    """
    shown = {finding.id: finding for finding in report.findings if finding.waiver is None}
    left, found = dict(shown), []
    for cause in by_weight(report.causes, shown):
        own = tuple(left.pop(one) for one in cause.findings if one in left)
        if own:
            found.append(Group(cause, _ordered(own)))
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in left.values():
        alike.setdefault((finding.check.rule, document_of(finding.check)), []).append(finding)
    others = [Group(None, _ordered(findings)) for findings in alike.values()]
    waived = tuple(finding for finding in report.findings if finding.waiver is not None)
    return (
        *found,
        *sorted(others, key=lambda group: _weight(group.findings)),
        *([Group(None, _ordered(waived), waived=True)] if waived else []),
    )


def by_weight(causes: Iterable[Cause], findings: Mapping[str, Finding]) -> tuple[Cause, ...]:
    """Causes with the worst finding first; then those behind most, an error counting 4, a warning 2, a note 1."""

    def rank(cause: Cause) -> tuple[tuple[int, int], str]:
        return _weight([findings[one] for one in cause.findings if one in findings]), cause.id

    return tuple(sorted(causes, key=rank))


def _weight(findings: Iterable[Finding]) -> tuple[int, int]:
    severities = [finding.severity for finding in findings]
    worst = min((SEVERITIES.index(severity) for severity in severities), default=len(SEVERITIES))
    return worst, -sum(_WEIGHT[severity] for severity in severities)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The severest first, what no reading makes true before what rounding explains; else as they were found."""
    return tuple(
        sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.check.verdict != "violated"))
    )


def document_of(check: Check) -> str:
    """The id of the document that a check is about; empty where it is about none."""
    return check.key.get("document") or (check.cells[0].document if check.cells else "")


def gaps(report: Report) -> tuple[Gap, ...]:
    """What could not be tested, one entry a fact, in the order of the report."""
    found: dict[tuple[str, str, tuple[str, ...]], list[Check]] = {}
    for check in report.untestable:
        found.setdefault((check.rule, document_of(check), check.missing), []).append(check)
    behind = {check: cause for cause in report.causes if not cause.findings for check in cause.checks}

    def causes(checks: Iterable[Check]) -> tuple[Cause, ...]:
        own = [behind[check.id] for check in checks if check.id in behind]
        return tuple({cause.id: cause for cause in own}.values())

    return tuple(Gap(*fact, tuple(checks), causes(checks)) for fact, checks in found.items())
