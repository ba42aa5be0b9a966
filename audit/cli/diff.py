"""`audit diff`: how two versions differ, and what became of their relations."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli import options
from audit.files import write
from audit.model.phrase import Language
from audit.reporting.difference import FORMATS, format_of, renderer

EXIT_DIFFERENT = 1


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", default=".", metavar="[NEW]")
@options.rules
@options.output
@click.option(
    "--format",
    "format_",
    default="text",
    type=click.Choice(tuple(FORMATS)),
    help="What standard output gets. 标准输出的格式。",
)
@options.language
def command(
    old: str,
    new: str,
    rules: tuple[Path, ...],
    output: tuple[Path, ...],
    format_: str,
    language: Language | None,
) -> None:
    """Tell how NEW (default: here) differs from OLD: figures, clauses, other rows, relations that broke or hold now.

    比较两个版本：哪些指标值增加、删除、改变，哪些关系因此成立或不再成立。

    Each is a workspace folder, a table, a plan document or a git revision, e.g. `audit diff main~1 HEAD`.

    Exit code: 0 the same, 1 different, 2 wrong usage or input.
    """
    from audit.actions.comparing import compare, files_of

    formats = [format_of(path) for path in output]
    session = options.session(None, {"--rules": rules, "--lang": language})
    session.keep_inputs(output, *files_of(old, session), *files_of(new, session))
    spoken = session.configuration.language
    difference = compare(old, new, session.configuration)
    for path, name in zip(output, formats, strict=True):
        write(path, renderer(name)(difference, language=spoken))
    click.echo(renderer(format_)(difference, language=spoken), nl=False)
    sys.exit(0 if difference.same else EXIT_DIFFERENT)
