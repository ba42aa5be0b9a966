"""Findings that are accepted for a reason and a time, and the waivers that no longer excuse anything.

A waiver excuses a finding while three things hold: its day has not passed, a finding still matches it, and
that finding is what was accepted (same verdict, same imbalance). A waiver that fails one of them is a
finding of its own, of the rule `waivers`, and excuses nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from audit.diagnosis.cut import ensure_all_told
from audit.diagnosis.identities import ensure_told_apart
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check, Finding, Report, RuleCard, Verdict, Waiver

RULE = "waivers"
CATEGORIES: dict[str, str] = {
    "definition": "口径不同",
    "wording": "表述",
    "to-verify": "待核",
    "false-alarm": "误报",
    "accepted": "已知",
}
State = Literal["in force", "unmatched", "expired", "changed"]


@frozen
class Entry:
    """A waiver as its file states it: the finding (by id, else by rule and whole key) and what it was then.

    `path` and the 1-based `line` are its place in the file.
    """

    finding: str | None
    rule: str
    key: dict[str, str]
    verdict: Verdict
    imbalance: Decimal | None
    waiver: Waiver
    path: str
    line: int

    def meets(self, finding: Finding) -> bool:
        """Whether this is the finding that is waived, whatever its figures are now."""
        if self.finding is not None:
            return finding.id == self.finding
        return (finding.check.rule, finding.check.key) == (self.rule, self.key)

    def accepts(self, finding: Finding) -> bool:
        """Whether a finding is still what was accepted."""
        return (finding.check.verdict, finding.check.imbalance) == (self.verdict, self.imbalance)


def entry_for(finding: Finding, waiver: Waiver) -> Entry:
    """The waiver of a finding as it stands now."""
    check = finding.check
    return Entry(finding.id, check.rule, check.key, check.verdict, check.imbalance, waiver, "", 0)


def excuse(
    report: Report, entries: Sequence[Entry], today: date, left_out: Collection[str] | None = ()
) -> Report:
    """The report with its findings waived, and with a finding for each waiver that excuses nothing.

    Waivers of the rules `left_out`, which this run was told not to run, are not judged; `None` means that
    the run saw only a part of the tables, so that no waiver is told to match nothing.

    Raises `InputError` for a waiver that can't tell which of several findings it means.
    """
    for entry in entries:
        ensure_all_told(report, f"{entry.path}:{entry.line}", (entry.rule,))
        _ensure_one_is_met(entry, report.findings)
    states = [
        (e, _state(e, report.findings, today)) for e in entries if left_out is None or e.rule not in left_out
    ]
    judged = [(e, state) for e, state in states if left_out is not None or state != "unmatched"]
    if not judged:
        return report
    in_force = [entry for entry, state in judged if state == "in force"]
    findings = tuple(_excused(finding, in_force) for finding in report.findings)
    checks = [_check(entry, state) for entry, state in judged]
    faults = [_fault(e, s, check) for (e, s), check in zip(judged, checks, strict=True) if s != "in force"]
    return replace(
        report,
        findings=(*findings, *faults),
        rules=(*report.rules, _card(entries[0].path, len(judged), len(in_force))),
        checks=(*report.checks, *checks) if report.checks else (),
        summary=replace(
            report.summary,
            rules=report.summary.rules + 1,
            checks=report.summary.checks + len(checks),
            holds=report.summary.holds + len(in_force),
            violated=report.summary.violated + len(faults),
            waived=sum(finding.waiver is not None for finding in findings),
        ),
    )


def _ensure_one_is_met(entry: Entry, findings: Iterable[Finding]) -> None:
    met = [finding for finding in findings if entry.meets(finding)]
    at = f"{entry.path}:{entry.line}"
    ensure_told_apart(met, at)
    if len(met) > 1:
        raise InputError(
            "{at}: the waiver names no id, and {count} findings of {rule} have this key; add the id of the one meant.",
            at=at, count=len(met), rule=entry.rule,
        )  # fmt: skip


def _state(entry: Entry, findings: Iterable[Finding], today: date) -> State:
    met = [finding for finding in findings if entry.meets(finding)]
    if not met:
        return "unmatched"
    if date.fromisoformat(entry.waiver.until) < today:
        return "expired"
    return "in force" if any(map(entry.accepts, met)) else "changed"


def _excused(finding: Finding, in_force: Iterable[Entry]) -> Finding:
    for entry in in_force:
        if entry.meets(finding) and entry.accepts(finding):
            return replace(finding, waiver=entry.waiver)
    return finding


def _check(entry: Entry, state: State) -> Check:
    key = {"waives": entry.rule, **entry.key}
    cell = Cell(
        operand=entry.finding or entry.rule, id=f"{entry.path}/{entry.finding or entry.rule}", document="",
        clause="", literal=entry.waiver.until, value=None, low=None, high=None, unit="", evidence="",
        start=None, end=None, source=entry.path, line=entry.line,
    )  # fmt: skip
    return Check(
        id=_identity(entry, key), rule=RULE, key=key, verdict="holds" if state == "in force" else "violated",
        left=None, right=None, imbalance=None, left_low=None, left_high=None, right_low=None, right_high=None,
        equation="", cells=(cell,),
    )  # fmt: skip


def _identity(entry: Entry, key: dict[str, str]) -> str:
    content = json.dumps([RULE, sorted(key.items()), entry.finding], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _fault(entry: Entry, state: State, check: Check) -> Finding:
    return Finding(check, "warning", 0, _message(entry, state), _BECAUSE)


def _message(entry: Entry, state: State) -> Phrase:
    name = entry.finding or entry.rule
    by, until = entry.waiver.by, entry.waiver.until
    if state == "unmatched":
        return Phrase(
            f"豁免 {name}（{by}，有效至 {until}）已没有对应的问题，请删除",
            f"the waiver of {name} ({by}, until {until}) matches no finding any more; remove it",
        )
    if state == "expired":
        return Phrase(
            f"豁免 {name}（{by}）已于 {until} 到期，不再生效；请更正数字或重新豁免",
            f"the waiver of {name} ({by}) expired on {until}; correct the figures or waive again",
        )
    return Phrase(
        f"豁免 {name}（{by}，有效至 {until}）之后差额或结论已变，不再生效；请重新核对",
        f"{name} changed since {by} waived it, so the waiver excuses nothing; look again",
    )


_BECAUSE = Phrase(
    "豁免只对当时所见的问题、在期限内有效", "a waiver holds for the finding as it was seen, until its day"
)


def _card(path: str, judged: int, in_force: int) -> RuleCard:
    return RuleCard(
        id=RULE,
        title=Phrase("每条豁免都仍有效", "Every waiver still stands"),
        severity="warning",
        level=0,
        because=_BECAUSE,
        limits=None,
        expression="the finding is as it was waived, and the day has not passed",
        source=path,
        line=1,
        checks=judged,
        holds=in_force,
        violated=judged - in_force,
    )
