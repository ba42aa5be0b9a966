"""The `audit` command as a process of its own, as a user or CI runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

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
    """Run `audit` in `root`; `more` goes into its environment."""
    command = [sys.executable, "-m", "audit", *arguments]
    return subprocess.run(
        command, cwd=root, env=environment(**more), capture_output=True, text=True, check=False
    )
