"""A report compared with an earlier one: what is new, what grew worse, what changed, what is settled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from audit.diagnosis.cut import ensure_all_told
from audit.diagnosis.identities import ensure_told_apart
from audit.model.errors import InputError, Term
from audit.model.report import SEVERITIES, Cell, Change, Comparison, Finding, Report


def compared(report: Report, earlier: Report, baseline: str, left_out: Collection[str] = ()) -> Report:
    """The report with `change` set on every finding, and what became of the other findings of `earlier`.

    `baseline` names the file of `earlier`. Findings of the rules `left_out`, which this run was told not to
    run, are not looked for. A finding whose relation can no longer be tested is not settled but lost.

    Raises `InputError` where no comparison could tell which finding is which: rows that are alike, or that another key
    tells apart now.
    """
    _ensure_comparable(report, earlier, baseline)
    before = {finding.id: finding for finding in earlier.findings}
    now = {finding.id for finding in report.findings}
    untestable = {check.id for check in report.untestable}
    gone = [f for f in earlier.findings if f.id not in now and f.check.rule not in left_out]
    return replace(
        report,
        findings=tuple(replace(f, change=change(f, before.get(f.id))) for f in report.findings),
        comparison=Comparison(
            baseline=baseline,
            settled=tuple(f for f in gone if f.id not in untestable),
            lost=tuple(f for f in gone if f.id in untestable),
        ),
    )


def _ensure_comparable(report: Report, earlier: Report, baseline: str) -> None:
    """Raise `InputError` when findings of both reports can't be matched one to one."""
    for one in (report, earlier):
        ensure_all_told(one, baseline)
    ensure_told_apart(report.findings, baseline)
    ensure_told_apart(earlier.findings, baseline)
    now = {identity.table: identity for identity in report.identities}
    checked = {cell.table for finding in earlier.findings for cell in finding.check.cells}
    for before in earlier.identities:
        after = now.get(before.table, before)
        if before.columns != after.columns and before.table in checked:
            raise InputError(
                "{at}: the rows of the table “{table}” went by {before} and now go by {after}, so that its findings "
                "can't be found again; declare the key of the table, and make the baseline anew.",
                at=baseline,
                table=before.table,
                before=", ".join(before.columns) or Term("all that stands in them"),
                after=", ".join(after.columns) or Term("all that stands in them"),
            )


def change(finding: Finding, earlier: Finding | None) -> Change:
    """How a finding compares with the one that had its id."""
    if earlier is None:
        return "new"
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
