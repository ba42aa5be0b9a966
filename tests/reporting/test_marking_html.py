"""The page shows the whole draft with every figure marked, and nothing that a plan says acts on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from audit.documents.model import SourceDocument
from audit.documents.opening import read_document
from audit.model.phrase import Phrase
from audit.reporting.marking import Mark, marks_of
from audit.reporting.marking.html import page
from audit.reporting.marking.marks import State
from tests.reporting.marked_draft import DRAFT, ID, report_on


def shown(document: SourceDocument) -> html.HtmlElement:
    return html.document_fromstring(page(document, ID, marks_of(report_on(document), ID), language="zh"))


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "txt"])
def test_every_figure_is_marked_and_the_text_is_whole(suffix: str) -> None:
    document = read_document(DRAFT / f"draft.{suffix}")
    root = shown(document)
    marks = root.xpath("//main//mark")
    assert [(one.text_content(), one.get("class").split()[0]) for one in marks] == [
        (document.text[one.start : one.end], one.state) for one in marks_of(report_on(document), ID)
    ]
    text = "".join("".join(one.itertext()) for one in root.find_class("text"))
    assert "".join(text.split()) == "".join(document.text.split())


def test_findings_are_told_beside_the_text_and_linked_both_ways() -> None:
    root = shown(read_document(DRAFT / "draft.docx"))
    targets = [one.get("href") for one in root.xpath("//main//a")]
    identities = {f"#{one.get('id')}" for one in root.xpath("//*[@id]")}
    assert targets
    assert set(targets) <= identities
    notes = [one.text_content() for one in root.xpath("//aside")]
    assert len(notes) == 7
    assert sum("同一目标两处不一致" in note for note in notes) == 2
    (parts,) = [note for note in notes if "各部分之和大于总数" in note]
    assert all(
        figure in parts for figure in ("总数 120家", "青石街道 45家", "柳湾街道 38家", "临港新城 47家")
    )


def test_tables_keep_their_merged_cells() -> None:
    root = shown(read_document(DRAFT / "draft.docx"))
    spans = [
        (one.text_content(), one.get("rowspan"), one.get("colspan")) for one in root.xpath("//table[1]//th")
    ]
    assert spans[:4] == [("指标", "2", None), ("单位", "2", None), ("2023年", "2", None), ("目标", None, "3")]


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> & \"' {{ 7*7 }} \u202e30家\x1b[31m"


def test_what_a_plan_says_is_inert(tmp_path: Path) -> None:
    path = tmp_path / "<b>.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    document = read_document(path)
    text = page(document, ID, [], language="en")
    root = html.document_fromstring(text)
    assert not root.xpath("//script | //img | //b[not(ancestor::ul)]")
    assert not set("\u202e\x1b") & set(text)
    assert "{{ 7*7 }}" in root.text_content()


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>30家</p><img src=a.png>", encoding="utf-8")
    text = page(read_document(path), ID, [], language="en")
    assert "1 picture" in text


states: st.SearchStrategy[State] = st.sampled_from(("finding", "waived", "agreed", "untested"))


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.sampled_from("研发30.5 <&\n\t"), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), states), max_size=6),
)
def test_marks_that_overlap_never_lose_text(
    tmp_path_factory: pytest.TempPathFactory, text: str, spans: list[tuple[int, int, State]]
) -> None:
    path = tmp_path_factory.mktemp("page") / "a.txt"
    path.write_text("头" + text, encoding="utf-8")
    document = read_document(path)
    marks = sorted(
        (
            Mark(start, start + length, state, None, None, Phrase("", ""), ())
            for start, length, state in spans
            if start + length <= len(document.text)
        ),
        key=lambda one: (one.start, one.end),
    )
    root = html.document_fromstring(page(document, ID, marks, language="zh"))
    told = "".join("".join(one.itertext()) for one in root.find_class("text"))
    assert "".join(told.split()) == "".join(document.text.split())
