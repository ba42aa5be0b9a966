"""One reader of figures: what a cell, an example or a literal writes, and how exact it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.numbers.numerals import MOST_DIGITS, parse_cell
from audit.numbers.reading import read_figure, written_step
from audit.numbers.rounding import spread


@pytest.mark.parametrize(
    ("cell", "value", "step"),
    [
        ("6e+05", "600000", "100000"), ("1.5E3", "1500", "100"), (".5", "0.5", "0.1"), ("5.", "5", "1"),
        ("1e1", "10", "10"), ("５", "5", "1"), ("−１，２３４．５", "-1234.5", "0.1"), ("1,500", "1500", "1"),
        ("+7", "7", "1"), ("263.70", "263.70", "0.01"), ("308.00", "308.00", "0.01"), (" 12 ", "12", "1"),
        ("12345678901234567890123456789012", "12345678901234567890123456789012", "1"),
        ("0.12345678901234", "0.12345678901234", "1e-14"), ("1e-20", "1e-20", "1e-20"), ("-0", "0", "1"),
    ],
)  # fmt: skip
def test_a_cell_is_read_with_its_written_step(cell, value, step):
    read = parse_cell(cell)
    assert read is not None
    assert (read.value, read.step) == (Decimal(value), Decimal(step))


@pytest.mark.parametrize(
    "cell",
    ["", "NA", "N/A", "-", "—", "nan", "inf", "1,50", "1,5000", "12,34,567", "1.2.3", "e5", ".", "1e", "1e5000",
     "1e400", "1e-400", "9" * (MOST_DIGITS + 1), "1 500", "0x10", "1_000", "1.5万", "三", "٣", "5%", "$5"],
)  # fmt: skip
def test_what_is_no_number_of_a_cell_is_not_guessed(cell):
    assert parse_cell(cell) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=12))
def test_every_decimal_is_read_as_it_is(value):
    read = parse_cell(str(value))
    assert read is not None and read.value == value


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "unit", "bound", "step"),
    [
        ("1650", 1650, 1650, 1650, None, "exact", 1),
        ("150亿元", 150, 150, 150, "亿元", "exact", 1),
        ("1.5亿元", "1.5", "1.5", "1.5", "亿元", "exact", "0.1"),
        ("1.5万亿元", 15000, 15000, 15000, "亿元", "exact", 1000),
        ("1.5万家以上", 15000, 15000, None, "家", "at_least", 1000),
        ("超过3%", 3, 3, None, "%", "above", 1),
        ("不足0.50", "0.50", None, "0.50", None, "below", "0.01"),
        ("100家左右", 100, 95, 105, "家", "about", 1),
        ("10余家", 10, 10, None, "家", "at_least", 1),
        ("3-5家", None, 3, 5, "家", "range", 1),
        ("6e+05", 600000, 600000, 600000, None, "exact", 100000),
    ],
)  # fmt: skip
def test_a_figure_is_read_whole_with_its_unit_and_its_bound_word(text, value, low, high, unit, bound, step):
    read = read_figure(text)
    assert read is not None
    expected = tuple(None if n is None else Decimal(n) for n in (value, low, high))
    assert (read.value, read.low, read.high) == expected
    assert (read.unit, read.bound, read.step) == (unit, bound, Decimal(step))


@pytest.mark.parametrize("text", ["many", "3 or 5", "超过3-5家", "12家和5家", "亿元", "2019年3月", ""])
def test_what_is_no_figure_is_none(text):
    assert read_figure(text) is None


@pytest.mark.parametrize(
    ("literal", "unit", "value", "step"),
    [
        ("100亿元", "亿元", 100, 1), ("100", "亿元", 100, 1), ("100亿", "亿元", 100, 1), ("1.5亿元", "亿元", "1.5", "0.1"),
        ("1.5万", "亿元", 15000, 1000), ("45亿元", "万元", 450000, 10000), ("1.5万", "家", 15000, 1000),
        ("1.5万家", "家", 15000, 1000), ("130家以上", "家", 130, 1), ("263.70", "亿元", "263.7", "0.01"),
        ("308.00", "", 308, "0.01"), ("1,500", "家", 1500, 1), ("15%", "%", 15, 1), ("百分之十", "%", 10, 10),
        ("三成", "%", 30, 10), ("两", "个", 2, 1), ("27500", "亿元", "2.75", "0.0001"),
    ],
)  # fmt: skip
def test_the_last_digit_of_a_literal_is_told_in_the_unit_of_the_figure(literal, unit, value, step):
    number = Decimal(value)
    assert written_step(literal, unit, number, number, number) == (
        1 if literal == "百分之十" else Decimal(step)
    )


@pytest.mark.parametrize(
    ("literal", "unit", "value"),
    [("27500", "家", "2.75"), ("100", "亿元", 1000), ("100亿元", "家", 100), ("100", "亿元", 10), ("1.5", "家", 15000),
     ("100亿元", "亿元", 10**10), ("many", "家", 5),
     ("3-5", "家", 4), ("120亿元", "亿元", 100), ("5", "家", -5)],
)  # fmt: skip
def test_a_literal_that_says_something_else_has_no_step(literal, unit, value):
    number = Decimal(value)
    assert written_step(literal, unit, number, number, number) is None


def test_a_range_states_its_ends_and_an_open_interval_its_one_end():
    assert written_step("3-5", "家", None, Decimal(3), Decimal(5)) == 1
    assert written_step("3-5", "家", None, Decimal(3), Decimal(6)) is None
    assert written_step("0.50", "%", None, Decimal("0.5"), None) == Decimal("0.01")


@pytest.mark.parametrize(
    ("step", "unit", "rounding", "half"),
    [(1, "亿元", None, "0.5"), ("0.01", "亿元", None, "0.005"), (1, "家", None, 0), (1000, "家", None, 500),
     ("0.1", "家", None, 0), ("0.1", None, None, "0.05"), (1, "", None, 0), (1, "亿元", "exact", 0),
     (1, "家", "as_written", "0.5"), (1, None, "as_written", "0.5")],
)  # fmt: skip
def test_amounts_are_rounded_as_written_and_counts_are_exact(step, unit, rounding, half):
    assert spread(Decimal(step), unit, rounding) == Decimal(half)
