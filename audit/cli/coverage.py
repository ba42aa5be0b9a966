"""`audit coverage`: which figures no check decided on, which rules found nothing to check, which slips rules catch."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.wording import language_of
from audit.workspace.configuration import Configuration, configure


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
    "--mutate",
    is_flag=True,
    help="Give every figure typical slips and tell which of them some rule catches. 逐一改错指标值，看规则能否发现。",
)
@click.option(
    "-o",
    "--output",
    multiple=True,
    type=click.Path(path_type=Path),
    help="With --mutate: write the table; .txt .json .md .csv. 与 --mutate 一起：写出结果表。",
)
@click.option(
    "--format",
    "format_",
    default="text",
    type=click.Choice(["text", "json"]),
    help="What is printed. 输出格式。",
)
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the text. 输出语言。")
def command(
    source: Path,
    rules: tuple[Path, ...],
    only: tuple[str, ...],
    mutate: bool,
    output: tuple[Path, ...],
    format_: str,
    language: Language | None,
) -> None:
    """List the figures that no check decided on.

    按文件和条款列出未被任何校验项覆盖的指标值，以及没有找到校验对象的规则。

    They are told by document and clause, with shares; then the rules that bound nothing. SOURCE is a workspace folder
    (default: here) or a table. With --mutate: which typical slips of every figure (a digit, a year, a unit, a missing
    row) some rule catches. Exit code: 0, or 2 for wrong usage or input.
    """
    with told_in(language or language_of()):
        flags = {"SOURCE": (source,), "--rules": rules, "--only": only, "--lang": language}
        configuration = configure(source, flags)
        if mutate:
            _mutate(configuration, output, format_)
            return
        if output:
            raise InputError("-o writes the table of --mutate; give --mutate too.")
        from audit.actions.checking import check
        from audit.diagnosis.coverage import coverage
        from audit.reporting.coverage import render_json, render_text

        report = check(configuration, everything=True).complete
        found = coverage(report)
        if format_ == "json":
            click.echo(render_json(found, report), nl=False)
        else:
            click.echo(render_text(found, report, language=configuration.language), nl=False)


def _mutate(configuration: Configuration, output: tuple[Path, ...], format_: str) -> None:
    from audit.actions.mutating import mutate
    from audit.reporting import write
    from audit.reporting.mutation import format_of, renderer

    formats = [format_of(path) for path in output]
    found = mutate(configuration)
    for path, name in zip(output, formats, strict=True):
        write(path, renderer(name)(found, language=configuration.language))
    click.echo(renderer(format_)(found, language=configuration.language), nl=False)
