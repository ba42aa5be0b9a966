"""The rules on plans bind where the tables of plans are, and nowhere else unless they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main
from audit.workspace.packs import PACKS
from audit.workspace.rulebook import library, pack_files

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


@pytest.mark.parametrize("name", [name for name in PACKS if name != "plans"])
def test_every_rule_of_a_pack_passes_its_own_examples_and_says_what_it_needs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = library((name,))
    assert {rule.id.partition(".")[0] for rule in book.rules} == {name}
    assert all(rule.because and rule.limits and rule.title.zh != rule.title.en for rule in book.rules)
    tried = run("rules", "test", "--rules", pack_files(name)[0].as_posix())
    assert tried.exit_code == 0, tried.output
    linted = run("rules", "lint", "--rules", pack_files(name)[0].as_posix())
    assert linted.exit_code == 0, linted.output


BUDGET = """科目,预算数,决算数,完成率
收入总计,107228.35,96755.37,90.2%
一般公共预算收入,50000,45001.37,90.0%
税收收入,40000,35000,87.5%
非税收入,10000,10001.37,100.0%
支出总计,107228.35,96755.36,91.2%
"""
BULLETIN = """指标,单位,2022年,2023年
地区生产总值,亿元,1000.1,1100.0
第一产业增加值,亿元,100.1,100.0
第二产业增加值,亿元,400.0,500.0
第三产业增加值,亿元,500.0,510.0
常住人口,万人,300,310
城镇常住人口,万人,200,210
常住人口城镇化率,%,66.7,67.7
"""


@pytest.mark.parametrize(
    ("name", "table", "found"),
    [("budget", BUDGET, {("budget.balance", "决算数"), ("budget.execution", "完成率")}),
     ("bulletin", BULLETIN, {("bulletin.industries", "2023年")})],
)  # fmt: skip
def test_a_pack_binds_to_every_table_that_has_its_columns(
    name: str, table: str, found: set[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_text(table, "utf-8")
    Path("other.csv").write_text("region,income\neast,1\nwest,2\n", "utf-8")
    assert f'fits own: say extends = "{name}" in audit.toml' in run("rules", "packs").stdout
    Path("audit.toml").write_text(f'extends = "{name}"\n', "utf-8")
    report = json.loads(run("check", "--format", "json").stdout)
    assert {(one["rule"], one["cells"][0]["column"]) for one in report["findings"]} == found


def test_a_draft_hears_of_the_rules_on_plans_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("draft.txt").write_text("关于发展的计划\n到2025年，企业达到100家。\n", "utf-8")
    told = run("rules", "packs", "-C", "draft.txt").stdout.splitlines()
    assert [line.split()[0] for line in told if "; in force here" in line] == ["plans"]
