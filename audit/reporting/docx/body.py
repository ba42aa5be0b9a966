"""The text of the Word report: the summary, the heaviest causes with their evidence, what could not be tested.

It stays short whatever was found; what does not fit is counted here and stands in the annex (`annex.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from audit.model.report import VERDICTS, Cell, Finding, Report
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
from audit.reporting.corrections import cells_by_id
from audit.reporting.dates import stamp
from audit.reporting.docx.paper import Content, Paper
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    change_label,
    comparison_line,
    counts_line,
    doubt_label,
    severity_label,
    share,
    verdict_label,
    verdict_sentence,
    waiver_label,
)
from audit.reporting.listed import is_listed
from audit.reporting.listed import lines as listed
from audit.reporting.names import Names
from audit.reporting.outline import Group, gaps, groups
from audit.reporting.quotes import Quote
from audit.reporting.relations import balance, counted_only, reading, stated
from audit.reporting.unread import unread
from audit.wording import Words

_LISTED, _DETAILED, _FINDINGS, _CELLS, _ROWS = 30, 6, 3, 6, 12
"""How many causes the summary lists and how many are told with their evidence; findings of each; rows of the rest."""
_CHINESE = "一二三四五六七八九十"


def write_body(paper: Paper, report: Report, names: Names) -> None:
    """The whole report."""
    _, told = names.words, groups(report)
    cells = cells_by_id(report) if report.causes else {}
    paper.paragraph(_("Report on the consistency of figures in plans"), "Title")
    titles = (_("Scope"), _("Method"), _("Conclusion"), _("Causes by weight"), _("Evidence of the heaviest causes"),
              _("What could not be tested"))  # fmt: skip
    writers: tuple[Callable[[], None], ...] = (
        lambda: _scope(paper, report, names),
        lambda: _method(paper, report, _),
        lambda: _conclusion(paper, report, told, _),
        lambda: _causes(paper, report, told, cells, names),
        lambda: _evidence(paper, told, cells, names),
        lambda: _untested(paper, report, names),
    )
    for number, (title, write) in enumerate(zip(titles, writers, strict=True), start=1):
        paper.paragraph(numbered(number, title, _), "Heading 1")
        write()
    paper.paragraph(
        _(
            "The annex (-o NAME.annex.docx) holds an evidence sheet for every cause, all findings, rules and files."
        ),
        "Audit Note",
    )
    if moment := stamp():
        paper.paragraph(moment.date().isoformat(), "Audit Text", right=True)
    paper.paragraph(f"audit {report.version}", "Audit Note")


def numbered(number: int, title: str, _: Words) -> str:
    """The heading of a part with its number, as the language writes it."""
    if _.language == "zh" and number <= len(_CHINESE):
        return f"{_CHINESE[number - 1]}、{title}"
    return f"{number}. {title}"


def _scope(paper: Paper, report: Report, names: Names) -> None:
    _, documents = names.words, report.documents
    text = _.plural(
        "{n} document was checked for whether the figures it states hold together.",
        "{n} documents were checked for whether the figures they state hold together.",
        len(documents),
    )
    paper.paragraph(text, "Audit Text")
    counts: dict[str, int] = {}
    for use in report.figures:
        counts[use.cell.document] = counts.get(use.cell.document, 0) + 1
    rows = [
        [
            d.title + ("" if d.complete else f" ({_('excerpt')})"),
            d.number or "—",
            d.issuer or "—",
            d.date or "—",
            str(counts.get(d.id, 0)),
        ]
        for d in documents[:_ROWS]
    ]
    heads = [_("title"), _("number"), _("issuer"), _("date"), _("figures")]
    paper.table(heads, [[excerpt(cell, "", 80) for cell in row] for row in rows], (31, 20, 18, 17, 12))
    _more(paper, len(documents) - _ROWS, _)


def _method(paper: Paper, report: Report, _: Words) -> None:
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
        paper.paragraph(text, "Audit Text")


def _conclusion(paper: Paper, report: Report, told: Sequence[Group], _: Words) -> None:
    paper.paragraph(verdict_sentence(report, _), "Audit Text")
    paper.paragraph(counts_line(report, _) + _("."), "Audit Text")
    if behind := [group for group in told if group.cause is not None]:
        text = _(
            "{findings}, with {causes} behind them.",
            findings=_.plural("{n} finding", "{n} findings", sum(len(group.findings) for group in behind)),
            causes=_.plural("{n} cause", "{n} causes", len(behind)),
        )
        paper.paragraph(text, "Audit Text")
    if report.comparison:
        paper.paragraph(comparison_line(report.comparison, report.findings, _) + _("."), "Audit Text")
    summary = report.summary
    counts = [summary.holds, summary.reconcilable, summary.violated, summary.untestable]
    covered = share(summary.figures_compared, summary.figures)
    heads = [
        *(verdict_label(verdict, _) for verdict in VERDICTS),
        _("waived"),
        _("figures compared with another"),
    ]
    row = [*map(str, counts), str(summary.waived), covered]
    shown = len(heads) if summary.figures else len(heads) - 1
    paper.table(heads[:shown], [row[:shown]], (9, 15, 10, 13, 9, 15)[:shown])


def _causes(
    paper: Paper, report: Report, told: Sequence[Group], cells: Mapping[str, Cell], names: Names
) -> None:
    """A row a cause: what is wrong, its qualification, what to do, who has to answer for it."""
    _, answerable = names.words, Answerable(report)
    if not told:
        paper.paragraph(_("There are no findings."), "Audit Text")
        return
    rows = [
        [
            str(number),
            f"{severity_label(group.severity, _)}\n{_short(heading(group, names), 90, _)}",
            qualification(group, _),
            _short(recommendation(group, cells, names), 130, _),
            _short(answerable.bodies(group.findings, _), 40, _),
        ]
        for number, group in enumerate(told[:_LISTED], start=1)
    ]
    heads = ["#", _("what is wrong"), _("qualification"), _("recommendation"), _("responsible body")]
    paper.table(heads, rows, (6, 31, 18, 29, 16))
    _more(paper, len(told) - _LISTED, _)


def _evidence(paper: Paper, told: Sequence[Group], cells: Mapping[str, Cell], names: Names) -> None:
    for number, group in enumerate(told[:_DETAILED], start=1):
        paper.paragraph(f"{number}. {_short(heading(group, names), 120, names.words)}", "Heading 3")
        notes = group_notes(group, cells, names)
        if notes:
            paper.paragraph(names.words("; ").join(notes), "Audit Note", together=True)
        if is_listed(group):
            _list(paper, group, cells, names)
            continue
        for finding in group.findings[:_FINDINGS]:
            write_finding(paper, finding, heading(group, names), names)
        _more(paper, len(group.findings) - _FINDINGS, names.words)
    _more(paper, len(told) - _DETAILED, names.words)


def _list(paper: Paper, group: Group, cells: Mapping[str, Cell], names: Names) -> None:
    """What a cause that is one matter is about, a row each."""
    _ = names.words
    found = listed(group, cells, names)
    rows: list[list[Content]] = [
        [line.about, line.stated, line.place, f"“{line.quote}”" if line.quote else ""]
        for line in found[:_ROWS]
    ]
    heads = [_("item"), _("figure"), _("place"), _("words of the plan")]
    _filled(paper, heads, rows, (28, 16, 24, 32))
    _more(paper, len(found) - _ROWS, _)


def _filled(
    paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[Content]], widths: Sequence[int]
) -> None:
    """A table without the columns in which nothing stands."""
    shown = [column for column in range(len(heads)) if any(row[column] for row in rows)]
    paper.table(
        [heads[column] for column in shown],
        [[row[column] for column in shown] for row in rows],
        [widths[column] for column in shown],
    )


def group_notes(group: Group, cells: Mapping[str, Cell], names: Names) -> list[str]:
    """Where the cause is, the likely correction, how sure it is and what it would settle."""
    _ = names.words
    if group.cause is None:
        return []
    notes = [_("where: {places}", places=where(group.findings, names))]
    if group.cause.edits:
        notes += [] if is_listed(group) else [recommendation(group, cells, names)]
        notes += [confidence(group, _), effect(group, _)]
    return [note for note in notes if note]


def write_finding(paper: Paper, finding: Finding, told: str, names: Names) -> None:
    """A finding with its figures; its sentence only where the cause has not said it (`told`)."""
    _, check = names.words, finding.check
    message = finding_heading(finding, _)
    if message != told:
        paper.paragraph(_short(message, 160, _), "Audit Finding")
    if balanced := balance(check, _):
        paper.paragraph(balanced, "Audit Relation")
    labelled = zip(names.operands(check.cells), names.places(check.cells), check.cells, strict=True)
    rows: list[list[Content]] = [
        [label if label != place else "", stated(cell), reading(cell), place, _quoted(names.quote(cell))]
        for label, place, cell in list(labelled)[:_CELLS]
    ]
    heads = [_("item"), _("figure"), _("interval"), _("place"), _("words of the plan")]
    if rows:
        _filled(paper, heads, rows, (24, 11, 12, 21, 32))
    _more(paper, len(check.cells) - _CELLS, _)
    if told := counted_only(check, _):
        paper.paragraph(told, "Audit Note")
    why = inert(finding.why.in_(_.language))
    notes = [why and _("Why: {why}", why=excerpt(why, "", 200)), change_label(finding, _)]
    notes.append(waiver_label(finding.waiver, _) if finding.waiver else "")
    notes.append(doubt_label(finding, _))
    if noted := [note for note in notes if note]:
        paper.paragraph(_("; ").join(noted), "Audit Note")


def _quoted(quote: Quote) -> list[tuple[str, bool]]:
    if not quote:
        return []
    return [(f"“{quote.before}", False), (quote.figure, True), (f"{quote.after}”", False)]


def _short(text: str, limit: int, _: Words) -> str:
    """A text of at most so many characters; of letters, which say less each and are half as wide, twice as many."""
    return excerpt(text, "", limit if _.language == "zh" else 2 * limit)


def _more(paper: Paper, count: int, _: Words) -> None:
    """How many more there are, told where a list was cut."""
    if count > 0:
        paper.paragraph(_("and {n} more in the annex", n=count), "Audit Note")


def _untested(paper: Paper, report: Report, names: Names) -> None:
    _ = names.words
    paper.paragraph(
        _("None of this is a pass: a figure was missing, stated twice, or no rule applied."), "Audit Text"
    )
    lines = unread(report, _)
    for line in lines[:_ROWS]:
        paper.paragraph(line, "Audit Note")
    _more(paper, len(lines) - _ROWS, _)
    found = gaps(report)
    rows = [
        [lacking(gap, names), names.rule(gap.rule), names.document(gap.document), str(len(gap.checks))]
        for gap in found[:_ROWS]
    ]
    if rows:
        paper.table([_("missing"), _("rule"), _("document"), _("checks")], rows, (24, 30, 34, 10))
    _more(paper, len(found) - _ROWS, _)
    if report.unbound_rules:
        text = _.plural(
            "{n} rule found nothing to check.", "{n} rules found nothing to check.", len(report.unbound_rules)
        )
        paper.paragraph(text, "Audit Note")
    elif not rows:
        paper.paragraph(_("Every check could be made."), "Audit Text")
