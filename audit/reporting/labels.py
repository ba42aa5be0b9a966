"""The names of verdicts, severities and keys in the user's language, the same in every format."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from audit.model.report import Cell, Check, Comparison, Finding, Severity, Summary, Verdict, Waiver
from audit.reporting.inert import excerpt, inert
from audit.wording import Words

_TELLING = ("region", "industry", "indicator", "period", "measure")


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


def operand_labels(
    cells: tuple[Cell, ...], _: Words, documents: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """What tells the figures of a check apart: region, industry, indicator, period, measure, or document.

    A figure alone goes by its region, a row of another table by its clause; a name that the rule gives in Latin
    letters, as authors of rules do, stands only where nothing else does. `documents` gives documents shorter names.
    """
    names = [name for name in _TELLING if len({cell.dimensions.get(name, "") for cell in cells}) > 1]
    several = len({cell.document for cell in cells}) > 1

    def label(cell: Cell) -> str:
        own = cell.dimensions
        parts = [
            measure_label(own[name], _) if name == "measure" else inert(own[name])
            for name in names
            if own.get(name)
        ]
        if not parts and several:
            parts = [inert(documents.get(cell.document, cell.document))]
        named = "" if cell.operand.isascii() else cell.operand
        return " · ".join(parts) or inert(own.get("region", "") or named or cell.clause or cell.operand)

    return tuple(excerpt(label(cell), "", 60) for cell in cells)


def key_label(key: Mapping[str, str], _: Words) -> str:
    """A check's key in a breath: `研发机构 · 2019`; `—` without one.

    The document is told elsewhere; the id of a relation and an offset in the text say nothing to a reader.
    """
    parts = [
        measure_label(value, _) if name == "measure" else inert(value)
        for name, value in key.items()
        if value and name not in ("document", "relation", "start")
    ]
    return " · ".join(parts) or inert(key.get("document", "")) or "—"


def place_label(cell: Cell) -> str:
    """Where a figure stands: document and clause; of a row that has neither, see `row_label`."""
    return (
        inert(f"{cell.document} {cell.clause}".strip()) if cell.clause or cell.document else row_label(cell)
    )


def row_label(cell: Cell) -> str:
    """Which row of which table: file and line (without a file the table and the row's name), and what else it says."""
    where = cell.where or f"{cell.table} {cell.id}".strip()
    column = f"[{cell.column}]" if cell.column else ""
    others = ", ".join(f"{name}={value}" for name, value in cell.dimensions.items())
    return excerpt(inert(" ".join(part for part in (where, column, others) if part)), "", 160)


def missing_label(check: Check, _: Words) -> str:
    """What a check that could not be made lacks."""
    return excerpt(_(", ").join(map(inert, check.missing)), "", 60) or _("a figure that can be used")


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


def verdict_sentence(summary: Summary, findings: tuple[Finding, ...], _: Words) -> str:
    """What the run says, in a sentence; a run that tested nothing never sounds like a pass."""
    open_findings = [finding for finding in findings if finding.waiver is None]
    errors = sum(finding.severity == "error" for finding in open_findings)
    if not summary.checks or summary.checks == summary.untestable:
        return _("Nothing could be tested: no rule found all the figures it needs.")
    if errors:
        found = _.plural("{n} error", "{n} errors", errors)
        if len(open_findings) == errors:
            return _("{errors} found.", errors=found)
        rest = _.plural("{n} more point to verify", "{n} more points to verify", len(open_findings) - errors)
        return _("{errors} found, and {rest}.", errors=found, rest=rest)
    if open_findings:
        return _.plural(
            "No error; {n} point depends on a reading or a definition.",
            "No error; {n} points depend on a reading or a definition.",
            len(open_findings),
        )
    if not summary.figures:
        return _("Every relation that could be tested holds.")
    compared = share(summary.figures_compared, summary.figures)
    return _(
        "Every relation that could be tested holds; {share} of the figures were compared with another.",
        share=compared,
    )


def counts_line(summary: Summary, findings: tuple[Finding, ...], _: Words) -> str:
    """All totals of a run in one line, coverage included."""
    open_findings = [finding for finding in findings if finding.waiver is None]
    tally = [
        _.plural("{n} error", "{n} errors", sum(f.severity == "error" for f in open_findings)),
        _.plural("{n} warning", "{n} warnings", sum(f.severity == "warning" for f in open_findings)),
    ]
    if notes := sum(f.severity == "info" for f in open_findings):
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
    return _(
        "{tally}; {checks}: {verdicts}; {covered} of {figures} figures checked ({share})",
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
