"""What the READMEs say of plugs and settings is what the repository has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from audit.tables.formats.kinds import FORMATS
from audit.workspace.configuration import SETTINGS, configure
from tests.workspace.command import REPOSITORY

READMES = ("README.md", "README.zh-CN.md")


def _blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (REPOSITORY / name).read_text("utf-8"), re.S)


@pytest.mark.parametrize("name", READMES)
def test_the_hook_and_the_action_are_there(name: str) -> None:
    documents = [yaml.safe_load(block) for block in _blocks(name, "yaml")]
    (hooks,) = (d["repos"][0]["hooks"] for d in documents if isinstance(d, dict) and "repos" in d)
    defined = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in hooks} == {hook["id"] for hook in defined}
    (step,) = (s for d in documents if isinstance(d, list) for s in d if "audit@" in s.get("uses", ""))
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
    assert set(step["with"]) <= set(action["inputs"])


@pytest.mark.parametrize("name", READMES)
def test_the_settings_shown_are_settings(name: str, tmp_path: Path) -> None:
    (block,) = (block for block in _blocks(name, "toml") if not block.startswith("[tables."))
    (tmp_path / "audit.toml").write_text(block, "utf-8")
    assert set(configure(tmp_path).origins) == set(tomllib.loads(block)) <= set(SETTINGS)


def test_the_action_uploads_the_file_that_its_check_writes() -> None:
    steps = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))["runs"]["steps"]
    check = next(step["run"] for step in steps if step.get("name") == "Check")
    upload = next(step for step in steps if "upload-sarif" in step.get("uses", ""))
    assert '-o "$RUNNER_TEMP/audit.sarif"' in check
    assert upload["with"]["sarif_file"] == "${{ runner.temp }}/audit.sarif"
    assert upload["if"].startswith("always()") and upload["continue-on-error"] is True


def test_our_own_hooks_are_what_ci_runs() -> None:
    (repository,) = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    run = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    entries = [hook["entry"] for hook in repository["hooks"]]
    assert [entry for entry in entries if not entry.startswith("audit ")] == [
        step.removesuffix(" .") for step in re.findall(r'"((?:ruff|mypy|lint)[^"]*)"', run)
    ]


def test_the_hook_runs_for_every_file_that_may_be_a_table() -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    suffixes = [one for form in FORMATS if form.name != "json" for one in form.suffixes]
    assert [one for one in suffixes if not re.search(hook["files"], f"own/book{one}")] == []
    assert not re.search(hook["files"], "own/notes.txt")
