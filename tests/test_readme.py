"""The READMEs are true: outputs are what the commands print, rules resolve, options exist.

`AUDIT_UPDATE_GOLDEN=1 pytest tests/test_readme.py` writes the outputs into them anew.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from audit.actions.rehearsal import rehearse
from audit.cli import main
from audit.workspace.binding import resolved
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]
OUTPUT = re.compile(
    r"<!-- output: audit (?P<command>.+?)(?: \| (?P<end>head|tail) -(?P<lines>\d+))? -->\n```text\n.*?```",
    re.S,
)
COMMAND = re.compile(r"(?<![\w/.-])audit (?P<words>[a-z]+(?: [^`\n|#&]+)?)")


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def printed(match: re.Match[str]) -> str:
    """What the command of an output block prints, as much of it as the block shows."""
    done = CliRunner().invoke(main, shlex.split(match["command"]), prog_name="audit")
    assert done.exit_code in (0, 1) and isinstance(done.exception, SystemExit | None), done.output
    lines = done.stdout.rstrip("\n").split("\n")
    if match["end"]:
        count = int(match["lines"])
        lines = lines[:count] if match["end"] == "head" else lines[-count:]
    return "\n".join(lines).strip("\n") + "\n"


def snippets(name: str) -> list[str]:
    """The `audit …` commands in code of a README."""
    code = re.findall(r"```sh\n(.*?)```", text(name), re.S) + re.findall(r"`([^`\n]+)`", text(name))
    return [match["words"].strip() for part in code for match in COMMAND.finditer(part)]


@pytest.mark.parametrize("name", READMES)
def test_outputs_are_what_the_commands_print(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def fresh(match: re.Match[str]) -> str:
        head, _, _ = match[0].partition("```text\n")
        return f"{head}```text\n{printed(match)}```"

    expected = OUTPUT.sub(fresh, text(name))
    if os.environ.get("AUDIT_UPDATE_GOLDEN"):
        (ROOT / name).write_text(expected, "utf-8")
    assert OUTPUT.search(text(name))
    assert text(name) == expected, (
        "AUDIT_UPDATE_GOLDEN=1 pytest tests/test_readme.py brings the outputs up to date"
    )


@pytest.mark.parametrize("name", READMES)
def test_commands_and_their_options_exist(name: str) -> None:
    found = snippets(name)
    assert len(found) >= 4
    for snippet in found:
        verb, *rest = snippet.split()
        command = main.get_command(click.Context(main), verb)
        assert command is not None, f"there is no `audit {verb}`"
        group = command
        if isinstance(group, click.Group) and rest:
            command = group.get_command(click.Context(group), rest[0]) or command
        known = {
            option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", snippet):
            assert option in known | {"--help", "-h"}, f"`audit {snippet}`: there is no {option}"


@pytest.mark.parametrize("name", READMES)
def test_rules_resolve_on_the_shipped_tables_and_their_examples_come_true(name: str, tmp_path: Path) -> None:
    rules = "".join(re.findall(r"```yaml\n(- id: .*?)```", text(name), re.S))
    (tmp_path / "readme.yaml").write_text(rules, encoding="utf-8")
    session = Session(Configuration(sources=(ROOT,), rules=(tmp_path / "readme.yaml",)))
    book = session.book
    assert len(book.rules) >= 3
    assert {plan.rule.id for plan in resolved(book, session.workspace)} == {rule.id for rule in book.rules}
    rehearsals = rehearse(session)
    assert [rehearsal.rule.id for rehearsal in rehearsals] == [rule.id for rule in book.rules]
    assert all(rehearsal.passed for rehearsal in rehearsals)


@pytest.mark.parametrize("name", READMES)
def test_both_command_lines_make_their_own_environment(name: str) -> None:
    first, second = (line for line in text(name).split("\n") if line.startswith("python3.11 -m venv "))
    assert first.endswith("/bin/audit check") and second.endswith("/bin/python -m pytest -n 2")
    for line in (first, second):
        folder = line.split()[3]
        assert folder in (".venv", ".venv-test")
        assert all(part.startswith((f"{folder}/bin/", "python3.11")) for part in line.split(" && "))


def test_links_lead_to_files_that_are_there() -> None:
    for name in (*READMES, "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text(name)):
            assert (ROOT / target).exists(), f"{name}: {target}"
