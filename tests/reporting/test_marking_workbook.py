"""A workbook comes back with a comment and a colour at every cell of a finding, and nothing else changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.comments import Comment

from audit.cli import main

RULE = "- {id: total, title: The parts add up, along: item, column: amount, check: all == a + b}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook with a wrong total, a comment of somebody's, a formula and a second sheet."""
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "预算"
    for row in (["item", "amount", "note"], ["a", 1, "x"], ["b", 2, None], ["all", 4, "=B2+B3"]):
        sheet.append(row)
    sheet["B4"].number_format = "#,##0.00"
    book.create_sheet("text")["A1"] = "only words"
    book.save("budget.xlsx")
    Path("rules.yaml").write_text(RULE, "utf-8")
    return tmp_path


def check(*more: str) -> Result:
    return CliRunner().invoke(main, ["check", "budget.xlsx", "--rules", "rules.yaml", "--lang", "en", *more])


def parts(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_every_cell_of_a_finding_is_marked_and_nothing_else_is_changed(folder: Path) -> None:
    done = check("-o", "marked.xlsx")
    assert done.exit_code == 1, done.output
    sheet = openpyxl.load_workbook("marked.xlsx")["预算"]
    for place in ("B2", "B3", "B4"):
        assert "4 ≠ 1 + 2 = 3" in sheet[place].comment.text and "total #" in sheet[place].comment.text
        assert sheet[place].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["B4"].number_format == "#,##0.00" and sheet["C4"].value == "=B2+B3"
    assert sheet["A2"].comment is None and sheet["A2"].fill.fgColor.rgb == "00000000"
    before, after = parts("budget.xlsx"), parts("marked.xlsx")
    touched = {name for name in before if before[name] != after[name]}
    assert touched == {"xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"}


def test_a_comment_that_is_there_is_kept(folder: Path) -> None:
    book = openpyxl.load_workbook("budget.xlsx")
    book["预算"]["B4"].comment = Comment("who checked this?", "somebody")
    book["预算"]["C2"].comment = Comment("mine", "somebody")
    book.save("budget.xlsx")
    assert check("-o", "budget.marked.xlsx").exit_code == 1
    sheet = openpyxl.load_workbook("budget.marked.xlsx")["预算"]
    assert sheet["B4"].comment.text.startswith("who checked this?") and "total #" in sheet["B4"].comment.text
    assert sheet["C2"].comment.text == "mine" and "total #" in sheet["B2"].comment.text


def test_another_name_is_a_report_and_the_input_is_never_overwritten(folder: Path) -> None:
    before = Path("budget.xlsx").read_bytes()
    assert check("-o", "report.xlsx").exit_code == 1
    assert "预算" not in openpyxl.load_workbook(io.BytesIO(Path("report.xlsx").read_bytes())).sheetnames
    refused = check("-o", "budget.xlsx")
    assert refused.exit_code == 2 and Path("budget.xlsx").read_bytes() == before


def test_what_is_no_workbook_has_no_marked_one(folder: Path) -> None:
    Path("budget.csv").write_text("item,amount\na,1\nb,2\nall,4\n", "utf-8")
    done = CliRunner().invoke(
        main, ["check", "budget.csv", "--rules", "rules.yaml", "-o", "marked.xlsx", "--lang", "en"]
    )
    assert done.exit_code == 2 and "a marked workbook is that of one workbook" in done.stderr
    assert not Path("marked.xlsx").exists()
