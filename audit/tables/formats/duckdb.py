"""DuckDB files, opened to be read only: tables of few rows are read, others written aside as they come and scanned there.

So what is asked of a table again and again finds the same rows in the same order, which a view or a query need not give
twice. One thread asks the database: several give the rows of a view in another order from run to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import duckdb

from audit.files import folder_aside
from audit.model.errors import InputError
from audit.tables.formats import frames
from audit.tables.formats.aside import place_aside
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import Source, chosen
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    import polars as pl

    from audit.tables.formats.scanned import ScannedFile

_MEMORY = "1GB"
"""What the database may hold at a time; what is more goes aside too."""
_NAMES = "select table_name from information_schema.tables where table_schema = 'main' order by 1"
_KEYS = "select table_name, constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
_AT_ONCE = 10_000
"""Rows that are taken at a time."""

_NESTED = frozenset(("list", "array", "struct", "map", "union"))
_USUAL = "case when isfinite({0}) and year({0}) between 1 and 9999 then {0} when {0} is not null then error('unusual') end"
_CELLS = {
    **dict.fromkeys((
        "boolean", "tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint", "float",
        "double", "decimal", "varchar", "time", "blob",
    ), "{0}"),
    **dict.fromkeys(("hugeint", "uhugeint"), "cast({0} as decimal(38, 0))"),
    **dict.fromkeys(("uuid", "enum", "bit"), "cast({0} as varchar)"),
    **dict.fromkeys((
        "date", "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone",
    ), _USUAL),
}  # fmt: skip
"""How a column is asked for by its type, so that its cells read as they do in Python; what cannot be told so fails."""


def read(source: Source, asked: Asked) -> Iterator[TableFile | ScannedFile]:
    """The tables and views of a database, or what the query gives that the settings name."""
    try:
        with duckdb.connect(
            str(source.path),
            read_only=True,
            config={"memory_limit": _MEMORY, "temp_directory": str(folder_aside()), "threads": 1},
        ) as database:
            if asked.query:
                yield _table(database, asked.query, source, asked, asked.name or source.path.stem, ())
                return
            names = [row[0] for row in database.execute(_NAMES).fetchall()]
            keys = {row[0]: tuple(row[1]) for row in database.execute(_KEYS).fetchall()}
            for name in chosen(names, asked, source.shown):
                yield _table(database, f"from {_quoted(name)}", source, asked, name, keys.get(name, ()))
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
) -> TableFile | ScannedFile:
    relation = database.sql(query)
    kinds = dict(zip(relation.columns, (kind.id for kind in relation.types), strict=True))
    frames.refuse_nested((title for title, kind in kinds.items() if kind in _NESTED), source)
    first = relation.limit(frames.FEW + 1).fetchall()
    rows: Iterable[Sequence[object]] = first
    if len(first) > frames.FEW:
        if {*kinds.values()} <= _CELLS.keys() and (frame := _aside(relation, kinds, source)) is not None:
            from audit.tables.formats.scanned import of_scan

            return of_scan(frame, source, asked, name=name, sheet=name, key=key)
        cursor = database.execute(query)
        rows = chain.from_iterable(iter(lambda: cursor.fetchmany(_AT_ONCE), []))
    return frames.of_rows(relation.columns, rows, source, asked, name=name, sheet=name, key=key)


def _aside(
    relation: duckdb.DuckDBPyRelation, kinds: Mapping[str, str], source: Source
) -> pl.LazyFrame | None:
    """The rows, written aside as they come; None where the database fails at it, as for what only Python's types hold."""
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = place_aside()
    cells = (f"{_CELLS[kind].format(_quoted(title))} as {_quoted(title)}" for title, kind in kinds.items())
    try:
        reader = pa.RecordBatchReader.from_stream(relation.project(", ".join(cells)))
        with pq.ParquetWriter(path, reader.schema, compression="lz4") as writer:
            for batch in reader:
                writer.write_batch(batch)
    except (duckdb.Error, OSError) as error:
        if not isinstance(error, OSError) or error.errno is None:
            return None
        raise source.no_room(path.parent, error.strerror) from None
    return pl.scan_parquet(path, glob=False)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
