"""The figure marked is the figure meant, in words that stand in the plan."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.reporting.quotes import Quote, quote
from tests.reporting.sample import figure


@pytest.mark.parametrize(
    ("evidence", "literal", "unit", "before"),
    [
        ("2013年新增3家", "3", "家", "2013年新增"),
        ("第3届大会引进3个项目", "3", "个", "第3届大会引进"),
        ("增长1.5倍到5家", "5", "家", "增长1.5倍到"),
        ("到2020年达到20家，其中20家", "20", "家", "到2020年达到"),
        ("五家", "五", "家", ""),
    ],
)
def test_the_marked_figure_is_the_one_with_its_unit(
    evidence: str, literal: str, unit: str, before: str
) -> None:
    found = quote(figure("南区", "1", evidence=evidence, literal=literal, unit=unit))
    assert (found.before, found.figure) == (before, literal)
    assert str(found) == evidence


def test_the_whole_part_of_the_clause_is_quoted_out_of_the_source() -> None:
    text = "一、目标。到2020年，全市新增企业30家，其中南区20家；北区10家。其他"
    cell = replace(figure("南区", "20"), start=text.index("20家"), end=text.index("20家") + 2)
    assert quote(cell, text) == Quote("到2020年，全市新增企业30家，其中南区", "20", "家")


def test_a_source_that_says_something_else_at_that_place_is_not_quoted() -> None:
    cell = replace(figure("南区", "20"), start=0, end=2)
    assert quote(cell, "别的文本") == quote(cell)


@given(st.text(max_size=400), st.integers(0, 400), st.integers(1, 8), st.integers(5, 60))
def test_a_quote_is_never_longer_than_asked_and_holds_its_figure(
    text: str, at: int, length: int, limit: int
) -> None:
    literal = text[at : at + length]
    cell = replace(figure("南区", "1", literal=literal), start=at, end=at + len(literal))
    found = quote(cell, text, limit)
    assert sum(map(len, found)) <= limit + 3
    assert "\n" not in str(found)
