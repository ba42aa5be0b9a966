"""The sheets of the working paper in their order."""

from __future__ import annotations

from audit.model.report import Report
from audit.reporting.corrections import cells_by_id
from audit.reporting.outline import groups
from audit.reporting.xlsx.book import Book
from audit.reporting.xlsx.checks import figures_of, write_checks, write_figures
from audit.reporting.xlsx.findings import write_causes, write_findings
from audit.reporting.xlsx.overview import Cut, write_coverage, write_rules, write_summary

ROWS = 50_000
"""The most rows that a sheet gets: a workbook of more takes minutes to write. What is cut is told on the summary."""


def write_sheets(book: Book, report: Report) -> None:
    """All sheets in their order; figures and checks get their places first, as others refer to them."""
    every_use = figures_of(report)
    uses = every_use[:ROWS]
    book.figures = {use.cell.identity: row for row, use in enumerate(uses, start=1)}
    all_checks = report.checks or (*(finding.check for finding in report.findings), *report.untestable)
    checks = all_checks[:ROWS]
    book.checks = {check.id: row for row, check in enumerate(checks, start=1)}
    told = groups(report)
    found = [(number, finding) for number, group in enumerate(told, start=1) for finding in group.findings]
    _ = book.words
    cuts = (
        Cut(_("findings"), min(len(found), ROWS), len(found)),
        Cut(_("checks"), len(checks), len(all_checks)),
        Cut(_("figures"), len(uses), len(every_use)),
    )
    write_summary(book, report, cuts)
    write_causes(book, told[:ROWS], report, cells_by_id(report) if report.causes else {})
    write_findings(book, found[:ROWS])
    write_checks(book, checks, report)
    write_figures(book, uses, {check.id: check for check in all_checks})
    write_rules(book, report)
    write_coverage(book, report)
