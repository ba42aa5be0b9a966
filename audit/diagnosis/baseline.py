"""A report compared with an earlier one: what is new, what grew worse, what changed, what is settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from audit.model.report import SEVERITIES, Cell, Change, Comparison, Finding, Report


def compared(report: Report, earlier: Report, baseline: str, left_out: Collection[str] = ()) -> Report:
    """The report with `change` set on every finding, and what became of the other findings of `earlier`.

    `baseline` names the file of `earlier`. Findings of the rules `left_out`, which this run was told not to
    run, are not looked for. A finding whose relation can no longer be tested is not settled but lost.
    """
    before: dict[str, list[Finding]] = defaultdict(list)
    for finding in earlier.findings:
        before[finding.id].append(finding)
    now = {finding.id for finding in report.findings}
    untestable = {check.id for check in report.untestable}
    gone = [f for f in earlier.findings if f.id not in now and f.check.rule not in left_out]
    return replace(
        report,
        findings=tuple(replace(f, change=change(f, before[f.id])) for f in report.findings),
        comparison=Comparison(
            baseline=baseline,
            settled=tuple(f for f in gone if f.id not in untestable),
            lost=tuple(f for f in gone if f.id in untestable),
        ),
    )


def change(finding: Finding, before: list[Finding]) -> Change:
    """How a finding compares with those that had its id; several breakdowns of one whole may share an id."""
    if not before:
        return "new"
    changes = {_against(finding, earlier) for earlier in before}
    return next(c for c in ("unchanged", "changed", "worsened") if c in changes)


def _against(finding: Finding, earlier: Finding) -> Change:
    if _worse(finding, earlier):
        return "worsened"
    same = finding.severity == earlier.severity and _substance(finding) == _substance(earlier)
    return "unchanged" if same else "changed"


def _worse(finding: Finding, earlier: Finding) -> bool:
    if earlier.waiver is not None and finding.waiver is None:
        return True
    if SEVERITIES.index(finding.severity) < SEVERITIES.index(earlier.severity):
        return True
    if (earlier.check.verdict, finding.check.verdict) == ("reconcilable", "violated"):
        return True
    gap, earlier_gap = finding.check.imbalance, earlier.check.imbalance
    return gap is not None and earlier_gap is not None and abs(gap) > abs(earlier_gap)


def _substance(finding: Finding) -> tuple[object, ...]:
    """What is equal in findings that are the same: verdict, imbalance and figures, not words or places."""
    check = finding.check
    return check.verdict, check.imbalance, tuple(map(_figure, check.cells))


def _figure(cell: Cell) -> tuple[object, ...]:
    return (
        cell.operand,
        cell.id,
        cell.value,
        cell.low,
        cell.high,
        cell.unit,
        "" if cell.value is not None else cell.literal,
    )


def as_baseline(report: Report) -> Report:
    """The report as later runs are compared with it: without what an earlier comparison added."""
    return replace(report, findings=tuple(replace(f, change=None) for f in report.findings), comparison=None)
