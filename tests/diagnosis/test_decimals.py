"""When rounding alone explains that a relation does not hold as stated, and when that is left to the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.workspace.configuration import Configuration


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("产值98.8亿元，其中：工业产值17.83亿元、农业产值80.98亿元。", "info"),
        ("收入1.2亿元，增加2754万元，增长31.1%。", "info"),
        ("产值由20亿元增加到26亿元，增长25%。", "warning"),
        ("个人所得税6237万元，减少1.1亿元，下降64.3%。", "info"),
        ("收入8亿元，减少3.6亿元，下降31.3%。", "warning"),
        ("收入8.0亿元，减少3.6亿元，下降31.3%。", "info"),
        ("奖牌60.5万枚（金牌30.2万枚、银牌30.4万枚）。", "info"),
        ("奖牌60枚（金牌30枚、银牌20枚）。", "error"),
        ("产值5622亿元，包括农业2912亿元、林业2711亿元。", "info"),
        ("产值5622万元，包括农业2912万元、林业2711万元。", "warning"),
        ("产值80.1亿元，包括农业32.34亿元、林业40亿元、牧业7.75亿元。", "info"),
        ("产值80.4亿元，包括农业32.34亿元、林业40亿元、牧业7.75亿元。", "warning"),
        ("产值80万元，包括农业32.3万元、林业48万元。", "info"),
    ],
)
def test_what_the_decimals_of_the_coarsest_figure_explain_is_a_note(
    tmp_path: Path, sentence: str, severity: str
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(f"云岭市2025年国民经济和社会发展统计公报\n{sentence}\n", encoding="utf-8")
    found = check(Configuration(sources=(plan,), severity="info")).report.findings
    assert [f.severity for f in found if f.check.rule.startswith("relations.")] == [severity]


def test_a_number_in_another_unit_is_told_in_that_of_its_relation(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("云岭市2025年预算报告\n支出22亿元，比上年增加27500万元，增长10.2%。\n", encoding="utf-8")
    [found] = check(Configuration(sources=(plan,))).report.findings
    told = {cell.operand: (cell.literal, cell.unit) for cell in found.check.cells}
    assert told["change"] == ("2.7500", "亿元")


@pytest.mark.parametrize(("slip", "severity"), [("0.24", "info"), ("0.16", "warning")])
def test_many_roundings_do_not_add_up_to_a_slip(tmp_path: Path, slip: str, severity: str) -> None:
    names = [f"{one}{other}项" for one in "甲乙丙丁戊己" for other in "子丑寅卯辰"]
    parts = "、".join(f"{name}{slip if name == '丙寅项' else '0.24'}亿元" for name in names)
    plan = tmp_path / "plan.txt"
    plan.write_text(f"云岭市2025年预算报告\n支出7.21亿元，包括{parts}。\n", encoding="utf-8")
    found = check(Configuration(sources=(plan,), severity="info")).report.findings
    assert [f.severity for f in found if f.check.rule == "relations.parts-make-whole"] == [severity]
