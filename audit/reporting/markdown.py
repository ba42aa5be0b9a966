"""The report as Markdown for a code review: causes first, bounded, and no word of a plan acts as markup.

Names, messages and figures are escaped; the words of a plan stand in code spans.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit.model.phrase import Language
from audit.model.report import Cell, Check, Finding, Report
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
    counts_line,
    doubt_label,
    severity_label,
    verdict_label,
    verdict_sentence,
    waiver_label,
)
from audit.reporting.listed import is_listed
from audit.reporting.listed import lines as listed
from audit.reporting.names import Names, names_of
from audit.reporting.outline import Group, gaps, groups
from audit.reporting.relations import balance, counted_only, reading, relation, stated
from audit.reporting.unread import unread
from audit.wording import Words

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_AT_START = re.compile(r"^(\s*\d*)([#+\-=>.)])")
_LINK = re.compile(r"://|www\.|@")
_SENTENCE = 400
_KEY = 60
_GROUPS, _FINDINGS, _CELLS, _ROWS = 100, 10, 20, 1_000
"""How much a page holds: causes, findings of each, figures of each finding, rows of other lists."""


def render(report: Report, *, language: Language, all_checks: bool = False) -> str:
    """The report by causes; `all_checks` adds a table of every check. Long lists are cut, and it is told."""
    names = names_of(report, language)
    _ = names.words
    cells, told = cells_by_id(report) if report.causes else {}, groups(report)
    blocks = [
        f"## {escape(verdict_sentence(report, _))}",
        escape(counts_line(report, _)),
    ]
    if report.comparison:
        blocks.append(escape(comparison_line(report.comparison, report.findings, _)))
    for number, group in enumerate(told[:_GROUPS], start=1):
        blocks += _group(group, number, cells, names)
    blocks += _more(len(told) - _GROUPS, _)
    if report.untestable:
        rows = [
            [escape(lacking(gap, names)), escape(names.rule(gap.rule)), str(len(gap.checks)),
             _key(gap.checks[0], names)]
            for gap in gaps(report)
        ]  # fmt: skip
        heads = [_("missing"), _("rule"), _("checks"), _("such as")]
        blocks += [
            f"### {_('Could not be tested')}",
            table(heads, rows[:_ROWS]),
            *_more(len(rows) - _ROWS, _),
        ]
    if report.unbound_rules:
        blocks.append(f"### {_('Rules that found nothing to check')}")
        lines = [f"- {code(rule)} {escape(names.rule(rule))}" for rule in report.unbound_rules]
        blocks += ["\n".join(lines[:_ROWS]), *_more(len(lines) - _ROWS, _)]
    if lines := [f"- {escape(line)}" for line in unread(report, _)]:
        blocks += [f"### {_('How it was read, and what was not')}", "\n".join(lines)]
    if all_checks and report.checks:
        rows = [
            [verdict_label(check.verdict, _), code(check.rule), _key(check, names), escape(relation(check))]
            for check in report.checks[:_ROWS]
        ]
        heads = [_("verdict"), _("rule"), _("key"), _("relation")]
        blocks += [f"### {_('All checks')}", table(heads, rows), *_more(len(report.checks) - _ROWS, _)]
    return "\n\n".join(blocks) + "\n"


def _more(count: int, _: Words) -> list[str]:
    return (
        [escape(_("… and {n} more; -o FILE.json, .xlsx or .html holds them.", n=count))] if count > 0 else []
    )


def _group(group: Group, number: int, cells: Mapping[str, Cell], names: Names) -> list[str]:
    """A cause with its findings below; of a question about one finding that alone."""
    _ = names.words
    told = heading(group, names)
    sure = confidence(group, _)
    notes = _(", ").join(filter(None, (severity_label(group.severity, _), sure)))
    blocks = [f"### {number}. {escape(told)} ({escape(notes)})"]
    if group.cause is not None:
        lines = [_("where: {places}", places=places)] if (places := where(group.findings, names)) else []
        if group.cause.edits:
            lines += [] if is_listed(group) else [recommendation(group, cells, names)]
            lines.append(_("then {effect}", effect=effect(group, _)))
        blocks.append("\n".join(f"- {escape(line)}" for line in lines))
    if is_listed(group):
        return [*filter(None, blocks), *_list(group, cells, names)]
    for finding in group.findings[:_FINDINGS]:
        blocks += _finding(finding, told, names)
    return [block for block in (*blocks, *_more(len(group.findings) - _FINDINGS, _)) if block]


def _list(group: Group, cells: Mapping[str, Cell], names: Names) -> list[str]:
    """What a cause that is one matter is about, a row each, and why it matters."""
    _ = names.words
    found = listed(group, cells, names)
    rows = [
        [escape(line.about), escape(line.stated), escape(line.place), code(line.quote), code(line.ids)]
        for line in found[:_CELLS]
    ]
    heads = [_("item"), _("figure"), _("place"), _("words of the plan"), _("finding id")]
    shown = [column for column in range(5) if any(row[column] for row in rows)]
    why = dict.fromkeys(
        excerpt(inert(finding.why.in_(_.language)), "", _SENTENCE) for finding in group.findings
    )
    return [
        table([heads[column] for column in shown], [[row[column] for column in shown] for row in rows]),
        *_more(len(found) - _CELLS, _),
        *(escape(reason) for reason in why if reason),
    ]


def _finding(finding: Finding, told: str, names: Names) -> list[str]:
    _, check = names.words, finding.check
    notes = [severity_label(finding.severity, _), verdict_label(check.verdict, _), change_label(finding, _)]
    notes.append(_("waived") if finding.waiver else "")
    notes.append(doubt_label(finding, _))
    message = finding_heading(finding, _)
    noted = escape(_(", ").join(note for note in notes if note))
    lines = [f"#### {escape(message)} ({noted})"] if message != told else []
    if balanced := balance(check, _):
        lines.append(f"**{escape(balanced)}**")
    if finding.waiver:
        lines.append(escape(waiver_label(finding.waiver, _)))
    rows = [
        [
            escape(label),
            escape(stated(cell)),
            escape(reading(cell)),
            escape(place),
            code(str(names.quote(cell))),
        ]
        for label, place, cell in zip(
            names.operands(check.cells), names.places(check.cells), check.cells, strict=True
        )
    ]
    if rows:
        heads = [_("item"), _("figure"), _("interval"), _("place"), _("words of the plan")]
        lines += [table(heads, rows[:_CELLS]), *_more(len(rows) - _CELLS, _)]
        lines += [told] if (told := counted_only(check, _)) else []
    why = escape(excerpt(inert(finding.why.in_(_.language)), "", _SENTENCE))
    return [*lines, f"{code('#' + finding.id)}{' — ' + why if why else ''}"]


def _key(check: Check, names: Names) -> str:
    return escape(excerpt(names.key(check.key), "", _KEY))


def escape(text: str) -> str:
    """`text` as Markdown that shows these characters: no markup, HTML, link or mention comes of it."""
    plain = inert(text).replace("&", "&amp;").replace("<", "&lt;")
    marked = _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", plain))
    return _LINK.sub(lambda found: f"{found[0][:-1]}<!-- -->{found[0][-1]}", marked)


def code(text: str) -> str:
    """`text` as a code span, also inside a table; empty for an empty text."""
    words_of_plan = inert(text).strip()
    if not words_of_plan:
        return ""
    fence = "`" * (1 + max(map(len, re.findall("`+", words_of_plan)), default=0))
    space = " " if words_of_plan.startswith("`") or words_of_plan.endswith("`") else ""
    return f"{fence}{space}{words_of_plan}{space}{fence}".replace("|", r"\|")


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
