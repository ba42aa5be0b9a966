"""`audit init`: start an empty workspace."""

from __future__ import annotations

from pathlib import Path

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.phrase import Language
from audit.wording import words
from audit.workspace.addresses import Address


@click.command("init")
@click.argument("sources", nargs=-1, metavar="[DIR|FILE...]", type=options.SOURCE)
@options.table
@click.option("-o", "--output", "folder", default=".", metavar="DIR", type=options.PATH,
              help="Where the workspace for FILE... is made (default: here). 工作区目录。")  # fmt: skip
@options.language
def command(
    sources: tuple[Path | Address, ...], tables: tuple[str, ...], folder: Path, language: Language | None
) -> None:
    """Start a workspace: for tables that are there (FILE..., or the address of a database), or an empty one for plans in
    DIR (default: here).

    新建工作区：给出数据表文件或数据库地址时，识别其主键、维度、期间，并由数据推出建议的规则；否则在 DIR 新建空的规划工作区。

    For FILE... it writes how the tables are read (audit.toml) and rules that hold in nearly all their rows and that chance
    does not explain (rules/suggested.yaml), each with how often it holds. Nothing is overwritten. Exit code: 0 started, 2
    something of that name is already there, or a file cannot be read.
    """
    from audit.tables.formats.kinds import format_of

    spoken = options.spoken()
    if any(isinstance(one, Address) or one.is_file() or format_of(one) for one in sources):
        _suggest(sources, tables, folder, spoken)
        return
    if len(sources) > 1:
        raise click.UsageError("one folder is started at a time; name files to have rules suggested.")
    from audit.actions.starting import start

    _ = words(spoken)
    target = Path(sources[0]) if sources else folder
    for name in start(target):
        say(name.as_posix())
    say(_("Fill the tables as README.md says, then run `audit check` in {folder}.", folder=target.as_posix()))


def _suggest(
    sources: tuple[Path | Address, ...], tables: tuple[str, ...], folder: Path, language: Language
) -> None:
    """Make a workspace for tables and tell what was found in them."""
    from audit.actions.suggesting import start_with

    _ = words(language)
    started = start_with(sources, folder, tables)
    comma = _(", ")
    for name, shape in started.tables.items():
        say(_("table {name}: key {key} ({rows} rows); dimensions {dimensions}; numbers {numbers}", name=name,
              key=comma.join(shape.key) or "–", rows=shape.rows, dimensions=comma.join(shape.dimensions) or "–",
              numbers=comma.join(shape.numbers) or "–"))  # fmt: skip
    for note in started.notes:
        say(note.in_(language))
    for rule in started.rules:
        say(f"{rule.id}  {rule.title.in_(language)}  {rule.holds}/{rule.checks}")
    for file in started.files:
        say(file.as_posix())
    if started.rules:
        say(_("Fill in the reasons in rules/suggested.yaml, strike out what is no rule, and run `audit check {folder}`.",
              folder=folder.as_posix()))  # fmt: skip
    else:
        say(_("No rule suggests itself: nothing holds in nearly all rows that chance does not explain."))
