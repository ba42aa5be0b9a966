"""`audit extract`: read plans into the tables of a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.phrase import Language
from audit.wording import words


@click.command("extract")
@click.argument("plans", nargs=-1, required=True, type=options.PATH, metavar="FILE...")
@click.option("-o", "--output", "folder", required=True, type=options.PATH, metavar="DIR",
              help="The folder of the new workspace. 新工作区的目录。")  # fmt: skip
@options.language
def command(plans: tuple[Path, ...], folder: Path, language: Language | None) -> None:
    """Read the figures, lists, clauses and responsible bodies of plans (.docx, .pdf, .html, .txt, .md) into tables.

    读取规划文件中的指标、清单、条款和责任单位，写成数据表。

    What was not surely read is marked in the columns sure_…; review the tables, then run `audit check DIR`.
    """
    from audit.actions.extracting import extract_to

    drafts, files = extract_to(plans, folder)
    _ = words(options.spoken())
    for draft in drafts:
        say(
            _("{document}: {figures} figures, {doubtful} of them not surely read, {clauses} clauses",
              document=draft.document.id, figures=len(draft.extracted.figures),
              doubtful=sum("guess" in (c.indicator, c.period, c.region) for c in draft.extracted.certainty),
              clauses=len(draft.extracted.clauses))
        )  # fmt: skip
        for note in draft.notes:
            say(f"  {note.in_(_.language)}")
    say(_("{count} files in {folder}; review them, then run: audit check {folder}",
          count=len(files), folder=folder.as_posix()))  # fmt: skip
