"""`pytest --audit` on a small workspace, in a pytest of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.workspace.command import audit, environment
from tests.workspace.zone import make, state

WRONG = "zone-total[zone-plan-销售收入-2032]"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = make(tmp_path)
    (root / "pytest.ini").write_text("[pytest]\n")
    state(root, "创新区", "销售收入", "2032", 1560)
    return root


def _pytest(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the plugin: by its entry point where audit is installed, else by its module."""
    plugin = () if entry_points(group="pytest11", name="audit") else ("-p", "audit.testing.plugin")
    command = [sys.executable, "-m", "pytest", *plugin, "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)


def test_every_check_is_an_item_and_the_finding_fails_with_its_figures(workspace: Path) -> None:
    done = _pytest(workspace, "--audit", "-v")
    assert done.returncode == 1
    assert "1 failed, 3 passed" in done.stdout
    assert f"extracted/datapackage.json::{WRONG} FAILED" in done.stdout
    assert "1560 ≠ 650 + 1000 = 1650" in done.stdout and "extracted/targets/zone-plan.csv:" in done.stdout
    assert "Traceback" not in done.stdout


def test_checks_are_selected_by_id_and_by_word(workspace: Path) -> None:
    one = _pytest(workspace, "--audit", f"extracted/datapackage.json::{WRONG}")
    assert "1 failed in" in one.stdout
    some = _pytest(workspace, "--audit", "-k", "研发机构")
    assert (some.returncode, "2 passed" in some.stdout) == (0, True)


def test_waived_untestable_and_lesser_findings_are_told_apart(workspace: Path) -> None:
    finding = audit(workspace, "check", "--lang", "en").stdout.partition("#")[2].split()[0]
    audit(workspace, "waive", finding, "--reason", "known", "--by", "W", "--until", "2099-01-01")
    table = workspace / "extracted" / "targets" / "zone-plan.csv"
    rows = table.read_text("utf-8").splitlines(True)
    table.write_text("".join(row for row in rows if "南区/-/研发机构/2031" not in row), "utf-8")
    done = _pytest(workspace, "--audit", "-rsx")
    assert done.returncode == 0, done.stdout
    assert "3 passed, 1 skipped, 1 xfailed" in done.stdout  # the third is the waiver itself
    assert "missing: 南区" in done.stdout and "waived until 2099-01-01: known" in done.stdout


def test_a_lesser_finding_is_a_warning(workspace: Path) -> None:
    rules = workspace / "rules" / "sums.yaml"
    rules.write_text(rules.read_text("utf-8").replace("severity: error", "severity: warning"), "utf-8")
    done = _pytest(workspace, "--audit")
    assert (done.returncode, "FindingWarning" in done.stdout) == (0, True)


def test_nothing_is_collected_without_the_flag_and_nothing_passes_without_a_workspace(
    workspace: Path,
) -> None:
    assert _pytest(workspace).returncode == 5  # no tests
    (workspace / "extracted" / "datapackage.json").unlink()
    done = _pytest(workspace, "--audit")
    assert done.returncode == 4 and "there is no extracted/datapackage.json" in done.stderr


def test_a_broken_rule_is_an_error_of_collection_in_one_sentence(workspace: Path) -> None:
    (workspace / "rules" / "sums.yaml").write_text("- id: x\n", "utf-8")
    done = _pytest(workspace, "--audit")
    assert done.returncode == 2 and "rules/sums.yaml" in done.stdout and "Traceback" not in done.stdout


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with a workbook of two rows, one of them wrong, and a rule."""
    import openpyxl

    own = openpyxl.Workbook()
    own.active.title = "money"
    for row in (("region", "a", "b", "total"), ("east", 1, 2, 3), ("west", 1, 2, 4)):
        own.active.append(row)
    own.save(tmp_path / "book.xlsx")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(
        "- {id: own.adds, title: t, check: total == a + b}\n", "utf-8"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    return tmp_path


def test_a_workbook_that_is_named_stands_for_its_checks(book: Path) -> None:
    done = _pytest(book, "--audit", "-v", "book.xlsx")
    assert done.returncode == 1 and "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "FAILED book.xlsx::own.adds[west]" in done.stdout and "book.xlsx!money!D3" in done.stdout
    one = _pytest(book, "--audit", "book.xlsx::own.adds[east]")
    assert one.returncode == 0 and "1 passed" in one.stdout


def test_the_settings_stand_for_the_tables_that_they_name(book: Path) -> None:
    (book / "audit.toml").write_text('[tables.money]\nfile = "book.xlsx"\nkey = "region"\n', "utf-8")
    done = _pytest(book, "--audit", "-v")
    assert done.returncode == 1 and "FAILED audit.toml::own.adds[west]" in done.stdout, (
        done.stdout + done.stderr
    )
    assert "1 failed, 1 passed" in done.stdout
