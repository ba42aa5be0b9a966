"""`audit diff`: how two versions differ, and what became of their relations."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.phrase import Language
from audit.reporting import write
from audit.reporting.difference import FORMATS, format_of, renderer
from audit.wording import language_of
from audit.workspace.configuration import configure

EXIT_DIFFERENT = 1


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", default=".", metavar="[NEW]")
@click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rule file or folder (repeatable). 规则文件或目录。",
)
@click.option(
    "-o",
    "--output",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write a report; its suffix says the format. 写出报告文件。",
)
@click.option(
    "--format",
    "format_",
    default="text",
    type=click.Choice(tuple(FORMATS)),
    help="What standard output gets. 标准输出的格式。",
)
@click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the report. 报告语言。"
)
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
    with told_in(language or language_of()):
        from audit.actions.comparing import compare

        formats = [format_of(path) for path in output]
        configuration = configure(Path("."), {"--rules": rules, "--lang": language})
        difference = compare(old, new, configuration)
        for path, name in zip(output, formats, strict=True):
            write(path, renderer(name)(difference, language=configuration.language))
        click.echo(renderer(format_)(difference, language=configuration.language), nl=False)
    sys.exit(0 if difference.same else EXIT_DIFFERENT)
