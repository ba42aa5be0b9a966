"""Which parts are all of their whole: as words count them, as both measures tell, as the text shows elsewhere."""

from __future__ import annotations

import pytest

from tests.extraction.tied import TITLE, relations, shapes, summed


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("三大产业产值合计达到640亿元，其中冶金产业350亿元、船舶产业170亿元、服装产业120亿元。", [["640", "350", "170", "120"]]),
        ("冶金产业产值350亿元，船舶产业产值170亿元，服装产业产值120亿元，三大产业产值合计640亿元。",
         [["640", "350", "170", "120"]]),
        ("2023年、2024年、2025年分别新建学校4所、7所、6所，三年共新建17所。", [["17", "4", "7", "6"]]),
        ("规划面积90平方公里，由老城40平方公里、新城30平方公里和港城20平方公里组成。", [["90", "40", "30", "20"]]),
        ("基金规模50亿元，其中市级出资15亿元，占30%，区县出资10亿元，占20%，社会资本25亿元，占50%。",
         [["50", "15", "10", "25"]]),
        ("基金规模50亿元，其中市级出资15亿元，占30%，区县出资10亿元，占20%。", []),
        ("四大产业产值合计达到640亿元，其中冶金产业350亿元、船舶产业170亿元。", []),
        ("前三个月累计完成投资31亿元，其中甲项9亿元、乙项8亿元、丙项7亿元。", []),
        ("企业总数达到310家，其中大型企业30家、中型企业90家、小微企业190家。", [["310", "30", "90", "190"]]),
        ("用电量130亿千瓦时，其中工业用电量80亿千瓦时，居民用电量30亿千瓦时，其他20亿千瓦时。", [["130", "80", "30", "20"]]),
        ("参加基本医疗保险91.2万人，其中职工医疗保险30.1万人，城乡居民医疗保险61.1万人。", [["91.2万", "30.1万", "61.1万"]]),
    ],
)  # fmt: skip
def test_parts_are_all_where_they_are_counted_or_known_to_be(text: str, sums: list[list[str]]) -> None:
    assert summed(text, binding=True) == sums


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建厂房每年20万平方米，五年累计100万平方米。", [("yearly", "100", "20", 5)]),
        ("每年安排资金3亿元，三年共9亿元。", [("yearly", "9", "3", 3)]),
        ("三年累计培训4800人次，每年1600人次。", [("yearly", "4800", "1600", 3)]),
        ("年均投入2.4亿元，五年累计12亿元。", [("sum", "12", "11.75-12.25", None)]),
        ("每年安排资金3亿元，到2025年共9亿元。", []),
    ],
)
def test_so_much_a_year_comes_to_as_many_times_in_so_many_years(
    text: str, found: list[tuple[str, str, str, int | None]]
) -> None:
    assert [
        (whole.kind, whole.literal, part.literal, part.years) for whole, part in relations(TITLE + text)
    ] == found


PAIRS = "实施项目{whole}个，总投资{sum}亿元，其中：\
港口项目12个、投资31.5亿元，道路项目7个、投资18.2亿元，管网项目5个、投资6.3亿元。"


@pytest.mark.parametrize(
    ("whole", "total", "binding"),
    [("24", "56.0", True), ("24", "65.0", True), ("30", "56.0", True), ("30", "65.0", False)],
)
def test_parts_that_make_up_one_whole_make_up_the_other(whole: str, total: str, binding: bool) -> None:
    found = shapes(PAIRS.format(whole=whole, sum=total), "sum")
    assert {(figures[0][1], len(figures), binds) for _, binds, figures in found} == {
        (whole, 4, binding), (total, 4, binding),
    }  # fmt: skip


ELSEWHERE = """全市偿还贷款31.4亿元，其中：老厂20.9亿元，新厂6.1亿元，港口4.4亿元。
市本级偿还贷款{whole}亿元，其中：老厂9.6亿元，新厂3.2亿元，港口2.3亿元{more}。"""
TWO_ELSEWHERE = """全市偿还贷款31.4亿元，其中：老厂20.9亿元，新厂10.5亿元。{again}
市本级偿还贷款17.9亿元，其中：老厂9.6亿元，新厂5.5亿元。"""


@pytest.mark.parametrize(
    ("whole", "more", "binding"), [("15.1", "", True), ("17.9", "", True), ("17.9", "，其他3家", False)]
)
def test_parts_that_make_up_their_whole_elsewhere_do_so_here(whole: str, more: str, binding: bool) -> None:
    rows = [
        one for one in relations(TITLE + ELSEWHERE.format(whole=whole, more=more)) if one[0].literal == whole
    ]
    assert [(one[0].binding, one[0].sure) for one in rows] == [
        (binding, "inferred" if binding else "certain")
    ]


@pytest.mark.parametrize(
    ("again", "binding"), [("", False), ("\n全县偿还贷款2.8亿元，其中：老厂1.7亿元，新厂1.1亿元。", True)]
)
def test_two_parts_are_all_only_where_the_text_shows_it_twice(again: str, binding: bool) -> None:
    rows = [one for one in relations(TITLE + TWO_ELSEWHERE.format(again=again)) if one[0].literal == "17.9"]
    assert [one[0].binding for one in rows] == [binding]


def test_a_list_of_years_goes_on_to_that_of_the_whole() -> None:
    text = "云岭市发展规划（2023-2025年）\n新增企业90家，其中2023年20家、2024年30家、2025年40家。"
    assert [[row.literal for row in one] for one in relations(text)] == [["90", "20", "30", "40"]]
