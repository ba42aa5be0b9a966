import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.reporting.markdown import code, escape, render
from tests.reporting.sample import HOSTILE, sample


def test_findings_come_with_their_figures_and_relation() -> None:
    text = render(sample(), language="zh")
    assert "**90 ≠ 50 + 30 = 80   差额 +10 家**" in text
    assert "| 南区 | 50家 |  | 三(二)阶段目标2022 | `研发机构达到50家` |" in text


def test_every_table_row_has_as_many_cells_as_its_head() -> None:
    for block in render(sample(), language="en", all_checks=True).split("\n\n"):
        if block.startswith("|"):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_hostile_words_stay_words() -> None:
    text = render(sample(), language="en", all_checks=True)
    outside_code = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    assert "<script" not in outside_code
    assert "<img" not in outside_code
    assert "](javascript" not in outside_code.replace(r"\](", "")
    assert not re.search(r"^# head", text, re.MULTILINE)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_code_span_closes_where_it_should(text: str) -> None:
    span = code(text)
    fence = re.match("`+", span)
    assert fence and span.endswith(fence[0])
    assert not re.search(rf"(?<!`){fence[0]}(?!`)", span[len(fence[0]) : -len(fence[0])])
    assert "\n" not in span


@given(st.text())
def test_escaping_leaves_no_markup(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*(?<!\\)[`*_|\[]", shown)
    assert "<" not in shown.replace("<!-- -->", "")
    assert "\n" not in shown


@pytest.mark.parametrize("start", ["# a", "- a", "1. a", "> a", "+ a", "=== a", "12) a"])
def test_no_block_begins_at_the_start_of_a_line(start: str) -> None:
    assert "\\" in escape(start)
