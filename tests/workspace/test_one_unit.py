"""Figures that differ by the scale of their unit only are held against each other; all others are left as they are."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from audit.actions.checking import check
from audit.engine.frames import Table
from audit.workspace.configuration import Configuration
from audit.workspace.one_unit import _KEY, in_one_unit

PLAN = """青禾市2025年国民经济和社会发展统计公报

2025年，全市{noun}{stated}。
"""


def found(tmp_path: Path, noun: str, one: str, other: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The severity of each finding that two plans differ in a figure, and its figures."""
    plans = (tmp_path / "a.txt", tmp_path / "b.txt")
    for plan, stated in zip(plans, (one, other), strict=True):
        plan.write_text(PLAN.format(noun=noun, stated=stated), encoding="utf-8")
    findings = check(Configuration(sources=plans, severity="info")).report.findings
    return [
        (one.severity, [(cell.literal, cell.unit) for cell in one.check.cells])
        for one in findings
        if one.check.rule == "consistency.same-target"
    ]


@pytest.mark.parametrize(
    ("noun", "one", "other"),
    [
        ("地区生产总值", "376.82亿元", "3768200万元"),
        ("公园绿地面积", "12.50平方公里", "1250公顷"),
        ("公路通车里程", "1.2万公里", "12000公里"),
    ],
)
def test_the_same_in_another_scale_agrees(tmp_path: Path, noun: str, one: str, other: str) -> None:
    assert found(tmp_path, noun, one, other) == []


def test_a_slip_shows_over_a_change_of_scale(tmp_path: Path) -> None:
    assert found(tmp_path, "地区生产总值", "376.82亿元", "3678200万元") == [
        ("error", [("376.82", "亿元"), ("367.8200", "亿元")])
    ]
    [(severity, figures)] = found(tmp_path, "公园绿地面积", "12.50平方公里", "1520公顷")
    assert (severity, figures) == ("error", [("12.50", "平方公里"), ("15.20", "平方公里")])


def test_what_measures_something_else_is_not_compared(tmp_path: Path) -> None:
    assert found(tmp_path, "公园绿地面积", "12.50平方公里", "1520万元") == []


def test_figures_of_a_scanned_table_are_told_in_one_unit_too() -> None:
    row = dict.fromkeys((*_KEY, "low", "high"), "x") | {"low": None, "high": None}
    rows = [
        {**row, "document": "a", "value": "376.82", "unit": "亿元", "literal": "376.82亿元"},
        {**row, "document": "b", "value": "3768200", "unit": "万元", "literal": "3768200万元"},
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    at_hand, scanned = (in_one_unit(Table("targets", one)).frame for one in (frame, frame.lazy()))
    assert scanned.rows() == at_hand.rows() and set(scanned["unit"]) == {"亿元"}
