"""The sheets of checks and figures: both sides of every check are computed from the figures as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from audit.model.report import Cell, Check, FigureUse, Report
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import measure_label, verdict_label
from audit.reporting.numbers import common_unit
from audit.reporting.relations import relation
from audit.reporting.xlsx.book import IMBALANCE, VALUE, Book, Identity, document_of, write_exactly
from audit.reporting.xlsx.formulas import PLACES, fits, sides

_LEFT, _RIGHT = 5, 6
_LONG = 400


def write_checks(book: Book, checks: Sequence[Check], report: Report) -> None:
    """One row a check; formulas where a spreadsheet can compute the relation, numbers where not."""
    _, looks = book.words, book.looks
    columns = [
        (_("verdict"), 10), (_("rule"), 30), (_("document"), 18), (_("key"), 32), (_("relation"), 34),
        (_("left side"), 13), (_("right side"), 13), (_("imbalance"), 13), (_("unit"), 8), (_("recomputed"), 12),
        (_("missing"), 24),
        (_("check id"), 16), (_("rule id"), 28),
    ]  # fmt: skip
    sheet = book.sheet(_("checks"), columns, frozen=1)
    titles = {rule.id: rule.title.in_(_.language) for rule in report.rules}
    figures = _("figures")
    yes, no = verdict_label("holds", _), verdict_label("violated", _)
    for row, check in enumerate(checks, start=1):
        document = document_of(check, book)
        missing = book.names.missing(check) if check.verdict == "untestable" else ""
        texts = {
            1: titles.get(check.rule, ""), 2: document, 3: book.names.key(check.key), 4: relation(check),
            8: common_unit(check.cells), 10: missing, 11: check.id, 12: check.rule,
        }  # fmt: skip
        sheet.write_string(row, 0, verdict_label(check.verdict, _), looks.verdict[check.verdict])
        for place, text in texts.items():
            sheet.write_string(row, place, excerpt(inert(text), "", _LONG), looks.line)
        references = [_reference(book, cell, figures) for cell in check.cells]
        found = sides(check, references)
        if found is None or check.left is None or check.right is None or check.imbalance is None:
            for place, number in ((_LEFT, check.left), (_RIGHT, check.right), (IMBALANCE, check.imbalance)):
                write_exactly(sheet, row, place, number, looks)
            continue
        left, right = xl_rowcol_to_cell(row, _LEFT), xl_rowcol_to_cell(row, _RIGHT)
        gap = f"=ROUND({left}-{right},{PLACES})"
        holds = f'=IF(ROUND({left},{PLACES}){found.comparison}ROUND({right},{PLACES}),"{yes}","{no}")'
        sheet.write_formula(row, _LEFT, f"={found.left}", looks.number, float(check.left))
        sheet.write_formula(row, _RIGHT, f"={found.right}", looks.number, float(check.right))
        sheet.write_formula(row, IMBALANCE, gap, looks.number, float(check.imbalance))
        sheet.write_formula(row, 9, holds, looks.line, yes if check.verdict == "holds" else no)
    sheet.autofilter(0, 0, max(len(checks), 1), len(columns) - 1)


def _reference(book: Book, cell: Cell, figures: str) -> str | None:
    row = book.figures.get(cell.identity)
    if row is None or cell.value is None or not fits(cell.value):
        return None
    return f"'{figures}'!{xl_rowcol_to_cell(row, VALUE, row_abs=True, col_abs=True)}"


def figures_of(report: Report) -> list[FigureUse]:
    """The figures of the report; those that only its findings hold, for a report without figures."""
    if report.figures:
        return list(report.figures)
    found: dict[Identity, FigureUse] = {}
    for check in (*(finding.check for finding in report.findings), *report.untestable):
        for cell in check.cells:
            own = cell.dimensions
            seen = found[cell.identity].checks if cell.identity in found else ()
            found[cell.identity] = FigureUse(
                cell=cell,
                indicator=own.get("indicator", ""),
                region=own.get("region", ""),
                industry=own.get("industry", ""),
                period=own.get("period", ""),
                measure=own.get("measure", ""),
                checks=(*seen, check.id),
            )
    return list(found.values())


def write_figures(book: Book, uses: Sequence[FigureUse], checks: dict[str, Check]) -> None:
    """One row a figure with the marks of its checks."""
    _, looks = book.words, book.looks
    columns = [
        (_("document"), 20), (_("clause"), 20), (_("region"), 11), (_("industry"), 15), (_("indicator"), 24),
        (_("period"), 11), (_("measure"), 9), (_("as written"), 12), (_("value"), 13), (_("unit"), 8), (_("low"), 11),
        (_("high"), 11), (_("ticks"), 14), (_("words of the plan"), 52), (_("row"), 38),
    ]  # fmt: skip
    sheet = book.sheet(_("figures"), columns)
    for row, use in enumerate(uses, start=1):
        cell = use.cell
        texts = {
            0: book.names.document(cell.document), 1: cell.clause, 2: use.region, 3: use.industry,
            4: use.indicator, 5: use.period,
            6: measure_label(use.measure, _), 7: cell.literal, 9: cell.unit,
            13: excerpt(inert(cell.evidence), inert(cell.literal), 400), 14: cell.where,
        }  # fmt: skip
        for place, text in texts.items():
            sheet.write_string(row, place, excerpt(inert(text), "", _LONG), looks.line)
        for place, number in ((VALUE, cell.value), (10, cell.low), (11, cell.high)):
            write_exactly(sheet, row, place, number, looks)
        verdicts = [checks[name].verdict for name in use.checks if name in checks]
        marks = (("violated", "✗"), ("reconcilable", "≈"), ("holds", "✓"), ("untestable", "?"))
        ticks = " ".join(f"{mark}{verdicts.count(name)}" for name, mark in marks if name in verdicts)
        worst = next((name for name, _mark in marks if name in verdicts), None)
        look = looks.verdict[worst] if worst else looks.quiet
        sheet.write_string(row, 12, ticks or (_("counted only") if use.untold else _("not looked at")), look)
    sheet.autofilter(0, 0, max(len(uses), 1), len(columns) - 1)
