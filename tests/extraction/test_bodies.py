"""Bodies in charge, in every way that plans name them, and what is said of a plan that names none."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.extraction import extract
from tests.extraction.reporting import reported

PLAN = "海东市发展三年行动计划（2022—2024年）\n\n一、重点任务\n"


@pytest.mark.parametrize(
    ("told", "lead", "support"),
    [
        ("（市工信局、市发改委等负责。列第一位者为牵头单位，下同）", "市工信局;市发改委", None),
        ("（市工信局、市财政局负责，排在第一位的部门为牵头部门，下同）", "市工信局;市财政局", None),
        ("（市生态环境局指导，市供销总社参与）", "市生态环境局", "市供销总社"),
        ("（市人社局等部门按职责分工负责）", "市人社局", None),
        ("责任单位：市工信局、市科技局", "市工信局;市科技局", None),
        ("由市工信局牵头，市科技局配合。", "市工信局", "市科技局"),
    ],
)
def test_bodies_are_named(told: str, lead: str, support: str | None) -> None:
    text = PLAN + f"（一）建设平台。推进平台建设。{told}\n（二）培育企业。\n责任单位：市工信局\n"
    task = next(c for c in extract(text).clauses if c.clause == "一(一)")
    assert (task.lead, task.support) == (lead, support)


def findings(text: str, tmp_path: Path) -> list[tuple[str, str]]:
    return [(f.check.rule, f.severity) for f in reported(text, tmp_path, "structure.*lead*")]


def test_a_plan_that_assigns_nothing_gets_one_note(tmp_path: Path) -> None:
    text = PLAN + "（一）平台\n1.建设平台。推进。\n2.培育企业。推进。\n3.引进人才。推进。\n"
    assert findings(text, tmp_path) == [("structure.document-has-leads", "info")]


def test_a_task_without_a_body_among_tasks_with_bodies_is_told(tmp_path: Path) -> None:
    text = (
        PLAN
        + "".join(f"（{n}）任务{n}。推进。（市工信局负责）\n" for n in "一二三")
        + "（四）改造设备。推进。\n"
    )
    assert findings(text, tmp_path) == [("structure.task-has-lead", "error")]


def test_articles_of_a_regulation_are_no_tasks(tmp_path: Path) -> None:
    text = "海东市数据管理办法\n第一章 总则\n第一条 制定本办法。\n第二条 应当：\n（一）登记；\n（二）更新。\n"
    assert findings(text, tmp_path) == []
