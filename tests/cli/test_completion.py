"""A shell completes commands, options and the ids of rules with the script that audit prints."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.cli.completion import SHELLS, VARIABLE


def completed(line: str, shell: str = "bash") -> list[str]:
    """What a shell is offered at the end of a line."""
    words = line.split(" ")
    asked = {VARIABLE: f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = CliRunner().invoke(main, [], prog_name="audit", env=asked)
    assert done.exit_code == 0, done.output
    return [offered.split(",")[-1] for offered in done.stdout.split()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("audit ch", ["check"]),
        ("audit rules ", ["check", "lint", "list", "packs", "schema", "show", "test"]),
        ("audit check --fai", ["--fail-on"]),
        ("audit check --fail-on w", ["warning"]),
        ("audit rules show arithmetic.region-", ["arithmetic.region-sum", "arithmetic.region-of-which"]),
        ("audit check --only names.su", ["names.successor-in-charge", "names.suspected"]),
        ("audit completion z", ["zsh"]),
    ],
)
def test_a_shell_is_offered_what_fits(line: str, offered: list[str]) -> None:
    assert sorted(completed(line)) == sorted(offered)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_asks_audit(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell], prog_name="audit")
    assert done.exit_code == 0 and f"{VARIABLE}={shell}_complete" in done.stdout


def test_a_shell_that_is_not_known_is_told() -> None:
    done = CliRunner().invoke(main, ["completion", "tcsh"], prog_name="audit")
    assert done.exit_code == 2 and "bash" in done.stderr and "Traceback" not in done.output
