"""Bad cells told one by one: what pandera finds wrong with the tables of a package, as sentences for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason

from audit.model.errors import CellError, InputError
from audit.model.phrase import marked
from audit.tables.code_lists import CODE, trees_of
from audit.tables.conditions import own_aliases
from audit.tables.constraints import declared_schema
from audit.tables.kinds import known
from audit.tables.links import Link
from audit.tables.package import Package, Resource
from audit.tables.references import among, keys, no_circle, reference_checks
from audit.tables.schemas import SCHEMAS


def faults(package: Package) -> tuple[InputError, ...]:
    """Every bad cell of the package in the order of its tables and lines, one fault a cell."""
    frames = {name: _frame(resource) for name, resource in package.resources.items()}
    found: list[InputError] = []
    for name, resource in package.resources.items():
        try:
            references = pa.DataFrameSchema(checks=reference_checks(name, resource.schema, frames), name=name)
            declared, *fixed = _schemas(resource)
        except InputError as error:
            found.append(error)
            continue
        cells = _Cells(resource, frames[name])
        found.extend(_told((declared, references, *fixed), cells))
    return tuple(found)


def code_list_faults(resource: Resource, *, dated: bool) -> tuple[InputError, ...]:
    """Every bad cell of a code list that stands alone; in a `dated` one a code may stand several times."""
    cells = _Cells(resource, _frame(resource))
    codes = keys(cells.frame, (CODE,))
    checks = [own_aliases()] if "aliases" in resource.types else []
    for tree in trees_of(tuple(resource.types)):
        checks += [among(codes, Link((tree.above,), resource.name, tree.key)), no_circle(tree)]
    column = pa.Column(str, nullable=False, unique=not dated, coerce=True)
    return _told((pa.DataFrameSchema({CODE: column}, checks=checks, name=resource.name),), cells)


def _told(schemas: Iterable[pa.DataFrameSchema], cells: _Cells) -> tuple[InputError, ...]:
    """What schemas find wrong, one fault a cell in the order of the cells; the last word on a cell counts."""
    by_cell = {fault.place: fault.error for schema in schemas for fault in _failures(schema, cells)}
    return tuple(by_cell[place] for place in sorted(by_cell))


def sound(resource: Resource) -> bool:
    """Whether every row is as its schemas say, whatever stands in other tables."""
    try:
        cells = _Cells(resource, _frame(resource))
        return not any(fault for schema in _schemas(resource) for fault in _failures(schema, cells))
    except InputError:
        return False


def _frame(resource: Resource) -> pd.DataFrame:
    return pd.DataFrame(resource.frame().to_dict(as_series=False), dtype="str")


def _schemas(resource: Resource) -> list[pa.DataFrameSchema]:
    """What is declared for a table and, last so that its word counts, the fixed schema of a table that audit knows."""
    declared = declared_schema(resource.name, resource.schema)
    if known(resource.name, resource.types) is None:
        return [declared]
    fixed = SCHEMAS[resource.name]
    lacking = [
        column for column, spec in fixed.columns.items() if spec.required and column not in resource.types
    ]
    if lacking:
        raise InputError("{path}:1: the column “{name}” is missing; add it (the columns are {columns}).",
                         path=resource.files[0].path, name=lacking[0], columns=", ".join(fixed.columns))  # fmt: skip
    return [declared, fixed]


@dataclass(frozen=True)
class _Cells:
    """A table with the files and lines of its rows."""

    resource: Resource
    frame: pd.DataFrame

    def row(self, index: int) -> dict[str, str | None]:
        return {str(n): None if c != c else str(c) for n, c in self.frame.iloc[index].items()}


@dataclass(frozen=True)
class _Fault:
    place: tuple[int, int]
    error: CellError


def _failures(schema: pa.DataFrameSchema, cells: _Cells) -> Iterator[_Fault]:
    """Each failing cell of a table under one schema; of a row that fails, the column that the check is about."""
    try:
        schema.validate(cells.frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            yield from _cell_faults(error, cells)


def _cell_faults(error: Any, cells: _Cells) -> Iterator[_Fault]:
    if not isinstance(error.failure_cases, pd.DataFrame):
        raise error
    rows = sorted({int(index) for index in error.failure_cases["index"]})
    if error.reason_code in (SchemaErrorReason.SERIES_CONTAINS_DUPLICATES, SchemaErrorReason.DUPLICATES):
        columns = (
            list(error.schema.unique)
            if error.reason_code == SchemaErrorReason.DUPLICATES
            else [error.schema.name]
        )
        stated = cells.frame[columns].dropna()
        again = set(stated.index[stated.duplicated()])
        rows = [row for row in rows if row in again]
        reason = marked("stands here again; a key stands only once")
        yield from (_fault(cells, row, columns[-1], reason, {}) for row in rows)
    elif error.reason_code == SchemaErrorReason.SERIES_CONTAINS_NULLS:
        reason = marked("is blank, but every row needs it")
        yield from (_fault(cells, row, error.schema.name, reason, {}) for row in rows)
    else:
        check = error.check
        for row in rows:
            places = dict(check.statistics["places"])
            if tell := check.statistics["tell"]:
                places |= tell(cells.row(row))
            yield _fault(cells, row, check.title or error.schema.name, check.error, places)


def _fault(cells: _Cells, row: int, column: str, reason: str, places: Mapping[str, object]) -> _Fault:
    path, line = cells.resource.place(row)
    cell = cells.row(row)[column]
    position = list(cells.frame.columns).index(column)
    return _Fault((row, position), CellError(path, line, column, cell, reason, **places))
