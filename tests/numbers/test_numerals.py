"""Numbers are read the way plans write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.numbers.numerals import parse_number

_DIGITS = "零一二三四五六七八九"


def _spell(value: int) -> str:
    """An independent speller of Chinese numbers below 10¹², for the round trip."""

    def section(part: int) -> str:
        out, gap = "", False
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, part = divmod(part, place)
            if digit:
                out += ("零" if gap and out else "") + _DIGITS[digit] + name
                gap = False
            else:
                gap = True
        return out

    out = ""
    for myriad, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, myriad)
        if part:
            out += ("零" if out and part < 1000 else "") + section(part) + name
    return out


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("三十二", "32", "1"),
        ("二百三十二万九千", "2329000", "1000"),
        ("一点五万", "15000", "1000"),
        ("七百六十六亿四千万", "76640000000", "10000000"),
        ("1.5万", "15000", "1000"),
        ("2,047.86", "2047.86", "0.01"),
        ("２０４７．８６", "2047.86", "0.01"),
        ("12\n34.5", "1234.5", "0.1"),
        ("一万二", "12000", "1"),
        ("二〇二五", "2025", "1"),
        ("-2.12", "-2.12", "0.01"),
    ],
)
def test_a_number_keeps_its_value_and_the_place_of_its_last_digit(text: str, value: str, step: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert (str(number.value), number.step) == (value, Decimal(step))


@pytest.mark.parametrize("text", ["", "万", "百", "十百千万", "三四", "家", "1.2.3", "五第"])
def test_what_spells_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_chinese_numbers_round_trip(value: int) -> None:
    number = parse_number(_spell(value))
    assert number is not None and number.value == value


@given(st.decimals(min_value=0, max_value=10**15, places=4, allow_nan=False), st.integers(0, 3))
def test_arabic_digits_are_exact(value: Decimal, blanks: int) -> None:
    number = parse_number(" " * blanks + f"{value:,f}")
    assert number is not None and number.value == value and number.step == Decimal("0.0001")
