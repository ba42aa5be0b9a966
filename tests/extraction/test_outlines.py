"""Outlines: every ordinary way to number a plan is read as one count a level, and only a real gap is a gap."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.extraction import extract
from audit.extraction.text.counts import Count, continued
from tests.extraction.reporting import reported

TITLE = "青原市产业发展三年行动计划（2022—2024年）\n\n"
HAN = "一二三四五六七八九十"


def numbering(text: str, tmp_path: Path) -> list[str]:
    """What the rule on numbering says of a text."""
    return [f.check.rule for f in reported(TITLE + text, tmp_path, "structure.numbers-in-sequence")]


@pytest.mark.parametrize(
    "text",
    [
        "第一篇 总则\n第一章 环境\n环境好。\n第二章 目标\n明确。\n第二篇 产业\n第三章 工业\n做强。\n第四章 农业\n做优。\n",
        "第一章 农业\n第一节 种植\n一、良种。\n二、增肥。\n第二节 畜牧\n一、改良。\n二、防疫。\n",
        "第一章 总则\n第一条 为了规范，制定本办法。\n第二条 有下列情形的，应当更新：\n（一）依据变化的；\n（二）职能变化的。\n"
        "第二章 附则\n第三条 本办法自印发之日起施行。\n",
        "第一节　工业　　（一）重点　　加强建设。必须做到：　　（1）抓勘探；\n　　（2）抓设计；\n"
        "　　（3）抓施工。\n　　（二）保障　　加强管理。\n",
        "附件：1.名单\n2.任务表\n一、目标\n明确。\n二、任务\n落实。\n",
        "一、加强改造\n要做到：\n一、节约能源；\n二、改革产品；\n三、利用资源。\n二、整顿企业\n分批进行。\n三、开放\n扩大。\n",
        "（一）形势\n稳定。\n（二）方针\n一、农业\n加快。\n二、工业\n提质。\n（三）前景\n光明。\n",
        "一、产业结构\n第一章 农业\n（一）种植。\n（二）畜牧。\n第二章 工业\n做强。\n二、地区布局\n第三章 东部\n开放。\n",
        "（一）农业\n丰收。\n（二）工业\n增长。（三）开放\n扩大。\n（四）民生\n改善。\n",
        "一、实事\n（1）造林。\n（2）修路。\n1.甲行动：指行动。\n2.乙行动：指行动。\n二、保障\n落实。\n",
        "一、名词\n1、甲城市：指城市。\n2、乙城市：面积100平方公里3、丙城市：指城市。\n4、丁城市：指城市。\n",
        "一、名词\n1.5.0空间：指空间。\n2.甲行动：指行动。\n3“一网”：指网。\n4.乙行动：指行动。\n",
        "一、名词\n1.甲行动：指行动。\n2.5个墟：指墟。\n3.6个群：指群。\n4.乙行动：指行动。\n",
        "（一）农业\n丰收。\n二）工业\n增长。\n（三）开放\n扩大。\n",
        "一、价格\n稳定。\n专栏1 物价\n1.粮食\n2.衣着\n二、农业\n丰收。\n",
    ],
)
def test_an_ordinary_outline_has_no_gap(text: str, tmp_path: Path) -> None:
    assert numbering(text, tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "一、目标\n明确。\n二、任务\n落实。\n四、保障\n加强。\n",
        "一、任务\n（一）建设\n推进。\n（三）改造\n推进。\n",
        "第一章 总则\n第一条 制定本办法。\n第三条 适用全市。\n",
        "一、目标\n明确。\n二、任务\n落实。\n二、保障\n加强。\n三、附则\n施行。\n",
    ],
)
def test_a_gap_and_a_repetition_are_told(text: str, tmp_path: Path) -> None:
    assert len(numbering(text, tmp_path)) == 1


def test_a_copy_of_the_text_with_other_line_breaks_is_not_counted_again(tmp_path: Path) -> None:
    clauses = [
        f"{number}、{thing}。要加快建设{thing}的各类设施，健全{thing}的管理制度，完善{thing}的服务网点，定期通报{thing}的进展，"
        f"并把{thing}列入各单位每年的考核内容，做到有人管、有人问、有成效。"
        for number, thing in zip(
            "一二三四五六", ("渡口", "粮仓", "苗圃", "渔港", "水窖", "驿站"), strict=True
        )
    ]
    again = [*clauses[:2], clauses[2][:50], clauses[2][50:], *clauses[3:5], clauses[5] + "打印本页"]
    assert numbering("\n".join([*clauses, "青原市人民政府", *again]), tmp_path) == []


@given(st.lists(st.integers(2, 9), min_size=1, max_size=4))
def test_lists_inside_a_chapter_that_are_numbered_like_chapters_leave_its_count_whole(
    inner: list[int],
) -> None:
    numbers: list[int] = []
    for chapter, length in enumerate(inner, start=1):
        numbers.extend([chapter, *range(1, length + 1)])
    numbers.append(len(inner) + 1)
    counts: list[Count] = []
    for index, number in enumerate(numbers):
        chosen = continued(counts, number, numbers[index + 1 :])
        if chosen is None:
            chosen = Count(0, ())
            counts.append(chosen)
        else:
            counts = counts[: counts.index(chosen) + 1]
        chosen.add(number)
        assert all(row.numbers == set(range(1, row.length + 1)) for row in counts)


def test_a_text_that_stands_twice_on_its_page_is_read_once() -> None:
    body = "".join(
        f"{HAN[i]}、第{i + 1}项\n到2025年，建成{i + 3}个示范基地，{'持续推进各项工作落实到位，' * 12}。\n"
        for i in range(5)
    )
    once, twice = extract(TITLE + body), extract(TITLE + body + "\n下载：\n" + body)
    assert len(once.figures) == 5
    assert [f.id for f in twice.figures] == [f.id for f in once.figures]
    assert [c.clause for c in twice.clauses] == [c.clause for c in once.clauses]


def test_a_sentence_that_comes_again_is_read_again() -> None:
    text = TITLE + "一、目标\n到2025年，建成3个示范基地。\n二、任务\n到2025年，建成3个示范基地。\n"
    assert len(extract(text).figures) == 2


def test_numbers_begin_again_under_a_heading_without_one(tmp_path: Path) -> None:
    text = "# 要闻\n\n## 商品\n\n1、甲大涨。\n\n## 债券\n\n1、乙大跌。\n\n2、丙持平。\n"
    assert reported(text, tmp_path, "structure.numbers-in-sequence", name="news.md") == ()


def test_a_numbered_name_in_a_table_is_no_clause(tmp_path: Path) -> None:
    rows = "不予公开\t1.属于秘密\t3\n\t2.其他法律行政法规禁止公开的\t2\n\t4.其他行政法规保护的信息类\t1\n"
    text = f"一、申请情况\n\n事项\t\t数量\n{rows}"
    assert numbering(text, tmp_path) == []
