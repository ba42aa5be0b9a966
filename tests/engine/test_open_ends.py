"""Ends that an interval does not hold itself: what is above or below a number, and what was cut off, not rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.engine.examples import try_examples
from audit.language.plan import Catalogue, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import outline
from audit.numbers.numerals import parse_number
from audit.reporting.json import render
from audit.reporting.reading import read_report
from audit.reporting.relations import sides
from audit.wording import words
from tests.engine.small import checks, report, verdict

OPEN = {"above": (True, False), "below": (False, True)}


def figure(item: str, value, bound: str = "exact", low=None, high=None) -> dict[str, object]:
    numbers = (None if number is None else Decimal(number) for number in (value, low, high))
    return {"item": item, "bound": bound, "unit": "家"} | dict(
        zip(("value", "low", "high"), numbers, strict=True)
    )


ABOVE, BELOW = figure("x", 5, "above", low=5), figure("x", 5, "below", high=5)
AT_LEAST, AT_MOST = figure("x", 5, "at_least", low=5), figure("x", 5, "at_most", high=5)
UNFILLED = figure("x", 5, "above")
FIVE = figure("y", 5)


@pytest.mark.parametrize(
    ("check", "above", "below", "at_least", "at_most"),
    [
        ("x > 5", "holds", "violated", "reconcilable", "violated"),
        ("5 >= x", "violated", "holds", "holds", "holds"),
        ("x <= y", "violated", "holds", "holds", "holds"),
        ("x < 5", "violated", "holds", "violated", "reconcilable"),
        ("x == y", "holds", "holds", "holds", "holds"),
        ("x != y", "reconcilable", "reconcilable", "reconcilable", "reconcilable"),
        ("10 >= x + y", "violated", "holds", "holds", "holds"),
        ("2 * x > 10", "holds", "violated", "reconcilable", "violated"),
        ("10 - x < 5", "holds", "violated", "reconcilable", "violated"),
        ("x / 5 > 1", "holds", "violated", "reconcilable", "violated"),
        ("min(x, y) >= 5", "holds", "violated", "holds", "holds"),
        ("max(x, y) <= 5", "violated", "holds", "holds", "holds"),
        ("abs(x - 5) == 0", "holds", "holds", "holds", "holds"),
        ("not (x > y)", "violated", "holds", "holds", "holds"),
    ],
)  # fmt: skip
def test_what_is_above_a_number_is_not_that_number(check, above, below, at_least, at_most):
    cases = {"above": ABOVE, "below": BELOW, "at_least": AT_LEAST, "at_most": AT_MOST}
    found = {name: verdict(check, [row, FIVE], along="item", rounding="exact") for name, row in cases.items()}
    assert found == {"above": above, "below": below, "at_least": at_least, "at_most": at_most}


def test_a_bound_whose_ends_are_not_filled_in_is_read_alike():
    for check in ("x > 5", "5 >= x", "x == 7"):
        assert verdict(check, [UNFILLED], along="item") == verdict(check, [ABOVE], along="item"), check


def test_rounding_goes_beyond_an_open_end_and_leaves_it_open():
    amount = figure("x", "5.0", "above", low="5.0") | {"unit": "亿元", "literal": "5.0"}
    (found,) = checks("4.95 >= x", [amount], along="item")
    assert found.verdict == "violated" and found.right_low == Decimal("4.95")
    assert verdict("4.96 >= x", [amount], along="item") == "reconcilable"


@pytest.mark.parametrize(
    ("value", "low", "high", "open_ends"),
    [("7", "7", "8", {"left_high"}), ("-7", "-8", "-7", {"left_low"}), ("0", "-1", "1", {"left_low", "left_high"}),
     ("7.20", "7.2", "7.21", {"left_high"}), ("7e3", "7000", "8000", {"left_high"}),
     ("7.5万", "75000", "76000", {"left_high"})],
)  # fmt: skip
def test_what_was_cut_off_lies_up_to_a_unit_farther_from_zero(value, low, high, open_ends):
    row = {"item": "x", "value": parse_number(value).value, "literal": value, "unit": None}
    (found,) = checks("x == 100000", [row], along="item", rounding="truncated")
    assert (found.left_low, found.left_high) == (Decimal(low), Decimal(high))
    assert {*found.unreached} == open_ends


@pytest.mark.parametrize(
    ("whole", "parts", "expected"),
    [(7, (5, 3), "violated"), (8, (5, 3), "holds"), (9, (5, 3), "reconcilable"), (10, (5, 3), "violated")],
)
def test_parts_that_were_cut_off_come_to_less_than_a_unit_each_more(whole, parts, expected):
    rows = [{"item": name, "value": n} for name, n in zip("tab", (whole, *parts), strict=True)]
    assert verdict("t == a + b", rows, along="item", rounding="truncated") == expected


def test_half_open_intervals_that_touch_do_not_meet():
    rows = [figure("t", 7, "below", 7, 8), figure("a", 5, "exact", 5, 5), figure("b", 3, "below", 3, 4)]
    (found,) = checks("t == a + b", rows, along="item", rounding="exact")
    assert found.verdict == "violated" and found.equation == "7 == 5 + 3"
    assert sides(found, words("en")) == "left side [7, 8), right side [8, 9)"
    assert (
        verdict("t == a - b", [rows[0], figure("a", 10), rows[2]], along="item", rounding="exact") == "holds"
    )


def test_what_grows_without_end_brings_a_quotient_near_to_zero_and_no_further():
    assert verdict("1 / x <= 0", [AT_LEAST], along="item", rounding="exact") == "violated"
    assert verdict("1 / x <= 0.000001", [AT_LEAST], along="item", rounding="exact") == "reconcilable"


def test_a_number_a_hair_below_a_half_is_rounded_down():
    halves = {bound: figure("x", 2, bound, low=2, high="2.5") for bound in ("range", "below")}
    found = {
        name: verdict("round(x) == 3", [row], along="item", rounding="exact") for name, row in halves.items()
    }
    assert found == {"range": "reconcilable", "below": "violated"}


def test_an_equation_of_order_tells_what_is_above_a_number():
    (found,) = checks("5 >= x", [ABOVE], along="item")
    assert found.equation == "5 >= (>5)" and found.cells[0].beyond == "above"
    (found,) = checks("x == 6", [ABOVE], along="item")
    assert found.equation == "5 == 6"


@pytest.mark.parametrize(
    "function",
    ["sum(x) > 10", "max(x) > 5", "median(x) > 5", "mean(x) > 5", "any(x > 5)", "count(x > 5) == 1"],
)
def test_aggregates_keep_an_end_open(function):
    rows = [figure("x", 5, "above", low=5) | {"region": "a"}, figure("x", 5) | {"region": "b"}]
    assert verdict(function, rows, for_each=["item"], let={"x": {"region": ["a", "b"]}}) == "holds"


def test_the_others_of_many_keep_an_end_open_too():
    rows = [figure(f"m{n:04}", 1) for n in range(1500)] + [figure("own", 0), figure("zz", 5, "above", low=5)]
    rule = {"for_each": ["item"], "let": {"x": {}, "rest": {"item": {"relative": "other"}}}}
    found = {c.key["item"]: c.verdict for c in checks("1505 >= sum(rest) + x", rows, **rule)}
    assert found["own"] == "violated" and found["zz"] == "violated"
    found = {c.key["item"]: c.verdict for c in checks("1500 >= sum(rest)", rows, **rule)}
    assert found["zz"] == "holds" and found["m0000"] == "violated"


def test_examples_are_read_as_tables_are():
    text = (
        "- id: r\n  title: t\n  along: item\n  check: 5 >= x\n  examples:\n"
        "    violated: [{x: 超过5家}]\n    holds: [{x: 不到5家}, {x: 5家以上}]\n"
    )
    shape = TableShape("targets", {"item": "text", "value": "number"}, ())
    (rule,) = read_rules_text(text)
    catalogue = Catalogue({"targets": shape}, {}, lambda table, column: ("x",))
    assert [trial.verdict for trial in try_examples(outline(rule, catalogue))] == [
        "violated",
        "holds",
        "holds",
    ]


def test_a_finding_over_an_open_end_is_reported_as_one_and_read_back():
    found = report("5 >= x", [ABOVE], along="item")
    assert [f.check.verdict for f in found.findings] == ["violated"]
    (check,) = read_report(render(found, all_checks=True)).checks
    assert check.unreached == ("right_low",) and [cell.beyond for cell in check.cells] == ["above"]
