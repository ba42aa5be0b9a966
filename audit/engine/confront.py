"""Plans confronted with tables: all bound frames are collected together, then every check gets its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from audit.engine import exact, intervals
from audit.engine.binding import Binding, bind
from audit.engine.exact import Booleans, Exact, Floats
from audit.engine.frames import Table, collect
from audit.engine.intervals import Interval
from audit.engine.predicate import UNTESTABLE, Bound, Sides, judge, true_as_stated
from audit.engine.record import bind_record
from audit.language.expression import Call, Expression, walk
from audit.language.plan import Operand, Plan
from audit.model.report import VERDICTS, Verdict


@dataclass(frozen=True)
class Confrontation:
    """The checks of one plan: `keys` a frame of the key columns, one row a check, in the order of `verdicts`.

    `counts` has the number of cells of each operand and `twice` whether one is stated with two values, one array an
    operand; `binding` leads to the cells (`_op`, `_member`, `_row` by key).
    """

    plan: Plan
    keys: pl.DataFrame
    verdicts: np.ndarray[Any, np.dtype[np.int8]]
    sides: Sides | None
    counts: tuple[Floats, ...]
    twice: tuple[Booleans, ...]
    binding: Binding

    def __len__(self) -> int:
        return len(self.verdicts)

    def verdict(self, index: int) -> Verdict:
        return VERDICTS[int(self.verdicts[index])]

    def key(self, index: int) -> dict[str, str]:
        """The key of a check without its blank dimensions."""
        return {name: value for name, value in self._keys[index].items() if value and name in self.plan.key}

    @cached_property
    def _keys(self) -> list[dict[str, str]]:
        return self.keys.to_dicts()


def confront(plans: Iterable[Plan], tables: Mapping[str, Table]) -> tuple[Confrontation, ...]:
    """Check all plans against the tables.

    Frames of one engine share their scans. Raises `InputError` for a frame that cannot be used.
    """
    plans = tuple(plans)
    bindings = [bind_record(plan, tables) if plan.record else bind(plan, tables) for plan in plans]
    frames = collect([binding.checks for binding in bindings])
    return tuple(judged(binding, frame) for binding, frame in zip(bindings, frames, strict=True))


def judged(binding: Binding, checks: pl.DataFrame) -> Confrontation:
    """The verdicts of the collected checks of one binding."""
    plan = binding.plan
    checks = _keyed(plan, checks).sort(binding.key)
    keep = np.ones(len(checks), dtype=bool)
    bounds: dict[str, Bound] = {}
    for place, operand in enumerate(plan.operands):
        bounds[operand.name], skipped = bound_of(place, operand, checks)
        keep &= ~skipped
    if plan.rule.applies is not None:
        keep &= true_as_stated(plan.rule.applies, bounds, len(checks))
    if not keep.all():
        return judged_rows(binding, checks.filter(pl.Series(keep)))
    return judged_rows(binding, checks, bounds)


def judged_rows(binding: Binding, checks: pl.DataFrame, bounds: Mapping[str, Bound] | None = None) -> Confrontation:
    """The verdicts of checks that are all to be made."""
    plan = binding.plan
    if bounds is None:
        bounds = {o.name: bound_of(place, o, checks)[0] for place, o in enumerate(plan.operands)}
    judgement = judge(plan.check, bounds, len(checks), plan.rule.tolerance)
    places = range(len(plan.operands))
    return Confrontation(
        plan=plan,
        keys=checks.select(binding.key),
        verdicts=judgement.verdicts,
        sides=judgement.sides,
        counts=tuple(_floats(checks[f"{place}_n"]) for place in places),
        twice=tuple(_floats(checks[f"{place}_twice"]) > 0 for place in places),
        binding=binding,
    )


def _keyed(plan: Plan, checks: pl.DataFrame) -> pl.DataFrame:
    """Only the keys that an operand at the key itself states."""
    if plan.record:
        return checks
    keyed = [f"{place}_n" for place, operand in enumerate(plan.operands) if operand.keyed]
    return checks.filter(pl.sum_horizontal(keyed) > 0)


def bound_of(place: int, operand: Operand, checks: pl.DataFrame) -> tuple[Bound, Booleans]:
    """What an operand comes to in each check, and the checks that its `missing: skip` leaves out."""
    count = _floats(checks[f"{place}_n"])
    twice = _floats(checks[f"{place}_twice"]) > 0
    expected = _expected(operand, checks)
    lacking = (count == 0) | (count < expected)
    skipped = lacking if operand.policy == "skip" else np.zeros(len(checks), dtype=bool)
    absent = twice | (lacking if operand.policy != "zero" else np.zeros(len(checks), dtype=bool))
    counted = Exact(count, np.zeros_like(count))
    due = Exact(expected, np.zeros_like(expected))
    aggregates = {"count": (Interval(counted, counted),) * 2, "expected": (Interval(due, due),) * 2}
    if "distinct" in operand.aggregates:
        distinct = _floats(checks[f"{place}_distinct"])
        values = Exact(distinct, np.zeros_like(distinct))
        aggregates["distinct"] = (Interval(values, values),) * 2
    if operand.type != "number":
        texts = checks[f"{place}_text"].to_numpy(allow_copy=True).astype(object)
        most = checks[f"{place}_text_most"].to_numpy(allow_copy=True).astype(object)
        unread = lacking | (twice if not operand.many else np.zeros(len(checks), dtype=bool))
        return Bound(None, aggregates, np.where(unread, None, texts), np.where(unread, None, most), unread), skipped
    total = _blank(absent, _sum(place, checks))
    aggregates["sum"] = total
    if operand.aggregates & {"min", "max", "any", "all"}:
        aggregates["min"] = _blank(absent | (count == 0), _least(place, checks, count))
        aggregates["max"] = _blank(absent | (count == 0), _greatest(place, checks, count))
    if "mean" in operand.aggregates:
        aggregates["mean"] = tuple(intervals.divide(t, Interval(counted, counted)) for t in total)  # type: ignore[assignment]
    return Bound(total, aggregates, None, None, absent), skipped


def _expected(operand: Operand, checks: pl.DataFrame) -> Floats:
    """How many cells an operand must have in each check."""
    if None in operand.expected:
        return np.full(len(checks), float(len(operand.expected[None])))
    if not operand.expected or not operand.many:
        return np.zeros(len(checks))
    dimension = operand.links[0].dimension
    sizes = {member: float(len(rows)) for member, rows in operand.expected.items() if member is not None}
    return _floats(checks[dimension].replace_strict(sizes, default=0.0, return_dtype=pl.Float64))


Pair = tuple[Interval, Interval]
_BILLION = pl.lit(10**9, dtype=pl.Int128)


def _sum(place: int, checks: pl.DataFrame) -> Pair:
    half = _exact(checks[f"{place}_sum_half"])
    low = _opened(exact.subtract(_exact(checks[f"{place}_sum_low"]), half), _floats(checks[f"{place}_low_open"]) > 0, -np.inf)
    high = _opened(exact.add(_exact(checks[f"{place}_sum_high"]), half), _floats(checks[f"{place}_high_open"]) > 0, np.inf)
    return Interval(_exact(checks[f"{place}_sum_from"]), _exact(checks[f"{place}_sum_to"])), Interval(low, high)


def _least(place: int, checks: pl.DataFrame, count: Floats) -> Pair:
    half = _exact(checks[f"{place}_most_half"])
    low = _opened(exact.subtract(_exact(checks[f"{place}_min_low"]), half), _floats(checks[f"{place}_low_open"]) > 0, -np.inf)
    high = _opened(exact.add(_exact(checks[f"{place}_min_high"]), half), _floats(checks[f"{place}_high_open"]) >= count, np.inf)
    return Interval(_exact(checks[f"{place}_min_from"]), _exact(checks[f"{place}_min_to"])), Interval(low, high)


def _greatest(place: int, checks: pl.DataFrame, count: Floats) -> Pair:
    half = _exact(checks[f"{place}_most_half"])
    low = _opened(exact.subtract(_exact(checks[f"{place}_max_low"]), half), _floats(checks[f"{place}_low_open"]) >= count, -np.inf)
    high = _opened(exact.add(_exact(checks[f"{place}_max_high"]), half), _floats(checks[f"{place}_high_open"]) > 0, np.inf)
    return Interval(_exact(checks[f"{place}_max_from"]), _exact(checks[f"{place}_max_to"])), Interval(low, high)


def _opened(end: Exact, is_open: Booleans, infinity: float) -> Exact:
    return exact.where(is_open, Exact(np.full(len(end), infinity), np.zeros(len(end))), end)


def _blank(absent: Booleans, pair: Pair) -> Pair:
    nothing = Exact(np.full(len(absent), np.nan), np.full(len(absent), np.nan))
    return tuple(  # type: ignore[return-value]
        Interval(exact.where(absent, nothing, i.low), exact.where(absent, nothing, i.high)) for i in pair
    )


def _floats(series: pl.Series) -> Floats:
    """A column of counts as doubles; what a left join left blank counts as none."""
    return series.cast(pl.Float64).fill_null(0.0).to_numpy()


def _exact(series: pl.Series) -> Exact:
    """A column of decimals with nine places as exact numbers; null is missing."""
    units = pl.lit(series.cast(pl.Decimal(38, 9)).to_physical())
    whole = units // _BILLION
    rounded = whole.cast(pl.Float64)
    parts = pl.select(
        rounded.alias("rounded"),
        (whole - rounded.cast(pl.Int128)).cast(pl.Float64).alias("remainder"),
        (units - whole * _BILLION).cast(pl.Float64).alias("billionths"),
    )
    return exact.from_parts(*(part.fill_null(np.nan).to_numpy() for part in parts))


def untestable(confrontation: Confrontation) -> Booleans:
    return np.asarray(confrontation.verdicts == UNTESTABLE)


def uses_absence(check: Expression) -> bool:
    """Whether an expression itself asks for what is missing (`is missing`, `count`)."""
    from audit.language.expression import Missing

    return any(isinstance(n, Missing) or (isinstance(n, Call) and n.function == "count") for n in walk(check))


def decimals(sides: Sides, index: int) -> Sequence[Decimal | None]:
    """Left, right as stated (None for a range), then their allowed ends: low, high, low, high."""
    left, right = sides.left, sides.right
    found = [
        exact.decimal_at(side.low, index) if exact.decimal_at(side.low, index) == exact.decimal_at(side.high, index) else None
        for side in (left, right)
    ]
    ends = (sides.left_allowed.low, sides.left_allowed.high, sides.right_allowed.low, sides.right_allowed.high)
    return [*found, *(exact.decimal_at(end, index) for end in ends)]
