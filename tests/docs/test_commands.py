"""The page of the commands and the man page tell of every command and option, and the man page that is shipped is current.

`AUDIT_UPDATE_GOLDEN=1 pytest tests/docs` writes it anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from docs.making.command_pages import MANUAL, command_page, commands, manual

ROOT = Path(__file__).parents[2]


def test_the_page_and_the_manual_tell_of_every_command_and_option() -> None:
    page, told = command_page("en"), manual().replace("\\-", "-")
    assert len(list(commands())) > 15
    for name, command, _ in commands():
        assert f"## {name} {{" in page and name in told
        for parameter in command.params:
            if isinstance(parameter, click.Option) and name != "audit":
                assert all(option in page and option in told for option in parameter.opts)


def test_the_manual_that_is_shipped_is_current() -> None:
    if os.environ.get("AUDIT_UPDATE_GOLDEN"):
        MANUAL.write_text(manual(), "utf-8")
    assert MANUAL.read_text("utf-8") == manual(), (
        "AUDIT_UPDATE_GOLDEN=1 pytest tests/docs brings docs/audit.1 up to date"
    )
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert built["shared-data"] == {"docs/audit.1": "share/man/man1/audit.1"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_is_roff_without_a_fault() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", MANUAL],
        capture_output=True,
        text=True,
        check=False,
    )
    faults = [line for line in done.stderr.splitlines() if "can't" not in line and "adjust" not in line]
    assert done.returncode == 0 and faults == [] and "audit-check" not in done.stdout
