"""Plain text and markdown: the text is the file, and blocks and tables lie on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.documents.model import FilePlace, SourceDocument
from audit.documents.opening import read_document


def read(folder: Path, text: str, name: str = "plan.txt", encoding: str = "utf-8") -> SourceDocument:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_document(path)


def blocks(document: SourceDocument) -> list[tuple[str, int | None, str]]:
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_text_is_the_file_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "一、目标\n研发机构达到30家，产值１．５亿元。\n"
    assert read(tmp_path, text, encoding=encoding).text == text


def test_headings_and_paragraphs(tmp_path: Path) -> None:
    text = "某区计划\n\n第一章 总则\n　　（一）主要目标\n（二）到2026年达到30家。\n1.5万家企业\n"
    assert blocks(read(tmp_path, text)) == [
        ("paragraph", None, "某区计划"),
        ("heading", 1, "第一章 总则"),
        ("heading", 2, "（一）主要目标"),
        ("paragraph", None, "（二）到2026年达到30家。"),
        ("paragraph", None, "1.5万家企业"),
    ]


def test_markdown_headings_and_tables(tmp_path: Path) -> None:
    text = "# 计划\n## 一、目标\n| 指标 | 2024年 |\n|---|:---:|\n| 研发 \\| 机构 | 30 |\n正文 | 不是表\n"
    document = read(tmp_path, text, "plan.md")
    assert blocks(document)[:2] == [("heading", 1, "计划"), ("heading", 2, "一、目标")]
    (table,) = document.tables
    assert [[cell.text for cell in table.cells if cell.row == row] for row in range(2)] == [
        ["指标", "2024年"],
        ["研发 \\| 机构", "30"],
    ]
    assert [cell.text for cell in table.cells if cell.header] == ["指标", "2024年"]
    assert all(document.text[cell.start : cell.end] == cell.text for cell in table.cells)


def test_lines_with_tabs_are_a_table_and_tabs_that_only_align_make_no_column(tmp_path: Path) -> None:
    text = "指标\t产量\t增长\n粮食\t650.0\t\t17.3\n年末存栏\n大牲畜\t96.9\t\t8.7\n正文\n"
    (table,) = read(tmp_path, text).tables
    rows = [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]
    assert rows == [
        ["指标", "产量", "增长"],
        ["粮食", "650.0", "17.3"],
        ["年末存栏"],
        ["大牲畜", "96.9", "8.7"],
    ]
    assert table.at(2, 2) == table.at(2, 0)
    assert [cell.text for cell in table.cells if cell.header] == ["指标", "产量", "增长"]


def test_blank_fields_hold_their_columns(tmp_path: Path) -> None:
    (table,) = read(tmp_path, "指标\t2024年\t2025年\n甲\t\t5\n乙\t6\t7\n").tables
    five = table.at(1, 2)
    assert five is not None and five.text == "5"


def test_lines_end_with_lf_and_places_point_into_the_file(tmp_path: Path) -> None:
    document = read(tmp_path, "甲\r\n乙30家\r丙\n")
    assert document.text == "甲\n乙30家\n丙\n"
    (segment,) = document.places(3, 5)
    assert segment.place == FilePlace(line=2, offset=4)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("研30.\t|-#\r\n ^一、"), max_size=40))
def test_every_character_is_where_its_place_says(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    source = f"头{text}"
    document = read(tmp_path_factory.mktemp("text"), source, "plan.md")
    assert document.text == source.replace("\r\n", "\n").replace("\r", "\n")
    for at, sign in enumerate(document.text):
        (segment,) = document.places(at, at + 1)
        assert isinstance(segment.place, FilePlace)
        assert source[segment.place.offset] in (sign, "\r")
    for table in document.tables:
        assert all(document.text[cell.start : cell.end] == cell.text for cell in table.cells)


def test_rules_between_bars_alone_are_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("|  --  |\n|  --  |\n+------+\n产量12吨。\n", encoding="utf-8")
    assert read_document(path).tables == ()
