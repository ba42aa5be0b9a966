"""A row that a user names, found: by what it goes by, as reports tell it, or by its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from audit.engine.frames import Table
from audit.engine.identity import identity_of
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.nearest import nearest

_LINE = re.compile(r"(?P<file>.+):(?P<line>\d+)")


@frozen
class Wanted:
    """A cell that is to be otherwise: its table, its row there from 0, and what the row goes by."""

    table: str
    row: int
    name: str
    column: str
    value: str | None


def wanted(edit: str, tables: Mapping[str, Table]) -> Wanted:
    """The cell that an edit like `ROW.value=30` names, and what it is to hold; a blank after `=` blanks it.

    ROW is the name of a row, `TABLE:NAME` where several tables have such a row, or `FILE:LINE`. Raises `InputError`
    for what is no edit, and for a row or column that is not there or is not the only one of that name.
    """
    readings = [
        (edit[: match.start()], match[1].strip(), edit[match.end() :])
        for match in re.finditer(r"\.([^.=]+)=", edit)
    ]
    if not readings:
        raise InputError("“{edit}” is no edit; write ROW.column=value, e.g. '{example}'.",
                         edit=edit, example="plan.csv:12.value=30")  # fmt: skip
    for row, column, value in readings:
        places = list(_places(row.strip(), tables))
        if not places:
            continue
        having = [place for place in places if column in tables[place[0]].columns]
        if len(having) == 1:
            return Wanted(*having[0], column, value or None)
        if having:
            raise InputError(
                "“{row}” names a row in several tables ({tables}); write {example}.",
                row=row, tables=", ".join(table for table, _, _ in having), example=f"{having[0][0]}:{row}",
            )  # fmt: skip
        table = places[0][0]
        raise InputError("the table “{table}” has no column “{name}”; the nearest is {nearest}.",
                         table=table, name=column, nearest=nearest(column, tables[table].columns))  # fmt: skip
    row = readings[0][0]
    names = (name for table in tables.values() for _, name in _names(table))
    raise InputError("there is no row “{row}”; the nearest is {nearest} (a row may also be named FILE:LINE).",
                     row=row, nearest=nearest(row, names))  # fmt: skip


def row_numbers(tables: Mapping[str, Table]) -> dict[tuple[str, str], int]:
    """The number of every row, by its table and what it goes by."""
    return {(table.name, name): number for table in tables.values() for number, name in _names(table)}


def _places(row: str, tables: Mapping[str, Table]) -> Iterator[tuple[str, int, str]]:
    """The rows that a name may mean, each with its table and the name it goes by."""
    table, _, rest = row.partition(":")
    for own in tables.values():
        sought = {row, rest} if own.name == table else {row}
        yield from ((own.name, number, name) for number, name in _names(own) if name in sought)
    if at := _LINE.fullmatch(row):
        for own in tables.values():
            number = _at(own, at["file"], int(at["line"]))
            if number is not None:
                yield own.name, number, dict(_names(own))[number]


def _names(table: Table) -> Iterator[tuple[int, str]]:
    """What the rows of a table go by, with their numbers."""
    identity = identity_of(table)
    for number, values in table.rows(range(table.length)).items():
        yield number, identity.name(number, values)


def _at(table: Table, file: str, line: int) -> int | None:
    """The row of a table that begins at a line of a file, which may be named by the end of its path."""
    first = 0
    for path, lines in table.sources:
        if _same_file(path, file) and line in lines:
            return first + lines.index(line)
        first += len(lines)
    return None


def _same_file(path: str, named: str) -> bool:
    own, other = Path(path).parts, Path(named).parts
    return own[-len(other) :] == other or Path(path).resolve() == Path(named).resolve()
