"""Levels and how they changed: against the period before, a named year, over several years, and turned back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.extraction.tied import TITLE, Shape, relations, shapes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("余额20亿元，完成预算的98%，比上年增加4亿元，增长25%。",
         [("increase", True, [("level", "20"), ("change", "4"), ("rate", "25")])]),
        ("余额20亿元，比上年减少5亿元，下降20%。",
         [("decrease", True, [("level", "20"), ("change", "5"), ("rate", "20")])]),
        ("到2025年，总产值达到5200亿元，比2020年的4000亿元增长30%。",
         [("growth", True, [("level", "5200"), ("base", "4000"), ("rate", "30")])]),
        ("工业总产值由2025年的5000亿元增加到2030年的6500亿元，增长30%。",
         [("growth", True, [("level", "6500"), ("base", "5000"), ("rate", "30")])]),
        ("到2025年，支出1320亿元，比2020年的1200亿元增加90亿元。",
         [("sum", True, [("whole", "1320"), ("part", "1200"), ("part", "90")])]),
        ("支出由190亿元调整为196亿元，调增6亿元。",
         [("sum", True, [("whole", "196"), ("part", "190"), ("part", "6")])]),
        ("到2025年，企业数量由2022年的240家增加到360家，年均增长14.5%。",
         [("average", True, [("level", "360"), ("base", "240"), ("rate", "14.5")])]),
        ("城镇化率由52.4%提高到57.9%，提高5.5个百分点。",
         [("sum", True, [("whole", "57.9"), ("part", "52.4"), ("part", "5.5")])]),
        ("失业率由5.8%下降到5.1%，下降0.7个百分点。",
         [("sum", True, [("whole", "5.8"), ("part", "5.1"), ("part", "0.7")])]),
        ("收入从2020年的40亿元增加到2024年的60亿元，平均每年增加5亿元。",
         [("sum", True, [("whole", "60"), ("part", "40"), ("part", "18-22")])]),
        ("收入从2015年的2.4万亿元增长到2025年的9.1万亿元，年均增长14.3%。",
         [("average", True, [("level", "9.1万"), ("base", "2.4万"), ("rate", "14.3")])]),
        ("营收从2021年的1017亿元增加到2024年的1472亿元，增长45%。",
         [("growth", True, [("level", "1472"), ("base", "1017"), ("rate", "45")])]),
        ("收入55亿元，比上年同期50亿元增收5亿元，增长10%。",
         [("growth", True, [("level", "55"), ("base", "50"), ("rate", "10")]),
          ("sum", True, [("whole", "55"), ("part", "50"), ("part", "5")]),
          ("increase", True, [("level", "55"), ("change", "5"), ("rate", "10")])]),
        ("收入48亿元，为预算64亿元的75%，较上年60亿元下降20%。",
         [("share", True, [("part", "48"), ("whole", "64"), ("share", "75")]),
          ("fall", True, [("level", "48"), ("base", "60"), ("rate", "20")])]),
        ("收入54亿元，为调整预算数72亿元的75%，比上年减少6亿元，下降10%。",
         [("share", True, [("part", "54"), ("whole", "72"), ("share", "75")]),
          ("decrease", True, [("level", "54"), ("change", "6"), ("rate", "10")])]),
        ("收入60亿元，为年初预算75%，比上年增加10亿元，增长20%。",
         [("increase", True, [("level", "60"), ("change", "10"), ("rate", "20")])]),
        ("单位24万个，比2013年末增加12万个，增长100%。",
         [("increase", True, [("level", "24万"), ("change", "12万"), ("rate", "100")])]),
        ("常住人口44万人，与2010年（普查数，下同）的40万人相比，增加4万人，增长10%。",
         [("growth", True, [("level", "44万"), ("base", "40万"), ("rate", "10")]),
          ("sum", True, [("whole", "44万"), ("part", "40万"), ("part", "4万")])]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_change(text: str, found: list[Shape]) -> None:
    assert shapes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "余额20亿元，比年初增加4亿元，同比增长35%。",
        "收入20亿元，同口径比上年减少3亿元，下降5%。",
        "消费水平由175元增加到450元，扣除物价因素增长87%。",
        "收入从40亿元增加到60亿元，比全国平均增速高2%。",
        "装机20万千瓦，比年初增加4台，增长25%。",
        "车辆产量由2000辆提高到4000辆，食品加工产值增加1.2倍。",
        "服务合同额从1800亿元增加到5400亿元，甲类企业、乙类企业数量分别增长3.1倍、2.6倍。",
        "地区生产总值由2010年的230亿元增加到2015年的620亿元，年均增长14.9%。",
        "每万元能耗由2020年的2.2吨下降到2025年的1.7吨，年均节能率5%。",
    ],
)
def test_changes_against_something_else_are_left_alone(text: str) -> None:
    assert shapes(text) == []


def test_a_yearly_change_counts_as_often_as_there_were_years() -> None:
    (rows,) = relations(TITLE + "收入从2020年的40亿元增加到2024年的60亿元，平均每年增加5亿元。")
    assert (rows[2].low, rows[2].high) == (Decimal("18"), Decimal("22"))


def test_a_sum_is_turned_back_by_the_growth_of_its_figures() -> None:
    text = (
        "零售总额120亿元，增长20%。按经营地分，城镇零售额70亿元，增长40%；乡村零售额50亿元，比上年减少3亿元。"
    )
    found = next(rows for rows in relations(TITLE + text) if rows[0].kind == "former")
    whole, town, land, *said = found
    assert [row.role for row in said] == ["rate", "rate", "change"] and whole.binding
    assert all(
        row.value is None and row.low is not None and row.high is not None for row in (whole, town, land)
    )
    assert whole.low < 100 < whole.high and town.low < 50 < town.high and land.low < 53 < land.high  # type: ignore[operator]


def test_growth_at_constant_prices_is_a_mean_and_not_turned_back() -> None:
    text = (
        "生产总值60亿元，增长5.5%。其中，第一产业增加值10亿元，增长4%；第二产业增加值20亿元，增长6%；"
        "第三产业增加值30亿元，增长5.8%。"
    )
    kinds = [rows[0].kind for rows in relations(TITLE + text)]
    assert sorted(kinds) == ["mean", "sum"]


def test_growth_within_a_year_is_not_that_of_the_year_over_itself() -> None:
    assert shapes("生产总值1052亿元。分季度看，生产总值比一季度增长6.6%。", "growth", "fall") == []


@pytest.mark.parametrize(("opening", "tied"), [("", 1), ("“十四五”时期，", 0), ("五年期间，", 0)])
def test_a_yearly_rate_of_a_period_is_not_one_between_two_years(opening: str, tied: int) -> None:
    """The rate of a period starts from the year before it, which the words do not tell."""
    text = opening + "收入由2021年的100亿元增长到2025年的121.55亿元，年均增长5%。"
    assert len(shapes(text, "average")) == tied
