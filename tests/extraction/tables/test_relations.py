"""What the structure of a table ties together, and what it leaves open."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.extraction import extract
from audit.numbers.reading import written_step

Shape = tuple[str, bool, str, str]


def table(text: str) -> str:
    """A table in text: a row a line, its cells between bars."""
    rows = [line.split("|") for line in text.splitlines()]
    return "\n".join("\t".join(row) for row in rows) + "\n"


def shapes(text: str, caption: str = "表1（单位：万元）") -> list[Shape]:
    """Every relation: kind, binding, how sure, and its figures as `whole=a+b`."""
    found = extract(f"青禾市2025年预算报告\n\n{caption}\n{table(text)}").relations
    told = []
    for _, group in groupby(found, key=lambda row: row.relation):
        rows = list(group)
        figures = " ".join(f"{row.role}:{row.literal}" for row in rows)
        told.append((rows[0].kind, rows[0].binding, rows[0].sure, figures))
    return told


def sums(text: str, **options: str) -> list[tuple[bool, str, str]]:
    """The sums alone, written as `whole = part + part`."""
    found = []
    for kind, binding, sure, figures in shapes(text, **options):
        if kind == "sum":
            whole, *parts = (figure.split(":")[1] for figure in figures.split())
            found.append((binding, sure, f"{whole} = {' + '.join(parts)}"))
    return found


ROWS = {
    "a total at the end": (
        "项目|金额\n甲|30\n乙|70\n合计|100",
        [(True, "certain", "100 = 30 + 70")],
    ),
    "a total at the start": (
        "项目|金额\n合计|100\n甲|30\n乙|70",
        [(True, "certain", "100 = 30 + 70")],
    ),
    "subtotals before and after their rows, and their total": (
        "项目|金额\n一、税收|60\n二、非税|40\n本级收入小计|100\n转移性收入小计|50\n返还收入|20\n上年结余|30\n收入合计|150",
        [
            (True, "inferred", "100 = 60 + 40"), (True, "inferred", "50 = 20 + 30"),
            (True, "certain", "150 = 100 + 50"),
        ],
    ),
    "a total over several divisions, each under its heading": (
        "项目|金额\n收入合计|100\n分产品|\n甲|30\n乙|70\n分地区|\n东部|40\n西部|60",
        [(True, "certain", "100 = 30 + 70"), (True, "certain", "100 = 40 + 60")],
    ),
    "classes that hold one another": ("账龄|金额\n1年以内|50\n1至2年|30\n3年以上|20\n3至4年|15\n合计|100", []),
    "totals that hold one another": (
        "项目|金额\n应付|10\n短借|20\n流动负债合计|30\n长期借款|5\n预计负债|15\n非流动负债合计|20\n负债合计|50\n股本|40\n公积|12\n权益合计|52\n"
        "负债和权益总计|102",
        [
            (True, "inferred", "30 = 10 + 20"), (True, "inferred", "20 = 5 + 15"),
            (True, "certain", "50 = 30 + 20"), (True, "certain", "52 = 40 + 12"),
            (True, "inferred", "102 = 50 + 52"),
        ],
    ),
    "steps of a reckoning": ("项目|金额\n三、营业利润|75\n加：营业外收入|3\n减：营业外支出|2\n四、利润总额|76", []),
    "what comes in, what goes out, and the difference": (
        "项目|金额\n现金流入小计|145\n现金流出小计|168\n现金流量净额|-23\n现金净增加额|9",
        [],
    ),
    "costs of which gains are taken off": ("项目|金额\n财务费用|10\n其中：利息费用|15\n利息收入|5", []),
    "an amount in brackets, below zero": ("项目|甲|乙|合计\n净头寸|31|(4)|27", []),
    "a total with a dash for its second name": (
        "姓名|职务|数量\n甲|经理|30\n乙|董事|70\n合计|/|100",
        [(True, "certain", "100 = 30 + 70")],
    ),
    "additions to an account under no number": (
        "项目|金额\n一、税收收入|60\n二、非税收入|40\n专项收入|30\n罚没收入|10\n上级补助收入|20\n上年结转|5\n收入总计|125",
        [(True, "inferred", "40 = 30 + 10"), (True, "certain", "125 = 60 + 40 + 20 + 5")],
    ),
    "the income of an account that may sum the numbered rows": (
        "项目|金额\n一、税收收入|60\n二、非税收入|40\n专项收入|30\n罚没收入|10\n一般公共预算收入|100\n上年结转|5\n收入总计|105",
        [(True, "inferred", "40 = 30 + 10")],
    ),
    "a row that is followed by what it is known to be made of": (
        "项目|金额\n一般公共预算收入|60\n上级补助收入|40\n返还性收入|3\n一般性转移支付|30\n专项转移支付|7\n收入总计|100",
        [(True, "certain", "40 = 3 + 30 + 7"), (True, "certain", "100 = 60 + 40")],
    ),
    "items between rows that are all of something": (
        "项目|金额\n税收收入|60\n增值税|40\n契税|20\n非税收入|40\n罚没收入|40\n收入合计|100",
        [],
    ),
    "numbers make levels": (
        "项目|金额\n一、本年收入|90\n1.保险费|60\n2.补贴|30\n二、本年支出|80\n1.待遇|50\n2.转移|30",
        [(True, "certain", "90 = 60 + 30"), (True, "certain", "80 = 50 + 30")],
    ),
    "rows without a number below one with": (
        "项目|金额\n一、利润收入|90\n金融企业|60\n工业企业|30\n二、股利收入|80\n控股公司|50\n参股公司|30\n合计|170",
        [
            (True, "inferred", "90 = 60 + 30"), (True, "inferred", "80 = 50 + 30"), (True, "certain", "170 = 90 + 80"),
        ],
    ),
    "rows without a number beside and below numbered ones": (
        "项目|金额\n存款|100\n1.住户|60\n2.企业|40\n贷款|500\n1.住户|300\n消费|200\n住房|150\n2.企业|200",
        [],
    ),
    "codes make levels": (
        "科目编码|科目名称|金额\n501|工资|90\n50101|基本工资|60\n50102|津贴|30\n502|办公|20\n50201|水费|12\n50202|电费|8\n|合计|110",
        [
            (True, "certain", "90 = 60 + 30"), (True, "certain", "20 = 12 + 8"), (True, "certain", "110 = 90 + 20"),
        ],
    ),
    "a part under 其中 is at most its whole": (
        "指标|金额\n支出|100\n其中：教育|60\n收入|90\n其中：税收|50",
        [(False, "certain", "100 = 60")],
    ),
    "the same part again is a part of the row above it": (
        "指标|金额\n投资|100\n其中：住宅|60\n销售|90\n其中：住宅|70",
        [(False, "certain", "100 = 60"), (False, "certain", "90 = 70")],
    ),
    "the same part after rows of which it is open what they are is left alone": (
        "指标|金额\n出口额|100\n其中：一般贸易|60\n加工贸易|30\n其中：机电产品|50\n进口额|80\n其中：一般贸易|40\n加工贸易|20\n"
        "其中：机电产品|30",
        [(False, "certain", "100 = 60"), (False, "certain", "80 = 40")],
    ),
    "rows after a row that says 其中 alone are left alone": (
        "类别|人数\n总计|500\n工业|300\n其中：|\n国营|200\n集体|100\n商业|200\n其中：|\n国营|150",
        [],
    ),
    "known divisions are complete, one after the other": (
        "指标|人数（万人）\n常住人口|200\n其中：城镇|120\n乡村|80\n其中：男性|101\n女性|99\n其中：0-15岁|40\n16-59岁|110\n60岁及以上|50",
        [
            (True, "certain", "200 = 120 + 80"), (True, "certain", "200 = 101 + 99"),
            (True, "certain", "200 = 40 + 110 + 50"),
        ],
    ),
    "rows set in are each at most the row above": (
        "项目|金额\n支出|100\n　　教育|60\n　　卫生|50\n收入|90",
        [(False, "certain", "100 = 60"), (False, "certain", "100 = 50")],
    ),
    "rows set in below 其中 are parts too, together most likely at most the whole": (
        "项目|金额\n财政支出|100\n其中：教育|60\n      卫生|50",
        [(False, "certain", "100 = 60"), (False, "certain", "100 = 50"), (False, "inferred", "100 = 60 + 50")],
    ),
    "names in the middle of their cells are not set in": (
        "项目|金额\n十种有色金属|23\n    白酒|77\n     锌|21",
        [],
    ),
    "nothing is taken away in a sum": ("项目|金额\n甲|30\n减：乙|70\n合计|100", []),
    "units differ": ("项目|单位|数量\n甲|家|30\n乙|万元|70\n合计|家|100", []),
    "averages do not add up": ("项目|人均收入（元）\n甲|30\n乙|70\n合计|100", []),
    "rates do not add up": ("项目|增长%\n甲|30\n乙|70\n合计|100", []),
    "a cell that cannot be read leaves the sum open": (
        "项目|金额\n甲|30\n乙|3..5\n丙|20\n合计|100",
        [(False, "certain", "100 = 30 + 20")],
    ),
    "one blank cell leaves the sum open": (
        "项目|金额|人数（人）\n甲|30|3\n乙||4\n丙|20|5\n丁|25|6\n合计|100|18",
        [(False, "certain", "100 = 30 + 20 + 25"), (True, "certain", "18 = 3 + 4 + 5 + 6")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_rows_that_make_up_a_row(name: str) -> None:
    text, expected = ROWS[name]
    assert sums(text) == expected


COLUMNS = {
    "a column of totals": (
        "项目|2024年|2025年|合计\n甲|30|70|100",
        [("sum", True, "certain", "whole:100 part:30 part:70")],
    ),
    "growth between two years": (
        "项目|2024年决算数|2025年预算数|增长%\n甲|50|60|20",
        [("growth", True, "certain", "rate:20 level:60 base:50")],
    ),
    "growth at constant prices": ("项目|2024年|2025年|增长%\n地区生产总值|50|60|15", []),
    "growth to a year that is not there": ("项目|2025年|增长%\n甲|60|20", []),
    "growth from either of two columns": ("项目|2024年预算数|2024年执行数|2025年预算数|增长%\n甲|40|50|60|20", []),
    "growth from the column that the head names": (
        "项目|2024年预算数|2024年执行数|2025年预算数|比上年执行数增长%\n甲|40|50|60|20",
        [("growth", True, "certain", "rate:20 level:60 base:50")],
    ),
    "growth between the first two of years that run back": (
        "项目|2025年|2024年|本年比上年增减%|2023年\n甲|60|50|20|40",
        [("growth", True, "certain", "rate:20 level:60 base:50")],
    ),
    "how far one share is from another": ("项目|2025年|2024年|增减%\n收益率（%）|7.8|9.1|-1.3", []),
    "a total of columns under groups without totals": (
        "项目|自然人|法人|法人|总计\n|自然人|企业|机构|总计\n新收|30|15|5|50",
        [("sum", True, "certain", "whole:50 part:30 part:15 part:5")],
    ),
    "columns that are taken off": ("项目|股本|减：库存股|分部抵销|合计\n余额|50|5|3|42", []),
    "a change beside its levels": (
        "项目|2024年|2025年|增减额\n甲|50|60|10",
        [("sum", True, "certain", "whole:60 part:50 part:10")],
    ),
    "a change does not add up to a level": (
        "项目|余额|比年初增加额\n甲|50|5\n乙|60|6\n合计|110|11",
        [("sum", True, "certain", "whole:110 part:50 part:60")],
    ),
    "what was done of the budget": (
        "项目|预算数|执行数|完成预算%\n甲|50|45|90",
        [("share", True, "certain", "share:90 part:45 whole:50")],
    ),
    "shares of the total": (
        "项目|金额|比重（%）\n甲|30|30\n乙|70|70\n合计|100|100",
        [
            ("share", True, "certain", "share:30 part:30 whole:100"),
            ("share", True, "certain", "share:70 part:70 whole:100"),
            ("sum", True, "certain", "whole:100 part:30 part:70"),
        ],
    ),
    "shares of something else": ("项目|金额|占全省比重（%）\n甲|30|3\n乙|70|7", []),
    "columns under 其中": (
        "项目|支出|其中：教育\n甲|30|20",
        [("sum", False, "certain", "whole:30 part:20")],
    ),
    "a number in brackets is the change over all years": (
        "指标|2020年|2025年|年均增长〔累计〕\n森林覆盖率（%）|40|42|〔2〕\n新增就业（万人）|5|5|〔25〕",
        [("sum", True, "certain", "whole:42 part:40 part:2")],
    ),
    "a yearly rate is that between the two years, but for what grows at constant prices": (
        "指标|2020年|2025年|年均增长\n研发经费（亿元）|20|30|8.4%\n地区生产总值（亿元）|20|30|8.4%",
        [("average", True, "inferred", "level:30 base:20 rate:8.4")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_that_say_the_same(name: str) -> None:
    text, expected = COLUMNS[name]
    assert sorted(shapes(text)) == sorted(expected)


def test_income_and_outgo_side_by_side_come_to_the_same() -> None:
    text = "收入|金额|支出|金额\n税收|60|教育|50\n非税|40|卫生|50\n收入总计|100|支出总计|100"
    assert (True, "certain", "100 = 100") in sums(text)


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=6), st.integers(-(10**7), 10**7))
def test_no_number_decides_what_is_tied(parts: list[int], off: int) -> None:
    """The same rows are tied whether the total is right, slightly wrong or grossly wrong."""
    rows = "".join(f"{name}|{part}\n" for name, part in zip("甲乙丙丁戊己", parts, strict=False))
    total = abs(sum(parts) + off)
    assert sums(f"项目|金额\n{rows}合计|{total}") == [
        (True, "certain", f"{total} = {' + '.join(map(str, parts))}")
    ]


def test_what_a_row_of_a_relation_writes_is_what_it_gives() -> None:
    """A part in another unit than its whole, and a former level that is deduced, are told as the numbers they are."""
    text = "青禾市2025年公报\n\n全年产值1亿元，其中甲区3000万元、乡镇7000万元。粮食产量120万吨，比上年增加20万吨，增长20.0%。\n"
    for row in extract(text).relations:
        ends = (row.low, row.high) if row.value is None else (row.value,)
        assert written_step(row.literal, row.unit, row.value, row.low, row.high) is not None, (
            row.literal,
            ends,
        )


@pytest.mark.parametrize(
    ("caption", "unit"), [("单位：亿元、%", "亿元"), ("单位：所、万人", None), ("单位：%", "%")]
)
def test_a_caption_with_several_units_leaves_open_whose_each_is(caption: str, unit: str | None) -> None:
    rows = table("项目|数量|增长\n甲|40|5\n乙|41|6")
    found = extract(f"青禾市2025年统计公报\n\n表1 学校\n{caption}\n{rows}").figures
    assert {f.unit for f in found if f.literal in ("40", "41")} == {unit}
