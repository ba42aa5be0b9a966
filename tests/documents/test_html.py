"""What of a web page is text, and that every character is where its place says."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.documents.model import FilePlace, SourceDocument
from audit.documents.opening import read_document
from tests.test_work_budget import allowed


def read(folder: Path, body: str, encoding: str = "utf-8") -> SourceDocument:
    path = folder / "plan.html"
    path.write_bytes(body.encode(encoding))
    return read_document(path)


def lines(document: SourceDocument) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def assert_places_hold(document: SourceDocument, source: str) -> None:
    for segment in document.segments:
        place = segment.place
        assert isinstance(place, FilePlace)
        length = place.reference or segment.end - segment.start
        written = source[place.offset : place.offset + length]
        assert html.unescape(written) == document.text[segment.start : segment.end]
        assert place.line == 1 + source.count("\n", 0, place.offset)


def test_blocks_headings_and_breaks(tmp_path: Path) -> None:
    source = "<html><head><title>网</title></head><body><h1>规划</h1><p>一、目标</p><div>甲<br>乙<p>丙</div>"
    document = read(tmp_path, source)
    assert lines(document) == ["规划", "一、目标", "甲", "乙", "丙"]
    assert [(block.kind, block.level) for block in document.blocks][:3] == [
        ("heading", 1),
        ("heading", 1),
        ("paragraph", None),
    ]
    assert_places_hold(document, source)


def test_blanks_are_brought_together_and_references_resolved(tmp_path: Path) -> None:
    source = "<p>&nbsp;&nbsp;研发\n  机构&#19977;十&#x5BB6;&lt;5 &unknown; A&amp;B\n  plan</p>"
    document = read(tmp_path, source)
    assert lines(document) == ["研发机构三十家<5 &unknown; A&B plan"]
    assert_places_hold(document, source)


def test_scripts_navigation_and_hidden_parts_are_no_text(tmp_path: Path) -> None:
    source = (
        "<nav>首页</nav><script>var a = '9家';</script><style>p{}</style><p>正文<span hidden>9</span>"
        "<span style='DISPLAY: none'>9</span></p><!-- 9 --><footer>备案9号</footer>"
    )
    assert lines(read(tmp_path, source)) == ["正文"]


def test_a_table_keeps_its_spans_and_headers(tmp_path: Path) -> None:
    source = (
        "<table><tr><th rowspan=2>指标<th colspan=2>目标<tr><th>2024年<th>2025年"
        "<tr><td>研发<br>机构<td>10<td>20</table><p>后文"
    )
    document = read(tmp_path, source)
    (table,) = document.tables
    assert (table.rows, table.columns) == (3, 3)
    assert document.text == "指标\t目标\t\n\t2024年\t2025年\n研发\n机构\t10\t20\n后文\n"
    assert table.at(1, 0) == table.at(0, 0)
    assert [cell.text for cell in table.cells if not cell.header] == ["研发\n机构", "10", "20"]
    assert all(document.text[cell.start : cell.end] == cell.text for cell in table.cells)
    assert_places_hold(document, source)


def test_a_table_that_only_lays_out_the_page_is_running_text(tmp_path: Path) -> None:
    source = "<table><tr><td>栏目<td><table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>正文</table>"
    document = read(tmp_path, source)
    assert lines(document) == ["栏目", "甲\t1\n乙\t2", "正文"]


def test_raised_digits_do_not_run_into_a_number(tmp_path: Path) -> None:
    source = "<p>3062.63<sup>1</sup>亿元，企业<sup><a href='#1'>[2]</a></sup>，5km<sup>2</sup></p>"
    assert lines(read(tmp_path, source)) == ["3062.63^1亿元，企业^[2]，5km2"]


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "utf-8"])
def test_the_declared_encoding_is_used(tmp_path: Path, charset: str) -> None:
    source = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>㐀龙镕30家</p>'
    encoding = "gb18030" if charset != "utf-8" else "utf-8"
    assert lines(read(tmp_path, source, encoding)) == ["㐀龙镕30家"]


@pytest.mark.parametrize(
    "broken", ["<a ", "<!-- ", "<a b='", '<a b="', "</a ", "&#1", "<![", "<script>", "<p><!--", "<td>"]
)
def test_a_page_of_broken_tags_is_read_in_step_with_its_length(tmp_path: Path, broken: str) -> None:
    with allowed(5):
        document = read(tmp_path, "<p>机构30家</p>" + broken * 40_000)
    assert "机构30家" in document.text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>甲<!-- 9 --!>乙<!-- 9 -- >丙", ["甲乙丙"]),
        ("<p title='a>b'>甲<b class=\"x>y\">乙</b>", ["甲乙"]),
        ("<P>甲</P ><SCRIPT>var a = '</p>9';</script >乙", ["甲", "乙"]),
        ("<p>3 < 5 & 7 > 6<p>甲</p", ["3 < 5 & 7 > 6", "甲</p"]),
        ("<o:p/>甲<?xml 9?><!DOCTYPE x>乙<![endif]-->丙", ["甲乙丙"]),
        ("<p>&#99999999999;甲&copy乙", ["&#99999999999;甲©乙"]),
    ],
)
def test_tags_comments_and_references_are_told_from_text(
    tmp_path: Path, source: str, shown: list[str]
) -> None:
    assert lines(read(tmp_path, source)) == shown


def test_deep_nesting_is_survived(tmp_path: Path) -> None:
    assert "30家" in read(tmp_path, "<div>" * 20_000 + "30家").text


pieces = st.one_of(
    st.text(st.sampled_from("研发30.5 \n a"), max_size=6),
    st.sampled_from(
        ["<p>", "</p>", "<br>", "&nbsp;", "&#51;", "&amp;", "<b>", "</b>", "<sup>2</sup>", "<div>", "</div>"]
    ),
    st.sampled_from(
        ["<table><tr><td>", "<td>", "<tr><td>", "</table>", "<th colspan=2>", "<!-- x -->", "<", "&"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=20))
def test_every_character_is_where_its_place_says(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    source = "头" + "".join(parts)
    document = read(tmp_path_factory.mktemp("html"), source)
    assert_places_hold(document, source)
    assert all(a.end <= b.start for a, b in zip(document.segments, document.segments[1:], strict=False))
    for table in document.tables:
        assert all(document.text[cell.start : cell.end] == cell.text for cell in table.cells)


SENTENCES = "<p>" + "到2026年，研发机构达到30家。" * 20 + "</p>"


def test_what_a_site_puts_around_a_document_is_no_text(tmp_path: Path) -> None:
    source = (
        "<html><head><title>某区三年行动计划-某区人民政府</title></head><body>"
        "<div class=menu><ul><li><a href=#>首页</a><li><a href=#>政务公开</a></ul></div>"
        f"<div class=main><div class=text><p>某区政府</p>{SENTENCES}<table><tr><td>甲<td>1<tr><td>乙<td>2</table></div>"
        "<div class=side><p>相关阅读，更多</p></div></div><div class=foot>备案2019号，电话0411-12345678</div>"
    )
    document = read(tmp_path, source)
    found = lines(document)
    assert found[0] == "某区三年行动计划"
    assert document.blocks[0].level == 0
    assert found[1] == "某区政府"
    assert found[-1] == "甲\t1\n乙\t2"
    assert_places_hold(document, source)


def test_a_heading_above_the_document_is_its_title(tmp_path: Path) -> None:
    source = f"<body><div><h2>某区三年行动计划</h2><div>{SENTENCES}</div></div><div><a>上一篇</a></div>"
    document = read(tmp_path, source)
    assert lines(document)[0] == "某区三年行动计划"
    assert document.blocks[0].level == 0


def test_header_rows_begin_below_a_caption_and_end_after_the_row_that_numbers_the_columns(
    tmp_path: Path,
) -> None:
    rows = "".join(
        f"<tr>{''.join(f'<td{span}>{text}' for span, text in row)}"
        for row in (
            [(" colspan=3", "附表1")],
            [(" colspan=3", "单位：万元")],
            [("", "项目"), ("", "预算数"), ("", "完成数")],
            [("", ""), ("", "1"), ("", "2=1*3")],
            [("", "收入"), ("", "100"), ("", "98.5")],
        )
    )
    (table,) = read(tmp_path, f"<table>{rows}</table>").tables
    assert {cell.row for cell in table.cells if cell.header} == {0, 1, 2, 3}
