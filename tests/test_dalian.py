"""The four plans: what `audit check` reports is what a careful auditor reports, no more and no less.

`tests/data/dalian/auditor.csv` was written by hand from the plans: every defect with the finding that tells it, or why
no finding does. `findings.csv` is the reviewed report; run `AUDIT_UPDATE_GOLDEN=1 pytest tests/test_dalian.py` after a
change of rules and review the difference.
"""

from __future__ import annotations

import csv
import os
import shutil
from functools import cache
from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.model.report import Finding, Report
from audit.workspace.configuration import Configuration

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
