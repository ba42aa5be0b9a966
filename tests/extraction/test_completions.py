"""What was done of a budget is tied to the budget that its sentence tells, and to no other."""

from __future__ import annotations

import pytest

from tests.extraction.tied import shapes


def shares(text: str) -> list[tuple[str, ...]]:
    """The shares of a text: what was done, the budget, the share."""
    return [
        tuple(dict(figures)[role] for role in ("part", "whole", "share"))
        for _, _, figures in shapes(text, "share")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "全市一般公共预算收入年初预算为60亿元，实际完成63亿元，为预算的105%。",
        "全市一般公共预算收入预算60亿元，收入完成63亿元，为年初预算的105%，增长4%。",
        "市人大批准的全市一般公共预算收入为60亿元，实际完成63亿元，为年初预算的105%。",
        "年初预算合计60亿元，执行中因上级补助增加等，实际执行63亿元，完成预算的105%。",
    ],
)
def test_what_was_done_is_a_share_of_the_budget_before_it(text: str) -> None:
    assert shares(text) == [("63", "60", "105")]


def test_of_several_budgets_the_share_is_of_the_one_that_it_names_or_the_last() -> None:
    text = "支出年初预算为50亿元，执行中支出预算调整为60亿元，实际完成57亿元，为{}的{}%。"
    assert shares(text.format("年初预算", 114)) == [("57", "50", "114")]
    assert shares(text.format("调整预算", 95)) == [("57", "60", "95")]
    assert shares(text.format("预算", 95)) == [("57", "60", "95")]


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算收入63亿元，为预算的105%。",  # no budget is told
        "全市收入年初预算为60亿元。实际完成63亿元，为预算的105%。",  # another sentence
        "全市收入年初预算为60亿元，支出完成63亿元，为预算的105%。",  # the other side
        "全市收入年初预算为60亿元，调整预算为62亿元，实际完成63亿元，为变动预算的105%。",  # neither is the one named
        "全市收入年初预算为60亿元，实际完成63亿元，其中税收完成21亿元，为预算的105%。",  # of another that was done
        "全市新设企业年初预算60家，实际完成63亿元，为预算的105%。",  # another unit
    ],
)
def test_nothing_is_tied_where_the_words_do_not_say_which_budget(text: str) -> None:
    assert shares(text) == []
