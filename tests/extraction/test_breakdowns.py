"""Parts after a whole: which levels of a sentence the words make parts, and whether they are all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.tied import TITLE, relations, shapes, summed


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("产量50万吨，其中甲类产量20万吨、乙类产量10万吨；丙类产量9万吨。", [["50", "20", "10"]]),
        ("产量50万吨。其中，甲类产量20万吨，增长3%；乙类产量10万吨，下降1%。", [["50", "20", "10"]]),
        ("债务50亿元，其中：甲项20亿元、乙项30亿元；市本级债务70亿元，其中：甲项40亿元、乙项30亿元。",
         [["50", "20", "30"], ["70", "40", "30"]]),
        ("支出50亿元，其中教育支出20亿元，主要用于校舍建设8亿元、设备购置5亿元。", [["50", "20"]]),
        ("产量50万吨，其中甲类产量30万吨，其中精品产量8万吨。", [["50", "30"], ["30", "8"]]),
        ("机构50个（其中公立机构20个），床位90张。", [["50", "20"]]),
        ("余额50亿元，增长5%，其中甲项余额20亿元，增长6%，全年新发生额70亿元。", [["50", "20"]]),
        ("新增造林148万亩、其中绿化工程43万亩，修复草原517万亩，治理水土流失23万亩。", [["148", "43"]]),
        ("华东规模5200万吨，其中甲省2150万吨，乙省2140万吨，建成投产2200万吨。", [["5200", "2150", "2140"]]),
        ("还本付息25亿元（还本14亿元，付息11亿元），其中：甲类债券16亿元；乙类债券9亿元。",
         [["25", "14", "11"]]),
    ],
)  # fmt: skip
def test_a_group_of_parts_ends_where_its_sentence_turns(text: str, sums: list[list[str]]) -> None:
    assert summed(text) == sums


def test_what_is_taken_away_is_no_part_of_what_is_added() -> None:
    assert summed("增加支出6亿元，其中新增安排8亿元、压减项目2亿元。") == []
    assert summed("压减支出6亿元，其中压减会议费4亿元、压减培训费2亿元。") == [["6", "4", "2"]]


def test_what_came_and_went_is_no_part() -> None:
    assert summed("规模以上企业98户（新增11户，退出15户）。") == []


def test_what_each_of_many_has_is_no_part() -> None:
    text = "设病床60张，其中，县医院有床位40张，乡镇卫生院20张，每千人拥有病床1.8张。"
    assert summed(text) == [["60", "40", "20"]]


@pytest.mark.parametrize(
    "text",
    [
        "存款余额90亿元，其中住户存款50亿元；贷款余额70亿元，其中住户贷款30亿元。",
        "收入90亿元，其中支出50亿元。",
        "8个县财政收入超10亿元，其中甲县15亿元、乙县21亿元。",
        "企业利润总额3亿元，其中国有企业利润亏损5亿元，集体企业利润亏损1亿元。",
        "增加值70亿元。其中，规模以上工业产值400亿元。",
        "甲产量20万吨；乙产量30万吨。其中，丙产量50万吨。",
        "亩产490公斤。其中，夏粮亩产380公斤，秋粮亩产580公斤。",
        "债务余额90亿元，其中债务限额100亿元。",
        "新进项目90个、开工50个，其中工业项目80个、开工45个。",
        "新增上市企业3家（总数46家）。",
        "安排300个项目开工、200个项目提速，其中，市级项目400个，区级项目95个。",
        "扶持企业5000户（五年扶持2.5万户），催生市场主体。",
        "棉花，年均产量464万吨（其中2025年为475万吨）。",
        "工业总产值8800亿元，增长18%。包括村办工业产值为9700亿元，增长21%。",
        "电话普及率每百人51部，其中市区每百人66部。",
        "工业总产值为70亿元，增长14%；包括村办工业产值为75亿元，增长16%。",
        "牲畜年末头数 10113 万头 3.6\n其中：牛年末头数 7607 万头 3.8\n绵羊山羊合计年末头数 18179 万头 3.2\n\n全年好转。",
        "授权量90件，其中，高校、院所和企业授权量分别为70件、30件和12件。",
        "次均住院费用为14000元（甲病15000元、乙病30000元）。",
        "全年出让15宗土地，成交总额52亿元。其中，城区有9宗土地，起拍价共40亿元，成交额44亿元。",
    ],
)
def test_what_is_no_part_is_not_summed(text: str) -> None:
    assert not [parts for parts in summed(text) if len(parts) > 2]


@pytest.mark.parametrize(
    "text",
    [
        "收入90亿元，其中支出50亿元。",
        "12家开发区完成投资45亿元，营业收入增长8%，其中7个园区新投产企业60家、实现营业收入310亿元。",
        "铝价预测下调至每吨2540美元（此前预测为每吨2850美元）。",
        "产量预测为2540吨（此前预测为2850吨）。",
        "意愿中位数为19.6元/户。其中，甲地居民的意愿为23.2元/户。",
        "月收入约1000元（准确说是1090元）。",
        "资金余额1200万元，其中利息收入1600万元。",
        "借款余额170万元（2024年12月31日：200万元）。",
        "总投入450万元，包括设备、管网等的建设，折算为每吨处理的设备费为100元。",
    ],
)
def test_what_is_told_of_something_else_is_no_part(text: str) -> None:
    assert summed(text) == []


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (
            "全省用气160亿立方米，其中工业用气48亿立方米，居民用气35亿立方米，出口量达95亿立方米。",
            [["160", "48", "35"]],
        ),
        ("推进180个重点项目建设，其中开工60个、续建120个、竣工45个。", [["180", "60", "120"]]),
        ("铁路里程超过3200公里，其中高铁里程740公里，高速公路里程达5100公里。", [["3200", "740"]]),
        ("财政总收入980亿元，其中地方财政收入560亿元，剔除退税因素后为1210亿元。", [["980", "560"]]),
        ("打造示范村6个，其中省级4个，改建居住点37个。", [["6", "4"]]),
    ],
)
def test_a_list_of_parts_ends_with_what_is_no_part(text: str, sums: list[list[str]]) -> None:
    assert summed(text) == sums


def test_an_abbreviation_with_its_amount_is_a_part() -> None:
    text = "费用为177.5亿元，包括IHD125.5亿元（其中绞痛42.8亿元），失常18.9亿元，高压33.1亿元。"
    assert summed(text) == [["177.5", "125.5", "18.9", "33.1"], ["125.5", "42.8"]]


@pytest.mark.parametrize(
    ("parts", "sure"), [("甲20亿元，乙10亿元", "inferred"), ("甲20亿元，乙10亿元，丙6亿元", "certain")]
)
def test_two_parts_that_a_whole_includes_may_be_the_main_ones(parts: str, sure: str) -> None:
    ((whole, *_),) = relations(TITLE + f"费用为36亿元，包括{parts}。")
    assert whole.sure == sure


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("汽车保有量50万辆，其中私人汽车40万辆，轿车30万辆。", 2),
        ("贷款余额90亿元。其中，住户贷款余额40亿元；企业贷款余额45亿元；小微企业贷款余额30亿元。", 3),
        ("居民出境130万人次。其中因私出境120万人次；赴港澳台出境80万人次。", 2),
        ("财政总收入88亿元。其中，地方公共财政收入59亿元；税收完成46亿元。", 2),
        ("电子银行客户达到2.75亿户，其中网银客户1.94亿户，手机银行客户2.2亿户。", 2),
        ("董事12名，包括：董事长甲；执行董事2名，即乙、丙；非执行董事4名。", 2),
        ("卫生技术人员90人，其中医师40人，护士45人，乡镇卫生院卫生技术人员20人。", 3),
    ],
)
def test_parts_that_may_hold_one_another_are_compared_one_by_one(text: str, wholes: int) -> None:
    assert [len(parts) for parts in summed(text)] == [2] * wholes


@pytest.mark.parametrize(
    "text",
    [
        "奖牌{whole}枚（金牌30枚、银牌20枚）。",
        "面积{whole}万亩（水田30万亩、旱田20万亩）。",
        "零售总额{whole}亿元。按经营地分，城镇零售额30亿元，乡村零售额20亿元。",
        "销售额{whole}亿元。按规模分，限额以上销售额30亿元，限额以下销售额20亿元。",
        "生产总值{whole}亿元。其中，第一产业增加值10亿元；第二产业增加值20亿元；第三产业增加值20亿元。",
    ],
)
@given(whole=st.integers(1, 9999))
def test_no_number_decides_whether_parts_are_meant_to_be_all(text: str, whole: int) -> None:
    found = [shape for shape in shapes(text.format(whole=whole), "sum") if shape[1]]
    assert len(found) == 1 and found[0][2][0] == ("whole", str(whole))


@pytest.mark.parametrize(
    ("stops", "sure"),
    [("；；；", "certain"), ("，，，", "certain"), ("；，；", "inferred"), ("；；、", "inferred")],
)
def test_a_lower_stop_between_two_parts_may_open_what_the_first_holds(stops: str, sure: str) -> None:
    first, second, third = stops
    text = f"保费收入90亿元。其中，人身险40亿元{first}健康险20亿元{second}意外险10亿元{third}财产险20亿元。"
    [rows] = relations(TITLE + text)
    assert ([row.literal for row in rows], rows[0].sure) == (["90", "40", "20", "10", "20"], sure)


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("总面积60公顷，包括东片区、中片区和西片区。东片区面积8公顷，中片区面积30公顷，西片区面积32公顷。",
         [["60", "8", "30", "32"]]),
        ("总面积60公顷，分为东片区和西片区。西片区面积22公顷，东片区面积38公顷。", [["60", "22", "38"]]),
        ("专项资金10亿元：一是教育补助4亿元；二是医疗补助3亿元；三是住房补助2亿元。", [["10", "4", "3", "2"]]),
        ("税收收入100亿元，其中市级40亿元、县区70亿元。", [["100", "40", "70"]]),
    ],
)  # fmt: skip
def test_parts_that_are_named_or_numbered_make_up_their_whole(text: str, sums: list[list[str]]) -> None:
    assert summed(text, binding=True) == sums


@pytest.mark.parametrize(
    "text",
    [
        "总面积60公顷，包括东片区、中片区等。东片区面积8公顷，中片区面积30公顷。",
        "总面积60公顷，包括东片区和西片区。东片区面积8公顷。",
        "收入41亿元（含高新区6亿元、经开区8亿元）。",
        "总面积60公顷，包括东片区和西片区。东片区人口8万人，西片区人口30万人。",
    ],
)
def test_parts_that_are_not_all_told_make_up_nothing(text: str) -> None:
    assert summed(text, binding=True) == []
