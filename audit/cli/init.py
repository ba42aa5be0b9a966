"""`audit init`: start an empty workspace."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.phrase import Language
from audit.wording import words


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=options.PATH)
@options.language
def command(folder: Path, language: Language | None) -> None:
    """Start an empty workspace in DIR (default: here).

    在 DIR（默认当前目录）新建一个空的工作区：带表头的数据表、代码表和一条示例规则。

    It has tables with headers, code lists and a sample rule. Nothing is overwritten. Exit code: 0 started, 2 something
    of that name is already there.
    """
    from audit.actions.starting import start

    _ = words(options.spoken())
    for name in start(folder):
        say(name.as_posix())
    say(_("Fill the tables as README.md says, then run `audit check` in {folder}.", folder=folder.as_posix()))
