"""`audit rules lint` through the command, with and without a workspace."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from audit.cli import main

ROOT = Path(__file__).parents[2]
CASES = Path(os.environ.get("AUDIT_SHARED", ROOT.parents[1] / "shared")) / "acceptance" / "lint.yaml"
FAULTY = """
- {id: high, title: {zh: 高, en: High}, table: targets, check: value > 3}
- {id: low, title: {zh: 低, en: Low}, table: targets, check: value < 2}
"""
NOWHERE = """
- {id: none, title: {zh: 无, en: None}, table: targets, where: {region: 旅顺口区, period: '2018'}, check: value > 3}
"""


def run(folder: Path, rules: str, *more: str) -> Result:
    (folder / "mine.yaml").write_text(rules, "utf-8")
    source = more if "-C" in more else ("-C", str(folder), *more)
    return CliRunner().invoke(
        main, ["rules", "lint", "--rules", str(folder / "mine.yaml"), "--lang", "en", *source]
    )


def test_a_contradiction_is_told_with_its_places_and_ends_with_1(tmp_path: Path) -> None:
    result = run(tmp_path, FAULTY)
    assert result.exit_code == 1
    assert "high, low can never be met together." in result.stdout
    assert f"{tmp_path / 'mine.yaml'}:3  low: value < 2" in result.stdout
    assert "2 rules, 1 thing to mend" not in result.stdout  # the library is known, too
    told = json.loads(run(tmp_path, FAULTY, "--format", "json").stdout)
    assert told["contradictory"] == [["high", "low"]]
    assert {place["line"] for place in told["findings"][0]["places"]} == {2, 3}


def test_rules_that_are_fine_end_with_0_and_a_broken_file_with_2(tmp_path: Path) -> None:
    assert run(tmp_path, FAULTY.replace("< 2", "< 20")).exit_code == 0
    broken = run(tmp_path, FAULTY.replace("check: value < 2", "check: value <"))
    assert broken.exit_code == 2 and "mine.yaml:3" in broken.stderr


def test_in_a_workspace_a_rule_of_its_own_that_binds_nothing_is_told(tmp_path: Path) -> None:
    there = run(tmp_path, NOWHERE, "-C", str(ROOT))
    assert there.exit_code == 1 and "none is checked nowhere in this workspace." in there.stdout
    assert run(tmp_path, NOWHERE).exit_code == 0


def test_the_library_alone_is_clean() -> None:
    result = CliRunner().invoke(main, ["rules", "lint", "-C", str(ROOT), "--lang", "en"])
    assert result.exit_code == 0 and "0 things to mend" in result.stdout


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not here")
def test_the_shared_cases_come_out(tmp_path: Path) -> None:
    for case in yaml.safe_load(CASES.read_text("utf-8")):
        rules = [
            {"id": name, "title": {"zh": name, "en": name}, "table": "t", "check": check}
            for name, check in case["rules"].items()
        ]
        result = run(tmp_path, yaml.safe_dump(rules), "--format", "json")
        told = json.loads(result.stdout)
        found = {name: told[name] for name in ("contradictory", "redundant") if told[name]}
        assert found == case["expect"], case["id"]
        assert result.exit_code == (1 if found else 0) and not told["never_binding"]
