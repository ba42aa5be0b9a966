"""Databases named on the command line by their address, as SQLAlchemy writes it: `postgresql://user@host/base`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audit.model.errors import InputError
from audit.tables.formats.asked import Asked
from audit.workspace.configuration import Configuration

_ADDRESS = re.compile(r"[a-z][a-z0-9]*(?:\+[a-z0-9_]+)?://\S+")
_PASSWORD = re.compile(r"(?<=//)([^:@/]*):[^@/]+@")
GIVEN = "--table"
"""Where a table is asked for that no settings name."""


class Address(str):
    """The address of a database."""

    def without_password(self) -> str:
        """The address with a variable of the environment for its password, for settings that others read."""
        return self if "${" in self else _PASSWORD.sub(r"\1:${PASSWORD}@", self)


def source_of(text: str) -> Path | Address:
    """What a word on the command line names: a database by its address, else a file or folder."""
    return Address(text) if _ADDRESS.fullmatch(text) else Path(text)


def asked_for(
    sources: Sequence[Path | Address], tables: Sequence[str], settings: Configuration
) -> dict[str, Asked]:
    """How the sources named on the command line are read, where they are databases or `tables` of them are named: as the
    settings say for that address or file, else all their tables."""
    found: dict[str, Asked] = {}
    for source in sources:
        own = {name: one for name, one in settings.tables.items() if _names(one, source)}
        if not tables and (own or isinstance(source, Path)):
            found |= own
            continue
        whole = Asked(url=source, at=GIVEN) if isinstance(source, Address) else Asked(file=source, at=GIVEN)
        for table in tables or ("",):
            told = {name: one for name, one in own.items() if one.sheet == table}
            found |= told or {f"{source} {table}": replace(whole, sheet=table)}
    return found


def addressed(
    configuration: Configuration, sources: Sequence[Path | Address], tables: Sequence[str]
) -> Configuration:
    """The settings of a run on sources of which some are databases, or of which some tables only are asked for."""
    if not tables and not any(isinstance(source, Address) for source in sources):
        return configuration
    if not sources:
        raise InputError("--table says which tables of a SOURCE are meant; name the file or the address.")
    return replace(configuration, tables=asked_for(sources, tables, configuration), apart=True)


def _names(one: Asked, source: Path | Address) -> bool:
    """Whether settings are for a source."""
    if isinstance(source, Address):
        return one.url == source
    return one.file is not None and one.file.resolve() == source.resolve()
