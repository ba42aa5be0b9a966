"""Figures that differ by the scale of their unit only are held against each other; all others are left as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.workspace.configuration import Configuration

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
