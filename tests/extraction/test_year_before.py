"""A rate over what was carried out the year before is held against that figure of the same document, if its key is earned."""

from __future__ import annotations

import pytest

from tests.extraction.tied import relations

TITLE = "云岭市2025年预算执行情况和2026年预算草案的报告\n"
REPORT = TITLE + (
    "一、2025年预算执行情况\n全市一般公共预算收入完成50亿元。全市政府性基金预算收入完成20亿元。\n"
    "二、2026年预算草案\n全市一般公共预算收入51亿元，{}。"
)


def grown(text: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (rows[0].kind, {row.role: row.literal for row in rows})
        for rows in relations(text)
        if rows[0].kind in ("growth", "fall")
    ]


@pytest.mark.parametrize(
    "words", ["比上年执行数增长2%", "比2025年完成数增长2%", "较上年决算数（下同）增长2%"]
)
def test_the_words_bind_next_years_goal_to_this_years_result(words: str) -> None:
    assert grown(REPORT.format(words)) == [("growth", {"level": "51", "base": "50", "rate": "2"})]


@pytest.mark.parametrize(
    "words",
    [
        "增长2%",  # over a budget, perhaps
        "比上年预算数增长2%",
        "比2024年执行数增长2%",  # another year
        "同口径比上年执行数增长2%",  # for a like scope
    ],
)
def test_other_words_do_not(words: str) -> None:
    assert grown(REPORT.format(words)) == []


def test_a_result_stated_in_two_ways_is_no_base() -> None:
    twice = REPORT.format("比上年执行数增长2%").replace("二、", "全市一般公共预算收入完成49亿元。\n二、")
    assert grown(twice) == []
