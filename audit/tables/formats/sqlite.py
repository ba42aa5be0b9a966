"""SQLite files, opened to be read only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.tables.formats.asked import Asked
from audit.tables.formats.frames import of_rows
from audit.tables.formats.kinds import Source, chosen
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    from audit.tables.formats.scanned import ScannedFile


def read(source: Source, asked: Asked) -> Iterator[TableFile | ScannedFile]:
    """The tables and views of a database, or what the query gives that the settings name."""
    try:
        with sqlite3.connect(f"{source.path.resolve().as_uri()}?mode=ro", uri=True) as database:
            database.execute("pragma query_only = on")
            names = [row[0] for row in database.execute(
                "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by name"
            )]  # fmt: skip
            if asked.query:
                yield _table(database, asked.query, source, asked, asked.name or source.path.stem, ())
                return
            for name in chosen(names, asked, source.shown):
                quoted = '"' + name.replace('"', '""') + '"'
                info = database.execute(f"pragma table_info({quoted})").fetchall()
                key = tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])
                yield _table(database, f"select * from {quoted}", source, asked, name, key)
    except sqlite3.Error as error:
        raise InputError(
            "{path}: the database says: {problem}", path=source.shown, problem=str(error)[:200]
        ) from None


def _table(
    database: sqlite3.Connection, query: str, source: Source, asked: Asked, name: str, key: tuple[str, ...]
) -> TableFile | ScannedFile:
    cursor = database.execute(query)
    titles = [column[0] for column in cursor.description or ()]
    return of_rows(titles, cursor, source, asked, name=name, sheet=name, key=key)
