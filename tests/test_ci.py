"""The workflow that runs for every change: it is a workflow, runs what is there, and on every Python that is promised."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSION = re.compile(r"Programming Language :: Python :: (3\.\d+)")


@pytest.fixture(scope="module")
def job() -> Any:
    return yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]["run"]


def test_the_workflow_runs_on_every_python_that_is_promised(job: Any) -> None:
    promised = [match[1] for one in PROJECT["classifiers"] if (match := VERSION.fullmatch(one))]
    assert job["strategy"]["matrix"]["python"] == promised
    assert PROJECT["requires-python"] == f">={promised[0]}"
    assert "runs-on" in job


def test_the_workflow_runs_what_is_there(job: Any) -> None:
    steps = [step for step in job["steps"] if "run" in step]
    assert all({"run", "uses"} & step.keys() for step in job["steps"])
    (own,) = [step for step in steps if step["run"].startswith(".")]
    assert os.access(ROOT / own["run"], os.X_OK)
    named = set(re.findall(r"\$\{([A-Z_]+):-", (ROOT / own["run"]).read_text("utf-8")))
    assert own["env"].keys() <= named


def test_the_script_says_which_python_it_takes_instead_of_that_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    lowest = PROJECT["requires-python"].removeprefix(">=")
    assert f"lowest_python=python{lowest}\n" in script
    assert f"python{lowest} -m venv" in (ROOT / "README.md").read_text("utf-8")
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
