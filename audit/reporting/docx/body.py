"""The text of the Word report, part by part."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from audit.model.report import SEVERITIES, VERDICTS, Cell, Check, Finding, Report
from audit.reporting.chapters import coverage_by_chapter
from audit.reporting.dates import stamp
from audit.reporting.docx.tables import Content, add_table
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    change_label,
    comparison_line,
    counts_line,
    key_label,
    missing_label,
    operand_labels,
    row_label,
    severity_label,
    share,
    verdict_label,
    verdict_sentence,
    waiver_label,
)
from audit.reporting.numbers import signed
from audit.reporting.relations import balance, evidence, reading, relation, stated
from audit.reporting.unread import unread
from audit.wording import Words

_SENTENCE = 600
_KEYS_SHOWN = 6
_CHINESE = "一二三四五六七八九十"


def write_body(document: Any, report: Report, _: Words, all_checks: bool) -> None:
    """Everything after the template's own text."""
    document.add_paragraph(_("Report on the consistency of figures in plans"), style="Title")
    parts = [
        (_("Basis and scope"), _scope),
        (_("Method"), _method),
        (_("Conclusion"), _conclusion),
        (_("Findings"), _findings),
        (_("What could not be tested"), _untested),
    ]
    for number, (title, write) in enumerate(parts, start=1):
        document.add_paragraph(_numbered(number, title, _), style="Heading 1")
        write(document, report, _)
    if moment := stamp():
        paragraph = document.add_paragraph(moment.date().isoformat(), style="Audit Text")
        paragraph.alignment = 2
    document.add_page_break()
    _appendix_rules(document, report, _)
    _appendix_coverage(document, report, _)
    if all_checks and report.checks:
        _appendix_checks(document, report, _)
    _appendix_sources(document, report, _)


def _numbered(number: int, title: str, _: Words) -> str:
    if _.language == "zh" and number <= len(_CHINESE):
        return f"{_CHINESE[number - 1]}、{title}"
    return f"{number}. {title}"


def _part(number: int, title: str, _: Words) -> str:
    if _.language == "zh" and number <= len(_CHINESE):
        return f"（{_CHINESE[number - 1]}）{title}"
    return f"({number}) {title}"


def _scope(document: Any, report: Report, _: Words) -> None:
    text = _.plural(
        "{n} document was checked for whether the figures it states hold together.",
        "{n} documents were checked for whether the figures they state hold together.",
        len(report.documents),
    )
    document.add_paragraph(text, style="Audit Text")
    counts: dict[str, int] = defaultdict(int)
    for use in report.figures:
        counts[use.cell.document] += 1
    rows = [
        [
            d.title + ("" if d.complete else f" ({_('excerpt')})"),
            d.number or "—",
            d.issuer or "—",
            d.date or "—",
            str(counts[d.id]),
        ]
        for d in report.documents
    ]
    add_table(
        document, [_("title"), _("number"), _("issuer"), _("date"), _("figures")], rows, (31, 20, 18, 17, 12)
    )


def _method(document: Any, report: Report, _: Words) -> None:
    texts = [
        _(
            "Every figure was taken from the text with its place and its wording. {rules} rules say how the figures "
            "must relate; each was applied wherever its figures are stated, which gave {checks} checks.",
            rules=report.summary.rules,
            checks=report.summary.checks,
        ),
        _(
            "A relation is compared twice: as stated, and as the intervals that rounding and words such as “above” or "
            "“about” allow. It is violated when no reading of the intervals makes it true, and reconcilable when only "
            "the intervals do. What lacks a figure is untestable and never counts as a pass."
        ),
    ]
    for text in texts:
        document.add_paragraph(text, style="Audit Text")


def _conclusion(document: Any, report: Report, _: Words) -> None:
    document.add_paragraph(verdict_sentence(report.summary, report.findings, _), style="Audit Text")
    document.add_paragraph(counts_line(report.summary, report.findings, _) + _("."), style="Audit Text")
    if report.comparison:
        document.add_paragraph(
            comparison_line(report.comparison, report.findings, _) + _("."), style="Audit Text"
        )
    summary = report.summary
    counts = [summary.holds, summary.reconcilable, summary.violated, summary.untestable]
    covered = share(summary.figures_compared, summary.figures)
    heads = [*(verdict_label(verdict, _) for verdict in VERDICTS), _("waived"), _("figures checked")]
    add_table(document, heads, [[*map(str, counts), str(summary.waived), covered]], (9, 15, 10, 13, 9, 15))


def _findings(document: Any, report: Report, _: Words) -> None:
    titles = {rule.id: rule.title.in_(_.language) for rule in report.rules}
    groups = [
        (severity_label(severity, _), [f for f in report.findings if f.severity == severity and not f.waiver])
        for severity in SEVERITIES
    ]
    groups.append((_("waived"), [finding for finding in report.findings if finding.waiver]))
    if not report.findings:
        document.add_paragraph(_("There are no findings."), style="Audit Text")
    names = {item.id: item.number or item.title for item in report.documents}
    number = 0
    for part, (label, members) in enumerate([group for group in groups if group[1]], start=1):
        count = _.plural("{n} finding", "{n} findings", len(members))
        title = _("{label}: {count}", label=label, count=count)
        document.add_paragraph(_part(part, title, _), style="Heading 2")
        for finding in sorted(members, key=lambda f: f.check.verdict != "violated"):
            number += 1
            _finding(document, finding, number, titles, names, _)


def _finding(
    document: Any, finding: Finding, number: int, titles: dict[str, str], names: dict[str, str], _: Words
) -> None:
    check = finding.check
    title = excerpt(inert(titles.get(check.rule, "")), "", 80)
    document.add_paragraph(
        f"{number}. {excerpt(key_label(check.key, _), '', 80)} — {title}", style="Heading 3"
    )
    message = excerpt(inert(finding.message.in_(_.language)), "", _SENTENCE)
    document.add_paragraph(message, style="Audit Finding")
    if told := balance(check, _):
        document.add_paragraph(told, style="Audit Relation")
    rows: list[list[Content]] = [
        [
            label,
            stated(cell),
            reading(cell),
            _place(cell, names),
            _quoted(evidence(cell)),
        ]
        for label, cell in zip(operand_labels(check.cells, _, names), check.cells, strict=True)
    ]
    heads = [_("operand"), _("figure"), _("interval"), _("place"), _("words of the plan")]
    if any(row[2] for row in rows):
        add_table(document, heads, rows, (17, 12, 12, 28, 33))
    elif rows:
        shorter = [row[:2] + row[3:] for row in rows]
        add_table(document, heads[:2] + heads[3:], shorter, (19, 15, 30, 38))
    why = inert(finding.why.in_(_.language))
    notes = [why and _("Why: {why}", why=excerpt(why, "", _SENTENCE)), change_label(finding, _)]
    notes.append(waiver_label(finding.waiver, _) if finding.waiver else "")
    notes.append("" if finding.certain else _("rests on a figure that was guessed"))
    notes.append(f"{inert(check.rule)} #{inert(finding.id)}")
    document.add_paragraph(_("; ").join(note for note in notes if note), style="Audit Note")


def _place(cell: Cell, names: dict[str, str]) -> str:
    """Where a figure stands, its document by a shorter name; a row that stands in none by its table."""
    return f"{names.get(cell.document, cell.document)} {cell.clause}".strip() or row_label(cell)


def _quoted(parts: tuple[str, str, str]) -> list[tuple[str, bool]]:
    before, figure, after = parts
    if not before and not figure:
        return []
    return [(f"“{before}", False), (figure, True), (f"{after}”", False)]


def _untested(document: Any, report: Report, _: Words) -> None:
    titles = {rule.id: rule.title.in_(_.language) for rule in report.rules}
    groups: dict[tuple[str, tuple[str, ...]], list[Check]] = defaultdict(list)
    for check in report.untestable:
        groups[check.rule, check.missing].append(check)
    document.add_paragraph(
        _("None of this is a pass: a figure was missing, stated twice, or no rule applied."),
        style="Audit Text",
    )
    for line in unread(report, _):
        document.add_paragraph(line, style="Audit Note")
    rows = []
    for (rule, _missing), members in groups.items():
        keys = _("; ").join(excerpt(key_label(check.key, _), "", 60) for check in members[:_KEYS_SHOWN])
        more = len(members) - _KEYS_SHOWN
        keys += _(" and {n} more", n=more) if more > 0 else ""
        rows.append([titles.get(rule, rule), missing_label(members[0], _), str(len(members)), keys])
    rows += [[titles.get(rule, rule), _("found nothing to check"), "0", "—"] for rule in report.unbound_rules]
    if rows:
        add_table(document, [_("rule"), _("missing"), _("checks"), _("keys")], rows, (26, 16, 8, 50))
    else:
        document.add_paragraph(_("Every check could be made."), style="Audit Text")


def _appendix_rules(document: Any, report: Report, _: Words) -> None:
    document.add_paragraph(_("Appendix: rules"), style="Heading 1")
    rows = []
    for rule in report.rules:
        limits = rule.limits.in_(_.language) if rule.limits else "—"
        counts = f"{rule.violated + rule.reconcilable} / {rule.checks}"
        rows.append([rule.title.in_(_.language), rule.because.in_(_.language), limits, counts])
    heads = [_("rule"), _("Why"), _("What it does not check"), _("findings / checks")]
    add_table(document, heads, [[excerpt(text, "", 400) for text in row] for row in rows], (28, 34, 30, 12))


def _appendix_coverage(document: Any, report: Report, _: Words) -> None:
    chapters = coverage_by_chapter(report)
    if not chapters:
        return
    document.add_paragraph(_("Appendix: coverage by chapter"), style="Heading 1")
    names = {document.id: document.title for document in report.documents}
    rows = [
        [
            names.get(part.document, part.document),
            excerpt(inert(part.label), "", 60),
            f"{part.covered} / {part.figures}",
            share(part.covered, part.figures),
        ]
        for part in chapters
    ]
    add_table(document, [_("document"), _("chapter"), _("checked"), _("coverage")], rows, (40, 36, 12, 12))


def _appendix_checks(document: Any, report: Report, _: Words) -> None:
    document.add_paragraph(_("Appendix: all checks"), style="Heading 1")
    titles = {rule.id: rule.title.in_(_.language) for rule in report.rules}
    rows = [
        [
            verdict_label(check.verdict, _),
            excerpt(titles.get(check.rule, check.rule), "", 80),
            excerpt(key_label(check.key, _), "", 80),
            relation(check),
            signed(check.imbalance) if relation(check) else "",
        ]
        for check in report.checks
    ]
    heads = [_("verdict"), _("rule"), _("key"), _("relation"), _("imbalance")]
    add_table(document, heads, rows, (11, 28, 32, 30, 11))


def _appendix_sources(document: Any, report: Report, _: Words) -> None:
    document.add_paragraph(_("Appendix: files that were read"), style="Heading 1")
    rows = [[source.path, source.sha256] for source in report.inputs]
    add_table(document, [_("file"), "SHA-256"], rows, (40, 60))
    document.add_paragraph(f"audit {report.version}", style="Audit Note")
