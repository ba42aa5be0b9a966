"""The options that several commands share, each worded once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from audit.cli.rim import Voice
from audit.model.phrase import Language
from audit.wording import language_of
from audit.workspace.addresses import Address, source_of
from audit.workspace.configuration import configure
from audit.workspace.session import Session

PATH: Any = click.Path(path_type=Path)


class _Source(click.ParamType):  # type: ignore[type-arg]
    """A file, a folder, or the address of a database."""

    name = "source"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | Address:
        return source_of(value) if isinstance(value, str) else value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(incomplete, type="file")]


SOURCE = _Source()
table = click.option(
    "--table", "tables", multiple=True, metavar="NAME",
    help="Only this sheet, or this table of a database (repeatable). 只检查此工作表或数据库表。",
)  # fmt: skip

source = click.argument("source", required=False, type=PATH)
workspace = click.option("-C", "--source", type=PATH, help="The workspace (default: here). 工作区。")
rules = click.option(
    "--rules", multiple=True, type=PATH, help="Rule file or folder (repeatable). 规则文件或目录。"
)


def rule_ids(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """What a shell offers where the id of a rule is asked for: those of the library that begin so."""
    from audit.workspace.rulebook import library

    return [rule.id for rule in library().rules if rule.id.startswith(begun)]


only = click.option(
    "--only",
    multiple=True,
    metavar="ID-OR-GLOB",
    shell_complete=rule_ids,
    help="Use only these rules, e.g. 'structure.*'. 只使用这些规则。",
)
waivers = click.option("--waivers", type=PATH, help="File of waivers (waivers.yaml). 豁免文件。")
output = click.option(
    "-o",
    "--output",
    multiple=True,
    type=PATH,
    help="Write a report; its suffix says the format (repeatable). 写出报告文件。",
)

texts = click.option(
    "--sources",
    "texts",
    type=PATH,
    metavar="DIR",
    help="Folder of the plans' texts: reports quote whole clauses and lead there. 原文目录，报告据以引用并跳转。",
)


def _heard(context: click.Context, _option: click.Parameter, value: Language | None) -> Language | None:
    """From here on the run speaks this language."""
    if value is not None and isinstance(context.obj, Voice):
        context.obj.language = value
    return value


language = click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    callback=_heard,
    is_eager=True,
    help="Language of all that is told (default: audit.toml, else the locale). 输出语言。",
)


def spoken(found: Language | None = None) -> Language:
    """The language that a command speaks; with `found` (from the settings) it speaks that from here on."""
    context = click.get_current_context(silent=True)
    voice = context.obj if context is not None and isinstance(context.obj, Voice) else Voice(language_of())
    if found is not None:
        voice.language = found
    return voice.language


def session(source: Path | None, flags: Mapping[str, Any]) -> Session:
    """The session of a command: its settings, where SOURCE wins over audit.toml, whose language it speaks."""
    given = {"SOURCE": (source,) if source else (), **flags}
    configuration = configure(source or Path("."), given)
    spoken(configuration.language)
    return Session(configuration)
