"""`audit verify`: prove every row of the tables against the source texts."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.errors import InputErrors
from audit.model.phrase import Language
from audit.wording import language_of, words


@click.command("verify")
@click.argument("source", default=".", type=click.Path(path_type=Path))
@click.option(
    "--sources", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path),
    help="Folder with <document id>.txt for every document. 存放各文件原文的目录。",
)  # fmt: skip
@click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the messages. 提示语言。"
)
def command(source: Path, folder: Path, language: Language | None) -> None:
    """Prove every row of the tables against the source texts.

    逐行核对工作区（默认当前目录）的数据表与原文是否一致。

    SOURCE is the workspace (default: here). A row is proved when its place in the text holds its literal, name or
    title, its evidence stands around it, and the number read again gives its value, interval, unit and bound. Exit
    code: 0 every row is proved, 2 some are not.
    """
    from audit.actions.proving import prove
    from audit.workspace.loading import folder_package

    language = language or language_of()
    _ = words(language)
    with told_in(language):
        proof = prove(folder_package(source), folder)
        if proof.faults:
            raise InputErrors(list(proof.faults))
    counts = ", ".join(f"{name} {count}" for name, count in proof.rows.items())
    total = sum(proof.rows.values())
    done = _(
        "{rows} rows of {documents} documents are proved: {counts}.",
        rows=total,
        documents=proof.documents,
        counts=counts,
    )
    click.echo(done)
