"""Table Schema of `datapackage.json` as pandera: the types, constraints and keys that a user declares for any table.

Frictionless Table Schema, version 1 (https://specs.frictionlessdata.io/table-schema/): `type` string, number, integer,
boolean, date, year; constraints required, unique, enum, pattern, minimum, maximum, minLength, maxLength;
primaryKey. Other types are let through as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import pandera.pandas as pa
import polars as pl

from audit.model.errors import InputError
from audit.model.phrase import marked
from audit.tables.conditions import NUMBER, condition, date, fullmatch, number, numbers, one_of, short, truth
from audit.tables.links import names


def declared_schema(name: str, schema: Mapping[str, Any]) -> pa.DataFrameSchema:
    """The schema that the descriptor declares for the table `name`; its foreignKeys are in `links`.

    Raises `InputError` for a pattern or a limit that cannot be read.
    """
    key = names(schema.get("primaryKey"))
    columns = {field["name"]: _column(name, field, field["name"] in key) for field in schema["fields"]}
    return pa.DataFrameSchema(columns, unique=list(key) or None, name=name)


def _column(table: str, field: Mapping[str, Any], in_key: bool) -> pa.Column:
    constraints = field.get("constraints") or {}
    checks = [*_type_checks(field), *_constraint_checks(f"{table}.{field['name']}", constraints)]
    nullable = not (constraints.get("required") or in_key)
    return pa.Column(
        str, checks=checks, nullable=nullable, unique=bool(constraints.get("unique")), coerce=True
    )


def _type_checks(field: Mapping[str, Any]) -> list[pa.Check]:
    match field.get("type", "string"):
        case "number":
            return [number(), short()]
        case "integer":
            return [fullmatch(r"[-+]?[0-9]+", marked("is no whole number")), short()]
        case "boolean" if "trueValues" in field or "falseValues" in field:
            return [one_of(*field.get("trueValues", ("true",)), *field.get("falseValues", ("false",)))]
        case "boolean":
            return [truth()]
        case "date":
            return [date()]
        case "year":
            return [fullmatch(r"[0-9]{4}", marked("is no year of four digits"))]
        case _:
            return []


def _constraint_checks(place: str, constraints: Mapping[str, Any]) -> list[pa.Check]:
    return [check(place, constraints[name]) for name, check in _CONSTRAINTS.items() if name in constraints]


def _enum(place: str, members: Any) -> pa.Check:
    return one_of(*map(str, members))


def _pattern(place: str, stated: Any) -> pa.Check:
    """The whole cell is of the form; matched by Polars, in time that grows with the cell whatever the pattern is."""
    whole = rf"\A(?:{stated})\z"
    try:
        pl.Series([""]).str.contains(whole)
    except pl.exceptions.ComputeError as error:
        raise InputError(
            "datapackage.json: the pattern of {place} cannot be read ({problem}); write it without looking around and "
            "without references to an earlier part.",
            place=place, problem=_problem(str(error)),
        ) from None  # fmt: skip

    def test(cells: pd.Series) -> pd.Series:
        return pd.Series(
            pl.Series(cells.to_list(), dtype=pl.String).str.contains(whole).to_list(), index=cells.index
        )

    return condition(test, marked("does not have the form {pattern}"), pattern=str(stated))


def _problem(told: str) -> str:
    """What is wrong with a pattern, out of the lines that Polars tells of it."""
    lines = [line.strip() for line in told.splitlines()]
    named = (line.removeprefix("error: ") for line in lines if line.startswith("error: "))
    return next(named, lines[0].removeprefix("regex error: "))


def _minimum(place: str, stated: Any) -> pa.Check:
    limit = _limit(place, stated)
    reason = marked("is less than {limit}")
    return condition(lambda cells: ~_beyond(cells, limit, -1), reason, limit=str(limit))


def _maximum(place: str, stated: Any) -> pa.Check:
    limit = _limit(place, stated)
    reason = marked("is more than {limit}")
    return condition(lambda cells: ~_beyond(cells, limit, 1), reason, limit=str(limit))


def _min_length(place: str, stated: Any) -> pa.Check:
    least = int(stated)
    reason = marked("is shorter than {least} characters")
    return condition(lambda cells: cells.str.len() >= least, reason, least=least)


def _max_length(place: str, stated: Any) -> pa.Check:
    most = int(stated)
    reason = marked("is longer than {most} characters")
    return condition(lambda cells: cells.str.len() <= most, reason, most=most)


_CONSTRAINTS: Mapping[str, Callable[[str, Any], pa.Check]] = {
    "enum": _enum, "pattern": _pattern, "minimum": _minimum, "maximum": _maximum,
    "minLength": _min_length, "maxLength": _max_length,
}  # fmt: skip
"""The check of each constraint, made from where it is declared and what is stated there."""


def _limit(place: str, stated: object) -> Decimal | str:
    """A limit of a number column as a number, of a date or year column as text (whose order is the same)."""
    text = str(stated)
    if re.fullmatch(NUMBER, text):
        return Decimal(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    raise InputError("datapackage.json: the limit “{limit}” of {place} is neither a number nor a day.",
                     limit=text, place=place)  # fmt: skip


def _beyond(cells: pd.Series, limit: Decimal | str, side: int) -> pd.Series:
    """Which cells lie below (-1) or above (1) the limit; what cannot be compared has its own fault."""
    compared = cells if isinstance(limit, str) else numbers(cells)
    found = [c is not None and not pd.isna(c) and (c > limit) - (c < limit) == side for c in compared]
    return pd.Series(found, index=cells.index, dtype=bool)
