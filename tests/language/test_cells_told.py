"""A rule over a column that a cell keeps from being one of numbers tells that cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main


def refused(folder: Path, text: str, check: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    Path("a.csv").write_text(text, "utf-8")
    Path("a.yaml").write_text(f"- {{id: a.rule, title: t, check: {check}}}\n", "utf-8")
    done = CliRunner().invoke(main, ["check", "a.csv", "--rules", "a.yaml", "--lang", "en"])
    assert done.exit_code == 2
    return done.stderr


@pytest.mark.parametrize("check", ["income > 1", "income + 1 > 2", "1 < income"])
def test_the_cell_is_told_by_file_and_line(
    check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = refused(tmp_path, "region,income\nx,1\ny,unknown\nz,open\n", check, monkeypatch)
    assert "“income” is a text where a number is needed: a.csv:3 says “unknown”" in told


def test_a_column_of_names_is_a_text_for_no_single_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = refused(tmp_path, "region,income\nx,1\ny,2\n", "region + 1 > 2", monkeypatch)
    assert "“region” is a text where a number is needed." in told


def test_a_cell_of_a_sheet_is_told_by_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "own"
    for row in (("region", "income"), ("x", 1), ("y", "unknown"), ("z", "open")):
        book.active.append(row)
    book.save("a.xlsx")
    Path("a.yaml").write_text("- {id: a.rule, title: t, check: income > 1}\n", "utf-8")
    done = CliRunner().invoke(main, ["check", "a.xlsx", "--rules", "a.yaml", "--lang", "en"])
    assert "a.xlsx!own!B3 says “unknown”" in done.stderr


@pytest.mark.parametrize(
    "rule",
    ["{id: a.r, title: t, where: {month: 2020年1月}, check: income > 100}",
     "{id: a.r, title: t, for_each: [region], along: month, column: income, check: '`2020年2月` > `2020年1月` + 100'}",
     "{id: a.r, title: t, for_each: [region], let: {x: {column: income, month: [2020年1月, 2020年2月]}}, check: sum(x) > 100}",
     "{id: a.r, title: t, where: {month: {from: 2020年1月, to: 2020年1月}}, check: income > 100}"],
)  # fmt: skip
def test_a_rule_may_name_a_period_as_the_file_writes_it(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("region,month,income\nx,2020年1月,1\nx,2020年2月,2\n", "utf-8")
    Path("a.yaml").write_text(f"- {rule}\n", "utf-8")
    done = CliRunner().invoke(main, ["check", "a.csv", "--rules", "a.yaml", "--lang", "en"])
    assert done.exit_code == 1 and "0 hold, 0 reconcilable, 1 violated" in done.stdout, done.output
