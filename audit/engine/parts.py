"""Many rows confronted part by part: the rows of some members of a dimension that every key of a plan names.

Where all operands of a plan match a dimension with a column of their own rows, the checks of one member look at rows of
this member only. So its rows can be checked apart from all others, and a run needs the memory of a part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from audit.engine.intake import Rows
from audit.engine.keys import Integers
from audit.language.plan import Plan

PART = 2**16
"""Rows of a part; where there are fewer in all they are checked as one."""


Columns = tuple[tuple[str, str], ...]
"""The column of each table by which its rows are divided; a blank one for any rows together."""


def parts(plans: Sequence[Plan], rows: Mapping[str, Rows]) -> Iterator[tuple[list[int], Mapping[str, Rows]]]:
    """The rows in parts, each with the numbers of the plans to confront with it; every check falls into one part."""
    largest: dict[Columns, int] = {}
    for columns, numbers in grouped([_choices(plan, rows, largest) for plan in plans]).items():
        if columns is None:
            yield numbers, rows
        else:
            for part in _parted(columns, rows):
                yield numbers, part


def grouped(choices: Sequence[Sequence[Columns]]) -> dict[Columns | None, list[int]]:
    """Plans, of which each may be divided by some columns, by those that most of them share; None for those without."""
    shared = Counter(one for own in choices for one in own)
    found: dict[Columns | None, list[int]] = {}
    for number, own in enumerate(choices):
        found.setdefault(max(own, key=lambda one: shared[one]) if own else None, []).append(number)
    return found


def _choices(plan: Plan, rows: Mapping[str, Rows], largest: dict[Columns, int]) -> list[Columns]:
    """The columns by which the rows of a plan can be divided; none where that is not worth while.

    `largest` are the rows of the largest member of columns, as far as they are known.
    """
    tables = plan.tables
    most = max(PART, sum(len(rows[table].numbers) for table in tables) // 4)
    found: list[Columns] = []
    if sum(len(rows[table].numbers) for table in tables) > PART:
        if plan.record:
            found = [((plan.rule.table, column),) for column in (*rows[plan.rule.table].texts, "")]
        else:
            found = [one for dimension in plan.key if (one := columns_of(dimension, plan))]
    for one in found:
        if one not in largest:
            largest[one] = int(_counts(one, rows).max())
    return [one for one in found if largest[one] <= most]


def columns_of(dimension: str, plan: Plan) -> Columns | None:
    """The columns in which all operands of a plan have a dimension as their own rows say it; None where one has not."""
    columns = set()
    for operand in plan.operands:
        own = dict(operand.matched).get(dimension)
        if (
            own is None
            or operand.others == dimension
            or any(link.dimension == dimension for link in operand.links)
        ):
            return None
        columns.add((operand.table, own))
    return tuple(sorted(columns)) if len(columns) == len(plan.tables) else None


def _codes(column: str, rows: Rows) -> Integers:
    return rows.texts[column] if column else np.arange(len(rows.numbers)) // PART


def _counts(columns: Columns, rows: Mapping[str, Rows]) -> Integers:
    """How many rows each member has, in all tables."""
    codes = [_codes(column, rows[table]) for table, column in columns]
    length = max(int(own.max(initial=0)) for own in codes) + 1
    counts: Integers = np.sum([np.bincount(own, minlength=length) for own in codes], axis=0)
    return counts


def _parted(columns: Columns, rows: Mapping[str, Rows]) -> Iterator[Mapping[str, Rows]]:
    part_of = (np.cumsum(_counts(columns, rows)) // PART).astype(np.int16)
    count = int(part_of[-1]) + 1
    order, ends = {}, {}
    for table, column in columns:
        own = part_of[_codes(column, rows[table])]
        order[table] = np.argsort(own, kind="stable")
        ends[table] = np.cumsum(np.bincount(own, minlength=count))
    for part in range(count):
        found = {}
        for table in order:
            places = order[table][ends[table][part - 1] if part else 0 : ends[table][part]]
            found[table] = rows[table].at(places, rows[table].numbers[places], {})
        if any(len(own.numbers) for own in found.values()):
            yield found
