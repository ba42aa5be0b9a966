"""`audit extract`: read plans into the tables of a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.phrase import Language
from audit.wording import language_of, words


@click.command("extract")
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("-o", "--output", "folder", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="The folder of the new workspace. 新工作区的目录。")  # fmt: skip
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the answer. 语言。")
def command(plans: tuple[Path, ...], folder: Path, language: Language | None) -> None:
    """Read the figures, lists, clauses and responsible bodies of plans (.docx, .pdf, .html, .txt, .md) into tables.

    读取规划文件中的指标、清单、条款和责任单位，写成数据表。

    What was not surely read is marked in the columns sure_…; review the tables, then run `audit check DIR`.
    """
    language = language or language_of()
    with told_in(language):
        from audit.actions.extracting import extract_to

        drafts, files = extract_to(plans, folder)
        _ = words(language)
        for draft in drafts:
            click.echo(
                _("{document}: {figures} figures, {doubtful} of them not surely read, {clauses} clauses",
                  document=draft.document.id, figures=len(draft.extracted.figures),
                  doubtful=sum("guess" in (c.indicator, c.period, c.region) for c in draft.extracted.certainty),
                  clauses=len(draft.extracted.clauses))
            )  # fmt: skip
            for note in draft.notes:
                click.echo(f"  {note.in_(language)}")
        click.echo(_("{count} files in {folder}; review them, then run: audit check {folder}",
                     count=len(files), folder=folder.as_posix()))  # fmt: skip
