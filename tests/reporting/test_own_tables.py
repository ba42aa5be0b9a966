"""Findings on tables of one's own name what they are about: rows by their place, the members of a set by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main

RULE = """
- id: parts
  title: t
  for_each: [year]
  let: {whole: {region: all}, parts: {region: {not: all}}}
  column: jobs
  check: whole == sum(parts)
"""


@pytest.mark.parametrize("form", ["text", "markdown", "github", "sarif", "junit"])
def test_the_members_of_a_set_are_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("jobs.csv").write_text("region,year,jobs\nnorth,2020,3\nsouth,2020,4\nall,2020,99\n", "utf-8")
    Path("rules.yaml").write_text(RULE, "utf-8")
    done = CliRunner().invoke(
        main, ["check", "jobs.csv", "--rules", "rules.yaml", "--format", form, "--lang", "en"]
    )
    assert done.exit_code == 1, done.output
    for name in ("north", "south"):
        assert name in done.stdout
    if form == "text":
        assert "jobs.csv:2" in done.stdout and "jobs.csv:4" in done.stdout


def test_a_row_goes_by_its_name_rather_than_by_a_number_that_no_other_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shops.csv").write_text("id,size,staff,profit\nRET1,s,7,1\nRET2,s,9,2\nRET3,s,11,2\n", "utf-8")
    Path("rules.yaml").write_text("- {id: r, title: t, for_each: [size], check: sum(profit) == 9}\n", "utf-8")
    done = CliRunner().invoke(main, ["check", "shops.csv", "--rules", "rules.yaml", "--lang", "en"])
    assert all(f"  RET{row}  {profit} " in done.stdout for row, profit in ((1, 1), (2, 2), (3, 2)))


def test_the_json_report_tells_sheet_and_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "2020"
    for row in (["region", "jobs", "men"], ["north", 3, 4]):
        book.active.append(row)
    book.save("jobs.xlsx")
    Path("rules.yaml").write_text("- {id: men, title: t, check: men <= jobs}\n", "utf-8")
    done = CliRunner().invoke(main, ["check", "jobs.xlsx", "--rules", "rules.yaml", "--format", "json"])
    (finding,) = json.loads(done.stdout)["findings"]
    assert [(cell["source"], cell["line"], cell["address"]) for cell in finding["cells"]] == [
        ("jobs.xlsx", 2, "2020!C2"), ("jobs.xlsx", 2, "2020!B2"),
    ]  # fmt: skip


def test_a_row_without_a_name_goes_by_its_number_and_not_by_a_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cities.csv").write_text("district,postcode,city\n7,64,H\n7,64,H\n8,64,K\n", "utf-8")
    Path("rules.yaml").write_text(
        "- {id: r, title: t, for_each: [postcode], check: distinct(city) == 1}\n", "utf-8"
    )
    done = CliRunner().invoke(main, ["check", "cities.csv", "--rules", "rules.yaml", "--lang", "en"])
    assert done.exit_code == 1 and "cities~" not in done.stdout


def test_a_column_that_is_called_a_number_of_things_tells_rows_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("goods.csv").write_text("product_id,season,price\n1,in,12\n2,out,12\n3,out,15\n", "utf-8")
    Path("rules.yaml").write_text("- {id: r, title: t, check: price < 13}\n", "utf-8")
    done = CliRunner().invoke(main, ["check", "goods.csv", "--rules", "rules.yaml", "--format", "json"])
    report = json.loads(done.stdout)
    assert [finding["key"] for finding in report["findings"]] == [{"product_id": "3"}]
    assert report["identities"][0]["origin"] == "inferred"
