import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from audit.model.errors import InputError
from audit.model.report import Report
from audit.reporting.xlsx import Disposition, read_dispositions, render
from tests.reporting.office import converted
from tests.reporting.sample import HOSTILE, sample

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl, of data bars


def workbook(report: Report | None = None, language: str = "zh") -> Any:
    return load_workbook(io.BytesIO(render(report or sample(), language=language)))  # type: ignore[arg-type]


def column(sheet: Any, head: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == head)


def test_sheets_in_both_languages() -> None:
    assert workbook().sheetnames == ["摘要", "原因", "问题", "校验项", "指标值", "规则", "覆盖率"]
    assert workbook(language="en").sheetnames == [
        "summary",
        "causes",
        "findings",
        "checks",
        "figures",
        "rules",
        "coverage",
    ]


def test_every_sheet_of_rows_has_a_frozen_head_and_a_filter() -> None:
    for sheet in workbook().worksheets[1:]:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref


def test_words_of_a_plan_are_texts_and_never_formulas() -> None:
    book = workbook()
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert formulas
    assert all(re.fullmatch(r"=[\w!'$().+\-*/,<>=&\"\s]+", formula) for formula in formulas)
    assert not any("cmd" in formula or "calc" in formula for formula in formulas)
    hostile = [cell for row in book["指标值"].iter_rows() for cell in row if cell.value == HOSTILE["formula"]]
    assert hostile
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)


def test_no_character_that_xml_forbids_and_no_endless_cell() -> None:
    with zipfile.ZipFile(io.BytesIO(render(sample(), language="zh"))) as packed:
        strings = packed.read("xl/sharedStrings.xml").decode()
    assert "\x1b" not in strings and "_x001B_" not in strings
    assert max(map(len, re.findall(r"<t[^>]*>([^<]*)</t>", strings))) <= 2_000


def recomputed(book: Any, folder: Path) -> Any:
    """The workbook as LibreOffice computes it; openpyxl has dropped every stored result."""
    path = folder / "report.xlsx"
    book.save(path)
    return load_workbook(converted(path, "xlsx", folder / "out"), data_only=True)


def test_a_spreadsheet_computes_the_stated_imbalances(tmp_path: Path) -> None:
    sheet = recomputed(workbook(), tmp_path)["校验项"]
    checks = {check.id: check for check in sample().checks}
    ids, gaps, now = (column(sheet, head) for head in ("校验项编号", "差额", "重新计算"))
    computed = 0
    for row in range(2, sheet.max_row + 1):
        check = checks[sheet.cell(row, ids).value]
        gap = sheet.cell(row, gaps).value
        if check.imbalance is None:
            assert gap is None
            continue
        assert float(gap) == pytest.approx(float(check.imbalance), abs=1e-9, rel=1e-14)
        if sheet.cell(row, now).value is not None:
            computed += 1
            assert sheet.cell(row, now).value == ("成立" if check.verdict == "holds" else "不成立")
    assert computed >= 20


def test_a_corrected_figure_settles_its_check(tmp_path: Path) -> None:
    book = workbook()
    figures = book["指标值"]
    row = next(r for r in range(2, figures.max_row + 1) if figures.cell(r, 8).value == "90")
    figures.cell(row, column(figures, "数值")).value = 80
    sheet = recomputed(book, tmp_path)["校验项"]
    ids, gaps, now = (column(sheet, head) for head in ("校验项编号", "差额", "重新计算"))
    found = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, ids).value == "sum03")
    assert (sheet.cell(found, gaps).value, sheet.cell(found, now).value) == (0, "成立")


def filled(path: Path, language: str = "zh", **values: object) -> Path:
    """A working paper whose second finding has been decided on."""
    book = workbook(language=language)
    sheet = book.worksheets[2]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for head, value in values.items():
        sheet.cell(3, heads[head.replace("_", " ")]).value = value
    book.save(path)
    return path


def test_dispositions_are_read_back(tmp_path: Path) -> None:
    values = {
        "处理意见": "口径不同",
        "审计人员说明": " 两处口径不同 ",
        "经办人": "王",
        "有效期至": date(2026, 12, 31),
    }
    path = filled(tmp_path / "a.xlsx", **values)
    expected = Disposition("sum05", "sums.zone-total", "definition", "两处口径不同", "王", "2026-12-31", 3)
    assert read_dispositions(path) == (expected,)
    english = filled(tmp_path / "b.xlsx", "en", disposition="false alarm", decided_by="W")
    assert [(d.category, d.by, d.until) for d in read_dispositions(english)] == [("false-alarm", "W", "")]


def test_a_paper_without_dispositions_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(render(sample(), language="zh"))
    assert read_dispositions(path) == ()


def test_an_unknown_disposition_names_its_row(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"row 3: the disposition “随便”"):
        read_dispositions(filled(tmp_path / "a.xlsx", 处理意见="随便"))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04"])
def test_a_file_that_is_no_workbook_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_dispositions(path)
    assert str(path) in str(caught.value)
    with pytest.raises(InputError, match="there is no file"):
        read_dispositions(tmp_path / "none.xlsx")


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    book = workbook()
    del book["问题"]
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="no sheet with the columns"):
        read_dispositions(tmp_path / "x.xlsx")
