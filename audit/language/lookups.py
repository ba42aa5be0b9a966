"""Names of rules found in the tables and code lists, or an error at their place that names the nearest."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping

from audit.language.expression import Position
from audit.language.plan import Catalogue, Filter, TableShape
from audit.language.rule import Attributes, Condition, Members, Pattern, Presence
from audit.model.errors import InputError
from audit.model.nearest import nearest

Conditions = Mapping[str, tuple[Condition, Position]]


def table_named(name: str, at: Position, catalogue: Catalogue) -> TableShape:
    """The table of a name; an error at `at` when there is none."""
    if name not in catalogue.tables:
        raise InputError(
            "{at}: there is no table “{name}”; the nearest is {nearest}.",
            at=at, name=name, nearest=nearest(name, catalogue.tables) or "(no tables)",
        )  # fmt: skip
    return catalogue.tables[name]


def column_named(name: str, at: Position, table: TableShape) -> str:
    """The name, which must be that of a column; an error at `at` when it is not."""
    if name not in table.columns:
        raise InputError(
            "{at}: the table “{table}” has no column “{name}”; the nearest is {nearest}.",
            at=at, table=table.name, name=name, nearest=nearest(name, table.columns),
        )  # fmt: skip
    return name


def filters_of(conditions: Conditions, table: TableShape, catalogue: Catalogue) -> tuple[Filter, ...]:
    """The filters that conditions on columns come to; an error at the place of a member or attribute not known."""
    return tuple(
        found
        for column, (condition, at) in conditions.items()
        for found in _filter(column_named(column, at, table), condition, table, catalogue)
    )


def _filter(column: str, condition: Condition, table: TableShape, catalogue: Catalogue) -> tuple[Filter, ...]:
    codes = catalogue.codes.get(column)
    match condition:
        case Pattern(pattern, negated):
            fitting = (
                text for text in catalogue.observed(table.name, column) if fnmatch.fnmatchcase(text, pattern)
            )
            return (Filter(column, tuple(fitting), negated),)
        case Presence(stated):
            return (Filter(column, None, negated=not stated),)
        case Members(members, negated):
            for member, at in members:
                if codes is not None and member not in codes:
                    raise InputError(
                        "{at}: “{name}” is no member of {dimension}; the nearest is {nearest}.",
                        at=at, name=member, dimension=column, nearest=nearest(member, codes),
                    )  # fmt: skip
            return (Filter(column, tuple(member for member, _ in members), negated),)
        case Attributes(attributes):
            return tuple(_attribute(column, name, value, at, catalogue) for name, value, at in attributes)
        case _:
            return ()


def _attribute(column: str, name: str, value: str, at: Position, catalogue: Catalogue) -> Filter:
    codes = catalogue.codes.get(column)
    if codes is None or name not in codes.attributes:
        known = codes.attributes if codes is not None else catalogue.codes
        raise InputError(
            "{at}: the code list of “{dimension}” has no attribute “{name}”; the nearest is {nearest}.",
            at=at, dimension=column, name=name, nearest=nearest(name, known) or "(none)",
        )  # fmt: skip
    if name == "below" and value not in codes:
        raise InputError(
            "{at}: “{name}” is no member of {dimension}; the nearest is {nearest}.",
            at=at, name=value, dimension=column, nearest=nearest(value, codes),
        )  # fmt: skip
    return Filter(column, codes.matching(name, value))
