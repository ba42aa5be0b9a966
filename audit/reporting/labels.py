"""The names of verdicts, severities and totals in the user's language, the same in every format."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from audit.model.report import Comparison, Finding, Report, Severity, Verdict, Waiver
from audit.reporting.inert import inert
from audit.wording import Words


def verdict_label(verdict: Verdict, _: Words) -> str:
    """What a check gave, in one word."""
    return {
        "holds": _("holds"),
        "reconcilable": _("reconcilable"),
        "violated": _("violated"),
        "untestable": _("untestable"),
    }[verdict]


def severity_label(severity: Severity, _: Words) -> str:
    """How much a finding weighs, in one word."""
    return {"error": _("error"), "warning": _("warning"), "info": _("note")}[severity]


def change_label(finding: Finding, _: Words) -> str:
    """What a finding is against the baseline; empty without one."""
    if finding.change is None:
        return ""
    return {
        "new": _("new"),
        "worsened": _("worse than before"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
    }[finding.change]


def comparison_line(comparison: Comparison, findings: tuple[Finding, ...], _: Words) -> str:
    """What is new, worse, changed, unchanged and settled since the baseline, in one line."""
    tally = {
        change: sum(f.change == change for f in findings)
        for change in ("new", "worsened", "changed", "unchanged")
    }
    return _(
        "Since {baseline}: {new} new, {worsened} worse, {changed} changed, {unchanged} unchanged, {settled} settled, "
        "{lost} no longer testable",
        baseline=inert(comparison.baseline),
        settled=len(comparison.settled),
        lost=len(comparison.lost),
        **tally,
    )


def measure_label(measure: str, _: Words) -> str:
    """How a number is meant; a measure of the user's own stands as it is."""
    known = {
        "level": _("level"),
        "increment": _("increment"),
        "cumulative": _("cumulative"),
        "per_year": _("per year"),
        "rate": _("rate"),
        "count": _("count"),
        "size": _("size"),
    }
    return known.get(measure, inert(measure))


def waiver_label(waiver: Waiver, _: Words) -> str:
    """Who accepted a finding, when, until when and why."""
    return _(
        "waived by {by} on {on} until {until}: {reason} ({category})",
        by=inert(waiver.by),
        on=inert(waiver.on),
        until=inert(waiver.until),
        reason=inert(waiver.reason),
        category=category_label(waiver.category, _),
    )


def doubt_label(finding: Finding, _: Words) -> str:
    """Why a finding is not certain, if it is not."""
    if finding.certain:
        return ""
    if finding.scanned is not None:
        return _(
            "rests on a figure that was recognised in a scan, sure to {sure}", sure=f"{finding.scanned:.0%}"
        )
    return _("rests on a figure that was guessed")


def scan_label(sure: Decimal | None, _: Words) -> str:
    """Says of a figure that it was recognised in a scan, if it was."""
    return "" if sure is None else _("scan, sure to {sure}", sure=f"{sure:.0%}")


def category_label(category: str, _: Words) -> str:
    """What was decided about a finding, or why it was waived; a kind that is not known stands as it is."""
    known = {
        "definition": _("a matter of definition"),
        "wording": _("a matter of wording"),
        "to-verify": _("to be verified"),
        "false-alarm": _("false alarm"),
        "accepted": _("known and accepted"),
        "correct": _("to be corrected"),
    }
    return known.get(category, inert(category))


def verdict_sentence(report: Report, _: Words) -> str:
    """What the run says, in a sentence; a run that read or tested nothing never sounds like a pass."""
    unread = report.reading.not_read
    tested = _tested(report, _)
    if not unread:
        return tested
    told = _.plural(
        "{documents} was not read: it is in another language than Chinese, and nothing in it was checked.",
        "{documents} were not read: they are in another language than Chinese, and nothing in them was checked.",
        len(unread),
        documents=_(", ").join(map(inert, unread)),
    )
    return (
        told
        if len(unread) >= len(report.documents)
        else _("{unread} The others: {tested}", unread=told, tested=tested)
    )


def _open_findings(report: Report) -> Counter[Severity]:
    """How many findings there are of each severity that no waiver excuses, those that are only counted too."""
    found = Counter(finding.severity for finding in report.findings if finding.waiver is None)
    for one in report.untold:
        if one.verdict in ("violated", "reconcilable"):
            found[one.severity] += one.count
    return found


def _tested(report: Report, _: Words) -> str:
    summary, found = report.summary, _open_findings(report)
    errors, open_findings = found["error"], found.total()
    if not summary.checks or summary.checks == summary.untestable:
        return _("Nothing could be tested: no rule found all the figures it needs.")
    if errors:
        told = _.plural("{n} error", "{n} errors", errors)
        if open_findings == errors:
            return _("{errors} found.", errors=told)
        rest = _.plural("{n} more point to verify", "{n} more points to verify", open_findings - errors)
        return _("{errors} found, and {rest}.", errors=told, rest=rest)
    if open_findings:
        return _.plural(
            "No error; {n} point depends on a reading or a definition.",
            "No error; {n} points depend on a reading or a definition.",
            open_findings,
        )
    if not summary.figures:
        return _("Every relation that could be tested holds.")
    compared = share(summary.figures_compared, summary.figures)
    return _(
        "Every relation that could be tested holds; {share} of the figures were compared with another.",
        share=compared,
    )


def counts_line(report: Report, _: Words) -> str:
    """All totals of a run in one line, coverage included."""
    summary, found = report.summary, _open_findings(report)
    tally = [
        _.plural("{n} error", "{n} errors", found["error"]),
        _.plural("{n} warning", "{n} warnings", found["warning"]),
    ]
    if notes := found["info"]:
        tally.append(_.plural("{n} note", "{n} notes", notes))
    if summary.waived:
        tally.append(_.plural("{n} waived", "{n} waived", summary.waived))
    checks = _.plural("{n} check", "{n} checks", summary.checks)
    verdicts = _(
        "{holds} hold, {reconcilable} reconcilable, {violated} violated, {untestable} untestable",
        holds=summary.holds,
        reconcilable=summary.reconcilable,
        violated=summary.violated,
        untestable=summary.untestable,
    )
    if not summary.figures:
        return _("{tally}; {checks}: {verdicts}", tally=_(", ").join(tally), checks=checks, verdicts=verdicts)
    return _(
        "{tally}; {checks}: {verdicts}; {covered} of {figures} figures compared with another ({share})",
        tally=_(", ").join(tally),
        checks=checks,
        verdicts=verdicts,
        covered=summary.figures_compared,
        figures=summary.figures,
        share=share(summary.figures_compared, summary.figures),
    )


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent with one decimal; `–` of nothing; 100% only when nothing is missing."""
    if not whole:
        return "–"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"
