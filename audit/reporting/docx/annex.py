"""The annex of the Word report: an evidence sheet to sign for every cause, all findings, rules, coverage, files.

A sheet (审计取证单) has what an audit office asks of one: project and body audited, the matter, the facts with their
sources, qualification and proposal, blanks for those who audited and reviewed, and for the body's own statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from audit.model.phrase import Language
from audit.model.report import Cell, Report
from audit.reporting.assessment import (
    Answerable,
    confidence,
    effect,
    finding_heading,
    heading,
    lacking,
    qualification,
    recommendation,
    where,
)
from audit.reporting.chapters import coverage_by_chapter
from audit.reporting.corrections import cells_by_id
from audit.reporting.docx import TEMPLATE, packed
from audit.reporting.docx.body import numbered
from audit.reporting.docx.paper import Field, Paper
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import severity_label, share, verdict_label
from audit.reporting.listed import is_listed
from audit.reporting.listed import lines as listed
from audit.reporting.names import Names
from audit.reporting.numbers import signed
from audit.reporting.outline import Group, gaps, groups
from audit.reporting.relations import balance, counted_only, relation, stated
from audit.reporting.unread import unread
from audit.wording import Words

_SHEETS, _FACTS, _CELLS, _ROWS = 100, 12, 12, 1_000
_FORM, _SIGNED = (21, 31, 14, 34), 4
"""The columns of a sheet; so many rows at its end are to sign, and stay on one page."""


def render(
    report: Report, *, language: Language, all_checks: bool = False, template: Path = TEMPLATE
) -> bytes:
    """The whole annex; `all_checks` adds a list of every check. What is cut is told.

    Raises InputError when `template` is no Word document or lacks a style.
    """

    def write(paper: Paper, names: Names) -> None:
        _, told = names.words, groups(report)
        parts: list[tuple[str, Callable[[], None]]] = [
            (_("Evidence sheets"), lambda: _sheets(paper, report, told, names)),
            (_("All findings"), lambda: _findings(paper, told, names)),
            (_("What could not be tested"), lambda: _untested(paper, report, names)),
            (_("Rules"), lambda: _rules(paper, report, names)),
            (_("Coverage by chapter"), lambda: _coverage(paper, report, names)),
            (_("Files that were read"), lambda: _sources(paper, report, names)),
        ]
        if all_checks and report.checks:
            parts.append((_("All checks"), lambda: _checks(paper, report, names)))
        paper.paragraph(_("Annex to the report on the consistency of figures"), "Title")
        for number, (title, make) in enumerate(parts, start=1):
            paper.paragraph(numbered(number, title, _), "Heading 1")
            make()
        paper.paragraph(f"audit {report.version}", "Audit Note")

    return packed(report, language, template, write)


def _sheets(paper: Paper, report: Report, told: Sequence[Group], names: Names) -> None:
    """A sheet for every cause that is not waived, each on a page of its own."""
    _, answerable = names.words, Answerable(report)
    cells = cells_by_id(report) if report.causes else {}
    found = [group for group in told if not group.waived]
    for number, group in enumerate(found[:_SHEETS], start=1):
        paper.paragraph(_("Audit evidence sheet no. {number}", number=number), "Heading 2")
        paper.form(_sheet(group, report, cells, answerable, names), _FORM, _SIGNED)
        paper.page_break()
    _more(paper, len(found) - _SHEETS, _)
    if not found:
        paper.paragraph(_("There are no findings."), "Audit Text")


def _sheet(
    group: Group, report: Report, cells: Mapping[str, Cell], answerable: Answerable, names: Names
) -> list[list[Field]]:
    _ = names.words
    documents = {cell.document for finding in group.findings for cell in finding.check.cells}
    issuers = dict.fromkeys(d.issuer for d in report.documents if d.id in documents and d.issuer)
    advice = "\n".join(
        filter(None, (recommendation(group, cells, names), confidence(group, _), effect(group, _)))
    )
    blank = _("year      month      day")

    def wide(label: str, text: str) -> list[Field]:
        return [(label, 1, True), (text, 3, False)]

    return [
        [(_("sheet no."), 1, True), ("", 1, False), (_("page"), 1, True), (_("page      of      "), 1, False)],
        wide(_("name of the project"), ""),
        wide(_("body audited"), excerpt(inert(_(", ").join(issuers)), "", 200)),
        wide(_("matter"), heading(group, names)),
        wide(_("documents and clauses"), where(group.findings, names)),
        wide(_("facts"), "\n".join(_list(group, cells, names) if is_listed(group) else _facts(group, names))),
        wide(_("qualification"), _(": ").join((severity_label(group.severity, _), qualification(group, _)))),
        wide(_("recommendation"), advice),
        wide(_("responsible body"), answerable.bodies(group.findings, _)),
        [(_("audited by (signature)"), 1, True), ("", 1, False), (_("date"), 1, True), (blank, 1, False)],
        [(_("reviewed by (signature)"), 1, True), ("", 1, False), (_("date"), 1, True), (blank, 1, False)],
        wide(_("statement of the body that gives the evidence"), "\n\n" + _("in charge (signature, seal):") + "\n" + blank),
        wide(_("enclosures"), _("number of sheets:")),
    ]  # fmt: skip


def _list(group: Group, cells: Mapping[str, Cell], names: Names) -> list[str]:
    """What a cause that is one matter is about: a line each."""
    _, found = names.words, listed(group, cells, names)
    told = []
    for number, line in enumerate(found[:_FACTS], start=1):
        parts = (line.about, line.stated, line.place, f"“{line.quote}”" if line.quote else "")
        told.append(f"({number}) {_(', ').join(filter(None, parts))}")
    if (more := len(found) - _FACTS) > 0:
        told.append(_("and {n} more", n=more))
    return told


def _facts(group: Group, names: Names) -> list[str]:
    """Every finding with its relation and its figures: what the plan says, and where."""
    _, lines = names.words, []
    for number, finding in enumerate(group.findings[:_FACTS], start=1):
        check = finding.check
        lines.append(f"({number}) {finding_heading(finding, _)}")
        if told := balance(check, _):
            lines.append(told)
        labelled = zip(names.operands(check.cells), names.places(check.cells), check.cells, strict=True)
        for label, place, cell in list(labelled)[:_CELLS]:
            quote = names.quote(cell)
            told = f"{label} {stated(cell)}"
            told = told if place == label else _("{figure} ({place})", figure=told, place=place)
            lines.append(_(": ").join((f"· {told}", f"“{quote}”")) if quote else f"· {told}")
        if (more := len(check.cells) - _CELLS) > 0:
            lines.append(_.plural("{n} more figure", "{n} more figures", more))
        if told := counted_only(check, _):
            lines.append(told)
    if (more := len(group.findings) - _FACTS) > 0:
        lines.append(_.plural("and {n} more finding", "and {n} more findings", more))
    return lines


def _findings(paper: Paper, told: Sequence[Group], names: Names) -> None:
    _ = names.words
    rows = [
        [str(number), severity_label(finding.severity, _), finding_heading(finding, _), relation(finding.check),
         f"#{inert(finding.id)}"]
        for number, group in enumerate(told, start=1)
        for finding in group.findings[:_ROWS]
    ]  # fmt: skip
    paper.table(
        [_("cause"), _("severity"), _("finding"), _("relation"), _("finding id")],
        rows[:_ROWS],
        (7, 9, 43, 22, 19),
    )
    _more(paper, sum(len(group.findings) for group in told) - _ROWS, _)


def _untested(paper: Paper, report: Report, names: Names) -> None:
    _, found = names.words, gaps(report)
    for line in unread(report, _)[:_ROWS]:
        paper.paragraph(line, "Audit Note")
    rows = [
        [lacking(gap, names), names.rule(gap.rule), str(len(gap.checks)),
         excerpt(_("; ").join(names.key(check.key) for check in gap.checks[:6]), "", 200)]
        for gap in found[:_ROWS]
    ]  # fmt: skip
    if rows:
        paper.table([_("missing"), _("rule"), _("checks"), _("such as")], rows, (18, 28, 8, 46))
    _more(paper, len(found) - _ROWS, _)
    if unbound := [names.rule(rule) for rule in report.unbound_rules[:_ROWS]]:
        paper.paragraph(
            _("Rules that found nothing to check: {rules}.", rules=_("; ").join(unbound)), "Audit Note"
        )


def _rules(paper: Paper, report: Report, names: Names) -> None:
    _ = names.words
    rows = []
    for rule in report.rules[:_ROWS]:
        limits = rule.limits.in_(_.language) if rule.limits else "—"
        counts = f"{rule.violated + rule.reconcilable} / {rule.checks}"
        rows.append([rule.title.in_(_.language), rule.because.in_(_.language), limits, counts])
    heads = [_("rule"), _("Why"), _("What it does not check"), _("findings / checks")]
    paper.table(heads, [[excerpt(text, "", 400) for text in row] for row in rows], (28, 34, 30, 12))
    _more(paper, len(report.rules) - _ROWS, _)


def _coverage(paper: Paper, report: Report, names: Names) -> None:
    _, chapters = names.words, coverage_by_chapter(report)
    rows = [
        [names.document(part.document), excerpt(inert(part.label), "", 60), f"{part.covered} / {part.figures}",
         share(part.covered, part.figures)]
        for part in chapters[:_ROWS]
    ]  # fmt: skip
    paper.table([_("document"), _("chapter"), _("checked"), _("coverage")], rows, (40, 36, 12, 12))
    _more(paper, len(chapters) - _ROWS, _)


def _sources(paper: Paper, report: Report, names: Names) -> None:
    _ = names.words
    rows = [[excerpt(source.path, "", 120), source.sha256] for source in report.inputs[:_ROWS]]
    paper.table([_("file"), "SHA-256"], rows, (40, 60))
    _more(paper, len(report.inputs) - _ROWS, _)


def _checks(paper: Paper, report: Report, names: Names) -> None:
    _ = names.words
    rows = [
        [
            verdict_label(check.verdict, _),
            excerpt(names.rule(check.rule), "", 80),
            excerpt(names.key(check.key), "", 80),
            relation(check),
            signed(check.imbalance) if relation(check) else "",
        ]
        for check in report.checks[:_ROWS]
    ]
    heads = [_("verdict"), _("rule"), _("key"), _("relation"), _("imbalance")]
    paper.table(heads, rows, (11, 28, 32, 30, 11))
    _more(paper, len(report.checks) - _ROWS, _)


def _more(paper: Paper, count: int, _: Words) -> None:
    """How many more there are, told where a list was cut."""
    if count > 0:
        paper.paragraph(_("… and {n} more; -o FILE.json, .xlsx or .html holds them.", n=count), "Audit Note")
