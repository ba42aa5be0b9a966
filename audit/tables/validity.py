"""Whether the tables of a package are as their schemas say; told for all bad cells at once.

Loading pandera takes longer than a whole run of checks, so what was found valid is remembered by the content of the
package and of the schemas' own source, and only content that was never seen is looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.model.errors import CellError, InputError, InputErrors
from audit.model.phrase import marked
from audit.tables.cache import Cache, user_cache
from audit.tables.package import Package, Resource

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

KIND = "valid-tables"
_SOURCES = (
    "schemas.py",
    "conditions.py",
    "references.py",
    "constraints.py",
    "validity.py",
    "package.py",
    "reading.py",
)


def ensure_valid(package: Package, known: Cache | None = None) -> None:
    """Do nothing when every table is as its schema says; else raise `InputErrors` with every bad cell.

    `known` remembers what was valid before (default: the user's cache); an entry counts only when it holds word for
    word what would be looked at now.
    """
    known = user_cache() if known is None else known
    content = _content(package)
    digest = hashlib.sha256(content).hexdigest()
    if known.get(KIND, digest) == content:
        return
    found = faults(package)
    if found:
        raise found[0] if len(found) == 1 else InputErrors(list(found))
    known.put(KIND, digest, content)


def _content(package: Package) -> bytes:
    """All that the answer depends on: the schemas, and each table's description and files."""
    tables = {
        name: {"schema": resource.schema, "files": [file.sha256 for file in resource.files]}
        for name, resource in package.resources.items()
    }
    return json.dumps({"schemas": _version(), "tables": tables}, ensure_ascii=False).encode()


@cache
def _version() -> str:
    """The digest of the source of the schemas, so that no change of them goes unnoticed."""
    here = Path(__file__).parent
    rows = here.parent / "model" / "rows.py"
    return hashlib.sha256(
        b"\0".join(path.read_bytes() for path in [*(here / n for n in _SOURCES), rows])
    ).hexdigest()


def faults(package: Package) -> tuple[InputError, ...]:
    """Every bad cell of the package in the order of its tables and lines, one fault a cell."""
    import pandas as pd

    frames = {
        name: pd.DataFrame(resource.frame().to_dict(as_series=False), dtype="str")
        for name, resource in package.resources.items()
    }
    found: list[InputError] = []
    for name, resource in package.resources.items():
        try:
            schemas = _schemas(name, resource, frames)
            cells = _Cells(resource, frames[name])
            by_cell = {fault.place: fault.error for schema in schemas for fault in _failures(schema, cells)}
        except InputError as error:
            found.append(error)
            continue
        found.extend(by_cell[place] for place in sorted(by_cell))
    return tuple(found)


def _schemas(name: str, resource: Resource, frames: Mapping[str, pd.DataFrame]) -> list[pa.DataFrameSchema]:
    """What the table is held to; the last word on a cell comes last: the fixed schema of a table that audit knows."""
    import pandera.pandas as pa

    from audit.tables.constraints import declared_schema
    from audit.tables.references import reference_checks
    from audit.tables.schemas import SCHEMAS

    declared = declared_schema(name, resource.schema, frames)
    if name not in SCHEMAS:
        return [declared]
    fixed = SCHEMAS[name]
    lacking = [
        column
        for column, spec in fixed.columns.items()
        if spec.required and column not in frames[name].columns
    ]
    if lacking:
        raise InputError("{path}:1: the column “{name}” is missing; add it (the columns are {columns}).",
                         path=resource.files[0].path, name=lacking[0], columns=", ".join(fixed.columns))  # fmt: skip
    return [declared, pa.DataFrameSchema(checks=reference_checks(name, frames), name=name), fixed]


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
    import pandera.errors

    try:
        schema.validate(cells.frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            yield from _cell_faults(error, cells)


def _cell_faults(error: Any, cells: _Cells) -> Iterator[_Fault]:
    import pandas as pd
    from pandera.errors import SchemaErrorReason as Reason

    if not isinstance(error.failure_cases, pd.DataFrame):
        raise error
    rows = sorted({int(index) for index in error.failure_cases["index"]})
    if error.reason_code in (Reason.SERIES_CONTAINS_DUPLICATES, Reason.DUPLICATES):
        columns = list(error.schema.unique) if error.reason_code == Reason.DUPLICATES else [error.schema.name]
        first = cells.frame.drop_duplicates(columns).index
        rows = [row for row in rows if row not in first]
        reason = marked("stands here again; a key stands only once")
        yield from (_fault(cells, row, columns[-1], reason, {}) for row in rows)
    elif error.reason_code == Reason.SERIES_CONTAINS_NULLS:
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
