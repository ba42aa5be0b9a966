"""Databases that SQLAlchemy reaches, asked in a transaction that only reads."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.model.errors import InputError
from audit.tables.formats.asked import Asked
from audit.tables.formats.frames import of_rows
from audit.tables.formats.kinds import Source, chosen, require
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    from audit.tables.formats.scanned import ScannedFile

URL = re.compile(r"^([a-z][a-z0-9+]*):/{1,3}(?=[^/])")
_AT_ONCE = 10_000
"""Rows that a server is asked for at a time."""
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class _Database(Source):
    """A database: what it gave is known by its digest only."""

    def __init__(self, shown: str) -> None:
        super().__init__(Path(shown.rpartition("/")[2] or "database"), shown)
        self.__dict__["sha256"] = ""

    def giving(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows that it gives, whose digest is known when all are given."""
        digest = hashlib.sha256(b"[")
        for number, row in enumerate(rows):
            digest.update((", " * bool(number) + repr(tuple(map(str, row)))).encode())
            yield row
        digest.update(b"]")
        self.__dict__["sha256"] = digest.hexdigest()


def tables_of_url(asked: Asked) -> Iterator[TableFile | ScannedFile]:
    """The tables of a database or what a query gives; `${NAME}` in the address is filled from the environment.

    Passwords are never told. Raises `InputError` with what the database says.
    """
    require("sqlalchemy", "sql", _shown(asked.url))
    import sqlalchemy as sa

    address = _filled(asked)
    scheme, _, rest = address.partition("://")
    source = _Database(_shown(address))
    try:
        engine = sa.create_engine(f"{_DRIVERS.get(scheme, scheme)}://{rest}")
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(sa.text("set transaction read only"))
            if asked.query:
                yield _table(connection, sa.text(asked.query), source, asked, asked.name, ())
            else:
                yield from _tables(connection, source, asked)
            connection.rollback()
        engine.dispose()
    except ModuleNotFoundError as error:
        require(error.name or "sqlalchemy", "sql", source.shown)
        raise
    except sa.exc.SQLAlchemyError as error:
        problem = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
        raise InputError("{path}: the database says: {problem}", path=source.shown, problem=problem) from None


def _tables(connection: Any, source: _Database, asked: Asked) -> Iterator[TableFile | ScannedFile]:
    import sqlalchemy as sa

    inspector = sa.inspect(connection)
    names = sorted((*inspector.get_table_names(), *inspector.get_view_names()))
    for name in chosen(names, asked, source.shown):
        key = tuple(inspector.get_pk_constraint(name).get("constrained_columns") or ())
        query = sa.select("*").select_from(sa.table(name)).order_by(*map(sa.column, key))
        yield _table(connection, query, source, asked, name, key)


def _table(
    connection: Any, query: Any, source: _Database, asked: Asked, name: str, key: tuple[str, ...]
) -> TableFile | ScannedFile:
    result = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    return of_rows([*result.keys()], source.giving(result), source, asked, name=name, sheet=name, key=key)


def _filled(asked: Asked) -> str:
    """The address with the variables that it names."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in os.environ:
            raise InputError(
                "{at}: the variable {name} of the environment is not set.", at=asked.at, name=match[1]
            )
        return os.environ[match[1]]

    return re.sub(r"\$\{(\w+)\}", value, asked.url)


def _shown(address: str) -> str:
    """The address without user and password."""
    return re.sub(r"//[^@/]*@", "//", address).partition("?")[0]
