"""`audit coverage`: which figures no check decided on, and which rules found nothing to check."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.phrase import Language
from audit.wording import language_of
from audit.workspace.configuration import configure


@click.command("coverage")
@click.argument("source", default=".", type=click.Path(path_type=Path))
@click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Rule file or folder (repeatable). 规则文件或目录。",
)
@click.option("--only", multiple=True, metavar="ID-OR-GLOB", help="Count only these rules. 只统计这些规则。")
@click.option(
    "--format",
    "format_",
    default="text",
    type=click.Choice(["text", "json"]),
    help="What is printed. 输出格式。",
)
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the text. 输出语言。")
def command(
    source: Path, rules: tuple[Path, ...], only: tuple[str, ...], format_: str, language: Language | None
) -> None:
    """List the figures that no check decided on.

    按文件和条款列出未被任何校验项覆盖的指标值，以及没有找到校验对象的规则。

    They are told by document and clause, with shares; then the rules that bound nothing. SOURCE is a workspace folder
    (default: here) or a table. Exit code: 0, or 2 for wrong usage or input.
    """
    with told_in(language or language_of()):
        from audit.diagnosis.coverage import coverage
        from audit.reporting.coverage import render_json, render_text
        from audit.workspace.checking import check

        flags = {"SOURCE": (source,), "--rules": rules, "--only": only, "--lang": language}
        configuration = configure(source, flags)
        report = check(configuration, everything=True).complete
        found = coverage(report)
        if format_ == "json":
            click.echo(render_json(found, report), nl=False)
        else:
            click.echo(render_text(found, report, language=configuration.language), nl=False)
