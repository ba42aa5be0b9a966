"""The four plans: what `audit check` reports is what a careful auditor reports, no more and no less.

`tests/data/dalian/auditor.csv` was written by hand from the plans: every defect with the finding that tells it, or why
no finding does. `findings.csv` is the reviewed report; run `AUDIT_UPDATE_GOLDEN=1 pytest tests/test_dalian.py` after a
change of rules and review the difference. `causes.csv` are the reviewed causes behind the findings, `struck.csv` what was
struck out of earlier reports and why, `judged.csv` what a reader says of every error and warning.
"""

from __future__ import annotations

import csv
import os
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.actions.explaining import explained
from audit.model.cause import Cause
from audit.model.report import Finding, Report
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session

HERE = Path(__file__).parent
DATA = HERE / "data" / "dalian"
COLUMNS = ("severity", "verdict", "rule", "key", "message")


@cache
def report() -> Report:
    return check(Configuration(sources=(HERE.parent,), severity="info"), everything=True).report


def row(finding: Finding) -> dict[str, str]:
    key = ";".join(f"{name}={value}" for name, value in finding.check.key.items())
    values = (finding.severity, finding.check.verdict, finding.check.rule, key, finding.message.zh)
    return dict(zip(COLUMNS, values, strict=True))


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_findings_are_those_that_were_reviewed() -> None:
    found = [row(finding) for finding in report().findings]
    path = DATA / "findings.csv"
    if os.environ.get("AUDIT_UPDATE_GOLDEN"):
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
    assert found == read("findings.csv")


@pytest.mark.parametrize("defect", read("auditor.csv"), ids=lambda d: d["no"])
def test_every_defect_an_auditor_sees_is_found_or_explained(defect: dict[str, str]) -> None:
    assert bool(defect["rule"]) != bool(defect["reason"])
    if not defect["rule"]:
        return
    wanted = set(defect["key"].split(";"))
    keys = [set(f.check.key.values()) for f in report().findings if f.check.rule == defect["rule"]]
    assert any(wanted <= key for key in keys), f"{defect['defect']}: none of {keys}"


def test_every_rule_that_finds_something_is_known_to_the_auditor() -> None:
    expected = {defect["rule"] for defect in read("auditor.csv")} | {"structure.measure-has-lead"}
    assert {finding.check.rule for finding in report().findings} <= expected


@pytest.mark.parametrize(
    ("region", "industry", "indicator", "period"),
    [
        ("自创区", "未来型先导型产业", "销售收入", "2019"),
        ("自创区", "其他重点产业", "研发机构", "2019"),
        ("自创区", "", "高新技术企业", "2019"),
        ("自创区", "", "中小微科技型企业", "2019"),
        ("自创区", "", "技术市场交易额", "2019"),
    ],
)
def test_the_sound_sums_hold(region: str, industry: str, indicator: str, period: str) -> None:
    key = {"region": region, "industry": industry, "indicator": indicator, "period": period}
    verdicts = [
        check.verdict
        for check in report().checks
        if check.rule == "arithmetic.region-sum" and all(check.key.get(n, "") == v for n, v in key.items())
    ]
    assert verdicts == ["holds"]


def test_every_finding_leads_to_the_words_of_a_plan_or_to_its_clause() -> None:
    for finding in report().findings:
        assert finding.check.cells, finding.id
        assert all(cell.document for cell in finding.check.cells), finding.id


def test_a_slip_of_twenty_in_an_amount_is_an_error_also_where_the_literal_holds_the_scale_word(
    tmp_path: Path,
) -> None:
    """The step of 650亿元 is one 亿元, so that no rounding explains twenty of them."""
    shutil.copytree(HERE.parent / "extracted", tmp_path / "extracted")
    path = tmp_path / "extracted" / "targets" / "zone-action-plan.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    slipped = next(
        row
        for row in rows
        if (row["region"], row["indicator"], row["period"], row["unit"]) == ("自创区", "销售收入", "2019", "亿元")
        and row["industry"] and row["bound"] == "exact"
    )  # fmt: skip
    moved = {name: str(int(slipped[name]) + 20) for name in ("value", "low", "high")}
    slipped |= moved | {"literal": f"{moved['value']}亿元"}
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    found = check(Configuration(sources=(tmp_path,), severity="info"), everything=True).report.findings
    errors = [
        finding for finding in found if finding.severity == "error" and finding.check.verdict == "violated"
    ]
    assert any(cell.id == slipped["id"] for finding in errors for cell in finding.check.cells)


@cache
def causes() -> tuple[Cause, ...]:
    configuration = Configuration(sources=(HERE.parent,), severity="info")
    return explained(Session(configuration), report()).causes


def cause_row(cause: Cause) -> dict[str, str]:
    """A cause as it is reviewed: what it says, what it would change, and which findings it stands behind."""
    findings = {finding.id: finding for finding in report().findings}
    behind = [findings[one] for one in cause.findings]
    edits = [
        edit for edit in cause.edits if edit.column in ("value", "measure", "canonical", "industry", "region")
    ]
    return {
        "kind": cause.kind,
        "confidence": f"{cause.confidence:.2f}",
        "message": cause.message.zh,
        "edits": "; ".join(
            f"{edit.row} {edit.column}: {edit.before or ''} → {edit.after or ''}" for edit in edits
        ),
        "settles": f"{cause.effect.gone} gone, {cause.effect.new} new, {cause.effect.holds} hold",
        "findings": "; ".join(
            f"{finding.check.rule} {'/'.join(finding.check.key.values())}" for finding in behind
        ),
    }


def test_the_causes_are_those_that_were_reviewed() -> None:
    found = [cause_row(cause) for cause in causes()]
    path = DATA / "causes.csv"
    if os.environ.get("AUDIT_UPDATE_GOLDEN"):
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(found[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
    assert found == read("causes.csv")


def test_causes_that_are_remembered_are_told_in_the_order_in_which_they_were_found(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    session = Session(Configuration(sources=(HERE.parent,), severity="info"))
    first, again = (explained(session, report()).causes for _ in range(2))
    assert [cause.id for cause in again] == [cause.id for cause in first]
    assert any(tmp_path.rglob("*"))


def test_every_finding_has_one_cause() -> None:
    told = [finding for cause in causes() for finding in cause.findings]
    assert sorted(told) == sorted(finding.id for finding in report().findings)


def edited(kind: str, column: str) -> set[tuple[str, str]]:
    """What causes of a kind would write in a column, with the end of the row's name."""
    return {
        (edit.row, edit.after or "")
        for cause in causes()
        if cause.kind == kind
        for edit in cause.edits
        if edit.column == column
    }


def test_the_word_cumulative_is_missing_in_four_places_and_a_slip_of_the_goal_is_not_the_cause() -> None:
    (cause,) = [one for one in causes() if one.kind == "measure" and "海内外高水平创新机构" in one.message.zh]
    assert {(edit.row.split("/")[1], edit.row.split("/")[4], edit.after) for edit in cause.edits} == {
        (region, year, "cumulative") for region in ("高新区", "金普新区") for year in ("2017", "2018")
    }
    assert cause.effect.new == 0 and cause.confidence >= Decimal("0.9")
    assert not any(edit.after == "7" for other in cause.alternatives for edit in other.edits)


def test_one_term_stands_for_another_and_new_is_too_much_twice() -> None:
    assert ("innovation-guide/907/914", "精细化工") in edited("term", "industry")
    (cause,) = [one for one in causes() if one.kind == "measure" and "规模以上骨干企业" in one.message.zh]
    assert {(edit.row.split("/")[2], edit.before, edit.after) for edit in cause.edits} == {
        ("未来型先导型产业", "increment", "level"), ("其他重点产业", "increment", "level"),
    }  # fmt: skip


def test_the_missing_totals_are_computed() -> None:
    assert {after for _, after in edited("missing_row", "value")} == {"450", "10000", "40", "25"}


@pytest.mark.parametrize("name", ["人工智能产业研究院", "集成电路设计和信息安全创新中心", "市商务局"])
def test_a_thing_under_several_names_gets_one(name: str) -> None:
    assert [cause for cause in causes() if cause.kind == "name" and {e.after for e in cause.edits} == {name}]


@pytest.mark.parametrize(
    "rule", ["figures.goal-without-carrier", "figures.sector-without-figure", "structure.measure-has-lead"]
)
def test_what_is_asked_several_times_is_one_question(rule: str) -> None:
    ids = {finding.id for finding in report().findings if finding.check.rule == rule}
    assert len(ids) > 1
    assert len([cause for cause in causes() if ids & set(cause.findings)]) == 1


@pytest.mark.parametrize("struck", read("struck.csv"), ids=lambda one: one["key"])
def test_what_was_struck_out_is_not_told_again(struck: dict[str, str]) -> None:
    found = {(one["rule"], one["key"]) for one in map(row, report().findings)}
    assert (struck["rule"], struck["key"]) not in found and struck["why"]


def test_nineteen_of_twenty_errors_and_warnings_are_right_by_a_readers_judgement() -> None:
    judged = {(one["rule"], one["key"]): one for one in read("judged.csv")}
    told = [one for one in map(row, report().findings) if one["severity"] != "info"]
    assert {(one["rule"], one["key"]) for one in told} == judged.keys()
    right = [one for one in judged.values() if one["judgement"] == "right"]
    assert len(right) >= 0.95 * len(told)
