"""DuckDB files, opened to be read only."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from audit.model.errors import InputError
from audit.tables.formats.asked import Asked
from audit.tables.formats.frames import of_rows
from audit.tables.formats.kinds import Source, chosen
from audit.tables.reading import TableFile

_NAMES = "select table_name from information_schema.tables where table_schema = 'main' order by 1"
_KEYS = "select table_name, constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"


def read(source: Source, asked: Asked) -> Iterator[TableFile]:
    """The tables and views of a database, or what the query gives that the settings name."""
    try:
        with duckdb.connect(str(source.path), read_only=True) as database:
            if asked.query:
                yield _table(database, asked.query, source, asked, asked.name or source.path.stem, ())
                return
            names = [row[0] for row in database.execute(_NAMES).fetchall()]
            keys = {row[0]: tuple(row[1]) for row in database.execute(_KEYS).fetchall()}
            for name in chosen(names, asked, source.shown):
                quoted = '"' + name.replace('"', '""') + '"'
                yield _table(database, f"select * from {quoted}", source, asked, name, keys.get(name, ()))
    except duckdb.Error as error:
        raise InputError(
            "{path}: the database says: {problem}", path=source.shown, problem=str(error)[:200]
        ) from None


def _table(
    database: duckdb.DuckDBPyConnection,
    query: str,
    source: Source,
    asked: Asked,
    name: str,
    key: tuple[str, ...],
) -> TableFile:
    cursor = database.execute(query)
    titles = [column[0] for column in cursor.description or ()]
    return of_rows(titles, cursor.fetchall(), source, asked, name=name, key=key)
