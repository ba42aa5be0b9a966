"""A table of a workspace as a typed pandera schema, made of checks that YAML keeps.

Out of its Table Schema: types, blanks, members, patterns, limits, lengths, the key, and codes that other tables list;
out of its kind: what the numbers of a row must be to each other, as rules. What pandera has no word for stays with
`audit check`: ids built from a key, a literal that writes its value, keys of several columns in another table, trees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from audit.integrations.pandera.rule_check import RuleCheck
from audit.integrations.rows import rule_text
from audit.model.errors import InputError
from audit.model.nearest import nearest
from audit.tables.kinds import BY_NAME
from audit.tables.links import names
from audit.tables.package import Package, Resource
from audit.workspace.loading import folder_package

Backend = Literal["pandas", "polars"]
MOST_CODES = 2_000
"""A list of codes that is longer does not become part of a schema."""
_PANDAS = {
    "number": "float64",
    "integer": "Int64",
    "year": "Int64",
    "boolean": "boolean",
    "date": "datetime64[ns]",
}
_ROW_RULES = {"ordered": "`{}` <= `{}`", "before": "`{}` < `{}`"}
"""The checks of rows that a rule can say, by the name that a kind calls them."""


def schema(workspace: str | Path, table: str = "targets", *, backend: Backend = "pandas") -> Any:
    """The schema of a table of a workspace folder for frames of `backend`: a `DataFrameSchema` of pandera.

    Columns that a frame has besides are let through. Raises `audit.errors.InputError` where the folder or the table is
    not there.
    """
    package = folder_package(Path(workspace))
    if table not in package.resources:
        raise InputError(
            "the workspace {path} has no table “{table}”; the nearest is {nearest}.",
            path=str(workspace), table=table, nearest=nearest(table, package.resources),
        )  # fmt: skip
    pa = _library(backend)
    resource = package.resources[table]
    key = names(resource.schema.get("primaryKey"))
    columns = {
        field["name"]: _column(pa, field, resource, package, key, backend)
        for field in resource.schema["fields"]
    }
    return pa.DataFrameSchema(
        columns,
        checks=_row_rules(table, columns),
        unique=list(key) if len(key) > 1 else None,
        name=table,
        coerce=True,
    )


def _library(backend: Backend) -> ModuleType:
    if backend == "pandas":
        import pandera.pandas

        return pandera.pandas
    if backend == "polars":
        import pandera.polars

        return pandera.polars
    raise InputError("{what} cannot be {given}; use one of {known}.",
                     what="backend", given=repr(backend), known="pandas, polars")  # fmt: skip


def _column(
    pa: ModuleType, field: Mapping[str, Any], resource: Resource, package: Package, key: tuple[str, ...], backend: Backend
) -> Any:  # fmt: skip
    name, constraints = field["name"], field.get("constraints") or {}
    kind = BY_NAME.get(resource.name)
    optional = bool(kind and name in kind.columns and kind.columns[name].optional)
    type_ = field.get("type", "string")
    return pa.Column(
        _PANDAS.get(type_, str) if backend == "pandas" else _polars_type(type_),
        checks=[*_checks(pa, constraints, type_), *_listed(pa, field, resource, package)],
        nullable=not (constraints.get("required") or name in key),
        unique=bool(constraints.get("unique")) or key == (name,),
        required=not optional,
        description=field.get("description"),
    )


def _polars_type(type_: str) -> Any:
    import polars as pl

    typed = {
        "number": pl.Float64,
        "integer": pl.Int64,
        "year": pl.Int64,
        "boolean": pl.Boolean,
        "date": pl.Date,
    }
    return typed.get(type_, pl.String)


def _checks(pa: ModuleType, constraints: Mapping[str, Any], type_: str) -> list[Any]:
    """The constraints of Table Schema as pandera's own checks; limits of days are left to `audit check`."""
    found = []
    if "enum" in constraints:
        found.append(pa.Check.isin(list(constraints["enum"])))
    if "pattern" in constraints:
        found.append(pa.Check.str_matches(_whole(str(constraints["pattern"]))))
    if type_ in ("number", "integer", "year"):
        found += [pa.Check.ge(constraints["minimum"])] if "minimum" in constraints else []
        found += [pa.Check.le(constraints["maximum"])] if "maximum" in constraints else []
    if {"minLength", "maxLength"} & constraints.keys():
        found.append(pa.Check.str_length(constraints.get("minLength"), constraints.get("maxLength")))
    return found


def _whole(pattern: str) -> str:
    """A pattern that describes a whole cell; pandera matches from its start."""
    return pattern if re.match(r"\^.*\$\Z", pattern, re.S) and "|" not in pattern else f"^(?:{pattern})$"


def _listed(pa: ModuleType, field: Mapping[str, Any], resource: Resource, package: Package) -> list[Any]:
    """The codes that another table lists for a column."""
    for link in resource.schema.get("foreignKeys") or ():
        own, other = names(link["fields"]), link["reference"]
        if own != (field["name"],) or other["resource"] in ("", resource.name):
            continue
        listed = package.resources.get(other["resource"])
        (column,) = names(other["fields"])
        if listed is not None and column in listed.types:
            codes = sorted({code for code in listed.frame()[column] if code})
            return [pa.Check.isin(codes)] if len(codes) <= MOST_CODES else []
    return []


def _row_rules(table: str, columns: Mapping[str, Any]) -> list[Any]:
    """What the numbers of a row must be to each other; a row where one is blank is passed over."""
    kind = BY_NAME.get(table)
    found = []
    for name, *operands in kind.checks if kind else ():
        if name in _ROW_RULES and set(operands) <= set(columns):
            expression = _ROW_RULES[name].format(*operands)
            found.append(RuleCheck(rule_text(expression, missing="skip", rounding="exact"), bound=False))
    return found
