"""Periods as people write them in cells: read where nothing is left in doubt, and else let be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model.period import period_of
from audit.numbers.period_cells import read_periods, written_period


@pytest.mark.parametrize(
    ("cell", "period"),
    [("2019年", "2019"), ("2019年度", "2019"), ("2019年3月", "2019-03"), ("2019年03月", "2019-03"), ("2019年12月份", "2019-12"),
     ("2019年3月5日", "2019-03-05"), ("2019年1-6月", "2019-01/2019-06"), ("2019年1月至6月", "2019-01/2019-06"),
     ("2019年第三季度", "2019Q3"), ("2019年1季度", "2019Q1"), ("2019年上半年", "2019H1"), ("2019下半年", "2019H2"),
     ("2021/1/4", "2021-01-04"), ("2021.1.4", "2021-01-04"), ("2021-1", "2021-01"), ("2021-1-4", "2021-01-04"),
     ("Jan 2020", "2020-01"), ("September 2020", "2020-09"), ("2020 May", "2020-05"), ("Q3 2020", "2020Q3"),
     ("2020 Q3", "2020Q3"), ("2019", "2019"), ("2019Q2", "2019Q2"), ("十四五", "十四五"), (" 2019年 ", "2019")],
)  # fmt: skip
def test_what_is_written_is_named_as_rules_name_it(cell: str, period: str) -> None:
    assert written_period(cell) == period


@pytest.mark.parametrize(
    "cell", ["", "合计", "1月", "19年", "2019年13月", "2019年2月30日", "2019年6-1月", "1/4/2021", "2021/13/1", "2019.5",
             "2019年第五季度", "Janet 2020", "第1期", "2020年左右"]
)  # fmt: skip
def test_what_leaves_a_doubt_is_none(cell: str) -> None:
    assert written_period(cell) is None


def test_a_column_is_one_of_periods_only_where_every_cell_is() -> None:
    assert read_periods(["2019年", None, "2020"]) == {"2019年": "2019"}
    assert read_periods(["2019年", "合计"]) == {}
    assert read_periods(["2019", "2020"]) == {}


@pytest.mark.parametrize(
    ("cells", "last"),
    [(["05-03-2020", "13-03-2020"], "2020-03-13"), (["3/5/2020", "3/13/2020"], "2020-03-13"),
     (["24.02.2020 00:00", "01.03.2020 00:00"], "2020-03-01"),
     (["2020-02-24T18:00:00", "2020-02-25T18:00:00"], "2020-02-25"),
     ([f"202003{day:02}" for day in range(1, 14)], "2020-03-13"), ([f"2020{m:02}" for m in range(1, 13)], "2020-12")],
)  # fmt: skip
def test_a_column_tells_what_one_of_its_cells_leaves_in_doubt(cells: list[str], last: str) -> None:
    assert read_periods(cells)[cells[-1]] == last


@pytest.mark.parametrize(
    "cells",
    [["05-03-2020", "06-03-2020"], ["13-03-2020", "03-13-2020"], ["31-02-2020", "13-03-2020"],
     ["2020-02-24T18:00:00", "2020-02-24T19:00:00"], ["20200301", "20200302"], ["202001", "202013"] * 8],
)  # fmt: skip
def test_a_column_that_leaves_a_doubt_holds_no_periods(cells: list[str]) -> None:
    assert read_periods(cells) == {}


@given(st.text(alphabet="0123456789年月日季度上半下-/. Q", max_size=12))
def test_whatever_is_read_is_a_period(cell: str) -> None:
    found = written_period(cell)
    assert found is None or period_of(found) is not None
