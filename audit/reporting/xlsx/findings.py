"""The findings sheet: what an auditor works through, with the columns for what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from audit.model.report import Check, Finding
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import (
    category_label,
    change_label,
    key_label,
    operand_labels,
    row_label,
    severity_label,
    verdict_label,
    waiver_label,
)
from audit.reporting.numbers import common_unit
from audit.reporting.relations import measures, relation, stated
from audit.reporting.xlsx.book import IMBALANCE, Book, document_of, height, shown
from audit.reporting.xlsx.dispositions import DISPOSITIONS


def write_findings(book: Book, findings: Sequence[Finding], titles: dict[str, str]) -> None:
    """One row a finding; the imbalance is that of its check, computed."""
    _, looks = book.words, book.looks
    columns = [
        ("#", 5), (_("severity"), 8), (_("verdict"), 9), (_("document"), 22), (_("key"), 26), (_("finding"), 44),
        (_("relation"), 26), (_("imbalance"), 11), (_("unit"), 7), (_("figures and words of the plan"), 56),
        (_("why"), 34), (_("rule"), 24), (_("disposition"), 14), (_("note of the auditor"), 30), (_("decided by"), 11),
        (_("valid until"), 12), (_("state"), 16), (_("finding id"), 16), (_("rule id"), 26),
    ]  # fmt: skip
    sheet = book.sheet(_("findings"), columns, frozen=3, colour="#A3221B")
    for row, finding in enumerate(findings, start=1):
        check = finding.check
        document = document_of(check, book)
        state = waiver_label(finding.waiver, _) if finding.waiver else change_label(finding, _)
        texts = {
            2: verdict_label(check.verdict, _), 3: document, 4: key_label(check.key, _),
            5: finding.message.in_(_.language), 6: relation(check), 8: common_unit(check.cells),
            9: _said(check, book), 10: finding.why.in_(_.language), 11: titles.get(check.rule, ""), 16: state,
            17: finding.id, 18: check.rule,
        }  # fmt: skip
        texts = {place: shown(text) for place, text in texts.items()}
        sheet.write_number(row, 0, row, looks.count)
        sheet.write_string(row, 1, severity_label(finding.severity, _), looks.severity[finding.severity])
        for place, text in texts.items():
            sheet.write_string(row, place, text, looks.text)
        sheet.set_row(row, height(texts, columns))
        at = book.checks.get(check.id)
        if check.imbalance is not None and at and measures(check):
            source = f"='{_('checks')}'!{xl_rowcol_to_cell(at, IMBALANCE)}"
            sheet.write_formula(row, 7, source, looks.gap, float(check.imbalance))
        else:
            sheet.write_blank(row, 7, None, looks.gap)
        for place in (12, 13, 14):
            sheet.write_blank(row, place, None, looks.entry)
        sheet.write_blank(row, 15, None, looks.entry_date)
    last = max(len(findings), 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    choices = [category_label(name, _) for name in DISPOSITIONS]
    sheet.data_validation(1, 12, last, 12, {"validate": "list", "source": choices})


def _said(check: Check, book: Book) -> str:
    lines = []
    several = len({cell.document for cell in check.cells}) > 1
    for label, cell in zip(operand_labels(check.cells, book.words, book.titles), check.cells, strict=True):
        words_of_plan = excerpt(inert(cell.evidence), inert(cell.literal), 80)
        quoted = f" “{words_of_plan}”" if words_of_plan else ""
        elsewhere = several and inert(book.titles.get(cell.document, cell.document)) + " "
        place = f"{elsewhere or ''}{inert(cell.clause)}" if cell.document or cell.clause else row_label(cell)
        lines.append(f"{label} {stated(cell)} · {place}{quoted}")
    return "\n".join(lines)
