"""`audit config`: what is in force, and where it was given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from audit.cli import options
from audit.cli.rim import say
from audit.model.phrase import Language
from audit.reporting.inert import inert
from audit.wording import words
from audit.workspace.configuration import configure


@click.command("config")
@options.source
@options.language
def command(source: Path | None, language: Language | None) -> None:
    """Show the settings in force for SOURCE (default: here), and the file and line each comes from.

    显示当前生效的设置及其来源。

    Settings stand in audit.toml, or below [tool.audit] in pyproject.toml; the flags of a command win.
    """
    from audit.reporting.aligned import aligned

    configuration = configure(source or Path("."), {"--lang": language})
    _ = words(options.spoken(configuration.language))
    rows = [
        [name, inert(_shown(value)), inert(origin or _("default"))]
        for name, value, origin in configuration.told()
    ]
    heads = [_("setting"), _("value"), _("from")]
    for line in aligned(rows, heads).splitlines():
        say(line)


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
