"""One cell that several rows state: one number more and less precisely, or two that cannot both be meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.engine.small import checks, verdict


def rounded(item: str, value: int | str, by: int | str = 0, **more: object) -> dict[str, object]:
    number, half = Decimal(value), Decimal(by)
    return {"item": item, "value": number, "low": number - half, "high": number + half} | more


def bounds(
    item: str, value: int | None, low: int | None, high: int | None, bound: str = "range"
) -> dict[str, object]:
    numbers = (None if number is None else Decimal(number) for number in (value, low, high))
    return {"item": item, "bound": bound} | dict(zip(("value", "low", "high"), numbers, strict=True))


def side(rows: list[dict[str, object]]):
    """What a cell is stated as and allowed to be; None where it is stated twice."""
    (found,) = checks("x == 0", rows, along="item", rounding="exact")
    if found.verdict == "untestable":
        assert found.missing == ("x (≠)",)
        return None
    return found.left, found.left_low, found.left_high


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([rounded("x", 2000, 500), rounded("x", 1990, 5)], (1990, 1985, 1995)),
        ([rounded("x", 2000, 500), rounded("x", 1498, 5)], (1498, 1500, 1503)),
        ([rounded("x", 2000, 500), rounded("x", 2300, 300), rounded("x", 2200)], (2200, 2200, 2200)),
        ([rounded("x", 2000, 5), rounded("x", 2004, 5)], (2000, 1999, 2005)),
        ([rounded("x", 2000, 500), rounded("x", 1490, 5)], None),
        ([rounded("x", 2000, 500), rounded("x", 1990, 5), rounded("x", 2010, 5)], None),
        ([rounded("x", 3), rounded("x", 5)], None),
        ([bounds("x", None, 3, 5), rounded("x", 4)], (4, 4, 4)),
        ([bounds("x", None, 3, 5), rounded("x", 6)], None),
        ([bounds("x", 130, 130, None, "at_least"), rounded("x", 150)], (150, 150, 150)),
        ([bounds("x", 130, 130, None, "at_least"), rounded("x", 120)], None),
        ([bounds("x", 130, 130, None, "above"), rounded("x", 135, 5)], (135, 130, 140)),
        ([bounds("x", 130, 130, None, "above"), bounds("x", 120, None, 120, "below")], None),
        ([bounds("x", 130, 130, None, "at_least"), bounds("x", 150, 150, None, "at_least")], (130, 150, None)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, -1])
def test_different_values_whose_intervals_meet_are_one_number(rows, expected, order):
    assert side(rows[::order]) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([rounded("x", 130), bounds("x", 130, 130, None, "at_least")], (130, 130, None)),
        ([rounded("x", 130), bounds("x", 130, 130, None, "above")], (130, 130, None)),
        ([rounded("x", 20, "0.5"), rounded("x", 20)], (20, Decimal("19.5"), Decimal("20.5"))),
    ],
)
def test_equal_values_are_one_value_that_lies_where_any_row_allows_it(rows, expected):
    assert side(rows) == expected


def test_an_end_that_one_row_leaves_out_is_left_out():
    rows = [bounds("x", 130, 130, None, "above"), rounded("x", 135, 5)]
    (found,) = checks("x == 0", rows, along="item", rounding="exact")
    assert found.unreached == ("left_low",)


def test_a_check_over_them_is_judged_by_the_most_precise_and_all_together():
    rows = [
        rounded("x", 2000, 500),
        rounded("x", 1990, 5),
        rounded("i", 12000, 500),
        rounded("t", 10000, 500),
    ]
    (found,) = checks("t == i - x", rows, along="item", rounding="exact")
    assert (found.verdict, found.right_low, found.right_high) == ("reconcilable", 9505, 10515)
    assert (
        verdict("t == i - x", [*rows[:3], rounded("t", 10010, 500)], along="item", rounding="exact")
        == "holds"
    )
    assert (
        verdict("t == i - x", [*rows[:3], rounded("t", 9500, 4)], along="item", rounding="exact")
        == "violated"
    )


def test_cells_of_an_aggregate_are_brought_together_one_by_one():
    rows = [rounded("x", 20, 5, region="a"), rounded("x", 22, 1, region="a"), rounded("x", 10, region="b")]
    rule = {"for_each": ["item"], "let": {"x": {"region": ["a", "b"]}}, "rounding": "exact"}
    (found,) = checks("sum(x) == 0", rows, **rule)
    assert (found.left, found.left_low, found.left_high) == (32, 31, 33)
    contradicted = [*rows, rounded("x", 12, region="b")]
    assert verdict("sum(x) == 0", contradicted, **rule) == "untestable"
