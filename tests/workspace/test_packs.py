"""The rules on plans bind where the tables of plans are, and nowhere else unless they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main

RULE = "- {id: own, title: t, check: income >= cost}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of own tables that are called as tables of plans are, with a rule of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(RULE, "utf-8")
    (tmp_path / "targets.csv").write_text("region,income,cost\neast,2,1\nwest,1,2\n", "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def test_own_tables_hear_nothing_of_the_rules_on_plans(folder: Path) -> None:
    report = json.loads(run("check", "--format", "json").stdout)
    assert [rule["id"] for rule in report["rules"]] == ["own"] and report["unbound_rules"] == []
    assert [finding["key"] for finding in report["findings"]] == [{"region": "west"}]
    assert "not in force here" in run("rules", "packs").stdout


def test_a_pack_is_in_force_that_the_settings_name(folder: Path) -> None:
    (folder / "audit.toml").write_text('extends = "plans"\n', "utf-8")
    assert len(json.loads(run("check", "--format", "json").stdout)["rules"]) > 50
    (folder / "audit.toml").write_text('extends = "plan"\n', "utf-8")
    refused = run("check")
    assert refused.exit_code == 2 and "no pack of rules “plan”; the nearest is “plans”" in refused.stderr


def test_without_any_rules_it_is_told_where_they_go(folder: Path) -> None:
    (folder / "rules" / "own.yaml").unlink()
    refused = run("check")
    assert refused.exit_code == 2 and "there are no rules for these tables" in refused.stderr


def test_the_pack_can_be_read_where_there_are_no_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "arithmetic.region-sum" in run("rules", "list").stdout
