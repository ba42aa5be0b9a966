"""What is one matter is told as one: a heading that says what is, and a list with a line for each thing."""

from __future__ import annotations

import io
from functools import cache

import docx
import pytest

import audit
from audit.model.report import Report
from audit.reporting import renderer

RULES = """
- id: carried
  title: {zh: 目标有任务承接, en: Every goal is carried}
  table: names
  severity: warning
  for_each: [document, name]
  let: {goal: {role: goal, column: text}, task: {role: task, column: text}}
  keys: goal
  missing: {task: zero}
  check: count(task) >= 1
  message: {zh: "目标“{name}”没有任务承接", en: "no task carries the goal “{name}”"}
  because: {zh: 没有承接就无法落实, en: nobody carries it out}
- id: total
  title: {zh: 合计, en: The total}
  table: sums
  for_each: [document, year]
  along: region
  check: 全市 == 东区 + 西区
"""
NAMES = ("甲", "乙", "丙", "丁")


@cache
def report() -> Report:
    import polars as pl

    names = pl.DataFrame({
        "id": [f"n{n}" for n in range(4)], "document": ["p"] * 4, "role": ["goal"] * 4, "name": NAMES,
        "text": [f"建成{name}" for name in NAMES],
    })  # fmt: skip
    sums = pl.DataFrame([
        {"document": "p", "region": region, "year": year, "value": value}
        for year in ("2030", "2031") for region, value in (("全市", 9), ("东区", 3), ("西区", 3))
    ])  # fmt: skip
    return audit.check({"names": names, "sums": sums}, RULES, causes=True)


def test_the_heading_names_all_that_is_asked_about_and_says_what_is() -> None:
    (asked,) = [cause for cause in report().causes if len(cause.findings) == 4]
    assert asked.message.zh == "目标“丁”“丙”“乙”“甲”没有任务承接"
    assert asked.message.en == "no task carries the goal “丁”, “丙”, “乙”, “甲”"


def told(format_: str) -> str:
    if format_ == "docx":
        found = renderer("docx")(report(), language="zh")
        document = docx.Document(io.BytesIO(found))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return str(renderer(format_)(report(), language="zh"))


@pytest.mark.parametrize("format_", ["text", "markdown", "docx"])
def test_a_question_about_several_things_is_one_heading_with_a_line_for_each(format_: str) -> None:
    found = told(format_).replace("\\", "")
    for name in NAMES:
        assert f"目标“{name}”没有任务承接" not in found
        assert found.count(f"建成{name}") == 1
    assert found.count("目标“丁”“丙”“乙”“甲”没有任务承接") >= 1


def test_findings_that_reckon_are_told_one_by_one() -> None:
    sums = [finding for finding in report().findings if finding.check.rule == "total"]
    found = told("text")
    assert len(sums) == 2 and all(f"#{finding.id}" in found for finding in sums)
    assert found.count("9 ≠ 3 + 3 = 6") == 2
