"""Lists: only things that surely belong to the number are named."""

from __future__ import annotations

import pytest

from audit.extraction import extract

ORDINALS = [*"一二三四五六七八九十", "十一", "十二"]


@pytest.mark.parametrize(
    ("text", "items", "open_ended"),
    [
        ("大力推进生物健康、新能源与新能源汽车、节能环保和文化创意等四大产业。",
         "生物健康;新能源与新能源汽车;节能环保;文化创意", True),
        ("把新能源、高端装备与新材料这两个领域作为重点。", "新能源;高端装备与新材料", False),
        ("推进国家级研究院及甲云、乙云2个云平台建设。", "甲云;乙云", False),
        ("开发科技含量高、市场前景好、拥有自主知识产权的药物、器械、食品等三类产品。", "药物;器械;食品", True),
        ("落实6条政策，包括经费改革、股份转让、收益管理、加计扣除、股权和分红激励、税前扣除等相关政策。",
         "经费改革;股份转让;收益管理;加计扣除;股权和分红激励;税前扣除", True),
        ("与甲大学、乙学院、丙大学等6所高校共建学院。", "甲大学;乙学院;丙大学", True),
    ],
)  # fmt: skip
def test_of_several_readings_the_one_that_agrees_with_the_number_is_meant(
    text: str, items: str, open_ended: bool
) -> None:
    (stated,) = extract(text).lists
    assert (stated.items, stated.open_ended) == (items, open_ended)


@pytest.mark.parametrize(
    "text",
    [
        "在港口城市、人口密集区域、灾害易发区域建设7个储备基地。",
        "在甲市、乙市等地建设8个物资库。",
        "推动A平台、B平台建设，完善C中心、打造D中心和E中心3个中心。",
        "新增企业30家、平台20家，3个园区建成。",
    ],
)
def test_where_no_reading_is_sure_nothing_is_listed(text: str) -> None:
    for stated in extract(text).lists:
        assert stated.listed_count == stated.stated_count


def test_a_list_with_one_reading_that_names_too_few_is_told_as_it_stands() -> None:
    (stated,) = extract("新建5个创新平台：中试基地、材料实验室、医疗研究院、检测中心。").lists
    assert (stated.stated_count, stated.listed_count, stated.open_ended) == (5, 4, False)


@pytest.mark.parametrize(
    "text",
    [
        "中国愿在和平共处五项原则的基础上发展关系。",
        "去年审议和通过了11项法律，新签和升级6个协定。",
        "山东、河北省4起事故调查处理情况予以通报。",
        "年末国、省干线公路23条1230公里。",
        "全省锦标赛、冠军赛获得39枚金牌30枚银牌。",
        "足额安排城乡低保、特困供养、残疾人两项补贴、优抚等资金。",
        "重点保障铁路、城际、十大主题园区等项目。",
        "全市旅行社及分社共34家。",
        "在东部、中部、西部改建四个轮胎厂。机械、电子工业将研制28项成套设备。同一城市、同一行业设有三套机构。",
        "三种运输方式比重分别为11.4%、81.8%、6.8%。",
        "大力支持三门峡、三亚、九江、六安发展。",
        "推进甲高铁、乙铁路、轨道交通11条线路等建设。",
        "甲州、乙州23个贫困县全部脱贫。",
        "甲遗址、乙古港、丙遗址先后入选全国年度十大考古新发现。",
        "推进甲预算、乙收付、丙采购和收支两条线管理。",
        "围绕增速、结构、效率提出5项指标。",
        "甲大桥、乙铁路、丙科八所产业园等项目加快建设。",
        "四个创建、四个走在前列：着力创建甲区、努力做到乙走在前列；着力创建丙区。",
        "扎实推进“甲、乙、丙、丁”和“戊、己、庚、辛”八个专项。",
        "开展甲学习教育、乙教育、丙学习教育、贯彻八项规定精神学习教育。",
        "被评为国家森林城市、国家园林城市、国家节水型城市和全国十大低碳城市。",
        "推进甲省“五大规划”、“丝路带”、十大重点产业等战略措施。",
        "办好七·二一大学、共大、五·七大学和农业中学。",
        "甲市发挥优势助力防控、突出“快、准、足、新、硬”做好市场防控两项做法被确定为经验。",
    ],
)
def test_a_number_that_introduces_no_list_is_tied_to_none(text: str) -> None:
    assert [stated for stated in extract(text).lists if stated.listed_count != stated.stated_count] == []


@pytest.mark.parametrize(
    ("text", "stated", "listed", "open_ended"),
    [
        ("把握四个原则：一是艰苦奋斗、勤俭节约；二是量力而行；三是突出重点。", 4, 3, False),
        ("实行四种办法：一是计划管理。二是许可管理。此外还有两类。", 4, 2, True),
        ("3.战略性产业包括甲产业、乙产业、丙产业等3大领域。", 3, 3, True),
        ("一、同意甲、乙、丙3个开发区建设示范区。", 3, 3, False),
        ("建设“甲”“乙”“丙”四个平台。", 4, 3, False),
        ("打造科技、金融、物流、文旅五大高地。", 5, 4, False),
        ("完成甲馆、乙馆和游泳馆、丙馆和游泳馆、丁馆等6处场馆建设。", 6, 4, True),
        ("扛起三个责任：一是必须肩负起、履行好甲的责任；二是必须肩负起、履行好乙的责任。", 3, 2, False),
        ("完善“甲、乙、丙需求”和“丁、戊成果”两张清单。", 2, 2, False),
        ("包括甲在内，推进乙、丙、丁四大工程。", 4, 3, True),
        ("春节、\"五一\"和\"十一\"三个长假期拉动作用突出。", 3, 3, False),
        ("抓好十二项改革：" + "；".join(f"{n}是改革第{n}方面" for n in ORDINALS) + "。",
         12, 12, False),
    ],
)  # fmt: skip
def test_a_list_counts_what_it_names(text: str, stated: int, listed: int, open_ended: bool) -> None:
    (found,) = extract(text).lists
    assert (found.stated_count, found.listed_count, found.open_ended) == (stated, listed, open_ended)


def test_things_that_begin_alike_are_told_apart_by_all_that_is_said_of_them() -> None:
    (found,) = extract("通过两项决议：一是向大会建议，同意甲；二是向大会建议，选举乙。").lists
    assert found.items == "向大会建议,同意甲;向大会建议,选举乙"


@pytest.mark.parametrize(
    "text",
    [
        "伤者为7人，包括3红、2黄及2绿。",
        "选取北美洲、欧洲、亚洲中四个国家的六个智库。",
        "建好省、市、区综合平台、行业平台、专题平台三级三类数据平台。",
        "稳住用工最要紧。要解决好这六个要紧的问题。",
        "推进甲地转让、出租、抵押二级市场试点、乙地制度改革三项试点。",
    ],
)
def test_what_is_counted_elsewhere_is_no_list(text: str) -> None:
    assert extract(text).lists == ()
