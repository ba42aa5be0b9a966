"""Tables of one's own: files, folders and databases as the tables of a workspace, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from audit.engine.frames import Table
from audit.engine.identity import as_text, identity_of
from audit.language.plan import ColumnType
from audit.model.errors import InputError, InputErrors
from audit.model.frozen import frozen
from audit.model.nearest import nearest
from audit.model.phrase import Phrase
from audit.model.report import Input
from audit.tables.formats.asked import NOTHING, Asked
from audit.tables.formats.kinds import tables_of
from audit.tables.formats.scanned import ScannedFile, whole
from audit.tables.formats.spark import is_spark, table_of_spark
from audit.tables.number_cells import numbers_in
from audit.tables.period_cells import with_periods
from audit.tables.reading import TableFile
from audit.tables.unpivoting import unpivoted

_MOST_FAULTS = 20


@frozen(slots=False)
class OwnTables:
    """Tables by name, the files they came from, and what a reader has to know of how they were read."""

    tables: Mapping[str, Table]
    inputs: tuple[Input, ...]
    notes: tuple[Phrase, ...]


def own_tables(files: Sequence[Path], asked: Mapping[str, Asked]) -> OwnTables:
    """The tables of files, read as the settings ask where they name the file, and of the databases asked; what Spark
    holds stays there."""
    found: list[_Found] = []
    for path in files:
        found += _of_file(path, [one for one in asked.values() if one.file and _same(one.file, path)])
    held = [table_of_spark(one) for one in asked.values() if is_spark(one)]
    for one in asked.values():
        if one.url and not is_spark(one):
            from audit.tables.formats.sql import tables_of_url

            read = tuple(tables_of_url(one))
            found += [((len(read) == 1 and one.name) or file.name, file, one) for file in read]
    tables: dict[str, Table] = {}
    notes: list[Phrase] = []
    for name, file, settings in _named_apart(found):
        tables[name], told = table_of(name, file, settings)
        notes += told
    for table in held:
        if table.name in tables:
            raise _both(table.path, tables[table.name].place_told(0)[0], table.name)
        tables[table.name] = Table(table.name, table.frame, key=table.key)
    inputs = {file.path: Input(file.path, file.sha256) for file in (*(file for _, file, _ in found), *held)}
    return OwnTables(tables, tuple(inputs.values()), tuple(notes))


def table_of(
    name: str, file: TableFile | ScannedFile, asked: Asked = NOTHING
) -> tuple[Table, tuple[Phrase, ...]]:
    """A table as read made one to check: wide columns made rows, numbers made plain; and what is told of that."""
    if not file.length:
        raise InputError("{path}: has no rows below its header; there is nothing to check.", path=file.path)
    letters: dict[str, str | tuple[str, ...]] = dict(file.letters)
    if asked.unpivot:
        long = unpivoted(whole(file), asked.unpivot, asked.at)
        letters[asked.unpivot.value] = tuple(file.letters.get(column, "") for column in long.columns)
        file = long.file
    numbers = numbers_in(with_periods(file), asked)
    file = numbers.file
    for column in file.key:
        if column not in file.columns:
            raise InputError("{at}: key names “{name}”, which is no column; the nearest is {nearest}.",
                             at=asked.at or file.path, name=column, nearest=nearest(column, file.columns))  # fmt: skip
    types: dict[str, ColumnType] = {
        column: "number" if column in numbers.columns else "text" for column in file.columns
    }
    table = Table(
        name, file.frame, types=types, key=file.key, sources=((file.path, file.lines),), sheet=file.sheet,
        letters=letters, as_written=True,
    )  # fmt: skip
    if asked.key:
        _require_apart(table)
    return table, file.notes


def _require_apart(table: Table) -> None:
    """Raise `InputErrors` for rows that the declared key does not tell apart, each with the first that has its key."""
    rows = table.rows(sorted(identity_of(table).alike))
    first: dict[tuple[str, ...], int] = {}
    faults: list[InputError] = []
    for row, values in rows.items():
        key = tuple(as_text(values[column]) for column in table.key)
        if "" in key:
            continue
        if first.setdefault(key, row) != row:
            faults.append(InputError(
                "{place}: has the key of {first} again ({key}); a key stands only once: mend the rows, or name in “key” all "
                "columns that tell them apart.",
                place=table.where(row, table.key[0]), first=table.where(first[key], table.key[0]),
                key=", ".join(f"{name}={value}" for name, value in zip(table.key, key, strict=True)),
            ))  # fmt: skip
    if len(faults) > _MOST_FAULTS:
        more = InputError("{path}: {count} more rows have a key again.",
                          path=table.place_told(0)[0], count=len(faults) - _MOST_FAULTS)  # fmt: skip
        faults = [*faults[:_MOST_FAULTS], more]
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)


_Found = tuple[str, TableFile | ScannedFile, Asked]
"""A table under its name, as read, and what the settings ask of it."""


def _of_file(path: Path, asked: Sequence[Asked]) -> Iterator[_Found]:
    if not path.exists():
        raise InputError("{path}: there is no such file or folder.", path=path)
    if not asked:
        yield from ((file.name, file, NOTHING) for file in tables_of(path, path.as_posix()))
        return
    for one in asked:
        files = tables_of(path, path.as_posix(), one)
        if len(files) > 1:
            raise InputError(
                "{at}: {path} holds several tables ({names}); say which with sheet = \"…\".",
                at=one.at, path=path.as_posix(), names=", ".join(file.sheet for file in files),
            )  # fmt: skip
        yield one.name or files[0].name, files[0], one


def _named_apart(found: Sequence[_Found]) -> Iterator[_Found]:
    """The tables under names that are all different: one whose name another has too goes by its file and sheet."""
    names = [name for name, _, _ in found]
    seen: dict[str, str] = {}
    for name, file, asked in found:
        stem = Path(file.path).stem
        told = (
            name
            if names.count(name) == 1
            else f"{stem}.{file.sheet}"
            if file.sheet and file.sheet != stem
            else stem
        )
        if told in seen:
            raise _both(file.path, seen[told], told)
        seen[told] = file.path
        yield told, replace(file, name=told), asked


def _both(path: str, other: str, name: str) -> InputError:
    return InputError(
        "{path} and {other} would both be the table “{name}”; name them in audit.toml ([tables.NAME] file = …).",
        path=path, other=other, name=name,
    )  # fmt: skip


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
