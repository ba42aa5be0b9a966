"""One order of causes and findings, and the same in every format."""

import io
import json
import re
from dataclasses import replace
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from audit.model.cause import Cause, Effect
from audit.model.phrase import Phrase
from audit.model.report import SEVERITIES, Report
from audit.reporting import renderer
from audit.reporting.outline import gaps, groups
from tests.reporting.sample import explained, finding, large, sample

FINDINGS = sample().findings


def cause(name: str, *findings: str) -> Cause:
    from decimal import Decimal

    return Cause(name, "question", Phrase(name, name), Decimal(0), findings, findings, (), Effect(0, 0, 0))


@given(
    st.lists(st.lists(st.sampled_from([f.id for f in FINDINGS]), max_size=6), max_size=5),
    st.permutations(FINDINGS),
)
def test_every_finding_stands_once_whatever_the_causes_claim(claims: list[list[str]], findings: Any) -> None:
    causes = tuple(cause(f"c{number}", *claim) for number, claim in enumerate(claims))
    told = groups(replace(sample(), findings=tuple(findings), causes=causes))
    ids = [finding.id for group in told for finding in group.findings]
    assert sorted(ids) == sorted(finding.id for finding in findings)
    with_cause = [group.cause is not None for group in told]
    assert with_cause == sorted(with_cause, reverse=True)
    assert [group.waived for group in told] == sorted(group.waived for group in told)


@given(st.permutations(range(6)))
def test_the_order_does_not_depend_on_the_order_of_the_causes(order: list[int]) -> None:
    open_ones = [f.id for f in FINDINGS if f.waiver is None]
    causes = [cause(f"c{number}", *open_ones[number::6]) for number in range(6)]
    shuffled = replace(sample(), causes=tuple(causes[place] for place in order))
    assert groups(shuffled) == groups(replace(sample(), causes=tuple(causes)))


def test_a_cause_with_an_error_comes_before_any_number_of_warnings() -> None:
    errors = [f.id for f in FINDINGS if f.severity == "error" and f.waiver is None]
    warnings = [f.id for f in FINDINGS if f.severity == "warning"]
    report = replace(sample(), causes=(cause("many", *warnings), cause("one", errors[0])))
    told = groups(report)
    assert [group.cause.id for group in told if group.cause] == ["one", "many"]
    worst = [SEVERITIES.index(group.severity) for group in told if group.cause]
    assert worst == sorted(worst)


def test_what_misses_the_same_thing_is_one_gap() -> None:
    report = sample()
    again = tuple(replace(check, id=f"{check.id}-{n}") for n in range(20) for check in report.untestable)
    assert [(gap.missing, len(gap.checks)) for gap in gaps(replace(report, untestable=again))] == [
        (("北区",), 40)
    ]


def test_a_gap_tells_what_would_follow_for_it() -> None:
    report = sample()
    (first, *_) = report.untestable
    blank = replace(cause("北区 would be 1000"), kind="blank", checks=(first.id,))
    told = replace(report, causes=(blank,))
    assert gaps(told)[0].causes == (blank,)
    for name in ("text", "markdown"):
        assert "北区; 北区 would be 1000" in str(renderer(name)(told, language="en"))


def test_json_has_its_causes_in_that_order_too() -> None:
    told = json.loads(str(renderer("json")(explained(), language="en")))["causes"]
    assert [one["id"] for one in told] == ["slip1", "question1"]


def positions(text: str, wanted: list[str]) -> list[int]:
    return [text.index(one) for one in wanted]


@pytest.mark.parametrize("name", ["text", "markdown", "docx", "annex", "xlsx", "html", "sarif"])
def test_every_format_tells_causes_in_that_order(name: str) -> None:
    report = explained()
    content = renderer(name)(report, language="en")
    if name in ("docx", "annex"):
        document = docx.Document(io.BytesIO(content))  # type: ignore[arg-type]
        text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    elif name == "xlsx":
        sheet = load_workbook(io.BytesIO(content))["causes"]  # type: ignore[arg-type]
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    elif name == "html":
        data = json.loads(re.search(r'id="data">(.*?)</script>', str(content), re.DOTALL)[1])  # type: ignore[index]
        text = "\n".join(data["texts"][group["heading"][1]] for group in data["groups"])
    else:
        text = str(content)
    at = positions(
        text, ["90家 should read 80家", "two plans disagree"] if name != "sarif" else ["slip1", "question1"]
    )
    assert at == sorted(at)


@pytest.mark.parametrize("name", ["text", "markdown", "github"])
def test_a_long_report_is_cut_and_says_so(name: str) -> None:
    many: Report = large(3_000, 3_000)
    distinct = tuple(
        finding(replace(f.check, rule=f"rule.{number}"), "error") for number, f in enumerate(many.findings)
    )
    text = str(renderer(name)(replace(many, findings=distinct), language="en", all_checks=True))
    assert len(text.splitlines()) < 12_000
    assert re.search(r"\d+ more", text)
