"""Names of rules found in the tables and code lists, or an error at their place that names the nearest."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from audit.language.expression import Position
from audit.language.plan import Catalogue, Filter, TableShape
from audit.language.rule import Attributes, Between, Condition, Members, Pattern, Presence
from audit.model.errors import InputError
from audit.model.nearest import nearest, slip_of
from audit.model.period import WRITTEN, Period, period_of
from audit.numbers.period_cells import written_period

Conditions = Mapping[str, tuple[Condition, Position]]


class UnreadableMember(InputError):
    """A value in a table that cannot be what a rule needs it to be: the data's fault, also under an optional rule."""


def table_named(name: str, at: Position, catalogue: Catalogue) -> TableShape:
    """The table of a name; an error at `at` when there is none."""
    if name not in catalogue.tables:
        raise InputError(
            "{at}: there is no table “{name}”; the nearest is {nearest}.",
            at=at, name=name, nearest=nearest(name, catalogue.tables) or "(no tables)",
        )  # fmt: skip
    return catalogue.tables[name]


def column_named(name: str, at: Position, table: TableShape, others: Iterable[str] = ()) -> str:
    """The name, which must be that of a column; an error at `at` when it is not. `others` may be meant instead."""
    if name not in table.columns:
        raise InputError(
            "{at}: the table “{table}” has no column “{name}”; the nearest is {nearest}.",
            at=at, table=table.name, name=name, nearest=nearest(name, (*table.columns, *others)),
        )  # fmt: skip
    return name


def period_in(text: str, column: str, at: Position) -> Period:
    """The period that a value in a column is; `UnreadableMember` when it is none, so that no row is passed over."""
    period = period_of(text)
    if period is None:
        raise UnreadableMember(
            "{at}: “{text}” in {column} is no period, so nothing is before or after it; write periods like {ways}.",
            at=at, text=text[:40], column=column, ways=WRITTEN,
        )  # fmt: skip
    return period


def filters_of(
    conditions: Conditions, table: TableShape, catalogue: Catalogue, absence_told: bool
) -> tuple[Filter, ...]:
    """The filters that conditions on columns come to; an error at the place of a member or attribute not known.

    A member is known that stands in the code list, in the table's description or in some row. Where the rule itself
    tells of what is absent (`absence_told`), a member may be in none of them, unless it is a slip of one that is.
    """
    return tuple(
        found
        for column, (condition, at) in conditions.items()
        for found in _filter(column_named(column, at, table), condition, at, table, catalogue, absence_told)
    )


def as_stated(conditions: Conditions, table: TableShape, catalogue: Catalogue) -> Conditions:
    """The conditions with periods named as the table's rows do: `2019年3月` is the row's 2019-03 (a table of one's own has
    its periods read so)."""
    return {
        column: (_stated(condition, column, table, catalogue), at)
        if isinstance(condition, Members)
        else (condition, at)
        for column, (condition, at) in conditions.items()
    }


def _stated(condition: Members, column: str, table: TableShape, catalogue: Catalogue) -> Members:
    if column not in table.columns or all(
        period_of(member) or not written_period(member) for member, _ in condition.members
    ):
        return condition
    known = catalogue.observed(table.name, column)
    named = ((member, written_period(member) or member, at) for member, at in condition.members)
    return replace(
        condition,
        members=tuple(
            (period if member not in known and period in known else member, at)
            for member, period, at in named
        ),
    )


def _filter(
    column: str,
    condition: Condition,
    at: Position,
    table: TableShape,
    catalogue: Catalogue,
    absence_told: bool,
) -> tuple[Filter, ...]:
    match condition:
        case Pattern(pattern, negated):
            fitting = (
                text for text in catalogue.observed(table.name, column) if fnmatch.fnmatchcase(text, pattern)
            )
            return (Filter(column, tuple(fitting), negated),)
        case Presence(stated):
            return (Filter(column, None, negated=not stated),)
        case Between():
            return (Filter(column, tuple(_between(condition, column, at, table, catalogue))),)
        case Members(members, negated):
            for member, place in members:
                _require_known(member, place, column, table, catalogue, absence_told or negated)
            return (Filter(column, tuple(member for member, _ in members), negated),)
        case Attributes(attributes):
            return tuple(
                _attribute(column, name, value, place, catalogue) for name, value, place in attributes
            )
        case _:
            return ()


def _require_known(
    member: str, at: Position, column: str, table: TableShape, catalogue: Catalogue, may_be_absent: bool
) -> None:
    """Raise `InputError` for a member of a column that is not known, or, where it may be absent, is a slip of one."""
    codes = catalogue.codes.get(column)
    if codes is not None:
        if member not in codes:
            raise InputError(
                "{at}: “{name}” is no member of {dimension}; the nearest is {nearest}.",
                at=at, name=member, dimension=column, nearest=nearest(member, codes),
            )  # fmt: skip
        return
    if member in table.members.get(column, ()):
        return
    known = {*table.members.get(column, ()), *catalogue.observed(table.name, column)}
    if member not in known and known and (not may_be_absent or slip_of(member, known)):
        raise InputError(
            "{at}: “{name}” stands nowhere in {column} of the table “{table}”; the nearest is {nearest}.",
            at=at, name=member, column=column, table=table.name, nearest=nearest(member, known),
        )  # fmt: skip


def _between(
    condition: Between, column: str, at: Position, table: TableShape, catalogue: Catalogue
) -> Iterator[str]:
    """The members of a column whose periods lie between two periods."""
    first = _end(condition.first)
    last = _end(condition.last)
    if first is not None and last is not None and last.days[1] < first.days[0]:
        assert condition.last is not None
        raise InputError(
            "{at}: the periods from {first} to {last} run backwards; exchange them.",
            at=condition.last[1], first=first, last=last,
        )  # fmt: skip
    for member in catalogue.observed(table.name, column):
        start, end = period_in(member, column, at).days
        if (first is None or first.days[0] <= start) and (last is None or end <= last.days[1]):
            yield member


def _end(end: tuple[str, Position] | None) -> Period | None:
    if end is None:
        return None
    text, at = end
    period = period_of(written_period(text) or "")
    if period is None:
        raise InputError(
            "{at}: “{text}” is no period; write it like {ways}.", at=at, text=text[:40], ways=WRITTEN
        )
    return period


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
