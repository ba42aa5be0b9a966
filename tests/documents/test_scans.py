"""Pages that are pictures: what is recognised in them is read as other pages are, and says how sure it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit.cli import main
from audit.documents.model import PagePlace, SourceDocument
from audit.documents.opening import read_document
from audit.documents.pdf import reader as pdf_reader
from audit.documents.pdf import recognition
from audit.documents.pdf.reader import read_with
from audit.documents.pdf.recognition import recogniser
from audit.documents.pdf.scans import Recogniser, Seen
from audit.model.errors import InputError
from tests.documents.pictures import DOTS, lines, pdf, reader, upon, written

SUM = "到2026年，投资180亿元，其中东区90亿元、西区50亿元、北区60亿元。"
RIGHT = SUM.replace("60", "40")
BROKEN = (SUM[:25], SUM[25:])


def read(path: Path, recognise: Recogniser | None) -> SourceDocument:
    return read_with(recognise, str(path), path.read_bytes())


def paragraphs(document: SourceDocument) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_lines_of_a_scan_are_one_paragraph_with_every_character_in_its_place(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", None)
    document = read(path, reader(Seen(lines(*BROKEN))))
    assert paragraphs(document) == [SUM]
    assert document.recognised == (1,)
    at = document.text.index("180")
    places = [segment.place for segment in document.places(at, at + 3)]
    assert all(isinstance(place, PagePlace) and place.page == 1 for place in places)
    assert [round(place.edges[0]) for place in places if isinstance(place, PagePlace)] == [216, 224, 232]


def test_a_stretch_is_as_sure_as_its_least_sure_character_and_text_of_the_file_is_not_doubted(
    tmp_path: Path,
) -> None:
    path = pdf(tmp_path / "a.pdf", (RIGHT[:25], RIGHT[25:]), None)
    document = read(path, reader(Seen(lines("研发机构达到380家。", sure={"3": 0.62, "家": 0.8}))))
    own, scanned = document.text.index("180"), document.text.index("380")
    assert document.sureness(own, own + 3) is None
    assert document.sureness(scanned, scanned + 3) == 0.62
    assert document.sureness(scanned + 1, scanned + 4) == 0.8
    assert document.sureness(own, scanned + 4) == 0.62
    assert document.recognised == (2,)


def test_a_table_whose_rules_were_seen_is_a_table(tmp_path: Path) -> None:
    rows = [["指标", "2025年", "2026年"], ["研发机构", "30", "36"], ["孵化器", "5", "8"]]
    writing = [
        written(text, 80 + 150 * column, 106 + 30 * row)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    level = [(72.0, 100.0 + 30 * at, 522.0, 101.0 + 30 * at) for at in range(4)]
    upright = [(72.0 + 150 * at, 100.0, 73.0 + 150 * at, 190.0) for at in range(4)]
    rules = tuple((a * DOTS, b * DOTS, c * DOTS, d * DOTS) for a, b, c, d in (*level, *upright))
    document = read(pdf(tmp_path / "a.pdf", None), reader(Seen(tuple(writing), rules)))
    (table,) = document.tables
    assert [cell.text for cell in table.cells] == [text for row in rows for text in row]


def test_what_is_illegible_is_left_out_and_told(tmp_path: Path) -> None:
    stamp = written("囗亏2", 300, 300, 0.3)
    document = read(pdf(tmp_path / "a.pdf", None), reader(Seen((*lines(RIGHT[:20]), stamp))))
    assert paragraphs(document) == [RIGHT[:20]]
    assert [told.en for told in document.unread] == ["1 illegible piece of writing on page 1"]


def test_a_scan_that_lies_askew_has_its_marks_where_the_page_shows_them(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", None)
    level = read(path, reader(Seen(lines(RIGHT[:25]))))
    turned = read(path, reader(Seen(lines(RIGHT[:25]), turned=90.0)))
    assert turned.text == level.text
    (segment,) = turned.places(0, 1)
    assert isinstance(segment.place, PagePlace)
    # turned clockwise by 90° about the middle (297.6, 421) to be level: the page shows it turned back
    middle = (segment.place.edges[0] + segment.place.edges[1]) / 2
    assert middle == pytest.approx(297.6 + (88 - 421), abs=2)
    assert segment.place.top == pytest.approx(421 + (297.6 - 112) - 8, abs=2)


def test_pages_not_read_are_told_with_what_reads_them(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", (RIGHT[:25],), None, None, None, (RIGHT[25:],), None)
    assert [told.en for told in read(path, None).unread] == [
        "pages 2-4, 6 (pictures with hardly any text; pip install 'plan-audit[ocr]' reads them)"
    ]
    failing = read(path, reader())  # a reader that fails on every picture
    assert [told.en for told in failing.unread] == ["pages 2-4, 6 (pictures with hardly any text)"]
    assert failing.recognised == ()


def test_what_a_picture_page_says_itself_is_not_recognised_a_second_time(tmp_path: Path) -> None:
    """A cover with a title of its own upon a picture, or a scan with a page number put on it."""
    path = tmp_path / "a.pdf"
    upon(pdf(path, None), "大连市行动计划", 120)
    without = read(path, None)
    assert (without.text.strip(), without.recognised) == ("大连市行动计划", ())
    assert [told.en for told in without.unread] == [
        "page 1 (a picture with hardly any text; pip install 'plan-audit[ocr]' reads them)"
    ]
    seen = Seen((written("大莲市行动计划", 104, 120.5, 0.7), *lines(RIGHT[:25], top=300)))
    document = read(path, reader(seen))
    assert paragraphs(document) == ["大连市行动计划", RIGHT[:25]]
    assert document.sureness(0, 7) is None
    assert document.sureness(8, 12) == 0.999


def test_a_file_of_pictures_only_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", None)
    with pytest.raises(InputError, match=r"pip install 'plan-audit\[ocr\]'"):
        read(path, None)
    with pytest.raises(InputError, match="no text could be recognised"):
        read(path, reader(Seen(())))


def test_letters_of_about_one_size_are_of_one_size_and_a_title_is_larger(tmp_path: Path) -> None:
    title = written("示范区行动计划", 150, 60, em=24)
    small = [replace(one, bottom=one.bottom - 4) for one in lines(*BROKEN, top=120)]
    document = read(pdf(tmp_path / "a.pdf", None), reader(Seen((title, *small))))
    assert [(block.level, document.text[block.start : block.end]) for block in document.blocks] == [
        (0, "示范区行动计划"), (None, SUM),
    ]  # fmt: skip


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def sees(monkeypatch: pytest.MonkeyPatch, *pages: Seen) -> None:
    """The reader that the program finds sees this, whatever the picture, time after time."""

    def found() -> Recogniser:
        left = list(pages)
        return lambda _picture: left.pop(0)

    monkeypatch.setattr(pdf_reader, "recogniser", found)


def findings(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return found


def test_nothing_read_from_a_scan_is_an_error_by_itself_and_its_figures_say_how_sure_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path / "draft.pdf", BROKEN)
    assert run("check", str(path)).exit_code == 1
    scan = pdf(tmp_path / "scan.pdf", None)
    sees(monkeypatch, Seen(lines(*BROKEN, sure={"8": 0.876})))
    result = run("check", str(scan), "--format", "json")
    assert result.exit_code == 0
    (finding,) = findings(result)
    assert (finding["severity"], finding["certain"], finding["verdict"]) == ("warning", False, "violated")
    sure = {cell["literal"]: cell["scanned"] for cell in finding["cells"]}
    assert sure == {"180": 0.87, "90": 0.99, "50": 0.99, "60": 0.99}
    told = run("check", str(scan)).stdout
    assert "recognised in a scan, sure to 87%" in told
    assert "(scan, sure to 99%)" in told
    assert "1 page of scan.pdf is a scan: 4 figures recognised, the least sure to 87%" in told


def test_pages_of_text_beside_a_scan_are_as_certain_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path / "draft.pdf", BROKEN, None)
    sees(monkeypatch, Seen(lines("研发机构达到380家。")))
    result = run("check", str(path), "--format", "json")
    assert result.exit_code == 1
    assert [(one["severity"], one["certain"]) for one in findings(result)] == [("error", True)]


def test_what_a_scan_and_another_plan_state_is_compared_and_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = "到2026年，全市研发机构达到{}家。"
    for name, number in (("a", 300), ("b", 360)):
        (tmp_path / f"{name}.txt").write_text(f"大连市行动计划\n{stated.format(number)}\n", "utf-8")
    texts = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    conflict = findings(run("check", *texts, "--format", "json"))
    assert [one["severity"] for one in conflict] == ["error"]
    scan = pdf(tmp_path / "b.pdf", None)
    title = written("大连市行动计划", 150, 40, em=24)
    sees(monkeypatch, Seen((title, *lines(stated.format(360)))))
    for _remembered in range(2):
        result = run("check", texts[0], str(scan), "--format", "json")
        assert result.exit_code == 0, result.output
        (finding,) = findings(result)
        assert (finding["rule"], finding["severity"]) == (conflict[0]["rule"], "warning")
        assert [cell.get("scanned") for cell in finding["cells"]] == [None, 0.99]


def test_the_marked_page_shows_which_figures_come_from_a_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = pdf(tmp_path / "draft.pdf", (RIGHT[:25], RIGHT[25:]), None), tmp_path / "marked.html"
    sees(monkeypatch, Seen(lines("研发机构达到380家。", sure=0.876)))
    run("check", str(path), "-o", str(out))
    page = out.read_text("utf-8")
    assert re.findall(r'<mark[^>]*data-scan="([^"]*)"[^>]*>(?:<a[^>]*>)?(\d+)', page) == [
        ("扫描件，把握 87%", "380")
    ]
    assert "有 1 页是扫描件" in page


def test_extracted_tables_keep_what_came_from_a_scan_until_it_is_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan, tables = pdf(tmp_path / "scan.pdf", None), tmp_path / "tables"
    sees(monkeypatch, Seen(lines(*BROKEN, sure={"8": 0.876})))
    assert run("extract", str(scan), "-o", str(tables)).exit_code == 0
    result = run("check", str(tables), "--format", "json")
    assert result.exit_code == 0, result.output
    (finding,) = findings(result)
    assert finding["severity"] == "warning"
    assert {cell["literal"]: cell["scanned"] for cell in finding["cells"]}["180"] == 0.87
    (figures,) = (tables / "extracted" / "targets").glob("*.csv")
    reviewed = [line.rpartition(",")[0] + "," for line in figures.read_text("utf-8").splitlines()[1:]]
    head = figures.read_text("utf-8").splitlines()[0]
    assert head.endswith(",scanned")
    figures.write_text("\n".join([head, *reviewed, ""]), "utf-8")
    assert run("check", str(tables)).exit_code == 1


needs_extra = pytest.mark.skipif(recogniser() is None, reason="the extra ocr is not installed")


@needs_extra
def test_the_extra_reads_a_printed_page_without_any_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    from pypdfium2 import PdfDocument
    from reportlab.pdfgen.canvas import Canvas

    def refused(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)
    printed = Canvas(str(tmp_path / "printed.pdf"))
    for number, line in enumerate(("Plan 2026", "Jobs: 1,650 = 1,000 + 650", "Share: 3.26%")):
        printed.setFont("Helvetica", 20)
        printed.drawString(90, 700 - 40 * number, line)
    printed.save()
    picture = tmp_path / "page.png"
    PdfDocument(tmp_path / "printed.pdf")[0].render(scale=2).to_pil().save(picture)
    scan = Canvas(str(tmp_path / "scan.pdf"))
    scan.drawImage(str(picture), 0, 0, *scan._pagesize)
    scan.save()
    document = read_document(tmp_path / "scan.pdf")
    assert document.recognised == (1,)
    for number in ("2026", "1,650", "1,000", "650", "3.26%"):
        at = document.text.index(number)
        assert Decimal("0.8") < Decimal(document.sureness(at, at + len(number)) or 0) <= 1


def test_every_picture_is_told_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_models", lambda: {"Det.model_path": "here"})
    monkeypatch.setattr(recognition, "_seen", lambda picture: picture)
    told: list[int] = []
    with recognition.telling(told.append):
        read = recognition.recogniser()
        assert read is not None and [read("one"), read("two")] == ["one", "two"]
    assert told == [1, 2]
    alone = recognition.recogniser()
    assert alone is not None and alone("three") == "three" and told == [1, 2]
