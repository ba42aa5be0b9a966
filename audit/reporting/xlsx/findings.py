"""The sheets of causes and findings: what an auditor works through, with the columns for what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from audit.model.report import Cell, Finding, Report
from audit.reporting.assessment import (
    Answerable,
    confidence,
    effect,
    finding_heading,
    heading,
    qualification,
    recommendation,
    where,
)
from audit.reporting.labels import category_label, change_label, severity_label, verdict_label, waiver_label
from audit.reporting.listed import figures_and_words
from audit.reporting.numbers import common_unit
from audit.reporting.outline import Group
from audit.reporting.relations import measures, relation
from audit.reporting.xlsx.book import IMBALANCE, Book, document_of, height, shown
from audit.reporting.xlsx.dispositions import DISPOSITIONS


def write_causes(book: Book, groups: Sequence[Group], report: Report, cells: Mapping[str, Cell]) -> None:
    """One row a cause, the heaviest first, with what the auditor concludes; findings without one as a row together."""
    _, looks = book.words, book.looks
    columns = [
        ("#", 5), (_("severity"), 8), (_("what is wrong"), 52), (_("place"), 34), (_("qualification"), 26),
        (_("recommendation"), 52), (_("confidence"), 11), (_("what it would settle"), 28), (_("findings"), 9),
        (_("responsible body"), 24), (_("conclusion of the auditor"), 30), (_("decided by"), 11), (_("date"), 12),
    ]  # fmt: skip
    sheet = book.sheet(_("causes"), columns, frozen=3, colour="#A3221B")
    answerable = Answerable(report)
    for row, group in enumerate(groups, start=1):
        texts = {
            2: heading(group, book.names), 3: where(group.findings, book.names), 4: qualification(group, _),
            5: recommendation(group, cells, book.names), 6: confidence(group, _), 7: effect(group, _),
            9: answerable.bodies(group.findings, _),
        }  # fmt: skip
        texts = {place: shown(text) for place, text in texts.items()}
        sheet.write_number(row, 0, row, looks.count)
        sheet.write_string(row, 1, severity_label(group.severity, _), looks.severity[group.severity])
        for place, text in texts.items():
            sheet.write_string(row, place, text, looks.text)
        sheet.write_number(row, 8, len(group.findings), looks.count)
        for place in (10, 11):
            sheet.write_blank(row, place, None, looks.entry)
        sheet.write_blank(row, 12, None, looks.entry_date)
        sheet.set_row(row, height(texts, columns))
    sheet.autofilter(0, 0, max(len(groups), 1), len(columns) - 1)


def write_findings(book: Book, found: Sequence[tuple[int, Finding]]) -> None:
    """One row a finding, with the number of its cause; the imbalance is that of its check, computed."""
    _, looks = book.words, book.looks
    columns = [
        ("#", 5), (_("cause"), 7), (_("severity"), 8), (_("verdict"), 9), (_("document"), 22), (_("finding"), 48),
        (_("relation"), 26), (_("imbalance"), 11), (_("unit"), 7), (_("figures and words of the plan"), 60),
        (_("why"), 34), (_("rule"), 24), (_("disposition"), 14), (_("note of the auditor"), 30), (_("decided by"), 11),
        (_("valid until"), 12), (_("state"), 16), (_("finding id"), 16), (_("rule id"), 26),
    ]  # fmt: skip
    sheet = book.sheet(_("findings"), columns, frozen=3, colour="#A3221B")
    for row, (cause, finding) in enumerate(found, start=1):
        check = finding.check
        state = waiver_label(finding.waiver, _) if finding.waiver else change_label(finding, _)
        texts = {
            3: verdict_label(check.verdict, _), 4: document_of(check, book), 5: finding_heading(finding, _),
            6: relation(check), 8: common_unit(check.cells), 9: figures_and_words(check, book.names),
            10: finding.why.in_(_.language), 11: book.names.rule(check.rule), 16: state, 17: finding.id, 18: check.rule,
        }  # fmt: skip
        texts = {place: shown(text) for place, text in texts.items()}
        sheet.write_number(row, 0, row, looks.count)
        sheet.write_number(row, 1, cause, looks.count)
        sheet.write_string(row, 2, severity_label(finding.severity, _), looks.severity[finding.severity])
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
    last = max(len(found), 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    choices = [category_label(name, _) for name in DISPOSITIONS]
    sheet.data_validation(1, 12, last, 12, {"validate": "list", "source": choices})
