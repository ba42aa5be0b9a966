"""Quantities: what is a figure, what it is worth, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.extraction.numbers.scanner import find_quantities
from audit.numbers.quantities import read_quantity

D = Decimal


@pytest.mark.parametrize(
    ("text", "literal", "value", "unit", "bound"),
    [
        ("新设企业1.2万家以上", "1.2万", "12000", "家", "at_least"),
        ("总收入超过750亿元", "750", "750", "亿元", "above"),
        ("产值过10亿元的企业", "10", "10", "亿元", "above"),
        ("通过10亿元贷款", "10", "10", "亿元", "exact"),
        ("举办过3场", "3", "3", "场", "exact"),
        ("投资1 万亿元", "1 万", "10000", "亿元", "exact"),
        ("新建不少于 12 个园区", "12", "12", "个", "at_least"),
        ("近4000名教师", "4000", "4000", "名", "below"),
        ("增速保持在6%左右", "6", "6", "%", "about"),
        ("缩短至8小时以内", "8", "8", "小时", "at_most"),
        ("签约2亿元以上项目", "2", "2", "亿元", "at_least"),
        ("县城2小时内到达", "2", "2", "小时", "at_most"),
        ("失业率<5%", "5", "5", "%", "below"),
        ("覆盖率≥95%", "95", "95", "%", "at_least"),
        ("400多户", "400", "400", "户", "at_least"),
        ("20余种", "20", "20", "种", "at_least"),
        ("粮食二百三十二万九千吨", "二百三十二万九千", "2329000", "吨", "exact"),
        ("下降百分之十三点六", "百分之十三点六", "13.6", "%", "exact"),
        ("占三成以上", "三成", "30", "%", "at_least"),
        ("产值翻两番", "翻两番", "4", "倍", "exact"),
        ("提高0.9个百分点", "0.9", "0.9", "个百分点", "exact"),
        ("浓度为35微克/立方米", "35", "35", "微克/立方米", "exact"),
        ("自然增长率-1.35‰", "-1.35", "-1.35", "‰", "exact"),
        ("完成３５．２％", "３５．２", "35.2", "%", "exact"),
        ("不超过其设备投资额30%的补助", "30", "30", "%", "at_most"),
        ("连续补贴3年", "3", "3", "年", "exact"),
        ("培育航运、金融等四大产业", "四", "4", "大", "exact"),
        ("综合指数为3.39，", "3.39", "3.39", None, "exact"),
        ("就業人數1,153萬6千人", "1,153萬6千", "11536000", "人", "exact"),
        ("增加44 萬 1000 人", "44 萬 1000", "441000", "人", "exact"),
        ("全市GDP5618.1亿元", "5618.1", "5618.1", "亿元", "exact"),
        ("建成20万千瓦电站", "20", "20", "万千瓦", "exact"),
    ],
)
def test_a_stated_quantity_is_read(text: str, literal: str, value: str, unit: str | None, bound: str) -> None:
    (found,) = find_quantities(text)
    assert (found.literal, found.value, found.unit, found.bound) == (literal, D(value), unit, bound)
    assert text[found.start : found.end] == literal


@pytest.mark.parametrize(
    "text",
    [
        "内销与出口的比例调整为0.7∶1，三次产业比例达到3∶3∶4",
        "629001655-48.1/716131450216834.5%",
        "COVID19例、A3万套、三次产业比例由5 . 3 : 5 0 . 7 : 4 4变动",
        "大政办发〔2017〕119号",
        "按照第三条和第12款",
        "推广5G和IPv6，建设G60走廊，研制CAP1400",
        "落实“5+22”政策",
        "到2019年底前，2018年3月5日起",
        "增强“四个意识”，做到两个维护",
        "规模以上企业、市级以上平台、限额以上单位",
        "世界500强企业",
        "未来4年，近3年",
        "十四五时期，三次产业",
        "每10万人口拥有的",
        "见《规划（2017-2025年）》",
        "第十一次会议和十五届人大",
        "详见 https://example.org/a/2017/30家",
    ],
)
def test_names_dates_and_slogans_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "literal", "low", "high"),
    [("建设3-5个", "3-5", 3, 5), ("时速 160—200 公里", "160—200", 160, 200), ("2至3个品种", "2至3", 2, 3),
     ("税率10%-15%", "10%-15", 10, 15), ("引进三至五家机构", "三至五", 3, 5), ("投入3-5万元", "3-5", 3, 5)],
)  # fmt: skip
def test_a_range_has_two_ends_and_no_value(text: str, literal: str, low: int, high: int) -> None:
    (found,) = find_quantities(text)
    assert (found.literal, found.value, found.low, found.high, found.bound) == (
        literal,
        None,
        low,
        high,
        "range",
    )


def test_the_ends_of_a_range_may_lie_below_zero() -> None:
    ends = [(read.low, read.high) for read in map(read_quantity, ("-1-1", "-3--1"))]
    assert ends == [(-1, 1), (-3, -1)]


def test_the_interval_follows_the_bound() -> None:
    assert [(q.low, q.high) for q in find_quantities("130家以上，约20家，近7家，9家")] == [
        (D(130), None), (D(19), D(21)), (None, D(7)), (D(9), D(9)),
    ]  # fmt: skip


def test_a_list_shares_its_last_unit() -> None:
    found = find_quantities("2017、2018年分别达到10、15家")
    assert [(q.value, q.unit) for q in found] == [(D(10), "家"), (D(15), "家")]


def test_the_parts_of_a_ratio_are_shares_of_a_hundred() -> None:
    found = find_quantities("三次产业比为4.2：58.1：37.7，比分为3：1")
    assert [(q.value, q.unit) for q in found] == [(D("4.2"), "%"), (D("58.1"), "%"), (D("37.7"), "%")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("三次产业结构为9:41:50", [9, 41, 50]),
        ("三次产业结构由12:41:47调整为10:40:50", [12, 41, 47, 10, 40, 50]),
        ("公办、民办幼儿园之比为48:52", [48, 52]),
        ("三次产业比例为9：41：50。", [9, 41, 50]),
        ("会议于9:41:50开始", []),
        ("产业结构优化,会议时间为9:41:50", []),
        ("男女比例为10:30", []),
    ],
)
def test_what_looks_like_a_time_of_day_is_a_ratio_where_the_words_say_so(text: str, parts: list[int]) -> None:
    assert [q.value for q in find_quantities(text) if q.unit == "%"] == parts


def test_a_number_broken_over_lines_is_one_literal() -> None:
    text = "收入 30 62.5\n 亿元"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == found.literal and found.unit == "亿元"


def test_a_literal_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        read_quantity("若干")


@given(
    st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False),
    st.sampled_from(["亿元", "万亩", "%", "家", "万吨", "个百分点", "元/人"]),
    st.sampled_from([("", ""), ("超过", ""), ("", "以上"), ("约", ""), ("", "左右")]),
)
def test_what_is_found_reads_the_same_from_its_literal(
    value: Decimal, unit: str, words: tuple[str, str]
) -> None:
    text = f"指标达到{words[0]}{value}{unit}{words[1]}。"
    (found,) = find_quantities(text)
    again = read_quantity(found.literal, found.unit)
    assert found.value == again.value == value
    assert found.unit == unit
    assert text[found.start : found.end] == found.literal
