"""Areas: figures of different fields and tasks share no key."""

from __future__ import annotations

from audit.extraction import extract

PLAN = "海东市发展三年行动计划（2022—2024年）\n一、主要目标\n到2024年，龙头企业达到50家，高新技术企业达到90家。\n二、重点任务\n"


def industries(text: str) -> list[tuple[str, str | None]]:
    return [(figure.literal, figure.industry) for figure in extract(text).figures]


def test_the_field_that_a_heading_names_is_the_industry() -> None:
    first = "（一）持续推动其他重点产业领域科技创新\n到2024年，研发机构达到30家。\n"
    text = PLAN + first + "（二）人工智能及其相关领域\n到2024年，研发机构达到9家。\n"
    assert industries(text)[2:] == [("30", "其他重点产业"), ("9", "人工智能")]


def test_a_general_noun_of_several_tasks_belongs_to_each_task() -> None:
    text = PLAN + "（一）做强港口\n1. 建设港区。龙头企业达到20家。\n2. 拓展航线。龙头企业达到10家。\n"
    assert industries(text) == [("50", None), ("90", None), ("20", "建设港区"), ("10", "拓展航线")]


def test_a_noun_of_its_own_keeps_goal_and_task_comparable() -> None:
    text = PLAN + "（一）培育企业\n1. 建立培育库。高新技术企业达到80家。\n"
    assert industries(text)[-1] == ("80", None)
