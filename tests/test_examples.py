"""Every example under `examples/` finds what its README says, is explained in ten lines, and its rules pass their tests."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_finds_what_its_readme_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "examples" / name / "README.md").read_text("utf-8")
    told = re.search(rf"audit check examples/{name} +# (\d+) checks, (\d+) findings", text)
    assert told is not None and len(text.splitlines()) <= 12
    found = run("check", f"examples/{name}")
    assert found.exit_code == 1
    assert f"{told[2]} errors, 0 warnings; {told[1]} checks" in found.stdout


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_rules_of_an_example_pass_their_own_tests(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run("rules", "test", "-C", f"examples/{name}").exit_code == 0


def test_a_table_is_checked_by_name_as_its_folder_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    whole = run("check", "examples/votes", "--format", "json").stdout
    named = run(
        "check", "examples/votes/votes.csv", "--rules", "examples/votes/rules", "--format", "json"
    ).stdout
    assert whole == named


PRINTED = ("text", "json", "markdown", "github", "sarif", "junit")


@pytest.mark.parametrize("form", PRINTED)
def test_every_format_names_sheet_and_cell(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert "分省!C16" in run("check", "examples/epidemic", "--format", form).stdout


def test_the_reports_that_are_written_name_sheet_and_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    written = [tmp_path / f"report.{suffix}" for suffix in ("html", "docx", "xlsx")]
    run("check", "examples/epidemic", *(word for path in written for word in ("-o", str(path))))
    html, *packed = written
    assert "epidemic.xlsx!分省!C16" in html.read_text("utf-8")
    for path in packed:
        with zipfile.ZipFile(path) as parts:
            assert any("分省!C16" in parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_what_a_table_suggests_says_what_its_example_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for name, source, wanted in (
        ("epidemic", "epidemic.xlsx", ("sum", "across", "rising")),
        ("debt", "debt.xlsx", ("sum", "tree")),
        ("flows", "flows.csv", ("sum", "running", "growth")),
    ):
        told = run("init", f"examples/{name}/{source}", "-o", str(tmp_path / name)).stdout
        assert all(f".{kind}-" in told for kind in wanted), told
