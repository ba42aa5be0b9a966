"""Accounts: totals of what is added up, and what is left of income after outgo."""

from __future__ import annotations

import pytest

from tests.extraction.tied import summed

BUDGET = (
    "全市预算收入50亿元，完成预算的98%，其中：税收收入30亿元，非税收入20亿元。"
    "加上上级补助收入20亿元、上年结转5亿元，收入总计75亿元。"
    "全市预算支出60亿元，增长3%。加上上解支出4亿元、债务还本支出1亿元，支出总计65亿元。收支相抵，年终结余10亿元。"
)


def test_an_account_states_both_totals_and_the_balance() -> None:
    found = [found for found in summed(BUDGET, binding=True) if found[0] != "50"]
    assert sorted(found) == [["65", "60", "4", "1"], ["75", "50", "20", "5"], ["75", "65", "10"]]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("基金收入174亿元，支出141亿元，本年收支结余33亿元。", [["174", "141", "33"]]),
        ("预算收入24亿元。预算支出46亿元，当年收支相抵缺口22亿元。", [["46", "24", "22"]]),
        ("预算收入拟安排92亿元，上年结转67亿元，收入总计159亿元；预算支出拟安排86亿元，滚存结余73亿元，"
         "支出总计159亿元。收支相抵，当年预算结余6亿元。",
         [["159", "92", "67"], ["159", "86", "73"], ["92", "86", "6"]]),
        ("预算收入为20亿元，实际完成21亿元，加上上级补助收入4亿元，收入总计25亿元。", [["25", "21", "4"]]),
        ("预算收入20亿元，为预算19亿元的105%，加上上级补助收入4亿元，收入总计24亿元。", [["24", "20", "4"]]),
        ("预算收入20亿元，加上补助收入、调入资金等14亿元，收入总计34亿元。", [["34", "20", "14"]]),
        ("预算收入20亿元，完成预算的99%。加上转移性收入14亿元，收入合计34亿元。", [["34", "20", "14"]]),
        ("预算收入20亿元。加上转移性收入14亿元，其中，补助收入9亿元、调入资金4亿元和上年结余1亿元，债务收入6亿元，"
         "收入总计40亿元。", [["40", "20", "14", "6"]]),
        ("年初预算310.2亿元，执行中调增预算1.8亿元，调整后预算为322亿元。", [["322", "310.2", "1.8"]]),
        ("年初预算310亿元，执行中调减预算10亿元，调整后预算为300亿元。", [["310", "300", "10"]]),
    ],
)  # fmt: skip
def test_what_is_added_up(text: str, sums: list[list[str]]) -> None:
    assert sorted(summed(text, binding=True)) == sorted(sums)


@pytest.mark.parametrize(
    "text",
    [
        "预算收入20亿元，加上补助收入后，总收入34亿元。",
        "收入总计34亿元。支出总计30亿元。收支平衡。",
        "预算支出60亿元，主要安排情况：教育支出20亿元；农林水支出10亿元。",
        "预算收入20亿元，车辆购置税3亿元，上级补助收入4亿元，收入总计27亿元。",
    ],
)
def test_an_account_that_is_not_told_in_full_is_not_added_up(text: str) -> None:
    assert summed(text, binding=True) == []


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("当年收支结余13亿元，加上上年结余139亿元，年末滚存结余152亿元。", ["152", "139", "13"]),
        ("当年收支赤字5000万元，加上上年结余4.9亿元，年末滚存结余4.4亿元。", ["4.9", "4.4", "0.5000"]),
    ],
)
def test_what_is_left_goes_on_from_year_to_year(text: str, sum_: list[str]) -> None:
    assert summed("基金预算收入70亿元，基金预算支出57亿元。" + text, binding=True)[-1] == sum_
