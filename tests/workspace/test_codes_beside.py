"""Code lists in a folder `codes` beside a table that lies in no package count for it, and are checked as in a package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main

RULE = """- id: parts-make-whole
  title: parts make the whole
  table: amounts
  hierarchy: region
  column: amount
  check: whole == sum(parts)
"""


def run(folder: Path, codes: str, *more: str, name: str = "regions"):
    """`audit check` over a table of regions with a code list beside it."""
    (folder / "codes").mkdir(exist_ok=True)
    (folder / "codes" / f"{name}.csv").write_text(codes, "utf-8")
    (folder / "amounts.csv").write_text("region,amount\nall,5\neast,2\nwest,4\n", "utf-8")
    (folder / "rule.yaml").write_text(RULE, "utf-8")
    command = [
        "check",
        str(folder / "amounts.csv"),
        "--rules",
        str(folder / "rule.yaml"),
        "--lang",
        "en",
        *more,
    ]
    return CliRunner().invoke(main, command)


LIST = "code,parent\nall,\neast,all\nwest,all\n"


@pytest.mark.parametrize("name", ["regions", "region"])
def test_a_list_is_that_of_the_column_of_its_name(tmp_path, name):
    found = run(tmp_path, LIST, "--format", "json", name=name)
    (finding,) = json.loads(found.stdout)["findings"]
    assert found.exit_code == 1 and (finding["left"], finding["right"]) == (5, 6)


@pytest.mark.parametrize(
    ("codes", "line", "message"),
    [
        ("code,parent\nall,\neast,al\nwest,all\n", 3, "“al” is not in the column code"),
        (LIST + "east,all\n", 5, "stands here again"),
        ("code,parent\nall,west\neast,all\nwest,all\n", None, "circle"),
        ("name,parent\nall,\n", 1, "the column “code” is missing"),
    ],
)  # fmt: skip
def test_its_faults_are_told_at_their_place(tmp_path, codes, line, message):
    found = run(tmp_path, codes)
    assert found.exit_code == 2 and message in found.stderr
    assert f"codes/regions.csv:{line or ''}" in found.stderr and "Traceback" not in found.output


def test_a_list_of_another_column_is_left_alone(tmp_path):
    found = run(tmp_path, LIST)
    (tmp_path / "codes" / "colours.csv").write_text("red\n", "utf-8")
    assert run(tmp_path, LIST).output == found.output


def test_a_list_is_never_written_over(tmp_path):
    found = run(tmp_path, LIST, "-o", str(tmp_path / "codes" / "regions.csv.json"))
    assert found.exit_code == 1
    target = tmp_path / "codes" / "regions.json"
    target.symlink_to(tmp_path / "codes" / "regions.csv")
    found = run(tmp_path, LIST, "-o", str(target))
    assert found.exit_code == 2 and (tmp_path / "codes" / "regions.csv").read_text("utf-8") == LIST


def test_a_report_is_made_anew_when_a_list_changes(tmp_path):
    run(tmp_path, LIST)
    changed = run(tmp_path, "code,parent\nall,\neast,all\nwest,east\n", "--format", "json")
    assert {f["key"]["region"] for f in json.loads(changed.stdout)["findings"]} == {"all", "east"}


def test_a_list_is_no_table_where_a_folder_is_checked(tmp_path):
    named, whole = run(tmp_path, LIST), run(tmp_path, LIST, name="region")
    (tmp_path / "codes/regions.csv").unlink()
    folder = CliRunner().invoke(
        main, ["check", str(tmp_path), "--rules", str(tmp_path / "rule.yaml"), "--lang", "en"]
    )
    assert folder.exit_code == named.exit_code == 1
    assert folder.stdout == whole.stdout and "1 check:" in folder.stdout
