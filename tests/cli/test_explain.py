"""`audit explain` tells causes; the JSON report holds them and can be read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.reporting.json import render
from audit.reporting.reading import read_report
from tests.diagnosis.causes.test_finding_causes import amended
from tests.workspace.command import audit
from tests.workspace.zone import make


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    return amended(tmp_path, _1650="1560")


def test_the_correction_is_told_with_what_it_settles(zone: Path) -> None:
    told = audit(zone, "explain", "--lang", "en")
    assert told.returncode == 0
    assert "figure: 1560亿元 → 1650亿元" in told.stdout
    assert "then it settles 1 finding" in told.stdout


def test_a_finding_is_told_by_its_cause_and_an_unknown_id_is_refused(zone: Path) -> None:
    report = json.loads(audit(zone, "check", "--format", "json").stdout)
    (cause,) = report["causes"]
    assert cause["findings"] == [report["findings"][0]["id"]]
    assert f"#{cause['id']}" in audit(zone, "explain", cause["findings"][0]).stdout
    refused = audit(zone, "explain", "nothing", "--lang", "en")
    assert refused.returncode == 2
    assert "#nothing" in refused.stderr


def test_the_json_report_holds_the_causes_and_reads_back(zone: Path) -> None:
    text = audit(zone, "check", "--format", "json").stdout
    (cause,) = json.loads(text)["causes"]
    corrections = [cause["edits"], *(one["edits"] for one in cause["alternatives"])]
    told = [
        (edit["table"], edit["column"], edit["from"], edit["to"]) for edits in corrections for edit in edits
    ]
    assert ("targets", "value", "1560", "1650") in told
    assert render(read_report(text)) == text


def test_where_nothing_is_found_nothing_is_explained(tmp_path: Path) -> None:
    told = audit(make(tmp_path), "explain", "--lang", "en")
    assert (told.returncode, told.stdout) == (0, "Nothing was found that needs a cause.\n")
