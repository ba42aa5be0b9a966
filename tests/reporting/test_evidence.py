"""The evidence shown is the evidence used: every format shows the cells of the JSON report, each with its place."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import docx
import pytest
from openpyxl import load_workbook

from audit.model.phrase import Language
from audit.model.report import Cell, Report
from audit.reporting import FORMATS, renderer
from audit.reporting.html.data import pack
from audit.reporting.numbers import plain
from audit.reporting.quotes import quote
from audit.reporting.reading import read_report
from audit.reporting.relations import stated
from tests.reporting.sample import explained, sample
from tests.workspace.command import audit

ROWS = ("region,year,planned,done", "东区,2020,101.5,11.25", "西区,2020,202.5,22.25", "东区,2021,303.5,33.25")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Two columns of one row set against each other, in a table that declares no key."""
    folder = tmp_path_factory.mktemp("rows")
    (folder / "t.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    (folder / "rules.yaml").write_text(
        "- {id: done, title: t, table: t, check: planned == done}\n", encoding="utf-8"
    )
    done = audit(folder, "check", "t.csv", "--rules", "rules.yaml", "--format", "json", "--all")
    assert done.returncode == 1, done.stderr
    return read_report(done.stdout)


def shown(report: Report, name: str) -> str:
    content = renderer(name)(report, language="en", all_checks=True)
    if name in ("docx", "annex"):
        assert isinstance(content, bytes)
        opened = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])
    if name == "xlsx":
        assert isinstance(content, bytes)
        sheets = load_workbook(io.BytesIO(content)).worksheets
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    assert isinstance(content, str)
    return content


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_every_value_and_its_place_stand_in_every_format(report: Report, name: str) -> None:
    text = shown(report, name)
    for finding in report.findings:
        for cell in finding.check.cells:
            assert str(cell.value) in text
            assert f"{cell.source}:{cell.line}" in text or re.search(
                rf'(?s){cell.source}.{{0,60}}(startLine"?: |line=|","|", "|"line": ){cell.line}|"{cell.source}".*"{cell.line}"',
                text,
            )
            assert all(value in text for value in cell.dimensions.values())


def test_the_page_shows_for_each_operand_the_value_of_its_own_column(report: Report) -> None:
    packed = pack(report)
    texts, figures, checks = packed["texts"], packed["figures"], packed["checks"]
    for number, check in enumerate(report.checks):
        places = checks["figures"][checks["first"][number] : checks["first"][number + 1]]
        assert [texts[figures["value"][place]] for place in places] == [
            str(cell.value) for cell in check.cells
        ]


def test_the_workbook_computes_each_side_from_its_own_column(report: Report) -> None:
    book = load_workbook(io.BytesIO(renderer("xlsx")(report, language="en")))  # type: ignore[arg-type]
    heads = {cell.value: cell.column for cell in book["checks"][1]}
    for row, check in enumerate(report.checks, start=2):
        for side, cell in zip(("left side", "right side"), check.cells, strict=True):
            formula = book["checks"].cell(row, heads[side]).value
            place = re.fullmatch(r"='figures'!\$([A-Z]+)\$(\d+)", formula)
            assert place and book["figures"][f"{place[1]}{place[2]}"].value == float(cell.value)  # type: ignore[arg-type]


def test_the_json_report_holds_what_the_table_says(report: Report) -> None:
    told = {(cell.line, cell.column): str(cell.value) for check in report.checks for cell in check.cells}
    expected = {
        (line, column): value
        for line, row in enumerate(ROWS[1:], start=2)
        for column, value in zip(("planned", "done"), row.split(",")[2:], strict=True)
    }
    assert told == expected
    assert json.loads(renderer("json")(report, language="en"))["identities"][0]["columns"] == [
        "region",
        "year",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [one.name for one in FORMATS if one.name != "ess"])
def test_what_was_not_read_is_told_in_every_format(name: str, language: str) -> None:
    content = renderer(name)(sample(), language=language, all_checks=False)  # type: ignore[arg-type]
    text = shown(sample(), name) if isinstance(content, bytes) else content
    assert "3..5" in text and re.search("a picture on page 2|第 2 页的图片", text)
    assert re.search(r'37 of 40|40 个数字中读取了 37 个|"numerals": 40,\s+"read": 37', text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_only_figures_compared_with_another_count_as_checked(language: str) -> None:
    summary = replace(sample().summary, figures=12, figures_covered=12, figures_compared=3)
    text = str(renderer("text")(replace(sample(), summary=summary), language=language))  # type: ignore[arg-type]
    assert "25.0%" in text and "100.0%" not in text


def rows_shown(name: str, language: Language) -> list[str]:
    """Every row of evidence that a format shows of a report with causes, as one text each."""
    content = renderer(name)(explained(), language=language, all_checks=True)
    if name in ("docx", "annex"):
        assert isinstance(content, bytes)
        tables = docx.Document(io.BytesIO(content)).tables
        rows = [" | ".join(cell.text for cell in row.cells) for table in tables for row in table.rows]
        return [line for row in rows for line in row.split("\n")]
    if name == "xlsx":
        assert isinstance(content, bytes)
        sheet = load_workbook(io.BytesIO(content)).worksheets[2]
        return [line for row in sheet.iter_rows() for cell in row for line in str(cell.value).split("\n")]
    return str(content).splitlines()


def spoken(cell: Cell) -> tuple[str, str]:
    """The figure as written, and the words around it."""
    return stated(cell), str(quote(cell))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["text", "markdown", "docx", "annex", "xlsx", "junit", "sarif"])
def test_every_figure_of_a_finding_is_shown_with_its_own_words_and_place(
    name: str, language: Language
) -> None:
    rows = rows_shown(name, language)
    sums = [f for f in explained().findings if f.check.rule == "sums.zone-total" and not f.waiver]
    for finding in sums[:1] if name == "docx" else sums:
        for cell in finding.check.cells:
            figure, words_around = spoken(cell)
            own = [row for row in rows if figure in row and words_around in row]
            assert own, (figure, words_around)
            assert any(cell.clause in row for row in own) or name in ("sarif", "junit")


@pytest.mark.parametrize("name", ["text", "docx", "annex", "xlsx"])
def test_no_row_shows_a_figure_beside_the_words_of_another(name: str) -> None:
    cells = [cell for finding in explained().findings for cell in finding.check.cells]
    known = {spoken(cell) for cell in cells}
    words_of = {said for _, said in known if "达到" in said}
    for row in rows_shown(name, "zh"):
        for said in words_of:
            if f"“{said}”" in row and "家" in said:
                assert any(figure in row.replace(said, "") for figure, own in known if own == said), row


def test_the_page_holds_for_every_finding_the_cells_of_the_json_report() -> None:
    report, packed = explained(), pack(explained())
    texts, checks, figures = packed["texts"], packed["checks"], packed["figures"]
    told = {f.id: f for f in report.findings}
    for finding in packed["findings"]:
        at = finding["check"]
        cells = told[texts[checks["id"][at]]].check.cells
        places = checks["figures"][checks["first"][at] : checks["first"][at + 1]]
        for place, cell in zip(places, cells, strict=True):
            shown_cell = {
                name: texts[figures[name][place]] for name in ("literal", "value", "unit", "evidence")
            }
            assert shown_cell["value"] == plain(cell.value)
            if len(cell.evidence) < 100:
                assert shown_cell["evidence"] == str(quote(cell))
                marked = shown_cell["evidence"][figures["marked"][place] : figures["marked_to"][place]]
                assert marked in ("", cell.literal)
