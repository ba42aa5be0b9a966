"""`audit verify`: prove every row of the tables against the source texts."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.errors import InputErrors
from audit.model.phrase import Language
from audit.wording import words


@click.command("verify")
@options.source
@click.option(
    "--sources", "folder", required=True, metavar="DIR", type=options.PATH,
    help="Folder with <document id>.txt for every document. 存放各文件原文的目录。",
)  # fmt: skip
@options.language
def command(source: Path | None, folder: Path, language: Language | None) -> None:
    """Prove every row of the tables against the source texts.

    逐行核对工作区（默认当前目录）的数据表与原文是否一致。

    SOURCE is the workspace (default: here). A row is proved when its place in the text holds its literal, name or
    title, its evidence stands around it, and the number read again gives its value, interval, unit and bound. Exit
    code: 0 every row is proved, 2 some are not.
    """
    from audit.actions.proving import prove
    from audit.workspace.loading import folder_package

    session = options.session(source, {"--lang": language})
    proof = prove(folder_package(session.source), folder)
    if proof.faults:
        raise InputErrors(list(proof.faults))
    _ = words(session.configuration.language)
    counts = ", ".join(f"{name} {count}" for name, count in proof.rows.items())
    say(
        _("{rows} rows of {documents} documents are proved: {counts}.",
          rows=sum(proof.rows.values()), documents=proof.documents, counts=counts)
    )  # fmt: skip
