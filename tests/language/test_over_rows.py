"""In a rule that names columns, a function of one column is over the rows of a key; everything else is row by row."""

from __future__ import annotations

import json

import polars as pl
import pytest

import audit
from audit.model.errors import InputError

SHOPS = pl.DataFrame(
    {
        "shop": ["a", "b", "c", "d"],
        "size": ["small", "small", "large", "large"],
        "profit": [1, 3, -5, 1],
        "share": [10, 30, 20, 40],
        "opened": ["2001", "1999", "2010", "2000"],
    }
)


def found(check: str, **more: object) -> list[tuple[dict[str, str], str]]:
    rule = {"id": "r", "title": "t", "table": "shops", "check": check, **more}
    report = audit.check({"shops": SHOPS}, json.dumps([rule]) + "\n", everything=True)
    return [(dict(one.key), one.verdict) for one in report.checks]


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        ("mean(profit) == 0", "holds"),
        ("sum(share) == 100", "holds"),
        ("median(profit) == 1", "holds"),
        ("max(profit) - min(profit) == 7", "violated"),
        ("sum(profit * share) == 40", "holds"),
        ('min(opened) == "1999"', "holds"),
        ("max(profit) < sum(share)", "holds"),
        ("all(profit > -5)", "violated"),
        ("count(share > 10) == 3", "holds"),
        ("distinct(size) == 2", "holds"),
    ],
)
def test_without_for_each_it_is_the_whole_table(check: str, verdict: str) -> None:
    assert found(check) == [({}, verdict)]


def test_with_for_each_it_is_the_rows_of_each_key() -> None:
    told = found("mean(profit) > 0", for_each=["size"])
    assert told == [({"size": "large"}, "violated"), ({"size": "small"}, "holds")]


def test_a_function_of_several_columns_is_row_by_row() -> None:
    assert [verdict for _, verdict in found("max(profit, share) == share")] == ["holds"] * 4
    assert [verdict for _, verdict in found("max(profit, 0) >= profit")] == ["holds"] * 4
    assert [verdict for _, verdict in found("sum(profit * share, profit) > 0")] == [
        "holds",
        "holds",
        "violated",
        "holds",
    ]


@pytest.mark.parametrize(
    "check", ["profit <= 2 * mean(profit)", "share == sum(profit)", "sum(share) > count(profit) + profit"]
)
def test_a_rule_that_does_both_is_refused_with_the_place(check: str) -> None:
    with pytest.raises(InputError, match="give each an operand of its own in let"):
        found(check)


def test_a_rule_that_does_both_is_said_with_two_operands() -> None:
    let = {"own": {"column": "profit"}, "all": {"column": "profit", "shop": "any"}}
    told = found("own <= mean(all) + 3", let=let, for_each=["shop"])
    assert [verdict for _, verdict in told] == ["holds"] * 4
