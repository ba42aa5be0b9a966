"""So many findings that nobody reads them: the first of a rule are told, all are counted, and nothing passes for that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.reporting.reading import read_report

RULES = """
- {id: sum, title: t, check: total == a + b}
- {id: small, title: t, severity: warning, check: a <= 3}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    rows = [f"k{n},{n + (n > 1)},{n},0" for n in range(8)]
    (tmp_path / "t.csv").write_text("\n".join(["id,total,a,b", *rows, "z,,1,1"]) + "\n", "utf-8")
    (tmp_path / "r.yaml").write_text(RULES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(
        main, ["check", "t.csv", "--rules", "r.yaml", *arguments], catch_exceptions=False
    )


def test_the_first_checks_of_a_rule_are_told_and_all_are_counted(folder: Path) -> None:
    done = run("--most", "2", "--format", "json")
    report = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [finding["key"] for finding in report["findings"] if finding["rule"] == "sum"] == [
        {"id": "k2"},
        {"id": "k3"},
    ]
    assert report["untold"] == [
        {"rule": "sum", "verdict": "violated", "severity": "error", "count": 4},
        {"rule": "small", "verdict": "violated", "severity": "warning", "count": 2},
    ]
    assert report["summary"]["violated"] == 10
    assert read_report(done.stdout).untold[0].count == 4
    assert "6 errors, 4 warnings" in run("--most", "2", "--quiet", "--lang", "en").stdout


def test_all_are_told_where_that_is_asked_for(folder: Path) -> None:
    for most in ("0", "100"):
        report = json.loads(run("--most", most, "--format", "json").stdout)
        assert len(report["findings"]) == 10 and "untold" not in report
    (folder / "audit.toml").write_text("most = 1\n", "utf-8")
    assert len(json.loads(run("--format", "json").stdout)["findings"]) == 2
    assert len(json.loads(run("--format", "json", "--most", "0").stdout)["findings"]) == 10


def test_where_a_run_has_told_many_each_further_rule_still_tells_some(folder: Path) -> None:
    rules = "".join(f"- {{id: small-{n}, title: t, check: a <= 3}}\n" for n in range(12))
    (folder / "r.yaml").write_text(rules, "utf-8")
    report = json.loads(run("--most", "2", "--format", "json").stdout)
    told = [sum(finding["rule"] == f"small-{n}" for finding in report["findings"]) for n in range(12)]
    assert told == [2] * 10 + [1] * 2
    assert [one["count"] for one in report["untold"]] == [2] * 10 + [3] * 2


def test_what_is_only_counted_keeps_a_change_from_passing(folder: Path) -> None:
    (folder / "waivers.yaml").write_text(
        "- {rule: sum, key: {id: k2}, verdict: violated, imbalance: 1, category: accepted, reason: r, by: b, "
        "on: 2026-01-01, until: 2999-01-01}\n",
        "utf-8",
    )
    refused = run("--most", "1", "--waivers", "waivers.yaml")
    assert refused.exit_code == 2 and "--most 0" in refused.stderr
    base = run("--baseline", "b.json", "--update-baseline", "--most", "1")
    assert base.exit_code == 2 and "--most 0" in base.stderr and not (folder / "b.json").exists()


@pytest.mark.parametrize("name", ["text", "markdown", "sarif", "junit", "github"])
def test_every_format_tells_how_many_are_not_told(folder: Path, name: str) -> None:
    told = run("--most", "1", "--format", name, "--lang", "en").stdout
    assert "5 more checks are violated" in told
