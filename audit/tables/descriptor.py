"""The tables that audit knows, described as a `datapackage.json` for other tools to read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from audit.tables.kinds import BY_NAME, Column
from audit.tables.links import links


def descriptor(name: str, paths: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """A Data Package (version 1) called `name`: every kind of table that `paths` gives a file or several."""
    resources = [_resource(table, path, tuple(paths)) for table, path in paths.items()]
    return {"profile": "tabular-data-package", "name": name, "resources": resources}


def _resource(table: str, path: str | list[str], tables: tuple[str, ...]) -> dict[str, Any]:
    kind = BY_NAME[table]
    fields = [_field(name, column) for name, column in kind.columns.items()]
    described: dict[str, Any] = {"fields": fields, "missingValues": [""], "primaryKey": list(kind.key)}
    if keys := _foreign_keys(table, {name: list(BY_NAME[name].columns) for name in tables}):
        described["foreignKeys"] = keys
    return {
        "name": table,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "encoding": "utf-8",
        "schema": described,
    }


def _field(name: str, column: Column) -> dict[str, Any]:
    constraints = {"required": not (column.blank or column.optional), "enum": list(column.members)}
    stated = {constraint: value for constraint, value in constraints.items() if value}
    field = {"name": name, "type": column.type}
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
