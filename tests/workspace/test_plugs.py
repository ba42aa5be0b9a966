"""The pieces that a team plugs into its CI, run for real: pre-commit, the GitHub action's steps, GitLab's report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.workspace.command import REPOSITORY, environment
from tests.workspace.zone import commit, git, make, state


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A folder with `audit` as an installation would put it on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "audit"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{REPOSITORY}" exec "{sys.executable}" -m audit "$@"\n')
    script.chmod(0o755)
    return folder


def test_pre_commit_stops_a_wrong_commit_and_lets_a_right_one_pass(tmp_path: Path, command: Path) -> None:
    pre_commit = shutil.which(
        "pre-commit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if pre_commit is None:
        pytest.skip("pre-commit is not installed")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(REPOSITORY / ".pre-commit-hooks.yaml", hooks)
    revision = commit(hooks, "The hooks of audit")
    root = make(tmp_path / "repository")
    config = {
        "repos": [
            {"repo": str(hooks), "rev": revision, "hooks": [{"id": "audit-check", "language": "system"}]}
        ]
    }
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    commit(root, "Sound tables")

    def run() -> subprocess.CompletedProcess[str]:
        git(root, "add", "-A")
        path = f"{command}{os.pathsep}{os.environ['PATH']}"
        variables = environment(PATH=path, PRE_COMMIT_HOME=str(tmp_path / "home"))
        return subprocess.run(
            [pre_commit, "run"], cwd=root, env=variables, capture_output=True, text=True, check=False
        )

    (root / "notes.txt").write_text("no table")
    assert "Skipped" in run().stdout
    state(root, "创新区", "销售收入", "2032", 1560)
    wrong = run()
    assert wrong.returncode == 1 and "differ by -90" in wrong.stdout, wrong.stdout + wrong.stderr
    state(root, "创新区", "研发机构", "2031", 30)
    state(root, "创新区", "销售收入", "2032", 1650)
    (root / "waivers.yaml").write_text("# none\n")
    right = run()
    assert right.returncode == 0 and "Passed" in right.stdout, right.stdout + right.stderr


@pytest.mark.parametrize(
    ("value", "arguments", "code"), [(1650, "", 0), (1560, "", 1), (1560, "--fail-on never", 0)]
)
def test_the_actions_check_annotates_summarises_and_answers(
    tmp_path: Path, command: Path, value: int, arguments: str, code: int
) -> None:
    root = make(tmp_path / "repository")
    state(root, "创新区", "销售收入", "2032", value)
    (tmp_path / "audit").mkdir()
    command.rename(tmp_path / "audit" / "bin")
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
    step = next(step for step in action["runs"]["steps"] if step.get("name") == "Check")
    inputs = {name: entry.get("default", "") for name, entry in action["inputs"].items()} | {
        "arguments": arguments
    }
    given = {name: inputs[text.strip("${} ").removeprefix("inputs.")] for name, text in step["env"].items()}
    variables = environment(
        RUNNER_TEMP=str(tmp_path), GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"), **given
    )
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=root, env=variables,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert ("::error file=extracted/targets/zone-plan.csv" in done.stdout) is (value == 1560)
    assert "##" in (tmp_path / "summary.md").read_text("utf-8")
    assert (tmp_path / "audit.sarif").exists()


def test_the_actions_inputs_never_stand_inside_a_script() -> None:
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
    assert all("${{" not in step.get("run", "") for step in action["runs"]["steps"])


def test_the_gitlab_example_runs_and_leaves_its_reports(tmp_path: Path, command: Path) -> None:
    root = make(tmp_path / "repository")
    job = yaml.safe_load((REPOSITORY / ".ci" / "gitlab-example.yml").read_text("utf-8"))["audit"]
    variables = environment(PATH=f"{command}{os.pathsep}{os.environ['PATH']}")
    subprocess.run(["audit", "check", "--baseline", "audit-baseline.json", "--update-baseline"], cwd=root,
                   env=variables, check=True, capture_output=True)  # fmt: skip
    for line in job["script"]:
        if not line.startswith("pip install"):
            subprocess.run(["bash", "-ec", line], cwd=root, env=variables, check=True, capture_output=True)
    assert (root / job["artifacts"]["paths"][0]).exists()
    suite = ElementTree.parse(root / job["artifacts"]["reports"]["junit"]).getroot()
    assert suite.get("tests") == "4" and suite.get("failures") == "0"
