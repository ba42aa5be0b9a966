"""`audit check` on one table of any name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspace.command import audit, environment

RULE = "- id: sum\n  title: t\n{table}  for_each: []\n  along: item\n  check: a + b == c\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "prices.csv").write_text("item,value\na,0.1\nb,0.2\nc,0.3\n", encoding="utf-8")
    return tmp_path


def test_a_rule_that_names_the_table_is_checked_and_no_share_of_figures_is_told(folder: Path) -> None:
    (folder / "rule.yaml").write_text(RULE.format(table="  table: prices\n"), encoding="utf-8")
    done = audit(folder, "check", "prices.csv", "--rules", "rule.yaml", "--lang", "en")
    assert done.returncode == 0
    assert done.stdout.startswith("Every relation that could be tested holds.\n")


def test_a_rule_that_names_no_table_is_for_the_only_one_there_is(folder: Path) -> None:
    (folder / "rule.yaml").write_text(RULE.format(table=""), encoding="utf-8")
    done = audit(folder, "check", "prices.csv", "--rules", "rule.yaml", "--lang", "en")
    assert done.stdout.startswith("Every relation that could be tested holds.\n")


def test_rules_for_other_tables_end_with_2_and_what_to_do(folder: Path) -> None:
    (folder / "rule.yaml").write_text(RULE.format(table="  table: targets\n"), encoding="utf-8")
    done = audit(folder, "check", "prices.csv", "--rules", "rule.yaml", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr == (
        "no rule is for the tables here (prices); the rules are for targets: "
        "name a table in a rule (table: …), or give other rules with --rules.\n"
    )


def test_a_reader_that_goes_away_gets_no_traceback(folder: Path) -> None:
    (folder / "rule.yaml").write_text(RULE.format(table="  table: prices\n"), encoding="utf-8")
    shell = f"{sys.executable} -m audit check prices.csv --rules rule.yaml --all | true"
    done = subprocess.run(
        ["sh", "-c", shell], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_cells_that_no_key_tells_apart_are_told_so_and_none_is_called_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "debt.csv").write_text("city,debt,most\nA,100,120\nB,130,110\n", encoding="utf-8")
    rule = "- id: limit\n  title: t\n  let: {debt: {column: debt}, most: {column: most}}\n  check: debt <= most\n"
    (tmp_path / "rule.yaml").write_text(rule, encoding="utf-8")
    told = audit(tmp_path, "check", "debt.csv", "--rules", "rule.yaml", "--lang", "en").stdout
    assert "several values; the rule must say in for_each what tells its cells apart" in told
    assert "fits" not in told
