"""The commands as their own help tells them: a page of the site, and the man page that goes with the package.

`python -m docs.making.command_pages` writes `docs/audit.1`, which the wheel takes along; a test holds it up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from audit.cli import main
from audit.model.phrase import Language, Phrase
from docs.making.marking import block

MANUAL = Path(__file__).parents[1] / "audit.1"
_WIDTH = 100
_HEAD = Phrase("命令", "Commands")
_INTRO = Phrase(
    "每个命令的 `--help` 原文。`man audit` 给出同样的内容；`audit completion` 输出命令行补全脚本。",
    "What `--help` says of each command. `man audit` tells the same; `audit completion` prints the script with which a shell "
    "completes commands, options and the ids of rules.",
)
_CODES = (
    ("0", "nothing at or above --fail-on was found"),
    ("1", "something was found"),
    ("2", "no answer: wrong usage or input, told in a sentence each"),
    ("3", "with --strict: nothing was found, but something could not be tested"),
)
_VARIABLES = (
    ("LC_ALL, LC_MESSAGES, LANG", "the language: Chinese where they begin with zh, else English"),
    ("NO_COLOR", "where it is set nothing is coloured"),
    (
        "XDG_CACHE_HOME",
        "the folder in which audit remembers what did not change; it may be deleted at any time",
    ),
    ("AUDIT_TRACEBACK", "where it is set a fault of the program is told with its traceback"),
)


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command and subcommand with its name, after the program itself."""
    own = {**main.context_settings, "max_content_width": _WIDTH, "terminal_width": _WIDTH}
    yield from _below("audit", main, click.Context(main, info_name="audit", **own))


def _below(
    name: str, command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    yield name, command, context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                own = {**found.context_settings, "terminal_width": _WIDTH}
                yield from _below(
                    f"{name} {child}", found, click.Context(found, parent=context, info_name=child, **own)
                )


def command_page(language: Language) -> str:
    """The page of the commands."""
    lines = [f"# {_HEAD.in_(language)}\n\n{_INTRO.in_(language)}\n"]
    for name, command, context in commands():
        anchor = name.replace(" ", "-")
        lines.append(f"## {name} {{ #{anchor} }}\n\n{block(command.get_help(context))}")
    return "\n".join(lines)


def manual() -> str:
    """The man page, in roff."""
    lines = [
        '.TH AUDIT 1 "" "audit" "User Commands"',
        ".SH NAME",
        "audit \\- tell whether the figures in plans hold together",
    ]
    lines += [
        ".SH SYNOPSIS",
        ".B audit",
        ".I COMMAND",
        "[\\fIARGUMENT\\fR]...",
        ".SH DESCRIPTION",
        _roff(main.help or ""),
    ]
    lines.append(".SH COMMANDS")
    for name, command, context in commands():
        if command is main:
            continue
        usage = " ".join(command.collect_usage_pieces(context))
        lines += [".SS " + _roff(f"{name} {usage}"), *_told(command.help or "")]
        for parameter in command.params:
            record = parameter.get_help_record(context)
            if record and isinstance(parameter, click.Option):
                lines += [".TP", f".B {_roff(record[0])}", _roff(record[1])]
    lines += [
        ".SH EXIT STATUS",
        *(line for code, about in _CODES for line in (".TP", f".B {code}", _roff(about))),
    ]
    lines += [
        ".SH ENVIRONMENT",
        *(line for name, about in _VARIABLES for line in (".TP", f".B {name}", _roff(about))),
    ]
    lines += [
        ".SH FILES",
        ".TP",
        ".B audit.toml",
        _roff("the settings, also below [tool.audit] in pyproject.toml; see audit config"),
    ]
    lines += [".TP", ".B waivers.yaml", "findings that were accepted, by whom, why and until when"]
    return "\n".join(lines) + "\n"


def _told(text: str) -> Iterator[str]:
    """The paragraphs of a help; one behind \\b keeps its lines."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        yield ".PP"
        kept = paragraph.lstrip().startswith("\b")
        lines = [line.strip() for line in paragraph.replace("\b", "").strip().splitlines()]
        yield "\n.br\n".join(map(_roff, lines)) if kept else _roff(" ".join(lines))


def _roff(text: str) -> str:
    """A text in which nothing is a command of roff."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain[:1] in (".", "'") else plain


if __name__ == "__main__":
    MANUAL.write_text(manual(), "utf-8")
