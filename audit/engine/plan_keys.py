"""The keys of a plan, and the group that each of its operands has at each key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from audit.engine.cells import cells_of
from audit.engine.groups import Groups, one_a_row, ordered
from audit.engine.intake import Rows
from audit.engine.keys import Integers, distinct, ids, positions
from audit.engine.sharing import Asked, Memory
from audit.engine.vocabulary import Recoding
from audit.language.plan import Operand, Plan
from audit.language.uses import asks_for_absence
from audit.model.frozen import frozen


@frozen(slots=False)
class Keys:
    """The keys of a plan in order: the codes of each dimension, and for each operand the group that it has at the key.

    An operand that has none at a key has the group after its last. `rows` are the rows that are the keys of a record
    plan.
    """

    length: int
    dimensions: dict[str, Integers]
    operands: tuple[Integers, ...]
    rows: Integers | None = None

    def __len__(self) -> int:
        return self.length

    def at(self, places: Integers) -> Keys:
        """The keys at the given places."""
        return Keys(
            len(places),
            {dimension: codes[places] for dimension, codes in self.dimensions.items()},
            tuple(groups[places] for groups in self.operands),
            None if self.rows is None else self.rows[places],
        )

    def recoded(self, code_of: Recoding) -> Keys:
        """The keys by the codes of their texts in another vocabulary."""
        return replace(self, dimensions={name: code_of(codes) for name, codes in self.dimensions.items()})

    def sorted(self) -> Keys:
        """The keys in the order of their texts, rows with the same texts in the order of the table."""
        last = () if self.rows is None else (self.rows,)
        order = np.argsort(ids((*self.dimensions.values(), *last), self.length), kind="stable")
        return self.at(order)


def groups_of(plan: Plan, tables: Mapping[str, Rows], asked: Asked, memory: Memory) -> tuple[Groups, ...]:
    """The groups of every operand of a plan; in a record plan every row is one."""
    form = one_a_row if plan.record else ordered

    def work_out(operand: Operand, order: int) -> Groups:
        cells = cells_of(operand, plan, tables)
        return memory.of(order, lambda: form(cells)).of(cells)

    return tuple(
        memory.of(groups, partial(work_out, operand, order))
        for operand, order, groups in zip(plan.operands, asked.orders, asked.groups, strict=True)
    )


def keys_of(plan: Plan, groups: Sequence[Groups], tables: Mapping[str, Rows]) -> Keys:
    """The keys of a plan: all keys at which an operand that says so has a row.

    A plan without dimensions has one key: always, when its check itself asks for what is missing, else when there is
    a row. Where no operand has all dimensions, the keys are the combinations of theirs that agree.
    """
    if plan.record:
        rows = tables[plan.rule.table]
        places = rows.kept(plan.operands[0].filters)
        every = np.arange(len(places))
        dimensions = {dimension: rows.texts[dimension][places] for dimension in plan.key}
        return Keys(len(places), dimensions, (every,) * len(groups), rows.numbers[places]).sorted()
    own = [tuple(plan.key.index(d) for d, _ in operand.matched) for operand in plan.operands]
    at_key = [
        (g, dims)
        for g, o, dims in zip(groups, plan.operands, own, strict=True)
        if o.keyed and len(dims) == len(plan.key)
    ]
    if not at_key:
        return _combined(plan, groups, own).sorted()
    if not plan.key and asks_for_absence(plan.check):
        length, columns = 1, []
    else:
        columns = [
            np.concatenate([g.keys[dims.index(d)] for g, dims in at_key]) for d in range(len(plan.key))
        ]
        _, first = distinct(ids(columns, sum(len(g) for g, _ in at_key)))
        length, columns = len(first), [column[first] for column in columns]
    operands = tuple(
        looked_up([columns[d] for d in dims], length, g) for g, dims in zip(groups, own, strict=True)
    )
    return Keys(length, dict(zip(plan.key, columns, strict=True)), operands)


def looked_up(columns: Sequence[Integers], length: int, groups: Groups) -> Integers:
    """For each key the group that agrees with it in the groups' own dimensions."""
    together = [np.concatenate([key, own]) for key, own in zip(columns, groups.keys, strict=True)]
    found = ids(together, length + len(groups))
    return positions(found[:length], found[length:], len(groups))


def _combined(plan: Plan, groups: Sequence[Groups], own: Sequence[tuple[int, ...]]) -> Keys:
    """Keys of operands none of which has all dimensions: their groups joined on the dimensions that they share."""
    import polars as pl

    joined = pl.DataFrame({"_": [0]})
    for n, (found, dimensions) in enumerate(zip(groups, own, strict=True)):
        columns = {str(d): codes.astype(np.int64) for d, codes in zip(dimensions, found.keys, strict=True)}
        frame = pl.DataFrame(
            {"_": np.zeros(len(found), dtype=np.int64), **columns, f"_{n}": np.arange(len(found))}
        )
        joined = joined.join(
            frame, on=["_", *(name for name in columns if name in joined.columns)], how="inner"
        )
    if any(str(d) not in joined.columns for d in range(len(plan.key))):
        joined = joined.clear().with_columns(pl.lit(0).alias(str(d)) for d in range(len(plan.key)))
    dimensions_of = {d: joined[str(i)].cast(pl.Int64).to_numpy() for i, d in enumerate(plan.key)}
    return Keys(len(joined), dimensions_of, tuple(joined[f"_{n}"].to_numpy() for n in range(len(groups))))
