"""The plans as drafts: read without review, they give no error that the review does not confirm."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from audit.actions.checking import check
from audit.workspace.configuration import Configuration

HERE = Path(__file__).parent
SOURCES = Path(os.environ.get("AUDIT_SHARED", HERE.parent.parent / "shared")) / "sources"
PLANS = ("emerging-industries-plan", "innovation-guide", "innovation-work-plan-2018", "zone-action-plan")


def reviewed(document: str) -> set[tuple[str, str]]:
    """Rule and clause or period of every reviewed finding on a document."""
    with (HERE / "data" / "dalian" / "findings.csv").open(encoding="utf-8", newline="") as lines:
        keys = [
            (row["rule"], dict(part.split("=", 1) for part in row["key"].split(";") if "=" in part))
            for row in csv.DictReader(lines)
        ]
    return {
        (rule, key.get("clause", key.get("period", "")))
        for rule, key in keys
        if key.get("document") == document
    }


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the plans are not part of the project")
@pytest.mark.parametrize("document", PLANS)
def test_a_plan_read_as_a_draft_has_no_error_that_the_review_lacks(document: str) -> None:
    findings = check(Configuration(sources=(SOURCES / f"{document}.txt",))).report.findings
    errors = {
        (f.check.rule, f.check.key.get("clause", f.check.key.get("period", "")))
        for f in findings
        if f.severity == "error"
    }
    assert errors <= reviewed(document)
