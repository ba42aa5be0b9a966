"""Identities that the field knows, and shares with the whole that they are of."""

from __future__ import annotations

import pytest

from tests.extraction.tied import Shape, shapes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年末常住人口708万人，其中城镇常住人口489万人，常住人口城镇化率为69.07%。",
         ("share", True, [("share", "69.07"), ("part", "489万"), ("whole", "708万")])),
        ("人口出生率6.52‰，死亡率8.08‰，自然增长率-1.56‰。",
         ("sum", True, [("whole", "6.52"), ("part", "8.08"), ("part", "-1.56")])),
        ("居民人均可支配收入3万元。城镇居民人均可支配收入4万元，农村居民人均可支配收入2万元。",
         ("mean", True, [("whole", "3"), ("part", "4"), ("part", "2")])),
        ("固定资产投资增长6.0%。其中，第一产业投资下降4%，第二产业投资增长9%，第三产业投资增长3%。",
         ("mean", True, [("whole", "6.0"), ("part", "-4"), ("part", "9"), ("part", "3")])),
        ("预算支出73亿元，其中用于民生支出51亿元，占总支出的比重为70%。",
         ("share", True, [("part", "51"), ("whole", "73"), ("share", "70")])),
        ("货物出口300亿元，货物进口600亿元。服务出口204亿元；服务进口91亿元。服务进出口贸易顺差113亿元。",
         ("sum", True, [("whole", "204"), ("part", "91"), ("part", "113")])),
        ("在校学生604.8万人（含技校学生133.2万人），占高中阶段在校学生总数1322万人的45.7％。",
         ("share", True, [("part", "604.8万"), ("whole", "1322万"), ("share", "45.7")])),
        ("收入136万元，为年初预算135万元的100.7%。",
         ("share", True, [("part", "136"), ("whole", "135"), ("share", "100.7")])),
    ],
)  # fmt: skip
def test_what_is_known_of_three_figures(text: str, found: Shape) -> None:
    assert found in shapes(text)


@pytest.mark.parametrize("share", ["70", "72", "7", "0.7"])
def test_no_number_decides_whether_a_share_is_meant(share: str) -> None:
    text = f"预算收入400亿元，其中税收收入280亿元，占预算收入的比重为{share}%。"
    assert ("share", True, [("part", "280"), ("whole", "400"), ("share", share)]) in shapes(text)


@pytest.mark.parametrize(
    "text",
    [
        "全市预算支出300亿元。市本级预算支出90亿元。民生支出250亿元，占预算支出的比重为83%。",
        "太阳能发电装机容量100万千瓦。可再生能源装机容量380万千瓦，占发电装机容量的47%。",
        "民生支出25亿元，占全国支出的1%。",
        "新企业实现工业总产值51.4亿元，占工业总产值的6.7%；先进制造业总产值148亿元，占工业总产值的19.2%。",
        "固定资产投资1515亿元。民营经济增加值1618亿元，占固定资产投资的40.5%。",
        "国内生产总值突破10万亿元。\n研究经费支出1161亿元，占国内生产总值的1.1%。",
        "60岁及以上人口94万人，占22.8%，其中65岁及以上人口68万人，占16.7%。",
        "年末户籍人口90万人。其中，城镇人口30万人，乡村人口60万人。年末常住人口80万人，城镇化率为62.5%。",
    ],
)
def test_a_share_of_what_is_not_surely_stated_is_left_alone(text: str) -> None:
    assert shapes(text, "share") == []


@pytest.mark.parametrize("last", ["52.9", "51.9", "25.9", "9.9"])
def test_no_number_decides_whether_a_structure_is_meant(last: str) -> None:
    found = shapes(f"三次产业结构比例为6.7∶41.4∶{last}。", "hundred")
    assert found == [("hundred", True, [("part", "6.7"), ("part", "41.4"), ("part", last)])]


def test_a_structure_that_another_was_changed_to_bears_its_names_and_alone_is_of_this_year() -> None:
    text = (
        "生产总值100亿元。其中，第一产业增加值10亿元，第二产业增加值40亿元，第三产业增加值50亿元。"
        "三次产业结构由上年的12.1：41.2：46.7调整为10.0：40.0：50.0。"
    )
    assert sorted([literal for _, literal in figures] for _, _, figures in shapes(text, "share")) == [
        ["10", "100", "10.0"], ["40", "100", "40.0"], ["50", "100", "50.0"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "进出口总额4743亿元。其中：出口2492亿元；进口2251亿元。进出口相抵，顺差241亿元。在出口中，国有企业出口1165亿元，"
        "一般贸易出口1052亿元。",
        "出口总额475.4亿元；进口总额552.5亿元。扣除不收付外汇的援助捐赠、来料加工和作为投资进口等货物后，逆差30.9亿元。",
    ],
)
def test_a_surplus_is_that_of_all_exports_at_one_scope(text: str) -> None:
    wholes = [figures[0][1] for _, binding, figures in shapes(text, "sum") if binding and len(figures) == 3]
    assert wholes in ([], ["2492"], ["4743", "2492"])


def test_real_growth_of_a_whole_is_not_among_the_plain_growth_of_its_parts() -> None:
    text = (
        "零售总额100亿元，增长18.1%，扣除价格因素，实际增长15.2%。按经营地分，城镇零售额80亿元，增长18.9%；"
        "乡村零售额20亿元，增长16.4%。"
    )
    assert [figures[0] for _, _, figures in shapes(text, "mean")] == [("whole", "18.1")]


def test_the_growth_of_parts_is_that_of_the_nearest_whole_of_their_measure() -> None:
    text = "粮食播种面积51万亩，增长0.4%；粮食总产量20万吨，增长1.6%。其中，夏粮产量8万吨，增长1.1%；秋粮产量12万吨，增长2.0%。"
    means = [dict(figures)["whole"] for _, _, figures in shapes(text, "mean")]
    assert means == ["1.6"]


def test_of_two_divisions_the_one_with_more_parts_counts() -> None:
    text = "粮食产量663万吨，增产0.9%。其中，夏粮产量141万吨，增产2.0%；早稻产量26万吨，减产8.1%；秋粮产量496万吨，增产1.1%。"
    assert {len(figures) for kind, _, figures in shapes(text) if kind in ("sum", "mean")} == {4}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "保费收入45亿元。其中，寿险业务保费收入23亿元，健康险和意外伤害险业务保费收入9亿元，财产险业务保费收入13亿元。",
            3,
        ),
        ("“三公”经费3900万元。其中：因公出国（境）经费440万元，公务接待费610万元，公务用车经费2850万元。", 3),
        ("国内旅游收入222亿元。其中，城镇居民游客花费179亿元；农村居民游客花费43亿元。", 2),
    ],
)
def test_known_divisions_are_complete(text: str, parts: int) -> None:
    assert [len(figures) for _, binding, figures in shapes(text, "sum") if binding] == [parts + 1]


def test_a_pair_of_shares_beside_a_ratio_of_sectors_is_no_whole() -> None:
    text = "三次产业结构调整为9.0:40.6:50.4，高新技术产业和制造业占比重分别达到23%和31.2%。"
    assert [len(figures) for _, _, figures in shapes(text, "hundred")] == [3]
    assert shapes("推动1：1木塔复制工程实施。", "hundred") == []
