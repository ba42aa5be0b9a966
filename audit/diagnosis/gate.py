"""What a run comes to: which findings are shown, and whether they keep a change from passing."""

from __future__ import annotations

from dataclasses import replace

from audit.model.report import SEVERITIES, Comparison, Finding, Report, Severity


def at_least(report: Report, least: Severity) -> Report:
    """The report with the findings of severity `least` and above; its totals stay those of all checks."""
    return replace(
        report,
        findings=_heavy(report.findings, least),
        untold=tuple(one for one in report.untold if _weighs(one.severity, least)),
        comparison=report.comparison and _narrowed(report.comparison, least),
    )


def _narrowed(comparison: Comparison, least: Severity) -> Comparison:
    return replace(comparison, settled=_heavy(comparison.settled, least), lost=_heavy(comparison.lost, least))


def _heavy(findings: tuple[Finding, ...], least: Severity) -> tuple[Finding, ...]:
    return tuple(f for f in findings if _weighs(f.severity, least))


def _weighs(severity: Severity, least: Severity) -> bool:
    return SEVERITIES.index(severity) <= SEVERITIES.index(least)


def stops(report: Report, worst: Severity) -> bool:
    """Whether a finding of severity `worst` or above keeps the change from passing.

    A waived finding does not. Compared with a baseline only a new finding does, one that grew worse, or one
    that changed without an imbalance that would tell whether it grew worse.
    """
    compared = report.comparison is not None
    counted = (one for one in report.untold if one.verdict in ("violated", "reconcilable"))
    return any(_weighs(one.severity, worst) for one in counted) or any(
        blocks(finding, worst, compared) for finding in report.findings
    )


def blocks(finding: Finding, worst: Severity, compared: bool) -> bool:
    """Whether one finding does, in a run that was `compared` with a baseline or not."""
    if finding.waiver is not None or not _weighs(finding.severity, worst):
        return False
    immeasurable = finding.change == "changed" and finding.check.imbalance is None
    return not compared or finding.change in ("new", "worsened") or immeasurable
