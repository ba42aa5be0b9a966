"""A session opens every command alike: what audit.toml says counts in each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session
from tests.workspace.zone import make

OWN = """
- id: zone.own
  title: {zh: 自己的规则, en: A rule of our own}
  check: value >= 0
  examples: {holds: [{value: 1}], violated: [{value: -1}]}
- id: other.own
  title: {zh: 另一条规则, en: Another rule}
  check: value >= 0
  examples: {holds: [{value: 1}], violated: [{value: -1}]}
"""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose audit.toml names a workspace, rules and a language."""
    make(tmp_path / "tables")
    (tmp_path / "tables" / "audit.toml").unlink()
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "audit.toml").write_text(
        'sources = ["tables"]\nrules = ["own.yaml"]\nonly = ["zone.*"]\nlanguage = "zh"\n', "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"LC_ALL": "C.UTF-8"})


@pytest.mark.parametrize(
    "arguments",
    [("rules", "list"), ("rules", "show", "zone.own"), ("rules", "test"), ("check", "--all"), ("coverage",),
     ("coverage", "--mutate"), ("diff", "tables", "tables"), ("config",), ("rules", "check", "own.yaml")],
    ids=" ".join,
)  # fmt: skip
def test_every_command_hears_the_settings(elsewhere: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    assert any("\u4e00" <= character <= "\u9fff" for character in done.stdout)
    if arguments[:2] in (("rules", "list"), ("check", "--all")):
        assert "zone.own" in done.stdout and "other.own" not in done.stdout
    if arguments == ("rules", "test"):
        assert done.stdout.startswith("1 ")


def test_flags_win_over_the_settings(elsewhere: Path) -> None:
    listed = run("rules", "list", "--only", "other.*", "--lang", "en").stdout
    assert "Another rule" in listed and "zone.own" not in listed


def test_rules_are_listed_where_plans_are_checked(elsewhere: Path) -> None:
    (elsewhere / "plans").mkdir()
    (elsewhere / "plans" / "a.txt").write_text("x", "utf-8")
    assert "zone.own" in run("rules", "list", "-C", "plans").stdout


def test_every_part_is_read_when_it_is_asked_for_and_once(elsewhere: Path) -> None:
    session = Session(Configuration(sources=(Path("tables"),), rules=(Path("gone.yaml"),)))
    assert session.workspace is session.workspace and "targets" in session.workspace.tables
    with pytest.raises(Exception, match=r"gone\.yaml"):
        _ = session.book
