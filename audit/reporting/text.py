"""The report on a terminal: causes with their findings first, then what could not be tested, then one line of totals.

Columns align with wide East Asian characters. Colour is used only when the caller asks for it, and no
character of a plan can act on the terminal. Long lists are cut, and it is told what was left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit.model.frozen import frozen
from audit.model.phrase import Language
from audit.model.report import Cell, Check, Comparison, Finding, Report
from audit.reporting.aligned import aligned
from audit.reporting.assessment import (
    confidence,
    effect,
    finding_heading,
    heading,
    lacking,
    recommendation,
    where,
)
from audit.reporting.corrections import cells_by_id
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    change_label,
    comparison_line,
    doubt_label,
    severity_label,
    verdict_label,
    waiver_label,
)
from audit.reporting.listed import is_listed
from audit.reporting.listed import lines as listed
from audit.reporting.names import Names, names_of
from audit.reporting.numbers import signed
from audit.reporting.outline import Gap, Group, gaps, groups
from audit.reporting.relations import balance, counted_only, reading, relation, stated
from audit.reporting.totals import Paint, plain, totals
from audit.reporting.unread import unread
from audit.wording import Words

_SENTENCE = 600
_KEYS_SHOWN = 4
_FINDINGS = 300
"""So many findings are enough for a screen, however few causes they have."""
_KEY = 40
_CELL = 80
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "holds": "32",
    "dim": "2",
    "bold": "1",
    "mark": "4",
}


@frozen
class Bounds:
    """How much is shown: causes, places of a correction, findings of a cause, figures of a finding, rows of other lists."""

    groups: int
    places: int
    findings: int
    cells: int
    rows: int


SHORT = Bounds(groups=50, places=2, findings=4, cells=8, rows=20)
LONG = Bounds(groups=200, places=40, findings=40, cells=40, rows=2_000)
"""With every check."""


def render(report: Report, *, language: Language, all_checks: bool = False, colour: bool = False) -> str:
    """The report as lines of text; `all_checks` adds every check with its verdict, and cuts later."""
    names, bounds = names_of(report, language), LONG if all_checks else SHORT
    _, paint = names.words, _paint if colour else plain
    cells = cells_by_id(report) if report.causes else {}
    told = groups(report)
    count = _fitting(told, bounds)
    blocks = [
        group_block(group, f"{number}.", cells, names, bounds, paint)
        for number, group in enumerate(told[:count], start=1)
    ]
    if rest := told[count:]:
        blocks.append(paint(_rest(rest, _), "bold"))
    if report.untestable:
        blocks.append(_untestable(gaps(report), names, bounds, paint))
    if report.unbound_rules:
        blocks.append(_unbound(report.unbound_rules, names, bounds, paint))
    if lines := unread(report, _):
        blocks.append(
            paint(_("How it was read, and what was not"), "bold") + "\n" + _indent("\n".join(lines))
        )
    if all_checks and report.checks:
        blocks.append(_all_checks(report.checks, names, bounds, paint))
    if report.comparison:
        blocks.append(_gone(report.comparison, report.findings, names, bounds, paint))
    blocks.append(totals(report, _, paint))
    return "\n\n".join(blocks) + "\n"


def _fitting(told: Sequence[Group], bounds: Bounds) -> int:
    """How many groups are shown: as many as may be, until their findings are enough."""
    findings = 0
    for count, group in enumerate(told[: bounds.groups]):
        if findings >= _FINDINGS:
            return count
        findings += min(len(group.findings), bounds.findings)
    return min(len(told), bounds.groups)


def _paint(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text else ""


def group_block(
    group: Group, number: str, cells: Mapping[str, Cell], names: Names, bounds: Bounds, paint: Paint = plain
) -> str:
    """A cause: what is wrong, where, the likely correction and what it would settle; then its findings.

    Of a question about one finding the finding is all there is to tell.
    """
    _ = names.words
    told = heading(group, names)
    lines = [
        "  ".join(
            filter(None, (number, paint(severity_label(group.severity, _), group.severity), paint(told, "bold"),
                          confidence(group, _)))
        )
    ]  # fmt: skip
    if group.cause is not None:
        if place := where(group.findings, names):
            lines.append(_indent(_("where: {places}", places=place)))
        if group.cause.edits:
            if not is_listed(group):
                lines.append(_indent(recommendation(group, cells, names, bounds.places)))
            lines.append(_indent(_("then {effect}", effect=effect(group, _))))
    if is_listed(group):
        return "\n".join([*lines, _indent(_list(group, cells, names, bounds, paint))])
    alone = len(group.findings) == 1 and finding_heading(group.findings[0], _) == told
    parts = ["\n".join(lines)]
    reasons: set[str] = set()
    for finding in group.findings[: bounds.findings]:
        reason = "" if finding.check.rule in reasons else finding.why.in_(_.language)
        reasons.add(finding.check.rule)
        parts.append(_indent(_finding(finding, alone, reason, names, bounds, paint)))
    if (more := len(group.findings) - bounds.findings) > 0:
        parts.append(_indent(_.plural("and {n} more finding", "and {n} more findings", more)))
    return "\n".join(parts)


def _list(group: Group, cells: Mapping[str, Cell], names: Names, bounds: Bounds, paint: Paint) -> str:
    """What a cause that is one matter is about, a line each, below the reasons why it matters."""
    _ = names.words
    reasons = dict.fromkeys(finding.why.in_(_.language) for finding in group.findings)
    told = [paint(excerpt(inert(reason), "", _SENTENCE), "dim") for reason in reasons if reason]
    found = listed(group, cells, names)
    rows = [
        [line.about, line.stated, line.place, f"“{line.quote}”" if line.quote else "", paint(line.ids, "dim")]
        for line in found[: bounds.rows]
    ]
    rows = [[excerpt(cell, "", _CELL) for cell in row] for row in rows]
    shown = [column for column in range(5) if any(row[column] for row in rows)]
    table = [[row[column] for column in shown] for row in rows]
    told.append(aligned(table))
    if (more := len(found) - bounds.rows) > 0:
        told.append(_("and {n} more", n=more))
    return "\n".join(told)


def _rest(rest: Sequence[Group], _: Words) -> str:
    findings = sum(len(group.findings) for group in rest)
    causes = _.plural("{n} more cause", "{n} more causes", len(rest))
    return _(
        "{causes} with {findings} not shown here; -o FILE.json, .xlsx or .html holds them.",
        causes=causes,
        findings=_.plural("{n} finding", "{n} findings", findings),
    )


def _finding(finding: Finding, alone: bool, reason: str, names: Names, bounds: Bounds, paint: Paint) -> str:
    """One finding; `alone`: its cause has said what is the matter, `reason`: why it matters, where it is not told yet."""
    _, check = names.words, finding.check
    notes = [change_label(finding, _), _("waived") if finding.waiver else ""]
    notes.append(doubt_label(finding, _))
    noted = "".join(f"  [{note}]" for note in notes if note)
    head = [paint(severity_label(finding.severity, _), finding.severity), verdict_label(check.verdict, _)]
    head.append("" if alone else finding_heading(finding, _))
    head.append(paint(f"#{inert(finding.id)}", "dim"))
    lines = ["  ".join(filter(None, head)) + noted]
    if reason:
        lines.append(_indent(paint(excerpt(inert(reason), "", _SENTENCE), "dim")))
    if finding.waiver:
        lines.append(_indent(waiver_label(finding.waiver, _)))
    if told := balance(check, _):
        lines.append(_indent(paint(told, "bold")))
    if check.cells:
        lines.append(_cells(check, names, bounds, paint))
    return "\n".join(lines)


def _cells(check: Check, names: Names, bounds: Bounds, paint: Paint) -> str:
    cells = check.cells
    labelled = zip(names.operands(cells), names.places(cells), cells, strict=True)
    rows = [
        [label, stated(cell), reading(cell), place, _quoted(cell, names, paint)]
        for label, place, cell in list(labelled)[: bounds.cells]
    ]
    text = aligned(rows)
    if (more := len(cells) - bounds.cells) > 0:
        text += "\n" + names.words.plural("{n} more figure", "{n} more figures", more)
    if told := counted_only(check, names.words):
        text += "\n" + told
    return _indent(text)


def _quoted(cell: Cell, names: Names, paint: Paint) -> str:
    quote = names.quote(cell)
    return f"“{quote.before}{paint(quote.figure, 'mark')}{quote.after}”" if quote else ""


def _table(rows: Sequence[Sequence[str]], heads: Sequence[str], most: int, _: Words) -> str:
    """The first rows of a list, and how many more there are."""
    text = aligned(rows[:most], heads)
    more = len(rows) - most
    return _indent(text + ("\n" + _("and {n} more", n=more) if more > 0 else ""))


def _untestable(found: Sequence[Gap], names: Names, bounds: Bounds, paint: Paint) -> str:
    """A line for each fact: what is missing, how many checks it stops, and the first keys."""
    _ = names.words
    rows = []
    for gap in found:
        keys = _("; ").join(excerpt(names.key(c.key), "", _KEY) for c in gap.checks[:_KEYS_SHOWN])
        more = len(gap.checks) - _KEYS_SHOWN
        rows.append(
            [
                lacking(gap, names),
                names.rule(gap.rule),
                _.plural("{n} check", "{n} checks", len(gap.checks)),
                keys + (_(" and {n} more", n=more) if more > 0 else ""),
            ]
        )
    heads = [_("missing"), _("rule"), _("checks"), _("keys")]
    return paint(_("Could not be tested"), "bold") + "\n" + _table(rows, heads, bounds.rows, _)


def _unbound(unbound: Sequence[str], names: Names, bounds: Bounds, paint: Paint) -> str:
    _, rows = names.words, [[inert(rule), names.rule(rule)] for rule in unbound]
    head = paint(_("Rules that found nothing to check"), "bold")
    return head + "\n" + _table(rows, (), bounds.rows, _)


def _gone(
    comparison: Comparison, findings: tuple[Finding, ...], names: Names, bounds: Bounds, paint: Paint
) -> str:
    """What became of the baseline's findings that are none any more."""
    _ = names.words
    gone = [(_("settled"), finding) for finding in comparison.settled]
    gone += [(_("no longer testable"), finding) for finding in comparison.lost]
    rows = [[state, excerpt(finding_heading(f, _), "", 2 * _KEY), f"#{inert(f.id)}"] for state, f in gone]
    head = paint(comparison_line(comparison, findings, _), "bold")
    return head + ("\n" + _table(rows, (), bounds.rows, _) if rows else "")


def _all_checks(checks: Sequence[Check], names: Names, bounds: Bounds, paint: Paint) -> str:
    _ = names.words
    rows = [
        [
            verdict_label(check.verdict, _),
            inert(check.rule),
            excerpt(names.key(check.key), "", _KEY),
            excerpt(relation(check), "", 60),
            signed(check.imbalance),
        ]
        for check in checks[: bounds.rows]
    ]
    heads = [_("verdict"), _("rule"), _("key"), _("relation"), _("imbalance")]
    more = len(checks) - bounds.rows
    return "\n".join(
        [
            paint(_("All checks"), "bold"),
            _table(rows, heads, bounds.rows, _),
            *([_indent(_("and {n} more", n=more))] if more > 0 else []),
        ]
    )


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
