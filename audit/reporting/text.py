"""The report on a terminal: findings first, then what could not be tested, then one line of totals.

Columns align with wide East Asian characters. Colour is used only when the caller asks for it, and no
character of a plan can act on the terminal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import tabulate as tables

from audit.model.phrase import Language
from audit.model.report import Cell, Check, Comparison, Finding, Report
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    change_label,
    comparison_line,
    counts_line,
    key_label,
    missing_label,
    operand_labels,
    place_label,
    severity_label,
    verdict_label,
    verdict_sentence,
    waiver_label,
)
from audit.reporting.numbers import signed
from audit.reporting.relations import balance, evidence, reading, relation, stated
from audit.reporting.unread import unread
from audit.wording import Words, words

_Paint = Callable[[str, str], str]
_SENTENCE = 600
_KEYS_SHOWN = 4
_KEY = 40
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "holds": "32",
    "dim": "2",
    "bold": "1",
    "mark": "4",
}


def render(report: Report, *, language: Language, all_checks: bool = False, colour: bool = False) -> str:
    """The whole report as lines of text; `all_checks` adds every check with its verdict."""
    _ = words(language)
    titles = {rule.id: inert(rule.title.in_(language)) for rule in report.rules}
    paint = _paint if colour else _plain
    blocks = [_finding(finding, titles, _, paint) for finding in report.findings]
    if report.untestable:
        blocks.append(_untestable(report.untestable, titles, _, paint))
    if report.unbound_rules:
        blocks.append(_unbound(report.unbound_rules, titles, _, paint))
    if lines := unread(report, _):
        blocks.append(paint(_("Not read or not looked at"), "bold") + "\n" + _indent("\n".join(lines)))
    if all_checks and report.checks:
        blocks.append(_all_checks(report.checks, _, paint))
    if report.comparison:
        blocks.append(_gone(report.comparison, report.findings, titles, _, paint))
    blocks.append(_totals(report, _, paint))
    return "\n\n".join(blocks) + "\n"


def _paint(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text else ""


def _plain(text: str, style: str) -> str:
    return text


def _finding(finding: Finding, titles: dict[str, str], _: Words, paint: _Paint) -> str:
    check = finding.check
    head = [
        paint(severity_label(finding.severity, _), finding.severity),
        verdict_label(check.verdict, _),
        paint(excerpt(key_label(check.key, _), "", _KEY), "bold"),
        titles.get(check.rule, ""),
        paint(f"{inert(check.rule)} #{inert(finding.id)}", "dim"),
    ]
    notes = [change_label(finding, _), _("waived") if finding.waiver else ""]
    notes.append("" if finding.certain else _("rests on a figure that was guessed"))
    lines = ["  ".join(part for part in head if part) + "".join(f"  [{note}]" for note in notes if note)]
    lines.append(_indent(excerpt(inert(finding.message.in_(_.language)), "", _SENTENCE)))
    if finding.why.in_(_.language):
        lines.append(_indent(paint(excerpt(inert(finding.why.in_(_.language)), "", _SENTENCE), "dim")))
    if finding.waiver:
        lines.append(_indent(waiver_label(finding.waiver, _)))
    if told := balance(check, _):
        lines.append(_indent(paint(told, "bold")))
    if check.cells:
        lines.append(_cells(check.cells, _, paint))
    return "\n".join(lines)


def _cells(cells: tuple[Cell, ...], _: Words, paint: _Paint) -> str:
    rows = [
        [label, stated(cell), reading(cell), place_label(cell), _evidence(cell, paint)]
        for label, cell in zip(operand_labels(cells, _), cells, strict=True)
    ]
    return _indent(tables.tabulate(rows, tablefmt="plain", disable_numparse=True))


def _evidence(cell: Cell, paint: _Paint) -> str:
    before, figure, after = evidence(cell)
    return f"“{before}{paint(figure, 'mark')}{after}”" if before or figure else ""


def _untestable(checks: tuple[Check, ...], titles: dict[str, str], _: Words, paint: _Paint) -> str:
    """Grouped by rule and by what is missing: how often, and the first keys."""
    groups: dict[tuple[str, tuple[str, ...]], list[Check]] = defaultdict(list)
    for check in checks:
        groups[check.rule, check.missing].append(check)
    rows = []
    for (rule, _missing), members in groups.items():
        keys = "; ".join(excerpt(key_label(check.key, _), "", _KEY) for check in members[:_KEYS_SHOWN])
        more = len(members) - _KEYS_SHOWN
        rows.append(
            [
                inert(rule),
                titles.get(rule, ""),
                missing_label(members[0], _),
                _.plural("{n} check", "{n} checks", len(members)),
                keys + (_(" and {n} more", n=more) if more > 0 else ""),
            ]
        )
    heads = [_("rule"), _("title"), _("missing"), _("checks"), _("keys")]
    table = tables.tabulate(rows, headers=heads, tablefmt="plain", disable_numparse=True)
    return paint(_("Could not be tested"), "bold") + "\n" + _indent(table)


def _unbound(rules: tuple[str, ...], titles: dict[str, str], _: Words, paint: _Paint) -> str:
    rows = [[inert(rule), titles.get(rule, "")] for rule in rules]
    head = paint(_("Rules that found nothing to check"), "bold")
    return head + "\n" + _indent(tables.tabulate(rows, tablefmt="plain", disable_numparse=True))


def _gone(
    comparison: Comparison, findings: tuple[Finding, ...], titles: dict[str, str], _: Words, paint: _Paint
) -> str:
    """What became of the baseline's findings that are none any more."""
    gone = [(_("settled"), finding) for finding in comparison.settled]
    gone += [(_("no longer testable"), finding) for finding in comparison.lost]
    rows = [
        [
            state,
            excerpt(key_label(f.check.key, _), "", _KEY),
            titles.get(f.check.rule, ""),
            f"{inert(f.check.rule)} #{inert(f.id)}",
        ]
        for state, f in gone
    ]
    head = paint(comparison_line(comparison, findings, _), "bold")
    return head + (
        "\n" + _indent(tables.tabulate(rows, tablefmt="plain", disable_numparse=True)) if rows else ""
    )


def _all_checks(checks: tuple[Check, ...], _: Words, paint: _Paint) -> str:
    rows = [
        [
            verdict_label(check.verdict, _),
            inert(check.rule),
            excerpt(key_label(check.key, _), "", _KEY),
            excerpt(relation(check), "", 60),
            signed(check.imbalance),
        ]
        for check in checks
    ]
    heads = [_("verdict"), _("rule"), _("key"), _("relation"), _("imbalance")]
    table = tables.tabulate(rows, headers=heads, tablefmt="plain", disable_numparse=True)
    return paint(_("All checks"), "bold") + "\n" + _indent(table)


def _totals(report: Report, _: Words, paint: _Paint) -> str:
    sentence = verdict_sentence(report.summary, report.findings, _)
    worst = "error" if "error" in {f.severity for f in report.findings if f.waiver is None} else "bold"
    return f"{paint(sentence, worst)}\n{counts_line(report.summary, report.findings, _)}"


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
