"""Numerals of old prints and scans are read whole or refused, never cut."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.extraction import extract

PLAN = "白云市国民经济和社会发展第十四个五年规划纲要\n\n一、目标\n"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("支出总数为五二三·六亿元。", "52360000000", "元"),
        ("工业占百分之四一·○，农业另计。", "41.0", "%"),
        ("工业投资为三二亿元。", "3200000000", "元"),
        ("培训工人一二六万人。", "1260000", "人"),
        ("支出总数为一、二四九·九亿元。", "124990000000", "元"),
        ("限额以下单位为二、三〇〇个。", "2300", "个"),
        ("农业总产值增长18，9％。", "18.9", "%"),
        ("农业总产值3，460亿元。", "3460", "亿元"),
        ("纱线产量达到5 · 3万吨。", "5.3", "万吨"),
        ("地区生产总值达到3 4 0 0 亿元左右。", "3400", "亿元"),
        ("城镇化率达到5 6 %。", "56", "%"),
        ("使用效率降到1.25左右。", "1.25", None),
        ("孕产妇死亡率降到22/10万。", "22", None),
        ("支出总计482．11亿元。", "482.11", "亿元"),
    ],
)
def test_a_number_is_read_whole(text: str, value: str, unit: str | None) -> None:
    (figure,) = extract(PLAN + text).figures
    assert (figure.value, figure.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["工业投资为三四亿元。", "一二·九运动纪念馆。", "五·四路改造。"])
def test_what_may_be_two_numbers_or_a_name_is_refused(text: str) -> None:
    assert extract(PLAN + text).figures == ()


@given(st.integers(10, 99999), st.integers(0, 9))
def test_digits_set_apart_by_blanks_are_one_number(whole: int, tenth: int) -> None:
    spaced = " ".join(str(whole))
    figures = extract(PLAN + f"产量达到{spaced} 万吨，增幅{tenth}·{tenth}％。").figures
    assert [f.value for f in figures] == [Decimal(whole), Decimal(f"{tenth}.{tenth}")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("到2025年，产值达到5200亿元，比2020年的4000亿元增加1200亿元。", ["产值", "产值", "产值增加"]),
        ("甲税12亿元、乙税9亿元、丙税3亿元，同比分别增长21.8%、9.5%、7.8%。",
         ["甲税", "乙税", "丙税", "甲税增速", "乙税增速", "丙税增速"]),
        ("总人口控制在320万人以内\n人均预期寿命达到79.5岁\n", ["总人口", "人均预期寿命"]),
        ("大修里程从目前的10万公里增加到20万公里。", ["大修里程", "大修里程"]),
    ],
)  # fmt: skip
def test_a_number_has_the_noun_that_it_is_of(text: str, names: list[str]) -> None:
    assert [f.indicator for f in extract(PLAN + text).figures] == names


def test_a_figure_without_a_noun_is_of_its_heading() -> None:
    figures = extract("白云市2026年预算草案的报告\n\n一、重点安排\n1.支持创新\n安排2亿元。\n").figures
    assert [(f.indicator, f.sure) for f in figures] == [("支持创新", "guess")]


def test_a_plan_named_in_its_title_is_of_the_place_named_there() -> None:
    assert (
        extract("关于印发《江湾区创新带建设方案》的通知\n\n一、目标\n到2027年，投入占比达4.8%。").region
        == "江湾区"
    )
