"""The schemas of the tables that audit knows, written as a `datapackage.json` for other tools to read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandera.pandas as pa

from audit.tables.links import links
from audit.tables.schemas import SCHEMAS


def descriptor(name: str, paths: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """A Data Package (version 1) called `name`: every table of `SCHEMAS` that `paths` gives a file or several."""
    resources = [_resource(table, path, tuple(paths)) for table, path in paths.items()]
    return {"profile": "tabular-data-package", "name": name, "resources": resources}


def _resource(table: str, path: str | list[str], tables: tuple[str, ...]) -> dict[str, Any]:
    schema = SCHEMAS[table]
    fields = [_field(column, spec) for column, spec in schema.columns.items()]
    described: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if key := list(schema.unique or [c for c, spec in schema.columns.items() if spec.unique]):
        described["primaryKey"] = key
    if keys := _foreign_keys(table, {name: list(SCHEMAS[name].columns) for name in tables}):
        described["foreignKeys"] = keys
    return {
        "name": table,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": described,
    }


def _field(name: str, column: pa.Column) -> dict[str, Any]:
    metadata = column.metadata or {}
    constraints = {"required": not column.nullable, "enum": list(metadata["enum"])}
    stated = {constraint: value for constraint, value in constraints.items() if value}
    field = {"name": name, "type": metadata["type"]}
    return {**field, "constraints": stated} if stated else field


def _foreign_keys(table: str, columns: Mapping[str, Collection[str]]) -> list[dict[str, Any]]:
    """The links of a table; frictionless refuses a half-blank key, so clauses are referred to where one must stand."""
    return [
        {
            "fields": _one(link.own),
            "reference": {"resource": link.table if link.table != table else "", "fields": _one(link.theirs)},
        }
        for link in links(table, {}, columns)
        if len(link.own) == 1 or table in ("targets", "lists")
    ]


def _one(columns: tuple[str, ...]) -> str | list[str]:
    return columns[0] if len(columns) == 1 else list(columns)
