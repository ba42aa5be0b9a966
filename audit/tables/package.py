"""A folder of tables described by a Frictionless Data Package (`datapackage.json`), read as a whole.

Frictionless Data, Data Package and Table Schema specifications, version 1 (https://specs.frictionlessdata.io).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from audit.model.codes import CodeList, Member
from audit.model.errors import InputError, InputErrors
from audit.tables.reading import TableFile, read_csv

if TYPE_CHECKING:
    import polars as pl

FILE = "datapackage.json"
CODE_LISTS = {"region": "regions", "industry": "industries", "indicator": "indicators", "measure": "measures"}
"""The dimensions of figures and the resources that list their codes."""

FieldType = Literal["text", "number", "boolean"]
_TYPES: dict[str, FieldType] = {"number": "number", "integer": "number", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
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

    def frame(self) -> pl.DataFrame:
        """All rows of all files, every column as text."""
        import polars as pl

        return pl.concat([file.frame.select(list(self.types)) for file in self.files])

    def place(self, row: int) -> tuple[str, int]:
        """The file and line of a row of `frame()`."""
        for file in self.files:
            if row < len(file.lines):
                return file.path, file.lines[row]
            row -= len(file.lines)
        raise IndexError(row)


@dataclass(frozen=True)
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
            if name in self.resources:
                named.setdefault(column, name)
        return {column: code_list(column, self.resources[name]) for column, name in named.items()}


def read_package(root: Path, shown: str = "") -> Package:
    """Read `datapackage.json` in `root` and all its tables; all faults are reported together (`InputErrors`)."""
    descriptor = _descriptor(root / FILE, f"{shown}{FILE}")
    resources: dict[str, Resource] = {}
    faults: list[InputError] = []
    for entry in descriptor:
        try:
            resource = _resource(entry, root, shown)
            resources[resource.name] = resource
        except InputErrors as errors:
            faults.extend(errors.faults)
        except (KeyError, TypeError, AttributeError) as error:
            faults.append(_undescribed(f"{shown}{FILE}", entry, error))
        except InputError as error:
            faults.append(error)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return Package(root, resources)


def _descriptor(path: Path, shown: str) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        resources = content["resources"]
        names = [(r["name"], r["path"], r["schema"]["fields"]) for r in resources]
    except FileNotFoundError:
        raise InputError(
            "{path}: there is no such file; `audit init` starts a workspace.", path=shown
        ) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("{path}: is no data package ({problem}); see the Frictionless specification.",
                         path=shown, problem=f"{type(error).__name__}: {str(error)[:80]}") from None  # fmt: skip
    if not names:
        raise InputError("{path}: names no resources; list the tables there.", path=shown)
    return list(resources)


def _undescribed(path: str, entry: Mapping[str, Any], error: Exception) -> InputError:
    return InputError(
        "{path}: the resource {name} is not described as a Table Schema asks ({problem}).",
        path=path, name=entry["name"], problem=f"{type(error).__name__}: {str(error)[:80]}",
    )  # fmt: skip


def _resource(entry: Mapping[str, Any], root: Path, shown: str) -> Resource:
    schema = entry["schema"]
    fields = schema["fields"]
    paths = [entry["path"]] if isinstance(entry["path"], str) else entry["path"]
    types = {field["name"]: _TYPES.get(field.get("type", "string"), "text") for field in fields}
    files = []
    for name in paths:
        target = (root / name).resolve()
        if not target.is_relative_to(root.resolve()):
            raise InputError(
                "{path}: leads out of the package; keep tables inside it.", path=f"{shown}{name}"
            )
        files.append(read_csv(target, f"{shown}{name}", tuple(types)))
    key = schema.get("primaryKey", [])
    return Resource(
        name=entry["name"],
        files=tuple(files),
        types=types,
        required=tuple(f["name"] for f in fields if f.get("constraints", {}).get("required")),
        key=(key,) if isinstance(key, str) else tuple(key),
        references={
            key["fields"]: key["reference"]["resource"] or entry["name"]
            for key in schema.get("foreignKeys", [])
            if isinstance(key["fields"], str)
        },
        schema=schema,
    )


def code_list(dimension: str, resource: Resource) -> CodeList:
    """The members of a code table: `code` (or its key), `parent`, `;`-separated `aliases`, all else as attributes."""
    code = "code" if "code" in resource.types else resource.key[0]
    members = {}
    for row in resource.frame().iter_rows(named=True):
        attributes = {n: v for n, v in row.items() if v and n not in (code, "parent", "aliases")}
        aliases = tuple(a.strip() for a in (row.get("aliases") or "").split(";") if a.strip())
        members[row[code]] = Member(row[code], row.get("parent") or None, aliases, attributes)
    return CodeList(dimension, members, tuple(resource.types))
