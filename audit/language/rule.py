"""A rule as its file declares it, before any name is resolved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field, replace
from decimal import Decimal
from typing import Literal

from audit.language.expression import Expression, Position
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.report import Severity, Verdict
from audit.numbers.rounding import Rounding

Policy = Literal["report", "skip", "zero", "known"]
"""What becomes of a check whose operand is not there (no row) or blank (a row that states nothing): it is reported as
untestable; it is left out; what has no row counts as zero, what is blank is reported; or, in an aggregate, the cells
that are stated stand for all."""
POLICIES: tuple[Policy, ...] = ("report", "skip", "zero", "known")
Reading = Literal["ordinal", "first_year", "last_year", "years", "month"]
READINGS: tuple[Reading, ...] = ("ordinal", "first_year", "last_year", "years", "month")


@frozen
class Members:
    """The dimension is one of these members (or, negated, none of them)."""

    members: tuple[tuple[str, Position], ...]
    negated: bool = False


@frozen
class Attributes:
    """The dimension's member has these attributes in its code list; `below: X` means X or any member under it."""

    attributes: tuple[tuple[str, str, Position], ...]


@frozen
class Relative:
    """The dimension's member stands in this relation to the key's member, e.g. `{relative: parent}`; of a relation that
    leads from period to period `by` says how many steps, e.g. `{relative: previous, by: 4}`."""

    relation: str
    at: Position
    by: int = 1


@frozen
class Presence:
    """`{is: missing}` or `{is: stated}`: the column is blank or not."""

    stated: bool


@frozen
class Between:
    """`{from: 2018, to: 2020}`: periods that lie from the first to the last, both included; either end may be open."""

    first: tuple[str, Position] | None
    last: tuple[str, Position] | None


@frozen
class Pattern:
    """The column's text fits a glob pattern (`*`, `?`), or, negated, does not."""

    pattern: str
    negated: bool = False


@frozen
class Anything:
    """`any`: the operand takes all members of the dimension, whatever the key's member is."""


Condition = Members | Attributes | Relative | Presence | Between | Pattern | Anything
Conditions = dict[str, tuple[Condition, Position]]
"""Conditions by column, each with the place where the column is named."""


@frozen
class Selection:
    """An operand of `let`: cells of `table` (default: the rule's), the `column` taken, and conditions by column.

    `reading` takes a number out of a text (the number of a clause, the last year of a span); `split` makes several
    cells of one text; `on` tells the column that holds a key dimension where it has another name.
    """

    table: str | None
    column: str | None
    conditions: Conditions
    at: Position
    reading: Reading | None = None
    split: str | None = None
    on: tuple[tuple[str, str, Position], ...] = ()
    places: dict[str, Position] = field(default_factory=dict)

    def place(self, key: str) -> Position:
        """Where the value of one of the selection's keys stands."""
        return self.places.get(key, self.at)


@frozen
class Tolerance:
    """What two sides may differ by: `absolute` in their unit, `relative` as a share of the larger side."""

    absolute: Decimal = Decimal(0)
    relative: Decimal = Decimal(0)


@frozen
class Example:
    """One test case of a rule: operand names with their cells (`None` blank, a list for many cells) and their places."""

    verdict: Verdict
    cells: dict[str, str | tuple[str | None, ...] | None]
    at: Position
    places: dict[str, Position] = field(default_factory=dict)


@frozen
class Rule:
    """A declared relation. Exactly one of `along`, `hierarchy`, `operands` is set; none of them in a record rule.

    `keys` names the operands whose cells make the keys; empty for all that stand at the key itself. `column` is the
    column that operands take which name none of their own. `rounded` is the severity where the
    decimals of the numbers as written explain all (default: a warning at most). `places` tells where the values of the
    rule's keys stand, `message.zh` and `missing.NAME` those of a mapping.
    """

    id: str
    title: Phrase
    severity: Severity
    level: int
    table: str
    where: Conditions
    for_each: tuple[tuple[str, Position], ...]
    check: Expression
    check_text: str
    because: Phrase
    at: Position
    along: tuple[str, Position] | None = None
    hierarchy: tuple[str, Position] | None = None
    column: tuple[str, Position] | None = None
    columns: tuple[tuple[str, Position], ...] = ()
    operands: dict[str, Selection] = field(default_factory=dict)
    keys: tuple[tuple[str, Position], ...] = ()
    applies: Expression | None = None
    missing: dict[str, Policy] = field(default_factory=dict)
    tolerance: Tolerance = Tolerance()
    rounding: Rounding | None = None
    rounded: Severity | None = None
    message: Phrase | None = None
    limits: Phrase | None = None
    examples: tuple[Example, ...] = ()
    places: dict[str, Position] = field(default_factory=dict)

    def among(self, tables: Collection[str]) -> Rule:
        """The rule for these tables. One that names no table, where there is no `targets`, is for the only one there is,
        or for the first of those that its operands name, where all of them do."""
        if "table" in self.places or self.table in tables:
            return self
        named = [selection.table for selection in self.operands.values()]
        if named and all(named):
            return replace(self, table=named[0] or self.table)
        return replace(self, table=next(iter(tables))) if len(tables) == 1 else self

    def place(self, key: str) -> Position:
        """Where the value of one of the rule's keys stands; the rule itself, where it has no such key."""
        return self.places.get(key, self.at)
