"""A cause's edits in words: no id of a row, no column that only the tables know."""

from dataclasses import replace

import pytest

from audit.model.cause import Edit
from audit.model.phrase import Language
from audit.reporting.corrections import cells_by_id, corrections, corrections_of
from audit.reporting.names import names_of
from tests.reporting.sample import explained


def lines(edits: tuple[Edit, ...], language: Language) -> list[str]:
    report = explained()
    names = names_of(report, language)
    return [one.line(names) for one in corrections_of(edits, cells_by_id(report), names)]


def test_a_figure_is_told_once_as_it_is_written_with_its_place() -> None:
    report = explained()
    slip = next(cause for cause in report.causes if cause.edits)
    names = names_of(report, "zh")
    (told,) = corrections(slip, cells_by_id(report), names)
    assert told.line(names) == "指标值：90家 → 80家（三(一)阶段目标2022 创新区 研发机构 2022）"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_equal_changes_are_told_once_with_their_places(language: Language) -> None:
    rows = [cell for cell in cells_by_id(explained()).values() if cell.document == "zone-plan"][:6]
    edits = tuple(Edit("targets", cell.id, "measure", "increment", "cumulative") for cell in rows)
    (line,) = lines(edits, language)
    assert line.count("→") == 1
    assert ("另有 2" if language == "zh" else "2 more") in line
    assert not any(cell.id in line for cell in rows)


def test_a_row_that_is_missing_is_told_with_what_it_would_say() -> None:
    values = {"document": "zone-plan", "clause": "三(一)", "region": "南区", "indicator": "投资", "period": "2022",
              "literal": "450", "value": "450", "unit": "亿元", "start": "12", "end": "15"}  # fmt: skip
    edits = tuple(Edit("targets", "+zone-plan/x", column, None, value) for column, value in values.items())
    (line,) = lines(edits, "zh")
    assert line == "补写 南区 投资 2022 450亿元（三(一)）"
    assert "South District" in lines(edits, "en")[0]


def test_a_row_that_the_report_does_not_hold_goes_by_its_document() -> None:
    (line,) = lines((Edit("mentions", "work-plan/7192/7209", "canonical", "甲", "乙"),
                     Edit("mentions", "zone-plan/1/2", "canonical", "甲", "乙")), "zh")  # fmt: skip
    assert "7192" not in line and "2021年工作要点" in line and "甲 → 乙" in line


def test_names_are_known_only_by_what_the_report_says() -> None:
    bare = replace(explained(), documents=(), labels={})
    assert names_of(bare, "en").document("zone-plan") == "zone-plan"
    assert names_of(bare, "en").member("南区") == "南区"
