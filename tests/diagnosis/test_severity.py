"""What rounding or the words of figures explain is a warning at most, whatever its rule says and on whichever path."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import audit
from audit.diagnosis.baseline import compared
from audit.diagnosis.drafts import about, doubted
from audit.diagnosis.merging import merged
from audit.model.report import Finding, Report
from audit.reporting.json import render
from audit.reporting.reading import read_report
from tests.extraction.reporting import reported

FRAME = pl.DataFrame(
    {"id": ["1", "2", "3", "4"], "document": ["d"] * 4, "item": ["a", "b", "a", "b"], "unit": ["亿元"] * 4,
     "period": ["1", "1", "2", "2"], "literal": ["10.0", "10.1", "10.0", "19.0"], "value": [10.0, 10.1, 10.0, 19.0]}
)  # fmt: skip


def report(severity: str) -> Report:
    rule = (
        f"- {{id: same, title: t, severity: {severity}, for_each: [document, period], along: item, check: a == b,"
        " rounding: as_written}\n"
    )
    return audit.check({"targets": FRAME}, rule, everything=True)


@pytest.mark.parametrize(
    ("severity", "expected"), [("error", "warning"), ("warning", "warning"), ("info", "info")]
)
def test_a_reconcilable_finding_is_a_warning_at_most(severity: str, expected: str) -> None:
    found = {finding.check.verdict: finding for finding in report(severity).findings}
    assert (found["reconcilable"].severity, found["violated"].severity) == (expected, severity)


def test_no_later_step_makes_it_weigh_more() -> None:
    first = report("error")
    steps = (
        about(first, "d"), doubted(first, {"1"}), merged([first, first]), compared(first, first, "b"),
        read_report(render(first, all_checks=True)),
    )  # fmt: skip
    for step in steps:
        light = [finding for finding in step.findings if finding.check.verdict == "reconcilable"]
        assert light and all(_is_light(finding) for finding in light)


def _is_light(finding: Finding) -> bool:
    return finding.severity in ("warning", "info")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("生产总值5618亿元。\n二、成就\n生产总值突破5000亿元。", "info"),
        ("生产总值5618亿元。\n二、成就\n生产总值突破6000亿元。", "error"),
    ],
)
def test_a_result_that_is_more_than_a_round_number_is_explained_by_its_words(
    text: str, severity: str, tmp_path: Path
) -> None:
    title = "云岭市2025年国民经济和社会发展统计公报\n\n一、综合\n"
    (finding,) = reported(title + text, tmp_path, "consistency.stated-twice")
    assert finding.severity == severity
