"""A table is proved against its source: a wrong row is found, a right one is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from audit.extraction import extract
from audit.extraction.verification import (
    Sourced,
    verify_citations,
    verify_figures,
    verify_lists,
    verify_mentions,
)
from audit.model.rows import Citation, Figure, Mention, StatedList

TEXT = "到2021年，东港区新建 12 家实验室，收入超过30亿元。落实《港口条例》（港政发〔2020〕7号），建设甲、乙2个码头。"


def _figures() -> list[Figure]:
    return list(extract(TEXT, "port").figures)


def test_what_was_extracted_proves_itself() -> None:
    rows = [Sourced(figure, "port.csv", line) for line, figure in enumerate(_figures(), 2)]
    assert rows and verify_figures(rows, TEXT) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: replace(f, start=f.start + 1), "does not stand at"),
        (lambda f: replace(f, end=999), "not inside the text"),
        (lambda f: replace(f, evidence="别处的话12家"), "is not the text around"),
        (lambda f: replace(f, value=Decimal(13)), "value “13” should be 12"),
        (lambda f: replace(f, low=None), "low should be 12"),
        (lambda f: replace(f, high=Decimal(12), bound="at_least"), "high “12” should be –"),
        (lambda f: replace(f, unit="个"), "unit “个” differs from the text, which has 家"),
        (lambda f: replace(f, bound="at_least", high=None), "bound “at_least” differs from the words"),
    ],
)
def test_a_wrong_figure_is_found_with_its_line(change: Callable[[Figure], Figure], message: str) -> None:
    figure = next(f for f in _figures() if f.literal == "12")
    fault = verify_figures([Sourced(change(figure), "targets/port.csv", 7)], TEXT)[0]
    assert message in str(fault)
    assert str(fault).startswith("targets/port.csv:7: ")


def test_what_is_no_quantity_must_be_followed_by_its_unit() -> None:
    text = "一体两翼，第3届博览会"
    at = text.index("3")
    row = Figure(
        "", "port", None, None, None, "博览会", None, "count", "3", Decimal(3), Decimal(3), Decimal(3), "届",
        "exact", "list_count", "第3届博览会", at, at + 1,
    )  # fmt: skip
    assert verify_figures([Sourced(row, "t.csv", 2)], text) == []
    (fault,) = verify_figures([Sourced(replace(row, unit="家"), "t.csv", 2)], text)
    assert "unit “家” does not follow “3”" in str(fault)


def test_lists_mentions_and_citations_are_proved() -> None:
    at = TEXT.index("2个码头")
    right = StatedList("port", None, "码头", 2, 2, "甲;乙", False, "甲、乙2个码头", at, at + 1)
    assert verify_lists([Sourced(right, "l.csv", 2)], TEXT) == []
    assert len(verify_lists([Sourced(replace(right, stated_count=3), "l.csv", 2)], TEXT)) == 1
    assert len(verify_lists([Sourced(replace(right, listed_count=3), "l.csv", 2)], TEXT)) == 1
    assert len(verify_lists([Sourced(replace(right, items="甲;丙"), "l.csv", 2)], TEXT)) == 1
    name = TEXT.index("东港区")
    body = Mention("port", None, "东港区", "zone", "task", "东港区新建", name, name + 3)
    assert verify_mentions([Sourced(body, "m.csv", 2)], TEXT) == []
    assert len(verify_mentions([Sourced(replace(body, name="西港区"), "m.csv", 2)], TEXT)) == 1
    (cited,) = extract(TEXT, "port").citations
    assert (cited.cited_number, cited.cited_title) == ("港政发〔2020〕7号", "港口条例")
    assert verify_citations([Sourced(cited, "c.csv", 2)], TEXT) == []
    wrong = Citation("port", None, "港政发〔2021〕7号", "港口条例", cited.start, cited.end)
    assert len(verify_citations([Sourced(wrong, "c.csv", 2)], TEXT)) == 1
