"""The `audit` command as a user or CI runs it: in this process where that is the same, else as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from audit.cli import main

REPOSITORY = Path(__file__).parents[2]


BYTE_CODE = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "audit-tests-byte-code"),
}
"""Byte code is kept beside the tree, as an installed package has it: dozens of processes would compile everything anew."""


def environment(**more: str) -> dict[str, str]:
    """This tree's package, UTF-8, and `more`."""
    own = {"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return {**os.environ, **BYTE_CODE, **own, **more}


def audit(root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `audit` in `root`, in this process; `more` goes into its environment."""
    here = Path.cwd()
    os.chdir(root)
    try:
        done = CliRunner().invoke(main, arguments, env=environment(**more))
    finally:
        os.chdir(here)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def as_process(root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `audit` in `root` as a process of its own."""
    command = [sys.executable, "-m", "audit", *arguments]
    return subprocess.run(
        command, cwd=root, env=environment(**more), capture_output=True, text=True, check=False
    )
