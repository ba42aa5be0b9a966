"""`audit report`: make any report format from a JSON report."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.files import Content, keep_apart, text_of, write_together
from audit.model.phrase import Language
from audit.reporting import files_of, format_of, place_of_rest, printed_format, renderer


@click.command("report")
@click.argument("file", type=options.PATH)
@options.output
@options.texts
@click.option("--format", "format_", help="Print this format: text, json, markdown … 打印此格式。")
@click.option("--template", type=options.PATH, help="Word template of your own for .docx. 自备的 Word 模板。")
@click.option(
    "--all", "everything", is_flag=True, help="List every check, not only findings. 列出全部校验项。"
)
@options.language
def command(
    file: Path,
    output: tuple[Path, ...],
    texts: Path | None,
    format_: str | None,
    template: Path | None,
    everything: bool,
    language: Language | None,
) -> None:
    """Make reports from FILE, a JSON report (`audit check --all --format json`), without checking again.

    由 JSON 报告生成其他格式的报告，不再重新校验。
    """
    from audit.reporting.reading import read_report

    spoken = options.spoken()
    render = renderer(printed_format(format_ or "text"))
    formats = [format_of(path) for path in output]
    keep_apart((*output, *map(place_of_rest, output)), (file, *((template,) if template else ())))
    report = read_report(text_of(file, str(file)), str(file))
    if texts is not None:
        from audit.actions.quoting import with_sources

        report = with_sources(report, texts)
    files: dict[Path, Content | None] = {}
    for path, name in zip(output, formats, strict=True):
        own = {"template": template} if template and name in ("docx", "annex") else {}
        files |= files_of(path, report, language=spoken, all_checks=everything, **own)
    write_together(files)
    if format_ or not output:
        click.echo(render(report, language=spoken, all_checks=everything), nl=False)
