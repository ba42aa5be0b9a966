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
"""Rows of a stretch; tables of fewer are taken in as a whole by one process."""
AT_ONCE = 2**23
"""Rows that several processes hold together."""
FEW = 2**18
"""Rows that several processes do not divide."""
WORTH = 4_000_000
"""So many rows, counted once a plan, make it worth while to start a process: confronting them takes several times as long."""

Stretch = Mapping[str, Span]
"""The rows of each table that are taken in together; all of a table that is not named."""


@frozen
class Division:
    """Plans, by their numbers in the run, and the stretches with each of which they are to be confronted."""

    plans: tuple[int, ...]
    stretches: tuple[Stretch, ...] = ({},)


def worth(plans: Sequence[Plan], tables: Mapping[str, Table]) -> int:
    """How many processes have enough to do with the rows that are not in memory."""
    away = {name: table.length for name, table in tables.items() if not table.in_memory}
    return max(1, sum(away.get(name, 0) for plan in plans for name in plan.tables) // WORTH)


def divisions(plans: Sequence[Plan], tables: Mapping[str, Table], processes: int = 1) -> list[Division]:
    """Every plan in one division; every check falls into one of its stretches, of which each process has as many."""
    least = STRETCH if processes == 1 else FEW
    large = {name for name, table in tables.items() if not table.in_memory and table.length > least}
    needs = needs_of(plan for plan in plans if not large.isdisjoint(plan.tables))
    samples = {
        name: tables[name].backend.sampled(need.as_texts(tables[name].columns.keys()))
        for name, need in needs.items()
    }
    counted: dict[Columns, Counter[str]] = {}
    choices = [
        [] if large.isdisjoint(plan.tables) else _choices(plan, samples, counted, processes) for plan in plans
    ]
    return [
        Division(tuple(numbers), _stretches(columns, counted[columns], processes))
        if columns
        else Division(tuple(numbers))
        for columns, numbers in grouped(choices).items()
    ]


def _choices(
    plan: Plan, samples: Mapping[str, Sample], counted: dict[Columns, Counter[str]], processes: int
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
        if (most := _most(total := counted[one].total(), processes)) < total
        and max(counted[one].values()) <= max(most, total // 4)
    ]


def _most(rows: int, processes: int) -> int:
    """Into stretches of how many rows so many are divided."""
    if processes == 1:
        return STRETCH
    rounds = -(-rows // min(STRETCH * processes, AT_ONCE))
    return -(-rows // (rounds * processes))


def _stretches(columns: Columns, rows: Counter[str], processes: int) -> tuple[Stretch, ...]:
    firsts: list[str] = [""]
    filled, most = 0, _most(rows.total(), processes)
    for member in sorted(rows):
        if filled and filled + rows[member] // 2 > most:
            firsts.append(member)
            filled = 0
        filled += rows[member]
    return tuple(
        {table: Span(column, first, after) for table, column in columns}
        for first, after in zip(firsts, [*firsts[1:], None], strict=True)
    )
