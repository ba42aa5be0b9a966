"""`audit report`: make any report format from a JSON report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.reporting import format_names, format_of, renderer, write
from audit.wording import language_of


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write a report; its suffix says the format (repeatable). 写出报告文件。",
)
@click.option("--format", "format_", help="Print this format: text, json, markdown … 打印此格式。")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="Word template of your own for .docx. 自备的 Word 模板。",
)
@click.option(
    "--all", "everything", is_flag=True, help="List every check, not only findings. 列出全部校验项。"
)
@click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the report. 报告语言。"
)
def command(
    file: Path, output: tuple[Path, ...], format_: str | None, template: Path | None, everything: bool,
    language: Language | None,
) -> None:  # fmt: skip
    """Make reports from FILE, a JSON report (`audit check --all --format json`), without checking again.

    由 JSON 报告生成其他格式的报告，不再重新校验。
    """
    language = language or language_of()
    with told_in(language):
        from audit.reporting.json import read_report

        if format_ is not None and format_ not in format_names():
            raise InputError(
                "--format {name} is not known; use one of {known}.",
                name=format_,
                known=", ".join(format_names()),
            )
        formats = [format_of(path) for path in output]
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise InputError(
                "{file} is not a JSON report: {fault}", file=str(file), fault=str(fault)
            ) from None
        report = read_report(text, str(file))
        for path, name in zip(output, formats, strict=True):
            if name == "docx" and template:
                from audit.reporting.docx import render

                write(path, render(report, language=language, all_checks=everything, template=template))
            else:
                write(path, renderer(name)(report, language=language, all_checks=everything))
        if format_ or not output:
            content = renderer(format_ or "text")(report, language=language, all_checks=everything)
            sys.stdout.write(content if isinstance(content, str) else "")
