"""A list of parts that ends with all the rest is the whole."""

from __future__ import annotations

import pytest

from tests.extraction.tied import summed


@pytest.mark.parametrize(
    "text",
    [
        "全市社会保险基金收入100亿元。其中，保险费收入60亿元，财政补贴收入30亿元，其他收入10亿元。",
        "全市社会保险基金收入100亿元，其中：保险费收入60亿元，财政补贴收入30亿元，利息等其他社会保险收入10亿元。",
        "供水总量100亿元，其中地表水60亿元、地下水30亿元、其他水源10亿元。",
        "调入资金100亿元，其中从专户调入60亿元、从基金调入30亿元、其余10亿元。",
    ],
)
def test_parts_and_the_rest_make_the_whole(text: str) -> None:
    assert summed(text, binding=True) == [["100", "60", "30", "10"]]


@pytest.mark.parametrize(
    "text",
    [
        "全市一般公共预算支出100亿元。其中，教育支出60亿元，农林水支出30亿元，其他支出5亿元。",  # a heading of the budget
        "全市社会保险基金收入100亿元。其中，保险费收入60亿元，其他收入10亿元，财政补贴收入等20亿元。",  # not the last
        "全市投资100亿元，其中工业60亿元、农业30亿元。",
    ],
)
def test_without_the_rest_or_where_it_is_a_heading_they_are_within_it(text: str) -> None:
    assert summed(text, binding=True) == []
    assert summed(text, binding=False) != []
