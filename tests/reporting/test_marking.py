"""Marks are the report's figures on the text of one document, and a marked draft is written whole or not at all."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.actions.delivering import deliver
from audit.documents.model import SourceDocument
from audit.documents.opening import read_document
from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.reporting.marking import Mark, mark_draft, marks_of
from audit.workspace.configuration import Configuration
from tests.reporting.marked_draft import DRAFT, ID, report_on


@pytest.fixture(name="document")
def draft() -> SourceDocument:
    return read_document(DRAFT / "draft.txt")


def test_every_figure_with_a_place_has_one_mark_in_the_order_of_the_text(document: SourceDocument) -> None:
    marks = marks_of(report_on(document), ID)
    spans = [(mark.start, mark.end) for mark in marks]
    assert spans == sorted(set(spans))
    told = {document.text[mark.start : mark.end]: mark.state for mark in marks}
    assert told == {
        "20": "waived",
        **dict.fromkeys(
            ("65", "60", "120", "45", "38", "47", "4500", "7000", "2500", "14500", "12", "7"), "finding"
        ),
        "90": "agreed",
        "1200": "untested",
    }


def find(document: SourceDocument, figure: str) -> Mark:
    marks = marks_of(report_on(document), ID)
    return next(mark for mark in marks if document.text[mark.start : mark.end] == figure)


def test_a_comment_tells_the_relation_and_the_other_figures(document: SourceDocument) -> None:
    lines = find(document, "45").comment.zh.split("\n")
    assert lines[0].endswith("各部分之和大于总数")
    assert "120 < 45 + 38 + 47" in lines[1]
    assert lines[2:] == [
        "总数 120家 · 二（一） · “三年新增高新技术企业120”",
        "柳湾街道 38家 · 二（一） · “柳湾街道38”",
        "临港新城 47家 · 二（一） · “临港新城47”",
    ]


def test_a_figure_in_two_findings_has_one_mark_of_the_worse(document: SourceDocument) -> None:
    mark = find(document, "120")
    assert (mark.verdict, mark.severity) == ("violated", "error")
    assert [finding.id for finding in mark.findings] == ["parts", "again"]
    assert mark.comment.en.count("\n\n") == 1


def test_a_figure_elsewhere_is_told_with_its_document(document: SourceDocument) -> None:
    report = report_on(document)
    (parts, *others) = report.findings
    moved = replace(parts.check.cells[1], document="zone-plan")
    check = replace(parts.check, cells=(parts.check.cells[0], moved))
    report = replace(report, findings=(replace(parts, check=check), *others))
    mark = next(mark for mark in marks_of(report, ID) if document.text[mark.start : mark.end] == "120")
    assert "青石街道 45家 · zone-plan 二（一）" in mark.comment.zh
    assert [document.text[mark.start : mark.end] for mark in marks_of(report, "zone-plan")] == ["45"]


def test_what_a_plan_says_cannot_break_a_comment(document: SourceDocument) -> None:
    report = report_on(document)
    (parts, *others) = report.findings
    message = Phrase("坏\x00\x1b[31m\u202e" + "长" * 10_000, "bad\x07")
    report = replace(report, findings=(replace(parts, message=message), *others))
    comment = marks_of(report, ID)[3].comment
    assert not set("\x00\x1b\x07\u202e") & set(comment.zh + comment.en)
    assert len(comment.zh) < 2000


@pytest.mark.parametrize(
    ("source", "out", "said"),
    [
        ("draft.docx", "draft.marked.pdf", "cannot hold the marks"),
        ("draft.txt", "draft.marked.txt", "cannot hold the marks"),
        ("draft.docx", "draft.docx", "never overwritten"),
        ("draft.docx", "nowhere/draft.marked.docx", "cannot be written"),
    ],
)
def test_a_place_that_cannot_take_the_marks_is_refused(
    tmp_path: Path, source: str, out: str, said: str
) -> None:
    path = tmp_path / source
    path.write_bytes((DRAFT / source).read_bytes())
    document = read_document(path)
    with pytest.raises(InputError, match=said):
        mark_draft(document, report_on(document), ID, tmp_path / out, language="zh")
    assert [one.name for one in tmp_path.iterdir()] == [source]


def test_a_draft_that_changed_since_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes((DRAFT / "draft.docx").read_bytes())
    document = read_document(path)
    path.write_bytes((DRAFT / "draft.docx").read_bytes() + b"\x00")
    with pytest.raises(InputError, match="has changed"):
        mark_draft(document, report_on(document), ID, tmp_path / "out.docx", language="zh")


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_draft_gives_the_same_bytes(tmp_path: Path, suffix: str, language: str) -> None:
    written = []
    for number in range(2):
        document = read_document(DRAFT / f"draft.{suffix}")
        out = tmp_path / f"{number}.{suffix}"
        mark_draft(document, report_on(document), ID, out, language="zh" if language == "zh" else "en")
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_an_operand_on_the_same_characters_is_no_other_figure(document: SourceDocument) -> None:
    report = report_on(document)
    (parts, *others) = report.findings
    total = parts.check.cells[0]
    check = replace(parts.check, cells=(*parts.check.cells, replace(total, operand="容差", literal="0.5")))
    report = replace(report, findings=(replace(parts, check=check), *others))
    mark = next(mark for mark in marks_of(report, ID) if document.text[mark.start : mark.end] == "120")
    assert "容差" not in mark.comment.zh


PLAN = """青禾市先进制造业发展三年行动方案（2024—2026年）
一、总体目标
到2026年，全市规模以上工业企业达到300家。
二、重点任务
（一）建设产业园区。到2026年建成园区5个。
（四）到2026年培育龙头企业20家。
"""


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_a_finding_without_a_figure_is_told_at_its_clause_in_the_language_of_the_draft(
    tmp_path: Path, suffix: str
) -> None:
    from docx import Document

    written = Document()
    for line in PLAN.splitlines():
        written.add_paragraph(line)
    written.save(str(tmp_path / "plan.docx"))
    run = check(Configuration(sources=(tmp_path / "plan.docx",), severity="info"), everything=True)
    assert run.draft is not None
    marks = marks_of(run.report, run.draft.document.id, run.draft.extracted.places)
    told = {run.draft.source.text[mark.start : mark.end]: mark.comment.zh for mark in marks if mark.findings}
    assert [line for line, words in told.items() if "编号不连续" in words] == [
        "（一）建设产业园区。到2026年建成园区"
    ]
    deliver(run, [tmp_path / f"plan.marked.{suffix}"], language="en", all_checks=False)
    content = (tmp_path / f"plan.marked.{suffix}").read_bytes()
    if suffix == "docx":
        content = zipfile.ZipFile(tmp_path / "plan.marked.docx").read("word/comments.xml")
    assert "编号不连续" in content.decode()
