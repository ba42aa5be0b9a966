"""The report as Markdown for a code review: short, complete, and no word of a plan acts as markup.

Names, messages and figures are escaped; the words of a plan stand in code spans.
"""

from __future__ import annotations

import re

from audit.model.phrase import Language
from audit.model.report import Check, Finding, Report
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
from audit.reporting.relations import balance, evidence, reading, relation, stated
from audit.reporting.unread import unread
from audit.wording import Words, words

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_AT_START = re.compile(r"^(\s*\d*)([#+\-=>.)])")
_LINK = re.compile(r"://|www\.|@")
_SENTENCE = 400
_KEY = 60


def render(report: Report, *, language: Language, all_checks: bool = False) -> str:
    """The whole report; `all_checks` adds a table of every check."""
    _ = words(language)
    titles = {rule.id: rule.title.in_(language) for rule in report.rules}
    blocks = [
        f"## {escape(verdict_sentence(report.summary, report.findings, _))}",
        escape(counts_line(report.summary, report.findings, _)),
    ]
    if report.comparison:
        blocks.append(escape(comparison_line(report.comparison, report.findings, _)))
    blocks += [_finding(finding, titles, _) for finding in report.findings]
    if report.untestable:
        rows = [
            [code(check.rule), _key(check, _), escape(missing_label(check, _))] for check in report.untestable
        ]
        blocks += [f"### {_('Could not be tested')}", table([_("rule"), _("key"), _("missing")], rows)]
    if report.unbound_rules:
        blocks.append(f"### {_('Rules that found nothing to check')}")
        blocks.append(
            "\n".join(f"- {code(rule)} {escape(titles.get(rule, ''))}" for rule in report.unbound_rules)
        )
    if lines := unread(report, _):
        blocks += [f"### {_('Not read or not looked at')}", "\n".join(f"- {escape(line)}" for line in lines)]
    if all_checks and report.checks:
        rows = [
            [verdict_label(check.verdict, _), code(check.rule), _key(check, _), escape(relation(check))]
            for check in report.checks
        ]
        heads = [_("verdict"), _("rule"), _("key"), _("relation")]
        blocks += [f"### {_('All checks')}", table(heads, rows)]
    return "\n\n".join(blocks) + "\n"


def _finding(finding: Finding, titles: dict[str, str], _: Words) -> str:
    check = finding.check
    notes = [severity_label(finding.severity, _), verdict_label(check.verdict, _), change_label(finding, _)]
    notes.append(_("waived") if finding.waiver else "")
    notes.append("" if finding.certain else _("rests on a figure that was guessed"))
    title = escape(excerpt(titles.get(check.rule, check.rule), "", _SENTENCE))
    head = f"### {_(', ').join(note for note in notes if note)} · {_key(check, _)} · {title}"
    lines = [escape(excerpt(inert(finding.message.in_(_.language)), "", _SENTENCE))]
    if balanced := balance(check, _):
        lines.append(f"**{escape(balanced)}**")
    if finding.waiver:
        lines.append(escape(waiver_label(finding.waiver, _)))
    rows = [
        [
            escape(label),
            escape(stated(cell)),
            escape(reading(cell)),
            escape(place_label(cell)),
            code("".join(evidence(cell))),
        ]
        for label, cell in zip(operand_labels(check.cells, _), check.cells, strict=True)
    ]
    cells = table([_("operand"), _("figure"), _("interval"), _("place"), _("words of the plan")], rows)
    why = escape(excerpt(inert(finding.why.in_(_.language)), "", _SENTENCE))
    foot = f"{code(check.rule)} {code('#' + finding.id)}{' — ' + why if why else ''}"
    return "\n\n".join([head, "  \n".join(lines), *([cells] if rows else []), foot])


def _key(check: Check, _: Words) -> str:
    return escape(excerpt(key_label(check.key, _), "", _KEY))


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
