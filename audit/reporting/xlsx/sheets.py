"""The sheets of the working paper in their order."""

from __future__ import annotations

from audit.model.report import Report
from audit.reporting.xlsx.book import Book
from audit.reporting.xlsx.checks import figures_of, write_checks, write_figures
from audit.reporting.xlsx.findings import write_findings
from audit.reporting.xlsx.overview import write_coverage, write_rules, write_summary


def write_sheets(book: Book, report: Report) -> None:
    """All sheets in their order; figures and checks get their places first, as others refer to them."""
    _ = book.words
    uses = figures_of(report)
    book.titles = {document.id: document.title for document in report.documents}
    book.figures = {use.cell.identity: row for row, use in enumerate(uses, start=1)}
    checks = report.checks or (*(finding.check for finding in report.findings), *report.untestable)
    book.checks = {check.id: row for row, check in enumerate(checks, start=1)}
    write_summary(book, report)
    write_findings(book, report.findings, {rule.id: rule.title.in_(_.language) for rule in report.rules})
    write_checks(book, checks, report)
    write_figures(book, uses, {check.id: check for check in checks})
    write_rules(book, report)
    write_coverage(book, report)
