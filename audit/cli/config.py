"""`audit config`: what is in force, and where it was given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from audit.cli.errors import told_in
from audit.model.phrase import Language
from audit.wording import language_of, words
from audit.workspace.configuration import configure


@click.command("config")
@click.argument("source", default=".", type=click.Path(path_type=Path))
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), help="Language of messages. 提示语言。")
def command(source: Path, language: Language | None) -> None:
    """Show the settings in force for SOURCE (default: here), and the file and line each comes from.

    显示当前生效的设置及其来源。

    Settings stand in audit.toml, or below [tool.audit] in pyproject.toml; the flags of a command win.
    """
    with told_in(language or language_of()):
        import tabulate as tables

        configuration = configure(source, {"--lang": language})
        _ = words(configuration.language)
        rows = [[name, _shown(value), origin or _("default")] for name, value, origin in configuration.told()]
        heads = [_("setting"), _("value"), _("from")]
        click.echo(tables.tabulate(rows, headers=heads, tablefmt="plain", disable_numparse=True))


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {path}" for name, path in value.items()) or "–"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "–"
    return str(value)
