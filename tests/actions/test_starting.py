"""`audit init` gives a workspace that can be checked at once and filled without surprises."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from audit.actions.starting import start
from audit.model.errors import InputError
from audit.tables.failures import faults
from audit.tables.package import read_package
from tests.tables.workspace import REPOSITORY


def audit(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "audit", *arguments, "--lang", "en"]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)


def append(table: Path, **cells: str) -> None:
    """Add a row with these cells, the others blank."""
    with table.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))
    with table.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerow([cells.pop(name, "") for name in header])
    assert not cells, f"no such columns: {cells}"


def figure(region: str, value: str) -> dict[str, str]:
    return {
        "id": f"plan/{region}/-/产值/2032/level", "document": "plan", "region": region, "indicator": "产值",
        "period": "2032", "measure": "level", "literal": value, "value": value, "low": value, "high": value,
        "unit": "亿元", "bound": "exact", "kind": "target", "evidence": f"{value}亿元", "start": "0",
        "end": str(len(value)),
    }  # fmt: skip


def test_a_new_workspace_is_valid_and_checks_at_once(tmp_path: Path) -> None:
    files = start(tmp_path / "new")
    assert {
        path.relative_to(tmp_path / "new") for path in (tmp_path / "new").rglob("*") if path.is_file()
    } == set(files)
    assert faults(read_package(tmp_path / "new" / "extracted")) == ()
    checked = audit("check", str(tmp_path / "new"))
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_filled_workspace_is_checked_by_its_sample_rule(tmp_path: Path) -> None:
    start(tmp_path)
    tables = tmp_path / "extracted"
    append(tables / "codes" / "regions.csv", code="全市", breakdown="full")
    append(tables / "codes" / "regions.csv", code="东区", parent="全市")
    append(tables / "codes" / "regions.csv", code="西区", parent="全市")
    append(tables / "codes" / "indicators.csv", code="产值", unit="亿元", additive="true")
    append(tables / "documents.csv", id="plan", title="Plan", complete="true")
    for region, value in (("全市", "30"), ("东区", "12"), ("西区", "15")):
        append(tables / "targets.csv", **figure(region, value))
    assert faults(read_package(tables)) == ()
    checked = audit("check", str(tmp_path), "--only", "own.*", "--format", "json")
    assert checked.returncode == 1
    (finding,) = json.loads(checked.stdout)["findings"]
    assert (finding["rule"], finding["imbalance"]) == ("own.parts-add-up", 3)


@pytest.mark.parametrize("name", ["README.md", "extracted/targets.csv", "rules/own.yaml"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match="already there"):
        start(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_folder_beside_other_files_is_fine(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(b"")
    start(tmp_path)
    assert (tmp_path / "plan.docx").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        start(tmp_path / "file" / "new")
