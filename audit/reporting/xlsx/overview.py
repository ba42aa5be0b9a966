"""The sheets around the work: summary, rules, coverage."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from audit.model.report import Report, Verdict
from audit.reporting.chapters import coverage_by_chapter
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import counts_line, severity_label, verdict_label, verdict_sentence
from audit.reporting.unread import unread
from audit.reporting.xlsx.book import Book, height, shown


def write_summary(book: Book, report: Report, cut: Sequence[str]) -> None:
    """What was checked and what came of it, with the digests of all that was read; `cut` tells what is not in the workbook."""
    _, looks = book.words, book.looks
    sheet = book.sheet(_("summary"), colour="#A3221B")
    for place, width in enumerate((46, 66, 12, 26, 26)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, _("Report on the consistency of figures in plans"), looks.title)
    sheet.set_row(0, 34)
    sheet.merge_range(1, 0, 1, 4, verdict_sentence(report, _), looks.sentence)
    sheet.set_row(1, 30)
    sheet.merge_range(2, 0, 2, 4, counts_line(report, _), looks.text)
    sheet.set_row(2, 34)
    note = _(
        "On the findings sheet, choose a disposition and give a note, your name and a date; "
        "`audit waive --from` reads them back. Left, right and imbalance are computed from the figures sheet."
    )
    sheet.merge_range(3, 0, 3, 4, note, looks.quiet)
    sheet.set_row(3, 34)
    summary = report.summary
    totals = [
        (_("figures"), summary.figures),
        (_("figures compared with another"), summary.figures_compared),
        (_("rules"), summary.rules),
        (_("rules without effect"), summary.rules_unbound),
        (_("checks"), summary.checks),
        *((verdict_label(verdict, _), count) for verdict, count in _verdict_counts(report)),
        (_("waived"), summary.waived),
    ]
    row = 5
    for label, count in totals:
        sheet.write_string(row, 0, label, looks.label)
        sheet.write_number(row, 1, count, looks.count)
        row += 1
    lines = [(_("not read"), line) for line in unread(report, _)] + [(_("not shown"), line) for line in cut]
    for label, line in lines:
        sheet.write_string(row, 0, label, looks.label)
        sheet.write_string(row, 1, line, looks.text)
        row += 1
    row += 1
    for place, head in enumerate((_("title"), _("number"), _("date"), _("issuer"), _("document"))):
        sheet.write_string(row, place, head, looks.head)
    for document in report.documents:
        row += 1
        values = (document.title, document.number, document.date, document.issuer, document.id)
        for place, value in enumerate(values):
            sheet.write_string(row, place, inert(value or "—"), looks.text)
    row += 2
    sheet.write_string(row, 0, _("file"), looks.head)
    sheet.write_string(row, 1, "SHA-256", looks.head)
    for source in report.inputs:
        row += 1
        sheet.write_string(row, 0, inert(source.path), looks.line)
        sheet.write_string(row, 1, inert(source.sha256), looks.mono)
    sheet.write_string(row + 2, 0, f"audit {report.version}", looks.quiet)


def _verdict_counts(report: Report) -> list[tuple[Verdict, int]]:
    summary = report.summary
    return [
        ("holds", summary.holds),
        ("reconcilable", summary.reconcilable),
        ("violated", summary.violated),
        ("untestable", summary.untestable),
    ]


def write_rules(book: Book, report: Report) -> None:
    """One row a rule, as told to a reader, with what became of it."""
    _, looks = book.words, book.looks
    columns = [
        (_("rule id"), 32), (_("title"), 36), (_("severity"), 8), (_("ESS level"), 8), (_("What it checks"), 36),
        (_("Why"), 44), (_("What it does not check"), 36), (_("checks"), 8),
        *((verdict_label(verdict, _), 9) for verdict, _count in _verdict_counts(report)), (_("row"), 30),
    ]  # fmt: skip
    sheet = book.sheet(_("rules"), columns, frozen=1)
    for row, rule in enumerate(report.rules, start=1):
        limits = rule.limits.in_(_.language) if rule.limits else ""
        texts = {
            0: rule.id, 1: rule.title.in_(_.language), 4: rule.expression, 5: rule.because.in_(_.language), 6: limits,
            12: f"{rule.source}:{rule.line}",
        }  # fmt: skip
        texts = {place: shown(text) for place, text in texts.items()}
        sheet.set_row(row, height(texts, columns))
        for place, text in texts.items():
            sheet.write_string(row, place, text, looks.text)
        sheet.write_string(row, 2, severity_label(rule.severity, _), looks.severity[rule.severity])
        counts = (rule.level, rule.checks, rule.holds, rule.reconcilable, rule.violated, rule.untestable)
        for place, count in zip((3, 7, 8, 9, 10, 11), counts, strict=True):
            sheet.write_number(row, place, count, looks.count)
    sheet.autofilter(0, 0, max(len(report.rules), 1), len(columns) - 1)


def write_coverage(book: Book, report: Report) -> None:
    """How many figures of each chapter some check looked at."""
    _, looks = book.words, book.looks
    columns = [
        (_("document"), 44),
        (_("chapter"), 44),
        (_("figures"), 10),
        (_("checked"), 10),
        (_("coverage"), 24),
    ]
    sheet = book.sheet(_("coverage"), columns)
    rows = coverage_by_chapter(report)
    for row, part in enumerate(rows, start=1):
        sheet.write_string(row, 0, book.names.document(part.document), looks.line)
        sheet.write_string(row, 1, excerpt(inert(part.label), "", 200), looks.line)
        sheet.write_number(row, 2, part.figures, looks.count)
        sheet.write_number(row, 3, part.covered, looks.count)
        counts = f"{xl_rowcol_to_cell(row, 3)}/{xl_rowcol_to_cell(row, 2)}"
        sheet.write_formula(row, 4, f"={counts}", looks.share, part.covered / part.figures)
    last = max(len(rows), 1)
    bar = {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": "#9DB7D5",
        "min_type": "num",
        "max_type": "num",
    }
    sheet.conditional_format(1, 4, last, 4, {**bar, "min_value": 0, "max_value": 1})
    sheet.autofilter(0, 0, last, len(columns) - 1)
