"""What the words of figures tell: the name by which they call the indicator, and whether less is wanted."""

from __future__ import annotations

from audit.engine.frames import Table
from audit.model.codes import CodeList, Member
from audit.model.text_frame import TextFrame
from audit.workspace.figure_words import with_words

CODES = CodeList.of("indicator", (Member("甲型企业", None, ("企业", "甲企业")), Member("其他")))


def nouns(*rows: tuple[str, str | None, str | None], codes: CodeList | None = CODES) -> list[str | None]:
    frame = TextFrame.of_rows(("indicator", "evidence", "noun"), rows)
    return list(with_words(Table("targets", frame), codes).frame["noun"])


def test_the_noun_is_the_longest_name_of_the_indicator_in_the_evidence() -> None:
    found = nouns(
        ("甲型企业", "甲型企业达到5家", None), ("甲型企业", "甲企业5家", None), ("甲型企业", "企业5家", None)
    )
    assert found == ["甲型企业", "甲企业", "企业"]


def test_a_noun_that_is_there_stays_and_one_that_stands_nowhere_is_blank() -> None:
    found = nouns(("甲型企业", "企业5家", "小企业"), ("其他", "甲型企业5家", None), ("没有", "企业5家", None))
    assert found == ["小企业", None, None]


def test_without_a_code_list_or_evidence_nothing_is_told() -> None:
    assert nouns(("甲型企业", None, None)) == [None]
    assert nouns(("甲型企业", "企业5家", None), codes=None) == [None]


def test_what_is_meant_to_fall_is_told_where_no_reviewer_has_said_it() -> None:
    columns = ("indicator", "bound", "evidence", "literal", "aim")
    rows = (
        ("失业率", "exact", "失业率5%", "5", None), ("失业率", "exact", "失业率5%", "5", "rise"),
        ("用地", "at_most", "用地86平方公里以内", "86", None), ("企业", "exact", "企业86家", "86", None),
    )  # fmt: skip
    figures = Table("targets", TextFrame.of_rows(columns, rows))
    assert list(with_words(figures, None).frame["aim"]) == ["fall", "rise", "fall", None]
