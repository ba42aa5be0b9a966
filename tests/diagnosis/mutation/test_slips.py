"""A slip changes one thing of a figure, the same one every time, and keeps words and number together."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.diagnosis.mutation.slips import SLIPS, Row, Surroundings, slips

ALONE = Surroundings()


def figure(literal: str, value: str, unit: str = "家", **cells: str | None) -> Row:
    return {
        "literal": literal, "value": value, "low": value, "high": value, "unit": unit, "region": "高新区",
        "period": "2019", **cells,
    }  # fmt: skip


def made(row: Row, slip: str, around: Surroundings = ALONE) -> list[tuple[str | None, str | None]]:
    """Literal and value of what a slip makes."""
    return [(r["literal"], r["value"]) for name, r in slips(row, around) if name == slip and r is not None]


def test_every_digit_is_misread_in_turn() -> None:
    assert made(figure("650", "650"), "digit") == [("550", "550"), ("660", "660"), ("658", "658")]


def test_neighbouring_digits_are_swapped_but_never_to_a_leading_zero() -> None:
    assert made(figure("1650", "1650"), "swap") == [("6150", "6150"), ("1560", "1560"), ("1605", "1605")]
    assert made(figure("10", "10"), "swap") == []


def test_a_number_with_a_number_word_keeps_its_scale() -> None:
    row = figure("1.5万", "15000", high=None)
    assert made(row, "digit") == [("7.5万", "75000"), ("1.6万", "16000")]
    assert made(row, "tenfold") == [("15万", "150000")]
    assert made(row, "unit") == [("1.5", "1.5")]
    assert all(r is None or r["high"] is None for _, r in slips(row, ALONE))


def test_a_unit_loses_its_number_word() -> None:
    assert made(figure("150", "150", "亿元"), "unit") == [("150", "0.0000015")]
    assert made(figure("150", "150", "家"), "unit") == []


def test_things_are_not_divided_but_amounts_are() -> None:
    assert made(figure("45", "45", "家"), "tenth") == []
    assert made(figure("450", "450", "家"), "tenth") == [("45", "45")]
    assert made(figure("45", "45", "亿元"), "tenth") == [("4.5", "4.5")]


def test_a_number_in_chinese_numerals_changes_its_value() -> None:
    assert made(figure("三", "3", "个"), "plus_one") == [("4", "4")]
    assert made(figure("三", "3", "个"), "digit") == []


@pytest.mark.parametrize(
    ("high", "slipped"), [("9", [("8-9", "", "8", "9")]), ("5", [])], ids=["a range", "backwards"]
)
def test_a_range_slips_at_its_first_number_but_never_runs_backwards(high, slipped) -> None:
    row = figure(f"3-{high}", "", low="3", high=high)
    changed = [
        (r["literal"], r["value"], r["low"], r["high"]) for n, r in slips(row, ALONE) if r and n == "digit"
    ]
    assert changed == slipped


def test_what_stands_near_is_taken_for_it() -> None:
    around = Surroundings(figure("1万", "10000"), "2018", "金普新区")
    row = figure("450", "450")
    assert made(row, "neighbour", around) == [("1万", "10000")]
    assert [
        (n, r["period"], r["region"]) for n, r in slips(row, around) if r and n in ("year", "region")
    ] == [
        ("year", "2018", "高新区"),
        ("region", "2019", "金普新区"),
    ]
    assert [n for n, r in slips(row, around) if r is None] == ["deleted"]


@given(
    number=st.decimals(1, 10**6, places=1).filter(lambda n: n == n),
    unit=st.sampled_from(["家", "亿元", "%", "万平方米"]),
)
def test_slips_of_the_number_keep_literal_and_value_together(number: Decimal, unit: str) -> None:
    literal = format(number.normalize(), "f")
    row = figure(literal, literal, unit)
    found = list(slips(row, ALONE))
    assert {slip for slip, _ in found} <= set(SLIPS)
    assert len({tuple(r.items()) for _, r in found if r}) == sum(r is not None for _, r in found)
    for slip, changed in found:
        if changed is None:
            continue
        assert changed["value"] == changed["low"] == changed["high"] != row["value"]
        if slip != "unit":
            assert Decimal(changed["literal"] or "") == Decimal(changed["value"] or "")


@pytest.mark.parametrize("slip", ["digit", "swap", "plus_one"])
def test_the_same_figure_slips_in_the_same_way(slip: str) -> None:
    assert made(figure("1650", "1650"), slip) == made(figure("1650", "1650"), slip)
