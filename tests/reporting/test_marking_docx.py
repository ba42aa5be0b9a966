"""Word comments stand on the exact characters, and nothing else in the file changes."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from audit.documents.docx.names import attribute, name
from audit.documents.docx.runs import run_text
from audit.documents.model import SourceDocument
from audit.documents.opening import read_document
from audit.model.phrase import Phrase
from audit.reporting.marking import Mark, marks_of
from audit.reporting.marking.docx import mark
from tests.documents.word import cell, paragraph, row, run, table, word_file
from tests.reporting.marked_draft import DRAFT, ID, report_on

COMMENT_MARKS = ("w:commentRangeStart", "w:commentRangeEnd")


def found(start: int, end: int) -> Mark:
    """A mark of an open finding."""
    return Mark(start, end, "finding", "violated", "error", Phrase("不符\n另一处", "differs\nthere"), ())


def read(folder: Path, content: bytes) -> SourceDocument:
    path = folder / "plan.docx"
    path.write_bytes(content)
    return read_document(path)


def part(content: bytes, part_name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(part_name)


def commented(content: bytes) -> dict[str, str]:
    """The text inside each comment's range, by the comment's id; text of deletions is not counted."""
    open_ranges: dict[str, str] = {}
    closed: dict[str, str] = {}
    for element in etree.fromstring(part(content, "word/document.xml")).iter():
        identity = attribute(element, "id") or ""
        if name(element) == "w:commentRangeStart":
            open_ranges[identity] = ""
        elif name(element) == "w:commentRangeEnd":
            closed[identity] = open_ranges.pop(identity)
        elif name(element) == "w:r":
            open_ranges = {one: text + run_text(element) for one, text in open_ranges.items()}
    assert not open_ranges
    return closed


def comments(content: bytes) -> dict[str, str]:
    root = etree.fromstring(part(content, "word/comments.xml"))
    return {
        attribute(one, "id") or "": "\n".join("".join(paragraph.itertext()) for paragraph in one)
        for one in root
    }


def without_comments(content: bytes) -> bytes:
    """The main part with comment marks taken out and runs that look the same put together again."""
    root = etree.fromstring(part(content, "word/document.xml"))
    for element in list(root.iter()):
        reference = name(element) == "w:r" and any(name(one) == "w:commentReference" for one in element)
        parent = element.getparent()
        if parent is not None and (reference or name(element) in COMMENT_MARKS):
            parent.remove(element)
    for element in list(root.iter()):
        previous = element.getprevious()
        if name(element) != "w:r" or previous is None or name(previous) != "w:r":
            continue
        if properties(previous) == properties(element):
            kept = [one for one in previous if name(one) != "w:rPr"]
            for one in reversed(kept):
                element.insert(len(properties(element)), one)
            parent = previous.getparent()
            assert parent is not None
            parent.remove(previous)
    for element in list(root.iter()):
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        previous, parent = element.getprevious(), element.getparent()
        if name(element) == "w:t" and previous is not None and parent is not None and name(previous) == "w:t":
            element.text = (previous.text or "") + (element.text or "")
            parent.remove(previous)
    return etree.tostring(root, method="c14n")


def properties(element: etree._Element) -> list[bytes]:
    return [etree.tostring(one, method="c14n") for one in element if name(one) == "w:rPr"]


def test_comments_stand_on_the_exact_characters(tmp_path: Path) -> None:
    content = word_file(paragraph("达到", run("1", "<w:b/>"), run("30家以上", "<w:b/>"), "企业"))
    document = read(tmp_path, content)
    marked = mark(content, document, [found(2, 5), found(3, 6), found(8, 10)], language="zh")
    assert commented(marked) == {"0": "130", "1": "30家", "2": "企业"}
    assert comments(marked) == dict.fromkeys("012", "不符\n另一处")
    assert without_comments(marked) == without_comments(content)


def test_a_comment_over_an_insertion_and_a_deletion(tmp_path: Path) -> None:
    deletion = '<w:del w:id="1" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del>'
    insertion = f'<w:ins w:id="2" w:author="a">{run("30")}</w:ins>'
    content = word_file(paragraph("达到1", deletion, insertion, "家"))
    marked = mark(content, read(tmp_path, content), [found(2, 5)], language="zh")
    assert commented(marked) == {"0": "130"}
    assert without_comments(marked) == without_comments(content)


def test_a_figure_in_a_footnote_or_text_box_is_commented_where_that_hangs(tmp_path: Path) -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    box = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
    content = word_file(
        paragraph("甲", note, "乙", box.format(paragraph("专栏40家"))),
        footnotes=f'<w:footnote w:id="2">{paragraph("含30家")}</w:footnote>',
    )
    document = read(tmp_path, content)
    forty, thirty = document.text.index("40"), document.text.index("30")
    marked = mark(content, document, [found(forty, forty + 2), found(thirty, thirty + 2)], language="en")
    assert [text.splitlines()[0] for text in comments(marked).values()] == ["“40” differs", "“30” differs"]
    root = etree.fromstring(part(marked, "word/document.xml"))
    (outer,) = [one for one in root[0] if name(one) == "w:p"]
    assert [name(one) for one in outer if name(one) in COMMENT_MARKS] == [*COMMENT_MARKS, *COMMENT_MARKS]
    assert part(marked, "word/footnotes.xml") == part(content, "word/footnotes.xml")


def test_comments_of_others_are_kept(tmp_path: Path) -> None:
    body = paragraph(
        '<w:commentRangeStart w:id="7"/>', run("30家"), '<w:commentRangeEnd w:id="7"/>',
        '<w:r><w:commentReference w:id="7"/></w:r>',
    )  # fmt: skip
    content = word_file(body, comments=f'<w:comment w:id="7" w:author="王">{paragraph("请核")}</w:comment>')
    marked = mark(content, read(tmp_path, content), [found(0, 2)], language="zh")
    assert comments(marked) == {"7": "请核", "8": "不符\n另一处"}
    assert commented(marked) == {"7": "30家", "8": "30"}


def test_no_finding_gives_the_file_back_as_it_is(tmp_path: Path) -> None:
    content = word_file(paragraph("30家"))
    agreed = Mark(0, 2, "agreed", None, None, Phrase("", ""), ())
    assert mark(content, read(tmp_path, content), [agreed], language="zh") == content


texts = st.text(st.sampled_from("研发30.5亿"), max_size=6)
runs = st.one_of(
    texts.map(run),
    texts.map(lambda text: run(text, "<w:b/>")),
    texts.map(lambda text: f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'),
    st.just("<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t><w:lastRenderedPageBreak/></w:r>"),
    texts.map(lambda text: f"<w:hyperlink>{run(text)}</w:hyperlink>"),
)
paragraphs = st.lists(runs, max_size=4).map(lambda some: paragraph(*some))
tables = st.lists(texts, min_size=2, max_size=3).map(lambda some: table(row(*some), row(*map(cell, some))))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(paragraphs, tables), min_size=1, max_size=4), st.data())
def test_any_marks_on_any_text(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], data: st.DataObject
) -> None:
    content = word_file(paragraph("头30") + "".join(parts))
    document = read(tmp_path_factory.mktemp("docx"), content)
    segment = data.draw(st.lists(st.sampled_from(document.segments), min_size=1, max_size=4, unique=True))
    spans = sorted(
        {tuple(sorted(data.draw(st.tuples(*[st.integers(one.start, one.end)] * 2)))) for one in segment}
    )
    marks = [found(start, end) for start, end in spans if start < end]
    marked = mark(content, document, marks, language="zh")
    assert read(tmp_path_factory.mktemp("docx"), marked).text == document.text
    if marks:
        assert list(commented(marked).values()) == [document.text[one.start : one.end] for one in marks]
        assert without_comments(marked) == without_comments(content)


def test_only_the_parts_that_must_change_do(tmp_path: Path) -> None:
    content = (DRAFT / "draft.docx").read_bytes()
    document = read_document(DRAFT / "draft.docx")
    marked = mark(content, document, marks_of(report_on(document), ID), language="zh")
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(BytesIO(marked)) as after:
        assert after.namelist() == [*before.namelist(), "word/comments.xml"]
        changed = {one for one in before.namelist() if before.read(one) != after.read(one)}
    assert changed == {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    assert read(tmp_path, marked).text == document.text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_every_comment_on_its_figure(tmp_path: Path) -> None:
    document = read_document(DRAFT / "draft.docx")
    marks = marks_of(report_on(document), ID)
    source = tmp_path / "marked.docx"
    source.write_bytes(mark((DRAFT / "draft.docx").read_bytes(), document, marks, language="zh"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    ranges: dict[str, str] = {}
    for element in etree.parse(tmp_path / "marked.fodt").iter():
        label = element.get(f"{office}name", "")
        if element.tag == f"{office}annotation":
            ranges[label] = element.tail or ""
        elif element.tag == f"{office}annotation-end":
            ranges[label] = f"{ranges[label]}|"
    exact = [document.text[one.start : one.end] for one in marks if one.state == "finding"][:10]
    assert [text.rstrip("|") for text in ranges.values()][:6] == exact[:6]
