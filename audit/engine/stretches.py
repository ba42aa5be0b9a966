"""Tables of more rows than memory should hold, in stretches: the rows of some members of a dimension at a time.

What lets rows be checked apart (see `parts`) lets them be taken in apart too: the checks of one member look at rows of this
member only. A stretch is told by texts, so that whatever holds the rows can give those of it alone, and its checks can be
worked out anywhere: `divisions` says which plans to confront with which stretches, `take_in` takes one in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from audit.engine.backends import Sample, Span
from audit.engine.frames import Table
from audit.engine.intake import needs_of
from audit.engine.parts import Columns, columns_of, grouped
from audit.language.plan import Plan
from audit.model.frozen import frozen

STRETCH = 2**22
"""Rows of a stretch; tables of fewer are taken in as a whole."""

Stretch = Mapping[str, Span]
"""The rows of each table that are taken in together; all of a table that is not named."""


@frozen
class Division:
    """Plans, by their numbers in the run, and the stretches with each of which they are to be confronted."""

    plans: tuple[int, ...]
    stretches: tuple[Stretch, ...] = ({},)


def divisions(plans: Sequence[Plan], tables: Mapping[str, Table]) -> list[Division]:
    """Every plan in one division; every check falls into one of its stretches."""
    large = {name for name, table in tables.items() if not table.in_memory and table.length > STRETCH}
    needs = needs_of(plan for plan in plans if not large.isdisjoint(plan.tables))
    samples = {
        name: tables[name].backend.sampled(need.as_texts(tables[name].columns.keys()))
        for name, need in needs.items()
    }
    counted: dict[Columns, Counter[str]] = {}
    choices = [[] if large.isdisjoint(plan.tables) else _choices(plan, samples, counted) for plan in plans]
    return [
        Division(tuple(numbers), _stretches(columns, counted[columns]))
        if columns
        else Division(tuple(numbers))
        for columns, numbers in grouped(choices).items()
    ]


def _choices(
    plan: Plan, samples: Mapping[str, Sample], counted: dict[Columns, Counter[str]]
) -> list[Columns]:
    """The columns by which the rows of a plan can be divided into stretches; `counted` are the rows of each member of
    columns, as far as they are known."""
    if plan.record:
        found: list[Columns] = [((plan.rule.table, column),) for column in samples[plan.rule.table].columns]
    else:
        found = [one for dimension in plan.key if (one := columns_of(dimension, plan))]
    for one in found:
        if one not in counted:
            counted[one] = Counter()
            for table, column in one:
                counted[one].update(samples[table].rows_of(column))
    return [
        one
        for one in found
        if max(counted[one].values()) <= max(STRETCH, counted[one].total() // 4)
        and counted[one].total() > STRETCH
    ]


def _stretches(columns: Columns, rows: Mapping[str, int]) -> tuple[Stretch, ...]:
    firsts: list[str] = [""]
    filled = 0
    for member in sorted(rows):
        if filled and filled + rows[member] > STRETCH:
            firsts.append(member)
            filled = 0
        filled += rows[member]
    return tuple(
        {table: Span(column, first, after) for table, column in columns}
        for first, after in zip(firsts, [*firsts[1:], None], strict=True)
    )
