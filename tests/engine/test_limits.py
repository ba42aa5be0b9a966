"""A column that declares what its numbers lie within: a blank cell lies within it too, as allowed, never as stated."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

import audit
from audit.cli import main
from audit.model.errors import InputError
from tests.engine.small import frame, report, yaml

BLANK = None


def judged(check: str, limits=(0, None), rows=None, **rule):
    """The checks of a rule over `targets`, whose values lie within limits."""
    cells = [
        {"item": item, "value": value if value is None else Decimal(value)} for item, value in rows or ()
    ]
    rows = [*cells, {"item": "other", "value": Decimal(1)}]
    return report(check, rows, limits={"targets": {"value": limits}}, **rule).checks


@pytest.mark.parametrize(
    ("check", "values", "expected"),
    [
        ("100 >= 120 + x", {"x": BLANK}, "violated"),
        ("100 >= 80 + x", {"x": BLANK}, "untestable"),
        ("100 >= 100 + x", {"x": BLANK}, "untestable"),
        ("x >= 0", {"x": BLANK}, "untestable"),
        ("x < 0", {"x": BLANK}, "violated"),
        ("a == b + x", {"a": 5, "b": 7, "x": BLANK}, "violated"),
        ("a == b + x", {"a": 7, "b": 5, "x": BLANK}, "untestable"),
        ("a == b - x", {"a": 7, "b": 5, "x": BLANK}, "violated"),
        ("x is missing", {"x": BLANK}, "holds"),
        ("not (x is missing)", {"x": BLANK}, "violated"),
        ("a > b and x >= 0", {"a": 1, "b": 2, "x": BLANK}, "violated"),
        ("a > b or x < 0", {"a": 1, "b": 2, "x": BLANK}, "violated"),
        ("a / x < 0", {"a": 1, "x": BLANK}, "violated"),
        ("max(a, x) < a", {"a": 1, "x": BLANK}, "violated"),
    ],
)  # fmt: skip
def test_nothing_that_may_be_filled_in_makes_it_true_or_it_is_not_known(check, values, expected):
    (found,) = judged(check, rows=values.items(), along="item")
    assert found.verdict == expected


def test_a_blank_is_never_taken_for_a_number_that_is_stated():
    (found,) = judged("100 >= 120 + x", rows=[("x", BLANK)], along="item")
    assert (found.left, found.right, found.imbalance, found.right_low, found.right_high) == (
        100,
        None,
        None,
        120,
        None,
    )
    assert found.equation == "100 >= 120 + ?" and found.missing == ("x",)


def test_the_comparison_that_cannot_be_true_is_the_one_that_is_told():
    for check in ("100 >= 120 + x and a >= 0", "a >= 0 and 100 >= 120 + x", "100 >= 120 + x or a < 0"):
        (found,) = judged(check, rows=[("a", 1), ("x", BLANK)], along="item")
        assert (found.verdict, found.left, found.right_low) == ("violated", 100, 120), check


def test_a_row_that_is_not_there_is_no_blank():
    (found,) = judged("100 >= 120 + x + b", rows=[("b", 1)], along="item", keys=["b"])
    assert found.verdict == "untestable"


def test_a_column_that_declares_nothing_knows_nothing():
    (found,) = judged("100 >= 120 + x", (None, None), rows=[("x", BLANK)], along="item")
    assert found.verdict == "untestable"


@pytest.mark.parametrize(
    ("check", "parts", "limits", "expected"),
    [
        ("sum(x) <= one", (120, BLANK), (0, None), "violated"),
        ("sum(x) <= one", (90, BLANK), (0, None), "untestable"),
        ("sum(x) >= one", (10, BLANK), (0, 80), "violated"),
        ("sum(x) >= one", (30, BLANK), (0, 80), "untestable"),
        ("max(x) <= one", (120, BLANK), (0, None), "violated"),
        ("min(x) >= one", (90, BLANK), (0, None), "violated"),
        ("min(x) >= one", (110, BLANK), (0, None), "untestable"),
        ("mean(x) >= one", (150, BLANK), (0, 40), "violated"),
        ("mean(x) <= one", (190, BLANK), (0, None), "untestable"),
        ("mean(x) <= one", (210, BLANK), (0, None), "violated"),
        ("median(x) >= one", (110, BLANK), (0, 80), "violated"),
        ("all(x <= 100)", (120, BLANK), (0, None), "violated"),
        ("count(x) == 2", (1, BLANK), (0, None), "violated"),
    ],
)  # fmt: skip
def test_blank_cells_of_an_aggregate(check, parts, limits, expected):
    rows = [("a", parts[0]), ("b", parts[1]), ("c", 100)]
    let = {"x": {"item": ["a", "b"]}, "one": {"item": "c"}}
    assert [c.verdict for c in judged(check, limits, rows, for_each=[], let=let)] == [expected]


def test_absent_members_leave_a_sum_unknown_and_as_zero_do_not():
    let = {"x": {"item": ["a", "b", "z"]}, "one": {"item": "c"}}
    rows, rule = [("a", 120), ("b", BLANK), ("c", 100)], {"for_each": [], "let": let}
    assert [c.verdict for c in judged("sum(x) <= one", rows=rows, **rule)] == ["untestable"]
    for policy, expected in (("zero", ["violated"]), ("skip", []), ("known", ["violated"])):
        assert [c.verdict for c in judged("sum(x) <= one", rows=rows, missing=policy, **rule)] == expected
    unknown = judged("sum(x) >= one", (0, 50), [("a", 80), ("b", BLANK), ("c", 100)], missing="known", **rule)
    assert [c.verdict for c in unknown] == ["violated"] and unknown[0].left == 80


def test_parts_of_a_whole_with_a_blank():
    codes = {"item": {"all": None, "east": "all", "west": "all"}}
    rule = {"for_each": [], "hierarchy": "item", "codes": codes}
    for whole, verdict in ((5, "violated"), (7, "untestable")):
        rows = [("all", whole), ("east", 6), ("west", BLANK)]
        assert [c.verdict for c in judged("whole == sum(parts)", rows=rows, **rule)] == [verdict]


def test_limits_of_what_is_no_number_column_are_refused():
    rules = "- {id: r, title: t, check: value > 0}\n"
    tables = {"targets": frame([{"item": "a", "value": 1}])}
    for column, message in (("valeu", "the nearest is “value”"), ("item", "no number column")):
        with pytest.raises(InputError, match=message):
            audit.check(tables=tables, rules=rules, limits={"targets": {column: (0, None)}})


def test_the_declaration_of_a_package_counts_for_its_tables(tmp_path):
    fields = [{"name": "item"}, {"name": "value", "type": "number", "constraints": {"minimum": 0}}]
    schema = {"fields": fields, "primaryKey": "item"}
    described = {"resources": [{"name": "amounts", "path": "amounts.csv", "schema": schema}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(described))
    (tmp_path / "amounts.csv").write_text("item,value\na,120\nb,\nwhole,100\n")
    rule = {"id": "r", "title": "t", "table": "amounts", "along": "item", "check": "whole >= a + b"}
    (tmp_path / "rules.yaml").write_text("- " + yaml(rule) + "\n")
    arguments = ["check", str(tmp_path), "--rules", str(tmp_path / "rules.yaml"), "--format", "json"]
    run = CliRunner().invoke(main, arguments)
    (finding,) = json.loads(run.stdout)["findings"]
    assert run.exit_code == 1 and (finding["verdict"], finding["missing"]) == ("violated", ["b"])
