"""The sheets of the working paper in their order."""

from __future__ import annotations

from audit.model.report import Report
from audit.reporting.corrections import cells_by_id
from audit.reporting.outline import groups
from audit.reporting.rest import every_check, told
from audit.reporting.xlsx import ROWS
from audit.reporting.xlsx.book import Book
from audit.reporting.xlsx.checks import figures_of, write_checks, write_figures
from audit.reporting.xlsx.findings import write_causes, write_findings
from audit.reporting.xlsx.overview import write_coverage, write_rules, write_summary


def write_sheets(book: Book, report: Report, rest: str) -> None:
    """All sheets in their order; figures and checks get their places first, as others refer to them."""
    every_use = figures_of(report)
    uses = every_use[:ROWS]
    book.figures = {use.cell.identity: row for row, use in enumerate(uses, start=1)}
    all_checks = every_check(report)
    checks = all_checks[:ROWS]
    book.checks = {check.id: row for row, check in enumerate(checks, start=1)}
    causes = groups(report)
    found = [(number, finding) for number, group in enumerate(causes, start=1) for finding in group.findings]
    _ = book.words
    cuts = (
        (_("findings"), min(len(found), ROWS), len(found), rest),
        (_("checks"), len(checks), len(all_checks), rest),
        (_("figures"), len(uses), len(every_use), ""),
    )
    write_summary(book, report, [told(*cut, _) for cut in cuts if cut[1] < cut[2]])
    write_causes(book, causes[:ROWS], report, cells_by_id(report) if report.causes else {})
    write_findings(book, found[:ROWS])
    write_checks(book, checks, report)
    write_figures(book, uses, {check.id: check for check in all_checks})
    write_rules(book, report)
    write_coverage(book, report)
