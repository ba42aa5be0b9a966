"""A report speaks a reader's words in every format: nothing of the program's own, and codes by their English names."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from audit.actions.checking import checked
from audit.actions.explaining import explained
from audit.model.report import Report
from audit.reporting import renderer
from audit.reporting.docx.annex import render as annex
from audit.reporting.html.data import pack
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session

ROOT = Path(__file__).parents[2]
FORMATS = ("text", "markdown", "github", "junit", "docx", "annex", "xlsx", "html")
KINDS = (
    "body", "center", "platform", "base", "fund", "programme", "project", "industry", "firm", "alliance", "zone", "lab",
    "institute",
)  # fmt: skip
INTERNAL = re.compile(
    rf"(?m)(?:^|[|:：（(] *)(?:{'|'.join(KINDS)}) · |操作数|\boperands?\b|不符合“|左边为|the left side is"
)
ROW = re.compile(r"\b[a-z][a-z0-9-]+/\d+/\d+\b")
"""What a row of a plan's table goes by in the program."""
QUOTED = re.compile(r"“[^”]*”|《[^》]*》|\([^)]*\)|（[^）]*）")


@cache
def report() -> Report:
    session = Session(Configuration(sources=(ROOT,), severity="info"))
    return explained(session, checked(session).report)


def words_of(document: Any) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


@cache
def told(format_: str, language: Any) -> str:
    """Everything that a reader sees in a format."""
    if format_ == "html":
        return "\n".join(pack(report())["texts"])
    found = (annex if format_ == "annex" else renderer(format_))(report(), language=language)
    if format_ in ("docx", "annex"):
        return "\n".join(words_of(docx.Document(io.BytesIO(found))))
    if format_ == "xlsx":
        sheets = load_workbook(io.BytesIO(found)).worksheets
        return "\n".join(
            str(v) for sheet in sheets for row in sheet.iter_rows(values_only=True) for v in row if v
        )
    return str(found)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_shows_what_only_the_program_knows(format_: str, language: str) -> None:
    found = told(format_, language)
    assert found and not [found[max(0, m.start() - 30) : m.end() + 30] for m in INTERNAL.finditer(found)]


@pytest.mark.parametrize("format_", ["text", "markdown", "docx", "annex", "github"])
def test_no_place_of_a_plan_is_told_by_the_number_of_a_row(format_: str) -> None:
    assert not ROW.findall(told(format_, "zh"))


def test_an_english_sentence_calls_what_it_is_about_by_its_english_name() -> None:
    labels = report().labels
    for finding in report().findings:
        bare = QUOTED.sub("", finding.message.en)
        assert not [value for value in finding.check.key.values() if value in labels and value in bare], bare


def test_a_heading_says_what_is_and_not_what_a_rule_asks() -> None:
    titles = {title for rule in report().rules for title in (rule.title.zh, rule.title.en)}
    headings = [text for cause in report().causes for text in (cause.message.zh, cause.message.en)]
    assert not [heading for heading in headings if any(heading.startswith(title) for title in titles)]
