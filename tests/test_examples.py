"""Every example under `examples/` finds what its README says, is explained in ten lines, and its rules pass their tests."""

from __future__ import annotations

import re
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
