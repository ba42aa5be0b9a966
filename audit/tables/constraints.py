"""Table Schema of `datapackage.json`: the types, constraints and keys that a user declares for any table.

Frictionless Table Schema, version 1 (https://specs.frictionlessdata.io/table-schema/): `type` string, number, integer,
boolean, date, year; constraints required, unique, enum, pattern, minimum, maximum, minLength, maxLength;
primaryKey. Other types are let through as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from audit.model.errors import InputError
from audit.model.phrase import marked
from audit.model.text_frame import TextFrame
from audit.tables.conditions import (
    NUMBER,
    Condition,
    day,
    number,
    number_in,
    of_cell,
    of_form,
    once,
    one_of,
    short,
    stated,
    truth,
)
from audit.tables.links import names
from audit.tables.patterns import without_form


def declared_conditions(table: str, schema: Mapping[str, Any]) -> Iterator[Condition]:
    """What the descriptor asks of the rows of a table for themselves; its foreignKeys are in `links`.

    Raises `InputError` for a pattern or a limit that cannot be read.
    """
    key = names(schema.get("primaryKey"))
    if key:
        yield once(key)
    for field in schema["fields"]:
        name, constraints = field["name"], field.get("constraints") or {}
        if constraints.get("required") or name in key:
            yield stated(name)
        if constraints.get("unique"):
            yield once((name,))
        yield from _of_type(name, field)
        for told, condition in _CONSTRAINTS.items():
            if told in constraints:
                yield condition(name, f"{table}.{name}", constraints[told])


def _of_type(name: str, field: Mapping[str, Any]) -> list[Condition]:
    match field.get("type", "string"):
        case "number":
            return [number(name), short(name)]
        case "integer":
            return [of_form(name, r"[-+]?[0-9]+", marked("is no whole number")), short(name)]
        case "boolean" if "trueValues" in field or "falseValues" in field:
            words = (*field.get("trueValues", ("true",)), *field.get("falseValues", ("false",)))
            return [one_of(name, words)]
        case "boolean":
            return [truth(name)]
        case "date":
            return [day(name)]
        case "year":
            return [of_form(name, r"[0-9]{4}", marked("is no year of four digits"))]
        case _:
            return []


def _enum(column: str, place: str, members: Any) -> Condition:
    return one_of(column, tuple(map(str, members)))


def _pattern(column: str, place: str, given: Any) -> Condition:
    without = without_form(str(given), place)

    def failing(rows: TextFrame) -> list[int]:
        cells = rows[column]
        wrong = frozenset(without({cell for cell in cells if cell is not None}))
        return [row for row, cell in enumerate(cells) if cell in wrong] if wrong else []

    return Condition(column, failing, marked("does not have the form {pattern}"), {"pattern": str(given)})


def _minimum(column: str, place: str, given: Any) -> Condition:
    limit = _limit(place, given)
    reason = marked("is less than {limit}")
    return of_cell(column, lambda cell: not _beyond(cell, limit, -1), reason, limit=str(limit))


def _maximum(column: str, place: str, given: Any) -> Condition:
    limit = _limit(place, given)
    reason = marked("is more than {limit}")
    return of_cell(column, lambda cell: not _beyond(cell, limit, 1), reason, limit=str(limit))


def _min_length(column: str, place: str, given: Any) -> Condition:
    least = int(given)
    reason = marked("is shorter than {least} characters")
    return of_cell(column, lambda cell: len(cell) >= least, reason, least=least)


def _max_length(column: str, place: str, given: Any) -> Condition:
    most = int(given)
    reason = marked("is longer than {most} characters")
    return of_cell(column, lambda cell: len(cell) <= most, reason, most=most)


_CONSTRAINTS: Mapping[str, Callable[[str, str, Any], Condition]] = {
    "enum": _enum, "pattern": _pattern, "minimum": _minimum, "maximum": _maximum,
    "minLength": _min_length, "maxLength": _max_length,
}  # fmt: skip
"""The condition of each constraint, made of the column, the place where it is declared and what is stated there."""


def _limit(place: str, given: object) -> Decimal | str:
    """A limit of a number column as a number, of a date or year column as text (whose order is the same)."""
    text = str(given)
    if NUMBER.fullmatch(text):
        return Decimal(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    raise InputError("datapackage.json: the limit “{limit}” of {place} is neither a number nor a day.",
                     limit=text, place=place)  # fmt: skip


def _beyond(cell: str, limit: Decimal | str, side: int) -> bool:
    """Whether a cell lies below (-1) or above (1) the limit; what cannot be compared has its own fault."""
    compared: Any = cell if isinstance(limit, str) else number_in(cell)
    return compared is not None and (compared > limit) - (compared < limit) == side
