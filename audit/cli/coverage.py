"""`audit coverage`: which figures no check compared with another, which rules found nothing to check, which slips rules catch."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.files import write
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.workspace.session import Session


@click.command("coverage")
@options.source
@options.rules
@options.only
@click.option(
    "--mutate",
    is_flag=True,
    help="Give every figure typical slips and tell which of them some rule catches. 逐一改错指标值，看规则能否发现。",
)
@click.option(
    "-o",
    "--output",
    multiple=True,
    type=options.PATH,
    help="With --mutate: write the table; .txt .json .md .csv. 与 --mutate 一起：写出结果表。",
)
@click.option(
    "--format",
    "format_",
    default="text",
    type=click.Choice(["text", "json"]),
    help="What is printed. 输出格式。",
)
@options.language
def command(
    source: Path | None,
    rules: tuple[Path, ...],
    only: tuple[str, ...],
    mutate: bool,
    output: tuple[Path, ...],
    format_: str,
    language: Language | None,
) -> None:
    """List the figures that no check compared with another.

    按文件和条款列出没有与其他指标值作过比较的指标值，以及没有找到校验对象的规则。

    They are told by document and clause, with shares; then the rules that bound nothing. SOURCE is a workspace folder
    (default: here), a table or a plan. With --mutate: which typical slips of every figure (a digit, a year, a unit, a
    missing row) some rule catches. Exit code: 0, or 2 for wrong usage or input.
    """
    session = options.session(source, {"--rules": rules, "--only": only, "--lang": language})
    if mutate:
        _mutate(session, output, format_)
        return
    if output:
        raise InputError("-o writes the table of --mutate; give --mutate too.")
    from audit.actions.checking import check
    from audit.diagnosis.coverage import coverage
    from audit.reporting.coverage import render_json, render_text

    report = check(session.configuration, everything=True).complete
    found = coverage(report)
    if format_ == "json":
        click.echo(render_json(found, report), nl=False)
    else:
        click.echo(render_text(found, report, language=session.configuration.language), nl=False)


def _mutate(session: Session, output: tuple[Path, ...], format_: str) -> None:
    from audit.actions.mutating import mutate
    from audit.reporting.mutation import format_of, renderer

    formats = [format_of(path) for path in output]
    session.keep_inputs(output)
    language = session.configuration.language
    found = mutate(session.configuration)
    for path, name in zip(output, formats, strict=True):
        write(path, renderer(name)(found, language=language))
    click.echo(renderer(format_)(found, language=language), nl=False)
