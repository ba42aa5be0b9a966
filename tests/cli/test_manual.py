"""The man page and the page of the commands tell of every command and option."""

from __future__ import annotations

import shutil
import subprocess

import click
import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.cli.manual import commands
from docs.making.command_pages import command_page


def manual() -> str:
    done = CliRunner().invoke(main, ["manual"], prog_name="audit")
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_command_and_option_is_told() -> None:
    page, told = command_page("en"), manual().replace("\\-", "-")
    assert len(list(commands(main))) > 15
    for name, command, _ in commands(main):
        assert f"## {name} {{" in page and name in told
        for parameter in command.params:
            if isinstance(parameter, click.Option) and name != "audit":
                assert all(option in page and option in told for option in parameter.opts)


def test_telling_of_the_commands_leaves_them_as_they_are() -> None:
    before = CliRunner().invoke(main, ["check", "--help"]).stdout
    manual()
    command_page("zh")
    assert CliRunner().invoke(main, ["check", "--help"]).stdout == before and "-h, --help" in before


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_is_roff_without_a_fault() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8"],
        input=manual(),
        capture_output=True,
        encoding="utf-8",
    )
    faults = [line for line in done.stderr.splitlines() if "can't" not in line and "adjust" not in line]
    assert done.returncode == 0 and faults == []
