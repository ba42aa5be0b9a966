"""Names that are probably one thing, found in bounded time and memory however many there are."""

from __future__ import annotations

from itertools import product

import pytest

from audit.language import relatives
from audit.language.similarity import similar_pairs
from audit.model.errors import InputError
from tests.engine.small import report


def test_more_than_so_many_pairs_are_not_gone_into():
    names = [f"大连高新技术产业园区{one}{other}公司" for one, other in product("甲乙丙丁戊己", repeat=2)]
    assert len(similar_pairs(names)) == 36 * 35 // 2
    assert len(similar_pairs(names, most=36 * 35 // 2)) == 36 * 35 // 2
    assert len(similar_pairs(names, most=10)) == 11


def test_a_flood_of_like_names_is_refused_where_it_is_asked(monkeypatch):
    monkeypatch.setattr(relatives, "MOST", 100)
    signs = "甲乙丙丁戊己庚辛"
    rows = [{"item": f"大连高新技术产业园区{a}{b}公司", "value": 1} for a, b in product(signs, repeat=2)]
    rule = {"for_each": ["item"], "let": {"x": {}, "o": {"item": {"relative": "similar"}}}}
    with pytest.raises(
        InputError, match=r"^rules:\d+:\d+: “similar” relates more than 100 pairs of members of item"
    ):
        report("count(o) == 0", rows, **rule)


def test_each_pair_is_told_once_in_order():
    assert similar_pairs(["沈阳机器人研究院", "大连机器人研究院", "大连机器人研究所"]) == (
        ("大连机器人研究所", "大连机器人研究院"),
    )
