"""A page of the docs done as a reader would do it: its files written, its commands and its Python run, in one folder.

What a block of code is for is told by its language and title:

- a title (```` ```csv title="votes.csv" ````) is a file that is written as it stands;
- `console` has commands behind `$ ` with what they print; `| head -3`, `| tail -2`, `cat FILE` and `echo $?` are known;
- `python` is run, all of a page in one namespace; a `text` block right behind it is what it prints;
- `yaml` of rules without a title is read as rules, whose examples come out as they say; other yaml, toml and json are
  read as what they are;
- `sh` is not run, as it installs, serves or asks git; every `audit` command in it must exist with its options;
- `py3` is Python of Great Expectations: it is run like `python` where that is installed, else compiled only;
- `r`, `vtl` and `sql` stand beside ours for comparison and are not run: their programs are not there.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import click
import yaml
from click.testing import CliRunner

from audit.cli import main
from audit.engine.examples import try_examples
from audit.language.reading import read_rules_text
from audit.language.resolution import outline
from audit.language.sketch import sketched

BLOCK = re.compile(
    r"(?m)^(?P<indent> *)```(?P<language>[\w-]*)(?: +title=\"(?P<title>[^\"]+)\")?[^\n]*\n(?P<body>.*?)^(?P=indent)```$", re.S
)  # fmt: skip
SHOWN_ONLY = ("r", "vtl", "sql")
GX = importlib.util.find_spec("great_expectations") is not None
PIPE = re.compile(r"(?P<command>.+?) \| (?P<end>head|tail) -(?P<lines>\d+)$")
COMMAND = re.compile(r"(?m)^\s*(?:\S+/bin/)?audit (?P<words>[a-z]+(?: [^\n|#&>]+)?)")


@dataclass
class Page:
    """A page being done: the code of the last command, the names of its Python, and whether its outputs are as told."""

    name: str
    code: int = 0
    names: dict[str, Any] = field(default_factory=dict)
    output: str | None = None
    ran: int = 0

    def done(self, text: str) -> str:
        """The text of the page with every output as it is now; the commands have been run in the present folder."""
        self.names |= {"__name__": self.name}
        return BLOCK.sub(self._block, text)

    def _block(self, match: re.Match[str]) -> str:
        before, space = match[0][: match.start("body") - match.start()], match["indent"]
        body = dedent(match["body"]) if space else match["body"]
        told = self._told(match["language"], match["title"], body)
        self.ran += 1
        return f"{before}{indent(told, space)}{space}```"

    def _told(self, language: str, title: str | None, body: str) -> str:
        printed, self.output = self.output, None
        if title:
            path = Path(title)
            assert not path.is_absolute() and ".." not in path.parts
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
            return body
        match language:
            case "console":
                return "".join(self._commands(body))
            case "python":
                self.output = self._python(body)
                return body
            case "py3":
                compile(body, self.name, "exec")
                self.output = self._python(body) if GX else None
                return body
            case "text" if printed is not None:
                return printed
            case "sh":
                for command in COMMAND.finditer(body):
                    _exists(command["words"].strip())
                return body
            case _ if language in SHOWN_ONLY or language == "text":
                return body
            case _:
                READ[language](body)
                return body

    def _commands(self, body: str) -> Iterator[str]:
        for line in body.splitlines():
            if line.startswith("$ "):
                yield f"{line}\n{self._printed(line[2:])}"

    def _printed(self, line: str) -> str:
        if line == "echo $?":
            return f"{self.code}\n"
        piped = PIPE.fullmatch(line)
        program, *words = shlex.split(piped["command"] if piped else line, comments=True)
        if program == "cat":
            text = "".join(Path(word).read_text("utf-8") for word in words)
        else:
            assert program == "audit", f"{self.name}: only audit, cat and echo are run, not {program}"
            done = CliRunner().invoke(main, words, prog_name="audit")
            assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
            self.code, text = done.exit_code, done.output
        lines = [line.rstrip() for line in text.rstrip("\n").split("\n")]
        if piped:
            count = int(piped["lines"])
            lines = lines[:count] if piped["end"] == "head" else lines[-count:]
        return "\n".join(lines) + "\n" if any(lines) else ""

    def _python(self, body: str) -> str | None:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(body, self.name, "exec"), self.names)
        return out.getvalue() or None


def _rules_or_yaml(body: str) -> None:
    if body.lstrip().startswith("- id:"):
        for rule in read_rules_text(body):
            assert all(trial.passed for trial in try_examples(outline(rule, sketched(rule)))), rule.id
    else:
        assert yaml.safe_load(body)


READ: dict[str, Callable[[str], Any]] = {"yaml": _rules_or_yaml, "toml": tomllib.loads, "json": json.loads}
"""How code that is no file is read; a language that is not here is none that a page may use."""


def _exists(words: str) -> None:
    """An `audit` command that is shown and not run is there, with its options."""
    verb, *rest = shlex.split(words)
    command = main.get_command(click.Context(main), verb)
    assert command is not None, f"there is no `audit {verb}`"
    if isinstance(command, click.Group) and rest:
        command = command.get_command(click.Context(command), rest[0]) or command
    known = {
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    }
    for option in (word for word in rest if re.match(r"--?[a-z]", word)):
        assert option.partition("=")[0] in known | {"--help", "-h"}, f"`audit {words}`: there is no {option}"
