"""A document in a language that is not read never looks like one that was checked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.extraction import extract
from audit.model.report import Report
from audit.reporting import FORMATS, renderer
from audit.workspace.configuration import Configuration
from tests.reporting.test_evidence import shown

ENGLISH = """# Plan of the city

1. Parks

By 2025 the city will build 120 parks and 30 schools. Revenue grows by 5%.

2. Roads

The total of 100 km is made of 60 km of roads and 30 km of rail.

3. Rails of the county and of the districts around it
"""
CHINESE = "白云市2023年统计公报\n\n全年收入10亿元，其中工业6亿元、农业4亿元。\n"


def report_on(folder: Path, **texts: str) -> Report:
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.md")
        paths[-1].write_text(text, encoding="utf-8")
    return check(Configuration(sources=tuple(paths))).report


def test_nothing_is_taken_from_a_document_in_a_language_that_is_not_read() -> None:
    extracted = extract(ENGLISH, "plan")
    assert extracted.reading.not_read == ("plan",)
    assert not (extracted.figures or extracted.clauses or extracted.lists or extracted.relations)
    assert extracted.reading.numerals > 0 == extracted.reading.read


@pytest.mark.parametrize("text", [CHINESE, CHINESE + ENGLISH, "3个平台：ABC、DEF、GHI。\n", ""])
def test_a_document_with_figures_that_are_read_is_read(text: str) -> None:
    assert extract(text).reading.not_read == ()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [one.name for one in FORMATS if one.name not in ("ess", "json")])
def test_every_format_says_that_the_document_was_not_read(name: str, language: str, tmp_path: Path) -> None:
    report = report_on(tmp_path, plan=ENGLISH)
    content = renderer(name)(report, language=language, all_checks=False)  # type: ignore[arg-type]
    text = shown(report, name) if isinstance(content, bytes) else content
    assert "was not read" in text or "没有读取" in text
    assert "100.0%" not in text and "Every relation that could be tested holds" not in text
    assert "能够校验的关系全部成立" not in text


def test_the_others_are_told_apart_from_the_one_that_was_not_read(tmp_path: Path) -> None:
    report = report_on(tmp_path, english=ENGLISH, chinese=CHINESE)
    assert report.reading.not_read == ("english",)
    text = str(renderer("text")(report, language="en"))  # type: ignore[arg-type]
    assert "english was not read" in text and "The others: Every relation that could be tested holds" in text


def test_a_run_that_could_not_read_a_document_does_not_pass(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(ENGLISH, encoding="utf-8")
    run = check(Configuration(sources=(path,)))
    assert run.exit_code() == 2
    stopped = replace(run, complete=replace(run.complete, reading=replace(run.complete.reading, not_read=())))
    assert stopped.exit_code() == 0
    assert json.loads(str(renderer("json")(run.report, language="en")))["reading"]["not_read"] == ["plan"]  # type: ignore[arg-type]
