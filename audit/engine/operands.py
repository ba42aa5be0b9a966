"""The collected groups of a batch as vectors, and what the operands of a plan come to for each of its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from audit.engine import exact
from audit.engine.cells import Batch
from audit.engine.exact import Booleans, Exact, Floats
from audit.engine.groups import tests_of
from audit.engine.intake import ENDS
from audit.engine.intervals import Interval
from audit.engine.keys import Integers, codes, ids, positions
from audit.engine.predicate import Bound, Passed, Texts
from audit.language.expression import asks_for_absence
from audit.language.plan import Operand, Plan
from audit.language.typing import Test

Pair = tuple[Interval, Interval]


@dataclass(frozen=True)
class Groups:
    """The groups of a batch, and its cells if they were collected with them.

    All vectors have one more entry than there are groups, for what is not there.
    """

    batch: Batch
    frame: pl.DataFrame
    cells: pl.DataFrame | None = None

    @property
    def nothing(self) -> int:
        """The place of what is not there."""
        return len(self.frame)

    @cached_property
    def _places(self) -> tuple[Integers, Integers]:
        operands = self.frame["_op"].to_numpy()
        order = np.argsort(operands, kind="stable")
        return order, np.searchsorted(operands[order], np.arange(len(self.batch.operands) + 1))

    def of(self, operand: int) -> Integers:
        """The groups of an operand."""
        order, bounds = self._places
        return order[bounds[operand] : bounds[operand + 1]]

    @cached_property
    def codes(self) -> tuple[Integers, ...]:
        """The codes of every key column."""
        return tuple(np.append(codes(self.frame[f"_k{i}"]), 0) for i in range(self.batch.width))

    @cached_property
    def key_texts(self) -> tuple[list[str], ...]:
        """The texts of every key column; "" where there is none."""
        keys = self.frame.select(
            pl.col(f"_k{i}").cast(pl.String).fill_null("") for i in range(self.batch.width)
        )
        return tuple([*column.to_list(), ""] for column in keys.get_columns())

    @cached_property
    def records(self) -> Integers:
        """The row that is the key, in groups of record plans."""
        return np.append(self.frame["_record"].fill_null(-1).to_numpy(), -1)

    @cached_property
    def counts(self) -> dict[str, Floats]:
        """Every column of counts."""
        names = [n for n in self.frame.columns if n in _COUNTS or (n.startswith("_t") and n[2:3].isdigit())]
        parts = self.frame.select(pl.col(names).cast(pl.Float64).fill_null(0.0))
        return {name: np.append(parts[name].to_numpy(), 0.0) for name in names}

    @cached_property
    def texts(self) -> tuple[Texts, Texts]:
        """The least and the greatest text of every group; None where there is none."""
        least, most = (self.frame[name].to_list() for name in ("_text_least", "_text_most"))
        return np.array([*least, None], dtype=object), np.array([*most, None], dtype=object)

    @cached_property
    def totals(self) -> dict[str, Pair]:
        """For sum, min and max the numbers as stated and as allowed."""
        kinds = [kind for kind in ("sum", "min", "max") if f"_{kind}_from" in self.frame.columns]
        numbers = _exacts(self.frame, [f"_{kind}_{end}" for kind in kinds for end in ENDS])
        return {kind: self._pair(kind, *(numbers[f"_{kind}_{end}"] for end in ENDS)) for kind in kinds}

    def _pair(self, kind: str, start: Exact, end: Exact, low: Exact, high: Exact) -> Pair:
        """A sum is open when any cell is; a least number is open above only when all cells are, and so on."""
        count = self.counts["_n"]
        low_open, high_open = self.counts["_low_open"], self.counts["_high_open"]
        below = low_open >= count if kind == "max" else low_open > 0
        above = high_open >= count if kind == "min" else high_open > 0
        ends = (
            exact.where(below, exact.filled(-np.inf, len(count)), low),
            exact.where(above, exact.filled(np.inf, len(count)), high),
        )
        stated = Interval(
            start,
            start
            if np.array_equal(start.high, end.high, equal_nan=True)
            and np.array_equal(start.low, end.low, equal_nan=True)
            else end,
        )
        return stated, Interval(*ends)

    @cached_property
    def tests(self) -> dict[Test, int]:
        return tests_of(self.batch)


def joined(frames: Sequence[pl.DataFrame], batch: Batch) -> pl.DataFrame:
    """The groups, or cells, of all engines in one frame, their keys coded alike for as long as it lives."""
    keys = [pl.col(f"_k{i}").cast(pl.Categorical) for i in range(batch.width)]
    coded = [frame.with_columns(keys) for frame in frames]
    return coded[0] if len(coded) == 1 else pl.concat(coded, how="diagonal_relaxed")


_COUNTS = frozenset(("_n", "_blank", "_twice", "_low_open", "_high_open", "_distinct"))


@dataclass(frozen=True)
class Keys:
    """The keys of a plan: for each dimension, and for each operand, the places of groups that have it at the key.

    `records` are the rows that are the keys of a record plan.
    """

    length: int
    dimensions: dict[str, Integers]
    operands: tuple[Integers, ...]
    records: Integers | None = None

    def __len__(self) -> int:
        return self.length

    def kept(self, keep: Booleans) -> Keys:
        """The keys where `keep` is true."""
        return Keys(
            int(keep.sum()),
            {dimension: places[keep] for dimension, places in self.dimensions.items()},
            tuple(places[keep] for places in self.operands),
            None if self.records is None else self.records[keep],
        )


def keys_of(index: int, groups: Groups) -> Keys:
    """The keys of plan `index`: all keys at which an operand that says so has a row.

    A plan without dimensions has one key: always, when its check itself asks for what is missing, else when there is
    a row. Where no operand has all dimensions, the keys are the combinations of theirs that agree.
    """
    plan = groups.batch.plans[index]
    first = groups.batch.first[index]
    numbers = range(first, first + len(plan.operands))
    if plan.record:
        places = groups.of(groups.batch.rows_of[index])
        rows = groups.records[places]
        operands = (_at(groups.of(n), groups.records, rows, groups.nothing) for n in numbers)
        return Keys(len(places), dict.fromkeys(plan.key, places), tuple(operands), rows)
    own = [tuple(plan.key.index(d) for d, _ in operand.matched) for operand in plan.operands]
    at_key = [
        n for n, o in zip(numbers, plan.operands, strict=True) if o.keyed and len(o.matched) == len(plan.key)
    ]
    if not at_key:
        return _combined(plan, numbers, own, groups)
    if not plan.key and asks_for_absence(plan.check):
        places = np.array([groups.nothing])
    else:
        candidates = np.concatenate([groups.of(n) for n in at_key])
        places = candidates[np.unique(_ids(range(len(plan.key)), candidates, groups), return_index=True)[1]]
    operands = (_looked_up(dims, n, places, groups) for n, dims in zip(numbers, own, strict=True))
    return Keys(len(places), dict.fromkeys(plan.key, places), tuple(operands))


def _at(candidates: Integers, values: Integers, wanted: Integers, nothing: int) -> Integers:
    found = positions(wanted, values[candidates], -1)
    return np.where(found < 0, nothing, np.append(candidates, nothing)[found])


def _ids(dimensions: Sequence[int], places: Integers, groups: Groups) -> Integers:
    columns = [groups.codes[d][places] for d in dimensions]
    return ids(columns, len(places))


def _looked_up(dimensions: Sequence[int], operand: int, keys: Integers, groups: Groups) -> Integers:
    """For each key the group of an operand that agrees with it in the operand's own dimensions."""
    candidates = groups.of(operand)
    found = _ids(dimensions, np.concatenate([keys, candidates]), groups)
    place = positions(found[: len(keys)], found[len(keys) :], -1)
    return np.where(place < 0, groups.nothing, np.append(candidates, groups.nothing)[place])


def _combined(plan: Plan, numbers: range, own: Sequence[tuple[int, ...]], groups: Groups) -> Keys:
    """Keys of operands none of which has all dimensions: their groups joined on the dimensions that they share."""
    joined = pl.DataFrame({"_": [0]})
    for n, dimensions in zip(numbers, own, strict=True):
        places = groups.of(n)
        columns = {str(d): groups.codes[d][places] for d in dimensions}
        frame = pl.DataFrame({"_": np.zeros(len(places), dtype=np.int64), **columns, f"_{n}": places})
        joined = joined.join(
            frame, on=["_", *(name for name in columns if name in joined.columns)], how="inner"
        )
    found = {n: joined[f"_{n}"].to_numpy() for n in numbers}
    source = {d: found[n] for n, dimensions in zip(numbers, own, strict=True) for d in dimensions}
    if len(source) < len(plan.key):
        return Keys(
            0, {d: np.zeros(0, dtype=np.int64) for d in plan.key}, tuple(p[:0] for p in found.values())
        )
    return Keys(len(joined), {d: source[i] for i, d in enumerate(plan.key)}, tuple(found.values()))


def bound_of(
    operand: Operand, places: Integers, keys: Keys, plan: Plan, groups: Groups
) -> tuple[Bound, Booleans]:
    """What an operand comes to at each key, and the keys that its `missing: skip` leaves out.

    An operand is missing when it has no cell, when one that it should have is not there, or, in an aggregate, when a
    cell's row states nothing. `missing: zero` takes what is not there as nothing; stated twice is never resolved.
    """
    count, blank = groups.counts["_n"][places], groups.counts["_blank"][places]
    twice = groups.counts["_twice"][places] > 0
    due = _expected(operand, keys, plan, groups)
    lacking = (count == 0) | (count < due) | ((blank > 0) if operand.many else False)
    skipped = lacking if operand.policy == "skip" else np.zeros(len(places), dtype=bool)
    absent = twice | (lacking if operand.policy != "zero" else np.zeros(len(places), dtype=bool))
    unread = twice | ((blank > 0) & (operand.policy != "zero"))
    counted = {"count": exact.whole(count), "expected": exact.whole(due)}
    aggregates: dict[str, Pair] = {name: (Interval(n, n),) * 2 for name, n in counted.items()}
    if "distinct" in operand.aggregates:
        distinct = exact.blanked(
            exact.whole(groups.counts["_distinct"][places]), (blank > 0) & (operand.policy != "zero")
        )
        aggregates["distinct"] = (Interval(distinct, distinct),) * 2
    passed = {test: _passed(groups.tests[test], places, unread, count, groups) for test in operand.tests}
    if operand.type != "number" or not operand.column:
        if not groups.batch.texts or not operand.column:
            empty = np.full(len(places), None, dtype=object)
            return Bound(None, aggregates, empty, empty, passed, lacking, twice, count), skipped
        unknown = lacking | twice
        least, most = (_unless(unknown, texts[places]) for texts in groups.texts)
        return Bound(None, aggregates, least, most, passed, unknown, twice, count), skipped
    for kind in ("sum", "min", "max"):
        if kind == "sum" or operand.aggregates & {kind, "any", "all"}:
            hidden = absent if kind == "sum" else absent | (count == 0)
            aggregates[kind] = tuple(_gathered(i, places, hidden) for i in groups.totals[kind])  # type: ignore[assignment]
    return Bound(aggregates["sum"], aggregates, None, None, passed, absent, twice, count), skipped


def _passed(test: int, places: Integers, unread: Booleans, count: Floats, groups: Groups) -> Passed:
    sure, may, surely, maybe = (
        groups.counts[f"_t{test}_{name}"][places] for name in ("sure", "may", "surely", "maybe")
    )
    return Passed((sure, surely), (may, maybe), count, unread)


def _gathered(interval: Interval, places: Integers, hidden: Booleans) -> Interval:
    low = exact.blanked(exact.take(interval.low, places), hidden)
    return Interval(
        low,
        low if interval.high is interval.low else exact.blanked(exact.take(interval.high, places), hidden),
    )


def _expected(operand: Operand, keys: Keys, plan: Plan, groups: Groups) -> Floats:
    """How many cells an operand must have at each key."""
    if None in operand.expected:
        return np.full(len(keys), float(len(operand.expected[None])))
    if not operand.expected or not operand.many:
        return np.zeros(len(keys))
    members = [member for member in operand.expected if member is not None]
    sizes = np.array([float(len(operand.expected[member])) for member in members])
    dimension = plan.key.index(operand.links[0].dimension)
    place = positions(
        groups.codes[dimension][keys.dimensions[operand.links[0].dimension]],
        codes(pl.Series(members, dtype=pl.String)),
        -1,
    )
    return np.where(place < 0, 0.0, np.append(sizes, 0.0)[place])


def _exacts(frame: pl.DataFrame, names: Sequence[str]) -> dict[str, Exact]:
    """Columns of decimals with nine places as exact numbers, null is missing; at the end, for what is not there, 0 for sums."""
    billion = pl.lit(10**9, dtype=pl.Int128)
    columns: list[pl.Expr] = []
    for name in names:
        units = pl.col(name).cast(pl.Decimal(38, 9)).to_physical()
        whole = units // billion
        rounded = whole.cast(pl.Float64)
        rest = (whole - rounded.cast(pl.Int128)).cast(pl.Float64)
        columns += [
            rounded.alias(name),
            rest.alias(f"{name} rest"),
            (units - whole * billion).cast(pl.Float64).alias(f"{name} part"),
        ]
    parts = frame.select(columns).fill_null(np.nan)
    found = {}
    for name in names:
        end = 0.0 if name.startswith("_sum") else np.nan
        vectors = (parts[f"{name}{kind}"].to_numpy() for kind in ("", " rest", " part"))
        found[name] = exact.from_parts(*(np.append(vector, end) for vector in vectors))
    return found


def _unless(unknown: Booleans, texts: Texts) -> Texts:
    """The texts, None where they are unknown."""
    known = texts.copy()
    known[unknown] = None
    return known
