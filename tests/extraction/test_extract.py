"""From a text to rows: context, clauses, lists, citations, certainty, and offsets that lead back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.extraction import extract
from audit.extraction.verification import Sourced, verify_figures
from audit.model.rows import Figure


def _only(text: str) -> Figure:
    (figure,) = extract(text).figures
    return figure


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("垃圾分类服务覆盖率达85%。", "垃圾分类服务覆盖率"),
        ("培育80家专精特新企业。", "专精特新企业"),
        ("打造技术成熟的生产基地3-5个。", "技术成熟的生产基地"),
        ("推动制定不少于6项团体标准。", "团体标准"),
        ("形成覆盖城乡、便捷高效、有机衔接等四大体系。", "体系"),
        ("全社会研发经费支出占地区生产总值的比重达到2.8%。", "全社会研发经费支出占地区生产总值比重"),
        ("设立规模10亿元的产业基金。", "产业基金规模"),
    ],
)
def test_the_indicator_is_the_noun_counted_or_measured(text: str, indicator: str) -> None:
    assert _only(text).indicator == indicator


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("增加值38.2亿元，同比增长3.9%，增速比一季度提高0.7个百分点。",
         ["增加值", "增加值增速", "增加值增速比一季度提高"]),
        ("民营经济增加值20亿元，占GDP的比重为61.8%。", ["民营经济增加值", "民营经济增加值占GDP比重"]),
        ("公路、铁路和水路货运量分别下降3%、4%和5%。", ["公路货运量降幅", "铁路货运量降幅", "水路货运量降幅"]),
        ("工业产值33亿元（手工业产值7亿元除外），比上年增长2%。", ["工业产值", "手工业产值", "工业产值增速"]),
        ("劳动生产率，比上年提高26%。", ["劳动生产率增速"]),
        ("优良天数占98.4%、比上年提高2个百分点。", ["优良天数占比", "优良天数占比比上年提高"]),
        ("线路长度从2012年的1200公里增加到2021年的4500公里，增长2.8倍。", ["线路长度", "线路长度", "线路长度增速"]),
    ],
)  # fmt: skip
def test_rates_changes_and_shares_take_their_subject(text: str, indicators: list[str]) -> None:
    assert [figure.indicator for figure in extract(text).figures] == indicators


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("到2025年，建成5座码头。", ["2025"]),
        ("2017、2018年分别达到10、15家。", ["2017", "2018"]),
        ("2024年、2025年、2026年企业分别达到300家、420家、390家。", ["2024", "2025", "2026"]),
        ("2020年，事故起数比2015年下降41.2%。", ["2015/2020"]),
        ("“十三五”期间，累计投入30亿元。", ["2016/2020"]),
        ("受2023年减产影响，2024年收入30亿元。", ["2024"]),
        ("一九五六年，产量三十万吨。", ["1956"]),
    ],
)
def test_the_period_governs_what_follows(text: str, periods: list[str]) -> None:
    assert [figure.period for figure in extract(text).figures] == periods


def test_a_title_gives_region_and_goal_year() -> None:
    text = "青川县“十四五”旅游发展规划\n青川县人民政府\n一、目标\n接待游客300万人次。\n"
    (figure,) = extract(text).figures
    assert (figure.region, figure.period, figure.kind) == ("青川县", "2025", "target")


def test_a_file_name_helps_where_the_text_names_neither_place_nor_year() -> None:
    found = extract("上半年经济运行情况分析\n实现增加值30亿元。\n", file_name="weifang-2014h1.txt")
    assert (found.region, found.period) == ("潍坊市", "2014")


def test_districts_carry_through_their_paragraph() -> None:
    text = (
        "东湖市三年行动计划（2021—2023年）\n一、任务\n南岸区要建设5家园区。到2022年，新增企业10家。\n"
        "北山县要建设2家园区。\n（责任单位：南岸区政府、北山县政府）\n"
    )
    assert [(f.region, f.literal) for f in extract(text).figures] == [
        ("南岸区", "5"), ("南岸区", "10"), ("北山县", "2"),
    ]  # fmt: skip


def test_parts_named_by_place_keep_the_indicator_and_take_the_region() -> None:
    found = extract("全区新增高新技术企业120家，其中青石街道45家、柳湾镇38家。").figures
    assert [(f.region, f.indicator) for f in found[1:]] == [
        ("青石街道", "高新技术企业"),
        ("柳湾镇", "高新技术企业"),
    ]


def test_clauses_make_a_tree_with_bodies() -> None:
    text = (
        "一、任务\n（一）产业发展\n1. 装备制造。建设基地。\n（牵头单位：市工信局、市科技局，配合单位：市财政局）\n"
        "（1）支持企业上市。\n二、保障措施\n2．加强领导。\n阶段目标：\n2022年，建成3家。\n"
    )
    clauses = {clause.clause: clause for clause in extract(text).clauses}
    assert list(clauses) == [
        "一",
        "一(一)",
        "一(一)1",
        "一(一)1(1)",
        "二",
        "二2",
        "二阶段目标",
        "二阶段目标2022",
    ]
    assert (clauses["一(一)1"].lead, clauses["一(一)1"].support) == ("市工信局;市科技局", "市财政局")
    assert (clauses["一(一)1"].parent, clauses["一(一)1"].heading) == ("一(一)", "装备制造")
    assert clauses["二2"].kind == "measure" and clauses["二阶段目标2022"].kind == "stage_goal"


def test_stated_lists_give_their_items() -> None:
    (stated,) = extract("新建5个创新平台：中试基地、海洋实验室、医疗研究院、检测中心。").lists
    assert (stated.stated_count, stated.listed_count, stated.items) == (
        5,
        4,
        "中试基地;海洋实验室;医疗研究院;检测中心",
    )
    (before,) = extract("发展航运、金融、旅游等三大产业。").lists
    assert (before.stated_count, before.items, before.open_ended) == (3, "航运;金融;旅游", True)
    assert extract("在北京、沈阳等地建设8个仓库。").lists == ()


def test_a_table_takes_units_and_periods_from_its_heads() -> None:
    text = (
        "表1 主要指标\n序号\t指标\t单位\t2020年\t2025年\n1\t研发投入\t亿元\t20\t26\n2\t覆盖率\t%\t85\t>90\n"
    )
    found = extract(text).figures
    assert [(f.indicator, f.literal, f.unit, f.period, f.bound) for f in found] == [
        ("研发投入", "20", "亿元", "2020", "exact"), ("研发投入", "26", "亿元", "2025", "exact"),
        ("覆盖率", "85", "%", "2020", "exact"), ("覆盖率", "90", "%", "2025", "above"),
    ]  # fmt: skip


def test_a_table_of_one_cell_a_line_is_read_by_its_serial_numbers() -> None:
    text = "专栏1 指标\n\n序号\n\n指标\n\n预期值\n\n1\n\n事故死亡人数\n\n下降15%\n\n2\n\n受灾人次\n\n<15000\n"
    found = extract(text).figures
    assert [(f.indicator, f.literal, f.unit, f.bound) for f in found] == [
        ("事故死亡人数降幅", "15", "%", "exact"), ("受灾人次", "15000", "人次", "below"),
    ]  # fmt: skip


def test_a_row_label_may_be_a_place() -> None:
    text = "表2 研发机构任务分解表（单位：家）\n地区\t2024年\t2025年\n青石街道\t2\t3\n"
    assert [(f.region, f.period, f.unit) for f in extract(text).figures] == [
        ("青石街道", "2024", "家"), ("青石街道", "2025", "家"),
    ]  # fmt: skip


def test_every_part_says_how_sure_it_is() -> None:
    found = extract("到2025年，产值100亿元。税收20亿元。")
    first, second = found.certainty
    assert (first.indicator, first.period) == ("certain", "certain")
    assert second.period == "inferred" and first.region == "inferred"
    assert [row.figure for row in found.certainty] == [figure.id for figure in found.figures]


def test_ids_are_unique_and_the_same_for_the_same_text() -> None:
    text = "产值10亿元。产值10亿元。其中产值4亿元。"
    ids = [figure.id for figure in extract(text).figures]
    assert len(set(ids)) == len(ids) == 3
    assert extract(text) == extract(text)


_PIECES = st.sampled_from(
    ["到2025年，", "收入", "达到", "30", "1.5万", "家", "亿元", "%", "（", "）", "、", "其中", "增长", "\n", "\t",
     "一、", "1.", "《规划》", "〔2017〕5号", "合计", " ", "：", "三", "百分之十", "比2015年", "。", "，", "〇",
     "翻一番", "3：4", "的", "“十四五”"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_is_read_without_failing_and_proves_itself(text: str) -> None:
    found = extract(text)
    for figure in found.figures:
        assert text[figure.start : figure.end] == figure.literal
        assert figure.evidence in text
    rows = [Sourced(figure, "own", line) for line, figure in enumerate(found.figures)]
    assert [fault for fault in verify_figures(rows, text) if "does not stand" in str(fault)] == []


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    extract(text)


def test_bodies_in_charge_and_named_works_are_mentioned() -> None:
    text = "一、任务\n1. 人才引育。实施“归巢人才”计划。（牵头单位：市人社局，配合单位：市财政局、市教育局）\n"
    found = extract(text).mentions
    assert [(m.name, m.kind, m.role, m.clause) for m in found] == [
        ("归巢人才", "programme", "task", "一1"), ("市人社局", "body", "lead", "一1"),
        ("市财政局", "body", "support", "一1"), ("市教育局", "body", "support", "一1"),
    ]  # fmt: skip
    assert all(text[m.start : m.end] == m.name for m in found)


@pytest.mark.parametrize(
    "piece", ["1,", "一百万", "3：", "（3家", "其中3家、", "分别为3、4家", "加上3亿元、", "3\t", "比", "“"]
)
def test_long_hostile_texts_are_read_to_their_end(piece: str) -> None:
    """Texts that set a careless pattern going back and forth for ever; `benchmarks/extraction.py` measures speed."""
    extract(piece * (20_000 // len(piece)))


def test_menus_above_the_title_are_no_part_of_it() -> None:
    menus = "".join(
        f"{name}\n" for name in ("首页", "区长信箱", "政府工作报告", "2021年专题", "长者模式") * 6
    )
    title = "云溪市2024年国民经济和社会发展统计公报\n"
    text = "一、综合\n全年生产总值812.4亿元，增长4.1%。\n"
    above = extract(menus + title + "2025年3月2日\n" + text)
    alone = extract(title + text)
    assert (above.region, above.period) == (alone.region, alone.period) == ("云溪市", "2024")
    assert [(f.region, f.period) for f in above.figures] == [(f.region, f.period) for f in alone.figures]


def test_a_title_is_not_sought_below_the_first_sentence() -> None:
    work = "各项工作有序推进。" * 100
    text = f"本市概况\n一、综合\n2024年生产总值812.4亿元。{work}\n云海市2019年国民经济和社会发展统计公报\n"
    assert extract(text).region is None


@pytest.mark.parametrize("mark", ["^3", "^[3]", "^〔12〕"])
def test_a_raised_mark_is_no_part_of_a_name(mark: str) -> None:
    text = f"云溪市2024年统计公报\n一、工业\n高耗能行业{mark}增加值61.3亿元。\n"
    assert [f.indicator for f in extract(text).figures] == ["高耗能行业增加值"]


def test_a_label_before_the_title_is_no_part_of_its_place() -> None:
    text = "发布机构：财政局\n名称：关于石溪市2024年预算执行情况的报告\n一、收入\n一般公共预算收入完成81.2亿元。\n"
    assert extract(text).region == "石溪市"


def _broken(text: str, width: int) -> list[str]:
    """The lines of a text as a program sets it in so many columns; a number is not broken."""
    lines = [""]
    columns = 0
    for token in re.findall(r"[\d.%]+|.", text):
        wide = len(token) if token.isascii() else 2 * len(token)
        if columns + wide > width:
            lines.append("")
            columns = 0
        lines[-1] += token
        columns += wide
    return lines


@pytest.mark.parametrize("width", [80, 81, 131])
def test_lines_that_a_program_broke_at_its_edge_go_on_however_they_end(width: int) -> None:
    sentence = (
        "旅客周转量{}.4亿人公里，增长5.4%；货物周转量{}.1亿吨公里，增长6.2%；快递业务量{}.5亿件，增长7.1%。"
    )
    text = "".join(sentence.format(n, n + 40, n + 80) for n in range(12, 32))
    broken = "\n".join(_broken(text, width))
    title = "云溪市2024年统计公报\n一、消费\n"
    whole = [(f.indicator, f.value, f.unit) for f in extract(title + text + "\n").figures]
    assert [(f.indicator, f.value, f.unit) for f in extract(title + broken + "\n").figures] == whole


def test_paragraphs_of_broken_lines_end_where_the_next_is_set_in() -> None:
    first = "　　市区售出商品房12.4万平方米，增长5.4%，其中住宅9.1万平方米，商铺1.2万平方米，"
    paragraphs = [
        f"{first}办公楼{n}.5万平方米，车库{n}.3万平方米，合计面积按年末登记数计算，另有在建工程一百多处。"
        for n in range(1, 9)
    ]
    title = "云溪市2024年统计公报\n一、住房\n"
    whole = [(f.indicator, f.value) for f in extract(title + "\n".join(paragraphs)).figures]
    broken = "\n".join(line for paragraph in paragraphs for line in _broken(paragraph, 78))
    assert [(f.indicator, f.value) for f in extract(title + broken).figures] == whole


def test_a_line_that_begins_with_a_number_in_full_width_signs_is_no_numbered_clause() -> None:
    text = "云溪市2024年统计公报\n一、交通\n全年完成公路、水路和航空旅客周转量合计\n11．33亿人公里。\n"
    assert [c.number for c in extract(text).clauses] == ["一"]
    assert [f.value for f in extract(text).figures] == [Decimal("11.33")]


def test_signs_of_markdown_are_no_part_of_names_and_numbers() -> None:
    text = (
        "# 云溪市2024年统计公报\n\n## 一、人口\n\n**年末常住人口**81.2万人，**城镇化率**61.5%。\n\n"
        "| **指标** | **年末数（万人）** |\n|---|---|\n| **合计** | **81.2** |\n| \\#城镇 | 49.9 |\n"
    )
    found = extract(text).figures
    assert [(f.indicator, f.literal, f.unit) for f in found] == [
        ("常住人口", "81.2万", "人"), ("城镇化率", "61.5", "%"), ("合计", "81.2", "万人"), ("城镇", "49.9", "万人"),
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["三门峡市", "五家渠市", "三台县", "万年县"])
def test_a_numeral_in_the_name_of_a_place_counts_nothing(place: str) -> None:
    text = f"{place}2024年统计公报\n一、综合\n今日走进{place}，{place}年末常住人口31.2万人。\n"
    assert [f.literal for f in extract(text).figures] == ["31.2万"]
