"""Clauses: what each is for, who answers for it, and how excerpts, contents and annexes are read."""

from __future__ import annotations

from audit.extraction import extract
from audit.model.rows import Clause

PLAN = "海东市发展三年行动计划（2022—2024年）\n"


def clauses(text: str) -> dict[str, Clause]:
    return {clause.clause: clause for clause in extract(text).clauses}


def test_bodies_in_a_line_after_the_items_are_those_of_the_task() -> None:
    found = clauses(
        PLAN + "一、重点任务\n（一）政策\n1. 完善政策。落实意见。\n（1）实施补助。\n（2）设立基金。\n"
        "（牵头单位：市科技局，配合单位：市财政局）\n2. 争取支持。推进试点。\n"
    )
    assert (found["一(一)1"].lead, found["一(一)1"].support) == ("市科技局", "市财政局")
    assert found["一(一)1(2)"].lead is None and found["一(一)2"].lead is None


def test_principles_and_goals_are_no_tasks() -> None:
    found = clauses(
        PLAN
        + "一、总体要求\n（一）基本原则\n1. 统筹协调。加强引领。\n二、重点任务\n（一）突破技术\n1. 攻关技术。布局研发。\n"
    )
    assert (found["一(一)1"].kind, found["二(一)1"].kind) == ("item", "task")


def test_a_report_has_no_tasks() -> None:
    found = clauses("海东市2022年国民经济和社会发展统计公报\n一、附注\n1. 本公报为初步统计数。\n")
    assert found["一1"].kind == "item"


def test_a_part_without_tasks_is_one_where_its_siblings_name_bodies() -> None:
    found = clauses(
        PLAN + "一、重点任务\n（一）壮大企业\n建立培育库。\n责任单位：市工信局\n（二）集聚人才\n引进人才。\n"
    )
    assert [(found[c].kind, found[c].lead) for c in ("一(一)", "一(二)")] == [
        ("task", "市工信局"),
        ("task", None),
    ]


def test_bodies_of_a_part_answer_for_its_tasks() -> None:
    found = clauses(PLAN + "一、任务\n（一）壮大企业（责任单位：市工信局）\n1. 建立培育库。入库培育。\n")
    assert found["一(一)1"].lead == "市工信局"


def test_an_excerpt_belongs_to_the_chapter_that_it_leaves_out() -> None:
    extracted = extract(
        "（十三）现代服务业\n1. 推进服务体系建设。\n二、组织领导\n（一）发挥作用\n1. 成立委员会。\n"
    )
    assert [c.clause for c in extracted.clauses][:3] == ["一", "一(十三)", "一(十三)1"]
    assert not extracted.complete


def test_a_table_of_contents_opens_no_clauses() -> None:
    found = clauses(
        PLAN + "目录\n一、总体要求……1\n二、重点任务……3\n一、总体要求\n坚持创新。\n二、重点任务\n建设平台。\n"
    )
    assert list(found) == ["一", "二"]


def test_titles_are_cited_as_written_and_letterheads_are_no_citations() -> None:
    text = (
        "海政发〔2022〕3号\n"
        "根据《海东市创新办法（2021—2025年）》（海政发〔2021〕8号）和海政办发〔2020〕9号文件，制定本计划。\n"
    )
    assert [(c.cited_title, c.cited_number) for c in extract(text).citations] == [
        ("海东市创新办法（2021—2025年）", "海政发〔2021〕8号"),
        (None, "海政办发〔2020〕9号"),
    ]


def test_a_number_is_one_however_it_is_set_and_reports_are_told_by_it_alone() -> None:
    text = "据《港口办法》（港政发[2021] 8号）和《港口办法》（港政发〔2021〕8号），并由《验资报告》（港验〔2016〕3号）证明。\n"
    assert [(c.cited_title, c.cited_number) for c in extract(text).citations] == [
        ("港口办法", "港政发〔2021〕8号"), ("港口办法", "港政发〔2021〕8号"), (None, "港验〔2016〕3号"),
    ]  # fmt: skip


def test_an_annex_counts_anew_in_a_clause_of_its_own() -> None:
    extracted = extract(
        "一、提高认识。\n二、加强领导。\n" + PLAN + "一、目标\n夯实基础。\n二、任务\n建设平台。\n"
    )
    assert [(c.clause, c.parent) for c in extracted.clauses] == [
        ("一", None), ("二", None), ("附2", None), ("附2一", "附2"), ("附2二", "附2"),
    ]  # fmt: skip
    assert extracted.complete


def test_a_number_that_comes_twice_in_one_count_is_kept_apart() -> None:
    assert list(clauses(PLAN + "一、目标\n二、任务\n二、措施\n")) == ["一", "二", "二~2"]
