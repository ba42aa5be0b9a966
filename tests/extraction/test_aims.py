"""Goals that are meant to fall: told by their name, a ceiling or the verb, and held against those of the years before."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.extraction.extract import extract
from audit.workspace.configuration import Configuration

PLAN = """临溪市绿色发展规划（2024-2030年）

一、总体目标
到2026年，{first}。
到2029年，{last}。
"""


@pytest.mark.parametrize(
    ("said", "aim"),
    [
        ("细颗粒物年均浓度34微克/立方米", "fall"),
        ("万元产值能耗0.42吨标准煤", "fall"),
        ("公交平均候车时间9分钟", "fall"),
        ("建设用地总规模控制在86平方公里以内", "fall"),
        ("办事环节降至4个", "fall"),
        ("规模以上企业340家", None),
        ("污染物去除率93%", None),
        ("单位产值能耗降幅达到13%", None),
        ("失业保险参保人数达到21万人", None),
    ],
)
def test_the_aim_is_told_by_the_name_a_ceiling_or_the_verb(said: str, aim: str | None) -> None:
    assert [figure.aim for figure in extract(PLAN.format(first=said, last="完成")).figures] == [aim]


def found(folder: Path, first: str, last: str) -> set[str]:
    path = folder / "plan.txt"
    path.write_text(PLAN.format(first=first, last=last), encoding="utf-8")
    report = check(Configuration(sources=(path,))).report
    return {finding.check.rule for finding in report.findings if finding.severity != "info"}


@pytest.mark.parametrize(
    ("first", "last", "rules"),
    [
        ("化肥施用量为31万吨", "化肥施用量为24万吨", set()),
        ("化肥施用量为31万吨", "化肥施用量为42万吨", {"bounds.falling-goal-not-rising"}),
        ("城镇调查失业率为5.5%", "城镇调查失业率为5.1%", set()),
        ("用地规模控制在86平方公里以内", "用地规模控制在82平方公里以内", set()),
        ("规模以上企业340家", "规模以上企业260家", {"bounds.level-not-falling"}),
    ],
)
def test_a_goal_that_is_meant_to_fall_may_and_one_that_rises_is_told(
    tmp_path: Path, first: str, last: str, rules: set[str]
) -> None:
    assert found(tmp_path, first, last) == rules


@pytest.mark.parametrize(
    "name", ["每万人刑事案件数为9件", "亿元地区生产总值死亡人数为0.02人", "每十万人病床数为310张"]
)
def test_so_many_a_head_is_a_rate(name: str) -> None:
    assert [figure.measure for figure in extract(PLAN.format(first=name, last="完成")).figures] == ["rate"]


@pytest.mark.parametrize(("part", "rules"), [("8260元", {"figures.part-in-scale"}), ("8260万元", set())])
def test_a_part_that_lost_its_scale_is_told(tmp_path: Path, part: str, rules: set[str]) -> None:
    said = f"安排资金31400万元，其中支持创新9100万元、奖励企业{part}"
    assert found(tmp_path, said, "完成") == rules
