"""The sample draft reads the same in its four formats, and its list of planted mistakes is true."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from audit.documents.model import SourceDocument
from audit.documents.opening import read_document

DRAFT = Path(__file__).parents[1] / "data" / "draft"


def lines(document: SourceDocument) -> list[str]:
    """The lines of the body; the mark of the footnote and the footnote itself differ between formats."""
    found = [document.text[block.start : block.end] for block in document.blocks]
    return [line.replace("^1", "") for line in found if "统计，含高等院校" not in line]


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html"])
def test_all_formats_say_the_same(suffix: str) -> None:
    assert lines(read_document(DRAFT / f"draft.{suffix}")) == lines(read_document(DRAFT / "draft.txt"))


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "txt"])
def test_tables_and_headings_are_found_in_every_format(suffix: str) -> None:
    document = read_document(DRAFT / f"draft.{suffix}")
    assert [(table.rows, table.columns) for table in document.tables] == [(6, 6), (5, 5), (5, 4)]
    depths = [block.level for block in document.blocks if block.kind == "heading" and block.number]
    base = 1 if suffix == "html" else 0
    assert [depth - base for depth in depths if depth is not None] == [1, 2, 2, 2, 1, 2, 2, 2, 2, 2, 1, 2, 2]


def test_the_figures_of_the_planted_mistakes_stand_in_the_draft() -> None:
    text = read_document(DRAFT / "draft.txt").text
    with (DRAFT / "mistakes.csv").open(encoding="utf-8", newline="") as file:
        mistakes = list(csv.DictReader(file))
    assert len(mistakes) == 12
    assert len({mistake["kind"] for mistake in mistakes}) == 12
    for mistake in mistakes:
        for figure in filter(None, mistake["figures"].split(";")):
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.])", text), mistake["id"]
