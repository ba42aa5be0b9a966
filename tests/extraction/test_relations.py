"""Relations that the words tie, and those they leave open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.extraction import extract
from audit.model.relation import Relation


def _relations(text: str) -> dict[str, list[Relation]]:
    groups: dict[str, list[Relation]] = {}
    for row in extract(text).relations:
        groups.setdefault(row.relation, []).append(row)
    return groups


def _shapes(text: str) -> list[tuple[str, bool, list[tuple[str, str]]]]:
    return [
        (rows[0].kind, rows[0].binding, [(r.role, r.literal) for r in rows])
        for rows in _relations(text).values()
    ]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("企业120家，其中A类45家、B类38家。", ("sum", False, [("whole", "120"), ("part", "45"), ("part", "38")])),
        ("收入10亿元，其中税收收入6亿元、非税收入4亿元。",
         ("sum", True, [("whole", "10"), ("part", "6"), ("part", "4")])),
        ("奖牌60枚（金牌21枚、银牌19枚、铜牌20枚）。",
         ("sum", True, [("whole", "60"), ("part", "21"), ("part", "19"), ("part", "20")])),
        ("市级资金2.4亿元、区级资金3.1亿元，合计安排资金6.5亿元。",
         ("sum", True, [("whole", "6.5"), ("part", "2.4"), ("part", "3.1")])),
        ("本级收入50亿元。加上补助收入30亿元、调入资金5亿元后，总收入85亿元。",
         ("sum", True, [("whole", "85"), ("part", "50"), ("part", "30"), ("part", "5")])),
        ("产值360亿元，占工业总产值800亿元的50%。",
         ("share", True, [("part", "360"), ("whole", "800"), ("share", "50")])),
        ("余额6120.0亿元，比年初增加408.2亿元，增长7.1%。",
         ("increase", True, [("level", "6120.0"), ("change", "408.2"), ("rate", "7.1")])),
        ("成交额由15亿元翻一番，达到36亿元。",
         ("multiple", True, [("level", "36"), ("base", "15"), ("times", "翻一番")])),
        ("企业按规模分，大型、中型、小微企业占比分别为15%、30%、65%。",
         ("hundred", True, [("part", "15"), ("part", "30"), ("part", "65")])),
        ("2020年，研发投入20亿元。到2023年，研发投入26亿元，比2020年增长25%。",
         ("growth", True, [("level", "26"), ("base", "20"), ("rate", "25")])),
        ("重点工程投资1092.8亿元。\n固定资产投资2651.9亿元，大项目投资1126.6亿元，占投资42.5%。", None),
        ("按地域分，城镇实现70亿元，乡村实现30亿元。", None),
        ("零售总额100亿元。按地域分，城镇实现70亿元，乡村实现30亿元。",
         ("sum", True, [("whole", "100"), ("part", "70"), ("part", "30")])),
        ("2024—2026年引进人才90名，其中2024年25名、2025年30名、2026年35名。",
         ("sum", True, [("whole", "90"), ("part", "25"), ("part", "30"), ("part", "35")])),
    ],
)  # fmt: skip
def test_what_the_words_tie(text: str, shape: tuple[str, bool, list[tuple[str, str]]] | None) -> None:
    assert _shapes(text) == ([] if shape is None else [shape])


def test_a_balance_makes_income_the_sum_of_outgo_and_rest() -> None:
    shapes = _shapes("本级总收入100亿元。本级总支出90亿元。收支相抵，结转10亿元。")
    assert shapes == [("sum", True, [("whole", "100"), ("part", "90"), ("part", "10")])]


def test_total_rows_and_columns_of_a_table_bind() -> None:
    text = "表3（单位：万元）\n项目\t2024年\t2025年\t合计\n补助\t40\t45\t85\n平台\t60\t70\t130\n合计\t100\t115\t215\n"
    sums = [rows for kind, binding, rows in _shapes(text) if kind == "sum" and binding]
    assert [("whole", "100"), ("part", "40"), ("part", "60")] in sums
    assert [("whole", "85"), ("part", "40"), ("part", "45")] in sums


@pytest.mark.parametrize(
    "text",
    [
        "居民人均收入3万元，其中城镇4万元、农村2万元。",
        "余额50亿元，比年初增加4亿元，同比增长20%。",
        "民生支出25亿元，占全国支出的1%。",
        "等四大产业，其中六大领域。",
        "加上补助收入后，总收入85亿元。",
    ],
)
def test_what_is_not_tied_is_left_alone(text: str) -> None:
    assert _shapes(text) == []


def test_one_relation_has_one_unit() -> None:
    (rows,) = _relations("余额6120.0亿元，比年初增加408.2元，增长7.1%。").values()
    level, change, rate = rows
    assert (level.unit, change.unit, rate.unit) == ("亿元", "亿元", "%")
    assert change.value == Decimal("408.2") / 10**8
    assert level.half == Decimal("0.05") and rate.half == Decimal("0.05")


def test_counts_are_exact_and_amounts_rounded() -> None:
    rows = [
        row
        for group in _relations("企业30家，其中A类10家。产值30亿元，其中税收10亿元。").values()
        for row in group
    ]
    assert [row.half for row in rows] == [0, 0, Decimal("0.5"), Decimal("0.5")]
