import re
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from audit.model.report import Comparison, Report
from audit.reporting.text import render
from tests.reporting.sample import sample

HEAVY = ("jinja2", "xlsxwriter", "docx", "lxml", "pandas", "polars", "babel")


def test_findings_stand_first_then_untestable_then_one_line_of_totals() -> None:
    text = render(sample(), language="en")
    assert text.index("sum03") < text.index("Could not be tested") < text.index("found nothing to check")
    assert text.splitlines()[-1] == (
        "3 errors, 12 warnings, 1 waived; 26 checks: 8 hold, 1 reconcilable, 15 violated, 2 untestable; "
        "62 of 63 figures compared with another (98.4%)"
    )


def test_a_finding_shows_every_figure_its_clause_and_its_words() -> None:
    block = render(sample(), language="zh").split("\n\n")[0]
    assert "90 ≠ 50 + 30 = 80   差额 +10 家" in block
    for words in (
        "90家",
        "50家",
        "30家",
        "三(一)阶段目标2022",
        "“研发机构达到50家”",
        "#sum03",
    ):
        assert words in block


def test_untestable_checks_are_grouped_by_what_is_missing() -> None:
    text = render(sample(), language="en")
    assert re.search(r"北区 +The districts add up to the zone +2 checks +投资 · 2021; 投资 · 2022", text)


def test_columns_align_with_wide_characters() -> None:
    block = render(sample(), language="zh").split("\n\n")[0].splitlines()
    lines = [line for line in block if "“研发机构" in line]
    starts = {
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line[: line.index("“")])
        for line in lines
    }
    assert len(lines) == 3
    assert len(starts) == 1


def test_colour_only_when_asked_and_nothing_hostile_reaches_the_terminal() -> None:
    text = render(sample(), language="zh", all_checks=True)
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c != "\n"]
    painted = render(sample(), language="zh", all_checks=True, colour=True)
    assert re.sub(r"\x1b\[[\d;]+m", "", painted) == text
    assert set(re.findall(r"\x1b.{0,6}?m", painted)) <= {
        f"\x1b[{s}m" for s in ("0", "1", "2", "4", "32", "1;31", "1;33", "1;36")
    }


def test_ten_thousand_characters_are_cut_around_the_figure() -> None:
    assert max(map(len, render(sample(), language="zh", all_checks=True).splitlines())) < 700


def test_all_checks_are_listed_when_asked() -> None:
    assert "130 = 130" not in render(sample(), language="en")
    assert "130 = 130" in render(sample(), language="en", all_checks=True)


def test_a_waiver_is_told_with_its_reason() -> None:
    assert "waived by 王审计 on 2024-01-05 until 2025-01-01: 两处口径不同" in render(sample(), language="en")


def nothing_tested() -> Report:
    report = sample()
    summary = replace(
        report.summary, checks=2, holds=0, violated=0, reconcilable=0, untestable=2, figures_covered=0
    )
    return replace(report, findings=(), summary=summary)


def test_a_run_that_tested_nothing_never_looks_like_a_pass() -> None:
    assert "Nothing could be tested" in render(nothing_tested(), language="en")
    assert "什么都没能校验" in render(nothing_tested(), language="zh")


@pytest.mark.parametrize("name", ["text", "json"])
def test_loads_nothing_heavy(name: str) -> None:
    code = (
        f"import sys; from audit.reporting import renderer; renderer('{name}');"
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_comparison_names_what_is_settled_and_what_can_no_longer_be_tested() -> None:
    first, second, third, *_ = sample().findings
    comparison = Comparison("before.json", settled=(second,), lost=(third,))
    text = render(
        replace(sample(), findings=(replace(first, change="new"),), comparison=comparison), language="en"
    )
    assert (
        "Since before.json: 1 new, 0 worse, 0 changed, 0 unchanged, 1 settled, 1 no longer testable" in text
    )
    assert f"#{second.id}" in text and f"#{third.id}" in text
