"""The workbook being written: its sheets, its looks, and where figures and checks have come to stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wcwidth import wcswidth
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from audit.model.report import Check
from audit.reporting import outline
from audit.reporting.inert import excerpt, inert
from audit.reporting.names import Names
from audit.reporting.numbers import plain
from audit.reporting.xlsx.formulas import fits
from audit.reporting.xlsx.looks import Looks
from audit.wording import Words

_A4, _A3 = 9, 8
_LONG = 2_000
VALUE, IMBALANCE = 8, 7
"""The columns of the value on the figures sheet and of the imbalance on the checks sheet, which others refer to."""
Column = tuple[str, float]
Identity = tuple[object, ...]


@dataclass(slots=True)
class Book:
    """The workbook being written, what things are called in it, rows of figures and checks."""

    workbook: Workbook
    names: Names
    looks: Looks = field(init=False)
    figures: dict[Identity, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.looks = Looks(self.workbook)

    @property
    def words(self) -> Words:
        """The messages in its language."""
        return self.names.words

    def sheet(
        self, name: str, columns: Sequence[Column] = (), frozen: int = 0, colour: str = "#1D3F66"
    ) -> Worksheet:
        """A sheet for printing across the paper; with `columns` also heads, widths, filter and frozen head."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A3 if len(columns) > 7 else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C&P / &N")
        sheet.hide_gridlines(2)
        sheet.set_tab_color(colour)
        for place, (head, width) in enumerate(columns):
            sheet.write_string(0, place, head, self.looks.head)
            sheet.set_column(place, place, width)
        if columns:
            sheet.set_row(0, 30)
            sheet.freeze_panes(1, frozen)
            sheet.repeat_rows(0)
        return sheet


def write_exactly(sheet: Worksheet, row: int, column: int, number: Decimal | None, looks: Looks) -> None:
    """A number as one where a spreadsheet keeps all its digits, else as text; nothing for none."""
    if number is None:
        return
    if fits(number):
        sheet.write_number(row, column, float(number), looks.number)
    else:
        sheet.write_string(row, column, plain(number), looks.line)


def document_of(check: Check, book: Book) -> str:
    """The title of the document that a check is about."""
    return book.names.document(outline.document_of(check))


def shown(text: str) -> str:
    """A text of several lines made inert and cut to what a reader bears."""
    return "\n".join(excerpt(inert(line), "", 400) for line in text.split("\n"))[:_LONG]


def height(texts: Mapping[int, str], columns: Sequence[Column]) -> float:
    """The height in points that shows the wrapped `texts` of a row; a spreadsheet shows no more than 409."""
    lines = [
        sum(max(1, math.ceil(wcswidth(line) / columns[place][1])) for line in text.split("\n"))
        for place, text in texts.items()
    ]
    return min(409, 15.5 * max(lines, default=1))
