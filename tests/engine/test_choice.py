"""`if … then … else …`, of conditions and of numbers; and the column that operands take."""

from __future__ import annotations

import pytest

from audit.model.errors import InputError
from tests.engine.small import checks, verdict, verdicts


def stated(**values: object) -> list[dict[str, object]]:
    return [
        {"item": item, **(value if isinstance(value, dict) else {"value": value})}
        for item, value in values.items()
    ]


def along(check: str, rows: list[dict[str, object]]) -> str:
    return verdict(check, rows, for_each=[], along="item")


@pytest.mark.parametrize(
    ("check", "expected"),
    [("if a > 2 then b == 7 else b == 9", "holds"), ("if a > 5 then b == 9 else b == 7", "holds"),
     ("if a > 5 then b == 7 else b == 9", "violated"), ("if a > 2 then b == 9 else b == 7", "violated"),
     ("b == (if a > 2 then 7 else 9)", "holds"), ("b + (if a > 5 then 7 else 3) == 10", "holds"),
     ("if unknown then b == 7 else b == 7", "holds"), ("if unknown then b == 7 else b == 9", "untestable"),
     ("b == (if unknown then 7 else 7)", "untestable"), ("if a > 5 then false else if a > 2 then true else false", "holds"),
     ("if a > 5 then b == 9 else (if b > 8 then true)", "holds")],
)  # fmt: skip
def test_what_a_choice_is(check, expected):
    rows = stated(a=3, b=7)
    assert along(check if "a" in check else f"{check} and a == 3", rows) == expected


def test_intervals_may_allow_either():
    rows = stated(a={"value": 10, "low": 10, "high": None}, b={"value": 7, "low": 7, "high": 7})
    assert along("b == (if a > 20 then 7 else 9)", rows) == "reconcilable"
    assert along("b == (if a > 20 then 5 else 6)", rows) == "violated"
    assert along("if a > 20 then b == 7 else b == 9", rows) == "reconcilable"


def test_the_sides_told_are_those_of_the_branch_that_was_taken():
    rows = [
        {"place": place, "item": item, "value": value}
        for place, values in (("x", (1, 5)), ("y", (9, 5)))
        for item, value in zip("ab", values, strict=True)
    ]
    found = checks("if a > 5 then a == 3 else b == 4", rows, for_each=["place"], along="item")
    assert [(c.left, c.right) for c in found] == [(5, 4), (9, 3)]
    found = checks("if a > 5 then a == 9 else b == 5", rows, for_each=["place"], along="item")
    assert [(c.left, c.right) for c in found] == [(5, 5), (9, 9)]


def test_a_choice_has_two_parts_of_one_kind():
    for check in (
        "if a > 1 then b else b == 1",
        "b == (if a > 1 then b else b == 1)",
        "if a then b == 1 else b == 2",
    ):
        with pytest.raises(InputError, match="is needed"):
            along(check, stated(a=3, b=7))


AMOUNTS = [
    {"region": region, "value": 0, "amount": amount}
    for region, amount in (("all", 5), ("east", 2), ("west", 3))
]  # fmt: skip


def test_column_says_what_along_hierarchy_and_let_take():
    codes = {"region": {"all": None, "east": "all", "west": "all"}}
    rule = {"for_each": [], "column": "amount"}
    assert verdicts("`all` == east + west", AMOUNTS, along="region", **rule) == ["holds"]
    assert verdicts("whole == sum(parts)", AMOUNTS, codes, hierarchy="region", **rule) == ["holds"]
    let = {"x": {"region": "all"}, "zero": {"region": "all", "column": "value"}}
    assert verdicts("x == 5 and zero == 0", AMOUNTS, let=let, **rule) == ["holds"]
    wrong = [{**AMOUNTS[0], "amount": 6}, *AMOUNTS[1:]]
    assert verdicts("whole == sum(parts)", wrong, codes, hierarchy="region", **rule) == ["violated"]
