"""Every numeral of a document is told of: read as a figure, or left out for a reason, or unreadable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.extraction import account, extract
from audit.model.report import Reading


def reading(text: str) -> Reading:
    return extract(f"青禾市产业发展规划\n\n{text}\n").reading


def reasons(text: str) -> dict[str, int]:
    return {one.why: one.count for one in reading(text).left_out}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("根据2024年的安排推进工作。", account.DATE),
        ("会议于3月5日召开。", account.DATE),
        ("依据青政发〔2024〕16号执行。", account.DOCUMENT),
        ("第12届大会召开。", account.ORDINAL),
        ("见表3。", account.ORDINAL),
        ("推广5G应用。", account.NAMED),
        ("联系电话：0411-83670000。", account.CONTACT),
        ("The county will build 1,200 affordable homes.", account.FOREIGN),
    ],
)
def test_what_is_no_figure_is_told_with_its_reason(text: str, why: str) -> None:
    assert reasons(text).keys() == {why}


def test_figures_are_told_as_read() -> None:
    found = reading("到2026年，产值达到100亿元，企业达到三百五十家。")
    assert (found.numerals, found.read) == (3, 2)


def test_cells_that_hold_no_number_are_told_with_their_place() -> None:
    found = reading("表1 指标\n区域\t产值（亿元）\n东区\t3..5\n西区\t-\n南区\t4\n北区\t5\n")
    assert [(one.place, one.text) for one in found.unreadable] == [
        ("表1指标：东区／产值(亿元)", "3..5"), ("表1指标：西区／产值(亿元)", "-"),
    ]  # fmt: skip


def test_english_is_refused_and_not_read_wrongly() -> None:
    found = extract(
        "By 2028 the county will build 1,200 affordable homes: 400 in East District and 500 in West District.\n"
    )
    assert found.figures == () and found.relations == ()


def test_a_table_in_english_is_refused() -> None:
    found = extract("Budget\n\nItem\tRevenue\tSpending\nRoads\t10\t20\nWater supply\t30\t40\n")
    assert found.figures == () and found.reading.read == 0


_PIECES = st.sampled_from(
    ["到2026年，", "产值达到100亿元。", "第3条", "推广5G。", "企业30家，", "1.2倍", "3-5家", "12", "\n", "abc", "三百家",
     "指标\t2025年\n甲\t5\n乙\t..7\n"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=12))
def test_what_is_read_and_left_out_makes_up_all_numerals(pieces: list[str]) -> None:
    found = extract("".join(pieces)).reading
    assert found.numerals == found.read + sum(one.count for one in found.left_out)
