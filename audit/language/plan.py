"""A resolved rule: which cells each operand takes, how they are keyed, and the predicate over them.

Every rule, whatever its short-hand, becomes plans of this one form. A plan names no file and no engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from decimal import Decimal
from typing import Literal

from audit.language.expression import Expression
from audit.language.rule import Policy, Rule
from audit.language.uses import Test
from audit.model.codes import CodeList
from audit.model.frozen import frozen

ColumnType = Literal["text", "number", "boolean"]
Limits = tuple[Decimal | None, Decimal | None]
"""The least and the greatest number that a column may hold; None for no limit."""


@frozen
class TableShape:
    """The columns of a table with their types, and the columns that identify a row to a reader.

    `members` are the values that the table's own description allows in a column, also those that no row has, and
    `limits` what it says its numbers lie within.
    """

    name: str
    columns: dict[str, ColumnType]
    key: tuple[str, ...]
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    limits: dict[str, Limits] = field(default_factory=dict)


@frozen
class Catalogue:
    """All that names in rules can refer to.

    `codes` are the code lists by dimension; `observed(table, column)` gives the distinct values that stand in a
    column, sorted, for relations such as `previous` that are not told by a code list; `rows(table)` gives all rows as
    text, for relations that ask where a member stands. `relations` remembers the pairs of relations between rules.
    `no_number(table, column)` tells the first cell of a column that keeps it from being one of numbers: its place and
    what it says, None where there is none.
    """

    tables: dict[str, TableShape]
    codes: dict[str, CodeList]
    observed: Callable[[str, str], tuple[str, ...]]
    rows: Callable[[str], Iterable[Mapping[str, str | None]]] = lambda table: ()
    relations: dict[tuple[object, ...], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    no_number: Callable[[str, str], tuple[str, str] | None] = lambda table, column: None

    def on(self, day: int) -> Catalogue:
        """The catalogue with the code lists as they were on a day (counted from the year 1)."""
        lists = {dimension: codes.on(day) for dimension, codes in self.codes.items()}
        return replace(self, codes=lists, relations={})


def tables_with(column: str, rule: Rule, catalogue: Catalogue) -> tuple[str, ...]:
    """The tables of a rule that have a column, sorted."""
    named = {rule.table, *(s.table for s in rule.operands.values() if s.table)} & catalogue.tables.keys()
    return tuple(sorted(name for name in named if column in catalogue.tables[name].columns))


@frozen
class Filter:
    """Rows whose `column` is (or, negated, is not) one of `members`; or, with `members` None, is stated or blank."""

    column: str
    members: tuple[str, ...] | None
    negated: bool = False


@frozen
class Link:
    """Rows whose `column` is the second of a pair belong to the key whose `dimension` is the first."""

    column: str
    dimension: str
    pairs: tuple[tuple[str, str], ...]


@frozen
class Translation:
    """What each text of the operand's column is taken as: (text, what it becomes, place); several for a split text."""

    pairs: tuple[tuple[str, str, str], ...]
    splits: bool


@frozen
class Weight:
    """What the cells of an operand are multiplied by: the number in `column`, or the factor of the member there."""

    column: str
    factors: tuple[tuple[str, Decimal], ...] | None = None


@frozen
class Operand:
    """The cells that one name of the expression stands for.

    `column` is blank for an operand that stands for rows, to be counted only. `matched` pairs each key dimension that
    the operand shares with the column it is read from; a key dimension that is not there is not matched (the operand
    is the same for all its members). `aggregates` are the functions applied to it, empty for a single cell, and
    `tests` the comparisons with a constant inside count(), any() and all(). `members` are the columns that tell the
    cells of an aggregated operand apart (none: every row is a cell of its own); `expected` are the members that must
    be there, by key member of the link (`None`: whatever the key). `keyed` operands say which keys there are.
    `translation` turns the column's texts into numbers or pieces. `weights` are what the cells are weighed by, by the
    name that the expression gives it. `others` is the dimension of which it takes all members but the key's, where they
    are too many to be paired. `limits` are those of its column: a blank cell lies within them too.
    """

    name: str
    table: str
    column: str
    type: ColumnType
    filters: tuple[Filter, ...]
    key_filters: tuple[Filter, ...]
    matched: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    aggregates: frozenset[str]
    tests: tuple[Test, ...]
    members: tuple[str, ...]
    expected: dict[str | None, tuple[str, ...]]
    policy: Policy
    keyed: bool
    translation: Translation | None = None
    weights: dict[str, Weight] = field(default_factory=dict)
    others: str = ""
    limits: Limits = (None, None)

    @property
    def many(self) -> bool:
        return bool(self.aggregates)

    def members_expected(self, key: Mapping[str, str]) -> tuple[str, ...]:
        """The members that must be stated for a key; empty when any number will do."""
        if None in self.expected:
            return self.expected[None]
        for link in self.links:
            if (member := key.get(link.dimension)) in self.expected:
                return self.expected[member]
        return ()


@frozen
class Plan:
    """A rule ready to run: for each key, the operands are bound to cells and `check` is evaluated.

    In a record plan the operands are columns of `rule.table`, every row is a key of its own, and `key` only names it.
    `breakdown` names the breakdown of a whole that the plan is about, where the code list has several.
    """

    rule: Rule
    record: bool
    key: tuple[str, ...]
    operands: tuple[Operand, ...]
    breakdown: str = ""

    @property
    def check(self) -> Expression:
        return self.rule.check

    @property
    def as_they_stand(self) -> bool:
        """Whether its numbers mean just what they say: none is a figure, rounded as written, none has declared limits."""
        return self.rule.rounding is None and not any(
            o.column == "value" or o.limits != (None, None) for o in self.operands
        )

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(operand.table for operand in self.operands)
