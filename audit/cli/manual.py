"""`audit manual`: the man page, made of what every command says of itself, so that it is never out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

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
        "the folder in which what did not change is remembered; it may be deleted at any time",
    ),
    ("AUDIT_TRACEBACK", "where it is set a fault of the program is told with its traceback"),
)
_FILES = (
    (
        "audit.toml",
        "the settings, also below [tool.audit] in pyproject.toml; audit config tells those in force",
    ),
    ("waivers.yaml", "findings that were accepted: by whom, why and until when"),
)


@click.command("manual")
def command() -> None:
    """Print the man page (roff). / 输出 man 手册页。

    \b
    audit manual | man -l -
    audit manual > ~/.local/share/man/man1/audit.1
    """
    click.echo(manual(click.get_current_context().find_root().command), nl=False)


def commands(program: click.Command, width: int = 80) -> Iterator[tuple[str, click.Command, click.Context]]:
    """The program, every command and every subcommand, each with its full name and a context for its help."""
    own = {**program.context_settings, "max_content_width": width, "terminal_width": width}
    yield from _below("audit", program, click.Context(program, info_name="audit", **own), width)


def _below(
    name: str, command: click.Command, context: click.Context, width: int
) -> Iterator[tuple[str, click.Command, click.Context]]:
    yield name, command, context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                own = {**found.context_settings, "terminal_width": width}
                below = click.Context(found, parent=context, info_name=child, **own)
                yield from _below(f"{name} {child}", found, below, width)


def manual(program: click.Command) -> str:
    """The man page of a program, in roff."""
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
        _roff(program.help or ""),
    ]
    lines.append(".SH COMMANDS")
    for name, command, context in commands(program):
        if command is program:
            continue
        usage = " ".join(command.collect_usage_pieces(context))
        lines += [".SS " + _roff(f"{name} {usage}"), *_told(command.help or "")]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
                lines += _entry(*record)
    for head, entries in (("EXIT STATUS", _CODES), ("ENVIRONMENT", _VARIABLES), ("FILES", _FILES)):
        lines += [f".SH {head}", *(line for entry in entries for line in _entry(*entry))]
    return "\n".join(lines) + "\n"


def _entry(name: str, about: str) -> Iterator[str]:
    yield from (".TP", f".B {_roff(name)}", _roff(about))


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
