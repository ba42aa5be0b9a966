"""Numbers in cells as people write them: one reading a way of writing, and none for what is no number."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.numbers.cells import NumberTexts, read_texts, written
from audit.numbers.numerals import parse_cell


@pytest.mark.parametrize(
    ("cell", "value", "step", "unit"),
    [("1,234", "1234", "1", ""), ("(56)", "-56", "1", ""), ("（12.5）", "-12.5", "0.1", ""), ("¥78", "78", "1", "¥"),
     ("$1,200.50", "1200.50", "0.01", "$"), ("-$5", "-5", "1", "$"), ("($5)", "-5", "1", "$"), ("7 €", "7", "1", "€"),
     ("9.1%", "9.1", "0.1", "%"), ("(1.2%)", "-1.2", "0.1", "%"), ("3‰", "3", "1", "‰"), ("1.2万", "12000", "1000", ""),
     ("3.4亿元", "3.4", "0.1", "亿元"), ("1 234 567", "1234567", "1", ""), ("−3", "-3", "1", ""), ("12家", "12", "1", "家"),
     ("5年", "5", "1", "年"), ("１２", "12", "1", "")],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(cell: str, value: str, step: str, unit: str) -> None:
    found = written(cell)
    assert found is not None
    assert (found.number.value, found.number.step, found.unit) == (Decimal(value), Decimal(step), unit)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "abc",
        "12*",
        "3-5",
        "约5",
        "10以上",
        "1,50",
        "N/A",
        "2019年",
        "3月",
        "()",
        "(",
        "$",
        "-",
        "%",
        "A1",
    ],
)
def test_what_is_no_number_is_none(cell: str) -> None:
    assert written(cell) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_every_way_of_writing_one_number_gives_it(number: Decimal) -> None:
    size = f"{abs(number):,.2f}"
    ways = (size, f"{size}%", f"¥{size}", f"{size}亿元", size.replace(",", " "))
    for way in ways:
        for signed in (f"-{way}", f"({way})") if number < 0 else (way,):
            found = written(signed)
            assert (
                found is not None and found.number.value == number and found.number.step == Decimal("0.01")
            ), signed


def read_column(*cells: str, declared: str | None = None) -> tuple[list[str | None], NumberTexts | None]:
    """A column as plain decimals, cell by cell, and what was read of its texts."""
    read = read_texts(Counter(cells), declared=declared)
    return [read.cells[cell] for cell in cells] if read else [], read


def test_a_column_is_told_in_one_unit_and_its_bad_texts() -> None:
    cells, shares = read_column("12.3%", "4%", "N/A", "45", "N/A")
    assert shares is not None and cells == ["12.3", "4", None, "45", None]
    assert (shares.unit, shares.bad, shares.absent) == ("%", {"45"}, (("N/A", 2),))
    cells, money = read_column("3亿元", "3500万元", "1.2亿元")
    assert money is not None and (cells, money.unit) == (["3", "0.3500", "1.2"], "亿元")


def test_the_last_written_digit_stays_known() -> None:
    cells, _ = read_column("1.2万", "350")
    assert cells[0] is not None
    number = parse_cell(cells[0])
    assert number is not None and (number.value, number.step) == (Decimal(12000), Decimal(1000))


def test_a_comma_is_the_point_only_where_a_cell_leaves_no_doubt() -> None:
    assert read_column("1.234,5", "3,2", "7")[0] == ["1234.5", "3.2", "7"]
    assert read_column("3,2", "4,5")[1] is None


def test_a_column_of_texts_is_none_unless_it_is_declared() -> None:
    assert read_column("a", "b", "3")[1] is None
    cells, declared = read_column("12", "3.5", declared="%")
    assert declared is not None and (cells, declared.unit, declared.bad) == (["12", "3.5"], "%", frozenset())


@pytest.mark.parametrize(
    ("cells", "plain"),
    [(["1200,5", "(300)", "1.000,0", "900"], ["1200.5", "-300", "1000.0", "900"]), 
     (["1,50", "3", "4"], ["1,50", "3", "4"]), (["1.5", "2.5", "1200,5"], ["1.5", "2.5", "1200,5"])],
)  # fmt: skip
def test_a_comma_is_the_point_where_a_cell_has_too_many_digits_before_it_and_none_denies_it(
    cells, plain
) -> None:
    assert read_column(*cells)[0] == plain
