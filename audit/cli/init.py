"""`audit init`: start an empty workspace."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli.errors import told_in
from audit.model.phrase import Language
from audit.wording import language_of, words


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), help="Language of the messages. 提示语言。"
)
def command(folder: Path, language: Language | None) -> None:
    """Start an empty workspace in DIR (default: here).

    在 DIR（默认当前目录）新建一个空的工作区：带表头的数据表、代码表和一条示例规则。

    It has tables with headers, code lists and a sample rule. Nothing is overwritten. Exit code: 0 started, 2 something
    of that name is already there.
    """
    from audit.actions.starting import start

    language = language or language_of()
    _ = words(language)
    with told_in(language):
        files = start(folder)
    for name in files:
        click.echo(name.as_posix())
    click.echo(
        _("Fill the tables as README.md says, then run `audit check` in {folder}.", folder=folder.as_posix())
    )
