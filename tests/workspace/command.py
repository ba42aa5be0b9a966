"""The `audit` command as a process of its own, as a user or CI runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def environment(**more: str) -> dict[str, str]:
    """This tree's package, UTF-8, and `more`."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", "NO_COLOR": "1", **more}


def audit(root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `audit` in `root`; `more` goes into its environment."""
    command = [sys.executable, "-m", "audit", *arguments]
    return subprocess.run(
        command, cwd=root, env=environment(**more), capture_output=True, text=True, check=False
    )
