"""Lists: only things that surely belong to the number are named."""

from __future__ import annotations

import pytest

from audit.extraction import extract


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
