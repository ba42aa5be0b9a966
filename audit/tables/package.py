"""A folder of tables described by a Frictionless Data Package (`datapackage.json`), read as a whole.

Frictionless Data, Data Package and Table Schema specifications, version 1 (https://specs.frictionlessdata.io).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from audit.model.codes import CodeList, Member
from audit.model.errors import InputError, InputErrors
from audit.model.frozen import frozen
from audit.model.text_frame import TextFrame
from audit.numbers.numerals import number_of
from audit.tables.description import Described, read_description
from audit.tables.kinds import CODE_LISTS, known
from audit.tables.links import names
from audit.tables.reading import TableFile, read_csv, require_columns
from audit.tables.table_schema import as_declared, inferred_schema, is_plain, read_dialect

FieldType = Literal["text", "number", "boolean"]
_TYPES: dict[str, FieldType] = {"number": "number", "integer": "number", "boolean": "boolean"}


@frozen
class Resource:
    """One table of a package: its files as read, its columns with their types, its key and its references.

    `references` gives, for a column, the resource whose key its cells must be members of. `schema` is the Table Schema
    of the descriptor as it stands.
    """

    name: str
    files: tuple[TableFile, ...]
    types: dict[str, FieldType]
    required: tuple[str, ...]
    key: tuple[str, ...]
    references: dict[str, str]
    schema: Mapping[str, Any] = field(default_factory=dict)

    def frame(self) -> TextFrame:
        """All rows of all files."""
        return TextFrame.stacked([file.frame.select(list(self.types)) for file in self.files])

    def members(self) -> dict[str, tuple[str, ...]]:
        """The values that the schema allows in a column, by column, where it lists them."""
        listed = {
            f["name"]: (f.get("constraints") or {}).get("enum", ()) for f in self.schema.get("fields", ())
        }
        return {name: tuple(map(str, values)) for name, values in listed.items() if values}

    def limits(self) -> dict[str, tuple[Decimal | None, Decimal | None]]:
        """The least and the greatest number that the schema allows in a number column, where it says either."""
        found = {}
        for described in self.schema.get("fields", ()):
            constraints = described.get("constraints") or {}
            if self.types.get(described["name"]) == "number" and {"minimum", "maximum"} & constraints.keys():
                least, most = constraints.get("minimum"), constraints.get("maximum")
                found[described["name"]] = (number_of(least), number_of(most))
        return found

    def place(self, row: int) -> tuple[str, int]:
        """The file and line of a row of `frame()`."""
        for file in self.files:
            if row < len(file.lines):
                return file.path, file.lines[row]
            row -= len(file.lines)
        raise IndexError(row)


@frozen(slots=False)
class Package:
    """The resources of a package by name, in the order of `datapackage.json`."""

    root: Path
    resources: dict[str, Resource]

    def codes(self) -> dict[str, CodeList]:
        """The code lists by dimension.

        A column that refers to a list is a dimension, by its own name; the lists that audit knows need no reference.
        """
        named: dict[str, str] = {}
        for resource in self.resources.values():
            for column, reference in resource.references.items():
                if reference in self.resources and reference != resource.name:
                    named.setdefault(column, reference)
        for column, name in CODE_LISTS.items():
            if name in self.resources and known(name, self.resources[name].types):
                named.setdefault(column, name)
        return {column: code_list(column, self.resources[name]) for column, name in named.items()}


def read_package(root: Path, shown: str = "") -> Package:
    """Read `datapackage.json` in `root` and all its tables; all faults are reported together (`InputErrors`)."""
    resources: dict[str, Resource] = {}
    faults: list[InputError] = []
    for described in read_description(root, shown):
        try:
            resources[described.name] = _resource(described, root, shown)
        except InputErrors as errors:
            faults.extend(errors.faults)
        except InputError as error:
            faults.append(error)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return Package(root, resources)


def _resource(described: Described, root: Path, shown: str) -> Resource:
    schema = described.schema
    declared = None if schema is None else tuple(field["name"] for field in schema["fields"])
    files = tuple(
        _file(described, _inside(root, name, shown), f"{shown}{name}", declared) for name in described.paths
    )
    if schema is None:
        files, schema = _inferred(files)
    fields = schema["fields"]
    types = {field["name"]: _TYPES.get(field.get("type", "string"), "text") for field in fields}
    return Resource(
        name=described.name,
        files=tuple(as_declared(file, schema) for file in files),
        types=types,
        required=tuple(f["name"] for f in fields if (f.get("constraints") or {}).get("required")),
        key=names(schema.get("primaryKey")),
        references={
            key["fields"]: key["reference"]["resource"] or described.name
            for key in schema.get("foreignKeys", [])
            if isinstance(key["fields"], str)
        },
        schema=schema,
    )


def _file(described: Described, path: Path, shown: str, columns: tuple[str, ...] | None) -> TableFile:
    """A file of a resource, with the columns that the schema declares; None for whatever it has."""
    if (
        columns is not None
        and known(described.name, columns)
        and is_plain(described.dialect, described.encoding)
        and path.suffix.lower() == ".csv"
    ):
        return read_csv(path, shown, columns)
    file = read_dialect(path, shown, described.dialect, described.encoding)
    require_columns(file, columns or ())
    return file


def _inferred(files: tuple[TableFile, ...]) -> tuple[tuple[TableFile, ...], dict[str, Any]]:
    """The files of a resource without a schema, and one that fits the first; the others must have its columns."""
    first, schema = inferred_schema(files[0])
    for file in files[1:]:
        require_columns(file, tuple(first.frame.columns))
    return (first, *files[1:]), schema


def _inside(root: Path, name: str, shown: str) -> Path:
    """The file of that name below `root`; a link that leads out of it is an `InputError`."""
    target = Path(os.path.realpath(root / name))
    if not target.is_relative_to(os.path.realpath(root)):
        raise InputError("{path}: leads out of the package; keep tables inside it.", path=f"{shown}{name}")
    return target


def code_list(dimension: str, resource: Resource) -> CodeList:
    """The members of a code table: `code` (or its key), `parent`, `;`-separated `aliases`, all else as attributes."""
    code = next((n for n in ("code", *resource.key, *resource.types) if n in resource.types), "code")
    entries = []
    for row in resource.frame().records():
        name = row.get(code)
        if name is None:
            continue
        attributes = {n: v for n, v in row.items() if v and n not in (code, "parent", "aliases")}
        aliases = tuple(a.strip() for a in (row.get("aliases") or "").split(";") if a.strip())
        entries.append(Member(name, row.get("parent") or None, aliases, attributes))
    return CodeList.of(dimension, entries, resource.types)
