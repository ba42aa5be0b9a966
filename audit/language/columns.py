"""A rule for several columns taken as one rule a column: `for_columns: [budget, accounts]`, `for_columns: ["20*"]`."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from dataclasses import replace

from audit.language.expression import Expression, Name, Position, rebuilt
from audit.language.plan import TableShape
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.nearest import nearest

EACH = "column"
"""What stands for the column of the moment in a rule that reads its columns row by row."""


def each_column(rule: Rule, table: TableShape) -> Iterator[tuple[str, Rule]]:
    """The columns that `for_columns` means, in the order of the table, each with the rule for it alone; a pattern means
    number columns, of which there may be none where another has some.

    `InputError` for a name that no column has, and where nothing is meant.
    """
    meant: dict[str, Position] = {}
    for wanted, at in rule.columns:
        there = [name for name in table.columns if name == wanted] or [
            name
            for name, kind in table.columns.items()
            if kind == "number" and fnmatch.fnmatchcase(name, wanted)
        ]
        if not there and not _is_pattern(wanted):
            raise _no_column(wanted, at, table)
        meant |= dict.fromkeys(there, at)
    if not meant:
        raise _no_column(*rule.columns[0], table)
    for name in table.columns:
        if name in meant:
            yield name, _for(rule, name, replace(rule, columns=(), column=(name, meant[name])))


def _is_pattern(text: str) -> bool:
    return any(sign in text for sign in "*?[")


def _no_column(name: str, at: Position, table: TableShape) -> InputError:
    return InputError(
        "{at}: the table “{table}” has no column “{name}”; the nearest is {nearest}.",
        at=at, table=table.name, name=name, nearest=nearest(name, table.columns),
    )  # fmt: skip


def _for(rule: Rule, column: str, one: Rule) -> Rule:
    if rule.along or rule.hierarchy or rule.operands:
        return one

    def named(node: Expression) -> Expression:
        return Name(column, node.at) if isinstance(node, Name) and node.name == EACH else node

    examples = tuple(
        replace(example, cells={column if name == EACH else name: cell for name, cell in example.cells.items()},
                places={column if name == EACH else name: at for name, at in example.places.items()})
        for example in rule.examples
    )  # fmt: skip
    applies = None if rule.applies is None else rebuilt(rule.applies, named)
    return replace(one, column=None, check=rebuilt(rule.check, named), applies=applies, examples=examples)
