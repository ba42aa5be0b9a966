"""A table of tasks says who answers for each, as a clause does."""

from __future__ import annotations

from audit.extraction import extract

TEXT = """青禾市产业发展行动计划（2024—2026年）

一、重点任务
任务分工见下表。

序号\t重点任务\t主要目标\t责任单位\t配合单位
1\t加快网络建设\t到2026年，建成基站3000个，其中北岭区2000个、南川县1500个。\t市工信局\t市财政局
2\t培育企业\t新增规上企业60家。\t市发改委、市科技局\t
3\t改善民生\t总投资8亿元。\t\t市财政局

二、保障措施
到2026年，投入资金5亿元。
"""


def test_every_row_is_a_task_with_its_bodies() -> None:
    tasks = [clause for clause in extract(TEXT).clauses if clause.kind == "task"]
    assert [(t.clause, t.number, t.heading, t.lead, t.support) for t in tasks] == [
        ("一表1-1", "1", "加快网络建设", "市工信局", "市财政局"),
        ("一表1-2", "2", "培育企业", "市发改委;市科技局", None),
        ("一表1-3", "3", "改善民生", None, "市财政局"),
    ]


def test_figures_of_a_row_belong_to_its_task_and_those_after_the_table_do_not() -> None:
    places = {figure.literal: figure.clause for figure in extract(TEXT).figures}
    assert places["3000"] == "一表1-1" and places["60"] == "一表1-2" and places["5"] == "二"


def test_what_a_cell_of_prose_says_is_tied_as_in_running_text() -> None:
    (parts,) = {row.relation: row for row in extract(TEXT).relations if row.literal == "1500"}.values()
    assert (parts.kind, parts.role) == ("sum", "part")
