"""What of a Word file is text, in what order, and that every character is where its place says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from audit.documents.docx.body import paragraphs_of
from audit.documents.docx.counting import written
from audit.documents.docx.runs import paragraph_runs, run_text
from audit.documents.model import RunPlace, SourceDocument
from audit.documents.opening import read_document
from tests.documents.word import cell, paragraph, row, run, table, word_file


def read(folder: Path, body: str, **parts: str) -> SourceDocument:
    path = folder / "plan.docx"
    path.write_bytes(word_file(body, **parts))
    return read_document(path)


def lines(document: SourceDocument) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def assert_places_hold(document: SourceDocument) -> None:
    """Every segment's characters stand in the run that its place names."""
    with zipfile.ZipFile(document.path) as archive:
        for segment in document.segments:
            place = segment.place
            assert isinstance(place, RunPlace)
            paragraphs = paragraphs_of(etree.fromstring(archive.read(place.part)))
            text = run_text(list(paragraph_runs(paragraphs[place.paragraph]))[place.run])
            found = text[place.offset : place.offset + segment.end - segment.start]
            assert found == document.text[segment.start : segment.end]


def test_insertions_count_and_deletions_do_not(tmp_path: Path) -> None:
    body = paragraph(
        "达到",
        '<w:del w:id="1" w:author="a"><w:r><w:delText>20</w:delText></w:r></w:del>',
        f'<w:ins w:id="2" w:author="a">{run("30")}</w:ins>',
        f'<w:moveFrom w:id="3" w:author="a">{run("旧")}</w:moveFrom>',
        "家",
    )
    document = read(tmp_path, body)
    assert document.text == "达到30家\n"
    assert_places_hold(document)


def test_a_paragraph_whose_mark_is_deleted_joins_the_next(tmp_path: Path) -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    document = read(tmp_path, paragraph("产值达到1", properties=gone) + paragraph("50亿元"))
    assert lines(document) == ["产值达到150亿元"]


def test_a_deleted_paragraph_takes_no_number(tmp_path: Path) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    deleted = "<w:r><w:delText>旧条</w:delText></w:r>"
    body = (
        paragraph("甲", properties=numbered)
        + paragraph(
            f'<w:del w:id="1" w:author="a">{deleted}</w:del>',
            properties=f'{numbered}<w:rPr><w:del w:id="2" w:author="a"/></w:rPr>',
        )
        + paragraph("乙", properties=numbered)
    )
    assert lines(read(tmp_path, body, numbering=CHINESE_LIST)) == ["一、甲", "二、乙"]


CHINESE_LIST = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def item(text: str, level: int, instance: int = 1) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>'
    return paragraph(text, properties=numbered)


def test_numbers_that_word_makes_stand_in_the_text(tmp_path: Path) -> None:
    body = (
        item("总体要求", 0)
        + item("目标", 1)
        + item("5万家企业。", 2)
        + item("6万家企业。", 2)
        + item("任务", 1)
        + item("1万家企业。", 2)
        + item("保障", 0)
        + item("组织", 1)
        + item("附则", 0, 2)
    )
    document = read(tmp_path, body, numbering=CHINESE_LIST)
    assert lines(document) == [
        "一、总体要求",
        "（一）目标",
        "1. 5万家企业。",
        "2. 6万家企业。",
        "（二）任务",
        "1. 1万家企业。",
        "二、保障",
        "（一）组织",
        "五、附则",
    ]
    assert [block.number for block in document.blocks][:3] == ["一、", "（一）", "1."]
    assert [block.level for block in document.blocks][:3] == [1, 2, None]
    assert_places_hold(document)


def test_a_style_gives_heading_depth_and_number(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="mine"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="第%1章"/><w:pStyle w:val="1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = (
        paragraph("某区规划", properties='<w:pStyle w:val="T"/>')
        + paragraph("总则", properties='<w:pStyle w:val="1"/>')
        + paragraph("目标", properties='<w:pStyle w:val="2"/>')
    )
    document = read(tmp_path, body, styles=styles, numbering=numbering)
    assert lines(document) == ["某区规划", "第1章总则", "第2章目标"]
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("heading", 0),
        ("heading", 1),
        ("heading", 1),
    ]


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (15, "chineseLegalSimplified", "壹拾伍"),
        (10, "ideographDigital", "一〇"),
        (3, "ideographTraditional", "丙"),
        (14, "lowerRoman", "xiv"),
        (28, "upperLetter", "BB"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (7, "decimalZero", "07"),
        (7, "somethingNew", "7"),
    ],
)
def test_counting_formats(number: int, style: str, expected: str) -> None:
    assert written(number, style) == expected


def test_content_controls_are_read_and_placeholders_are_not(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处')}</w:sdtContent></w:sdt>"
    )
    body = control.format(paragraph("块内30家")) + paragraph("行内", control.format(run("40")), "家", empty)
    document = read(tmp_path, body)
    assert lines(document) == ["块内30家", "行内40家"]
    assert_places_hold(document)


def test_a_table_of_contents_is_no_text(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    body = paragraph("一、总体要求\t3", properties='<w:pStyle w:val="TOC1"/>') + paragraph("正文")
    assert lines(read(tmp_path, body, styles=styles)) == ["正文"]


def test_the_code_of_a_field_is_no_text_and_its_result_is(tmp_path: Path) -> None:
    step = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = paragraph(
        "共",
        step.format("begin"),
        "<w:r><w:instrText>=SUM(1)</w:instrText></w:r>",
        run("9"),
        step.format("separate"),
        run("12"),
        step.format("end"),
        "家",
    )
    assert lines(read(tmp_path, body)) == ["共12家"]


def test_hidden_text_is_no_text(tmp_path: Path) -> None:
    assert lines(read(tmp_path, paragraph("共", run("9", "<w:vanish/>"), "家"))) == ["共家"]


def test_notes_come_last_and_do_not_touch_the_figure(tmp_path: Path) -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    footnotes = f'<w:footnote w:id="2">{paragraph("不含规模以下。")}</w:footnote>'
    document = read(tmp_path, paragraph("企业30", note, "家。") + paragraph("后文"), footnotes=footnotes)
    assert lines(document) == ["企业30家。", "后文", "不含规模以下。"]
    assert document.blocks[-1].kind == "footnote"
    assert_places_hold(document)


def test_raised_digits_do_not_run_into_a_number(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    document = read(
        tmp_path, paragraph("3062.63", run("1", raised), "亿元，10", run("4", raised), "m", run("2", raised))
    )
    assert lines(document) == ["3062.63^1亿元，10^4m2"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    content = f"<w:txbxContent>{paragraph('专栏：新增10家')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wps:wsp>'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = read(tmp_path, paragraph("前", box, "后") + paragraph("下段"))
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("paragraph", "前后"),
        ("text_box", "专栏：新增10家"),
        ("paragraph", "下段"),
    ]
    assert_places_hold(document)


def test_pictures_and_charts_are_told(tmp_path: Path) -> None:
    drawing = "<w:r><w:drawing>{}</w:drawing></w:r>"
    body = paragraph(
        "图", drawing.format("<pic:pic/>"), drawing.format("<pic:pic/>"), drawing.format("<c:chart/>")
    )
    assert [phrase.en for phrase in read(tmp_path, body).unread] == ["2 pictures", "1 chart"]


def test_a_table_keeps_its_merged_cells_and_headers(tmp_path: Path) -> None:
    body = table(
        row(
            cell("指标", properties='<w:vMerge w:val="restart"/>'),
            cell("目标", properties='<w:gridSpan w:val="2"/>'),
        ),
        row(cell("", properties="<w:vMerge/>"), "2024年", "2025年"),
        row(cell("研发", "机构"), "10", "20"),
        row("删去", "1", "2", properties='<w:del w:id="1" w:author="a"/>'),
    )
    document = read(tmp_path, body)
    (found,) = document.tables
    assert (found.rows, found.columns) == (3, 3)
    assert document.text == "指标\t目标\t\n\t2024年\t2025年\n研发\n机构\t10\t20\n"
    assert found.at(1, 0) == found.at(0, 0)
    assert found.at(0, 2) == found.at(0, 1)
    assert [cell.text for cell in found.cells if cell.header] == ["指标", "目标", "2024年", "2025年"]
    assert all(document.text[cell.start : cell.end] == cell.text for cell in found.cells)
    assert_places_hold(document)


def test_a_frame_of_one_cell_is_running_text(tmp_path: Path) -> None:
    document = read(tmp_path, table(row(cell("一、目标", "30家"))))
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "一、目标"),
        ("paragraph", "30家"),
    ]


texts = st.text(st.sampled_from("研发机构30.5亿元，2019 a"), max_size=8)
runs = st.one_of(
    texts.map(run),
    texts.map(lambda text: f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'),
    texts.map(lambda text: f'<w:del w:id="1" w:author="a">{run(text)}</w:del>'),
    st.just("<w:r><w:t>1</w:t><w:tab/><w:br/><w:t>2</w:t></w:r>"),
    texts.map(lambda text: f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"),
)
paragraphs = st.lists(runs, max_size=4).map(lambda some: paragraph(*some))
tables = st.lists(
    st.lists(texts, min_size=1, max_size=3).map(lambda some: row(*some)), min_size=1, max_size=3
).map(lambda some: table(*some))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(paragraphs, tables), min_size=1, max_size=5))
def test_every_character_is_where_its_place_says(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    body = paragraph("头") + "".join(parts)
    document = read(tmp_path_factory.mktemp("docx"), body)
    assert_places_hold(document)
    starts = [segment.start for segment in document.segments]
    assert starts == sorted(starts)
    assert all(a.end <= b.start for a, b in zip(document.segments, document.segments[1:], strict=False))
    for block in document.blocks:
        assert block.table or document.text[block.start : block.end].strip()
