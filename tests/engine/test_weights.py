"""Weighted sums: by a column, by an attribute of a code list, by the sign of a part in its whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from tests.engine.small import checks, verdict

small = st.decimals(-1000, 1000, places=3, allow_nan=False)


def listed(**members: str | None) -> dict[str, CodeList]:
    """A code list of one whole, `all`, and its parts with their weights."""
    parts = (Member(code, "all", (), {"weight": w} if w else {}) for code, w in members.items())
    return {"item": CodeList.of("item", (Member("all"), *parts))}


@settings(deadline=None)
@given(st.lists(st.tuples(small, small), min_size=1, max_size=6))
def test_a_sum_weighed_by_a_column_is_the_sum_of_the_products(pairs):
    rows = [{"item": str(n), "value": value, "w": weight} for n, (value, weight) in enumerate(pairs)]
    (found,) = checks("sum(x * w) == 0", rows, for_each=[], let={"x": {"item": "any"}})
    assert found.left == sum(value * weight for value, weight in pairs)


def test_an_operand_with_the_same_rows_weighs_too():
    rows = [
        {"item": "a", "price": 3, "pieces": 4, "value": 0},
        {"item": "b", "price": 5, "pieces": 2, "value": 0},
    ]
    let = {"price": {"column": "price", "item": "any"}, "pieces": {"column": "pieces", "item": "any"}}
    assert verdict("sum(price * pieces) == 22", rows, for_each=[], let=let) == "holds"
    other = {**let, "pieces": {"column": "pieces", "item": "a"}}
    with pytest.raises(InputError, match="“pieces” takes other cells than “price”"):
        verdict("sum(price * pieces) == 22", rows, for_each=[], let=other)


def test_an_attribute_of_the_code_list_weighs_and_a_member_without_it_leaves_the_sum_open():
    codes = {"item": CodeList.of("item", (Member("a", None, (), {"share": "0.25"}), Member("b", None, (), {"share": "0.75"}),
                                          Member("c")))}  # fmt: skip
    rows = [{"item": "a", "value": 4}, {"item": "b", "value": 8}]
    rule = {"for_each": [], "let": {"x": {"item": "any"}}, "codes": codes}
    assert verdict("sum(x * share) == 7", rows, **rule) == "holds"
    assert verdict("sum(x * share) == 7", [*rows, {"item": "c", "value": 1}], **rule) == "untestable"
    assert verdict("sum(x) == 13", [*rows, {"item": "c", "value": 1}], **rule) == "holds"


def test_a_part_of_negative_weight_is_taken_off():
    rows = [{"item": i, "value": v} for i, v in (("all", 7), ("exports", 10), ("imports", 3))]
    rule = {"for_each": [], "hierarchy": "item", "codes": listed(exports=None, imports="-1")}
    assert verdict("whole == sum(parts)", rows, **rule) == "holds"
    assert verdict("whole == sum(parts)", [{"item": "all", "value": 13}, *rows[1:]], **rule) == "violated"
    (found,) = checks("whole == sum(parts)", rows[:2], **rule)
    assert (found.verdict, found.missing) == ("untestable", ("imports",))


def test_a_negative_weight_exchanges_the_ends_of_an_interval():
    rows = [{"item": "all", "value": 7, "low": 7, "high": 7}, {"item": "exports", "value": 10, "low": 10, "high": 10},
            {"item": "imports", "value": 2, "low": 2, "high": None}]  # fmt: skip
    rule = {"for_each": [], "hierarchy": "item", "codes": listed(exports=None, imports="-1")}
    assert verdict("whole == sum(parts)", rows, **rule) == "reconcilable"
    assert verdict("whole - 2 == sum(parts)", rows, **rule) == "reconcilable"
    assert verdict("whole + 2 == sum(parts)", rows, **rule) == "violated"


@settings(deadline=None)
@given(st.lists(st.tuples(small, small, st.sampled_from([-2, -1, 1])), min_size=1, max_size=4))
def test_the_allowed_sum_lies_between_the_weighed_ends(cells):
    rows = [
        {"item": str(n), "value": low, "low": low, "high": max(low, high)}
        for n, (low, high, _) in enumerate(cells)
    ]
    codes = {
        "item": CodeList.of(
            "item", (Member(str(n), None, (), {"w": str(w)}) for n, (_, _, w) in enumerate(cells))
        )
    }
    (found,) = checks(
        "sum(x * w) == 0", rows, codes, for_each=[], let={"x": {"item": "any"}}, rounding="exact"
    )
    ends = [sorted((low * w, max(low, high) * w)) for low, high, w in cells]
    assert (found.left_low, found.left_high) == (sum(e[0] for e in ends), sum(e[1] for e in ends))


def test_rows_of_one_cell_with_two_weights_are_untestable():
    rows = [{"item": "a", "value": Decimal(1), "w": 1}, {"item": "a", "value": Decimal(1), "w": 2},
            {"item": "b", "value": Decimal(1), "w": 1}]  # fmt: skip
    let = {"x": {"item": ["a", "b"]}}
    assert verdict("sum(x * w) == 2", rows, for_each=[], let=let) == "untestable"
    assert verdict("sum(x * w) == 2", [rows[0], rows[0], rows[2]], for_each=[], let=let) == "holds"
