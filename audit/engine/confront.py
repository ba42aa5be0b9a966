"""Plans confronted with tables: all plans run as one frame, then every check gets its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from audit.engine import exact
from audit.engine.cells import batch_of, stated
from audit.engine.exact import Booleans
from audit.engine.frames import Table, collect, held
from audit.engine.groups import grouped
from audit.engine.keys import Integers
from audit.engine.operands import Groups, Keys, bound_of, joined, keys_of
from audit.engine.predicate import Bound, Sides, judge, true_as_stated
from audit.language.plan import Plan
from audit.model.report import VERDICTS, Verdict


@dataclass(frozen=True)
class Confrontation:
    """The checks of one plan, one a key, in the order of `verdicts` (numbers of `VERDICTS`).

    `sides` are the numbers that were compared, `bounds` what each operand came to, `index` the place of the plan in
    the batch of `groups`.
    """

    plan: Plan
    index: int
    keys: Keys
    verdicts: NDArray[np.int8]
    sides: Sides | None
    bounds: dict[str, Bound]
    groups: Groups

    def __len__(self) -> int:
        return len(self.verdicts)

    def verdict(self, check: int) -> Verdict:
        """The verdict of a check."""
        return VERDICTS[int(self.verdicts[check])]

    def key(self, check: int) -> dict[str, str]:
        """The key of a check without its blank dimensions."""
        return next(iter(self.keys_of(np.array([check])).values()))

    def keys_of(self, checks: Integers) -> dict[int, dict[str, str]]:
        """The keys of checks without their blank dimensions, in the order of keys (of rows, in a record rule)."""
        wanted = checks.tolist()
        columns = [
            [texts[place] for place in places[checks].tolist()]
            for texts, places in zip(self.groups.key_texts, self.keys.dimensions.values(), strict=False)
        ]
        records = self.keys.records[checks].tolist() if self.keys.records is not None else wanted
        rows = sorted(zip(*columns, records, wanted, strict=True))
        names = tuple(self.keys.dimensions)
        return {row[-1]: {name: text for name, text in zip(names, row, strict=False) if text} for row in rows}


def confront(
    plans: Iterable[Plan], tables: Mapping[str, Table], *, evidence: bool = False
) -> tuple[Confrontation, ...]:
    """Check all plans against the tables, in the order of the plans.

    With `evidence` the cells behind the checks are collected in the same run, for a report to come.
    Raises `InputError` for a frame that cannot be used.
    """
    plans = tuple(plans)
    if not plans:
        return ()
    batch = batch_of(plans, tables)
    if evidence:
        batch = replace(batch, cells=held(batch.cells))
    grouping = grouped(batch)
    frames = collect([*grouping, *(stated(batch) if evidence else ())])
    cells = joined(frames[len(grouping) :], batch) if evidence else None
    groups = Groups(batch, joined(frames[: len(grouping)], batch), cells)
    return tuple(judged(index, groups) for index in range(len(batch.plans)))


def judged(index: int, groups: Groups) -> Confrontation:
    """The verdicts of plan `index` of a batch: of the checks that apply and that no `missing: skip` leaves out."""
    plan = groups.batch.plans[index]
    keys = keys_of(index, groups)
    bounds, skipped = _bounds(plan, keys, groups)
    keep = ~skipped
    if plan.rule.applies is not None:
        keep &= true_as_stated(plan.rule.applies, bounds, len(keys))
    if not keep.all():
        keys = keys.kept(keep)
        bounds, _ = _bounds(plan, keys, groups)
    judgement = judge(plan.check, bounds, len(keys), plan.rule.tolerance)
    return Confrontation(plan, index, keys, judgement.verdicts, judgement.sides, bounds, groups)


def _bounds(plan: Plan, keys: Keys, groups: Groups) -> tuple[dict[str, Bound], Booleans]:
    skipped = np.zeros(len(keys), dtype=bool)
    bounds = {}
    for operand, places in zip(plan.operands, keys.operands, strict=True):
        bounds[operand.name], left_out = bound_of(operand, places, keys, plan, groups)
        skipped |= left_out
    return bounds, skipped


def decimals(sides: Sides, check: int) -> Sequence[Decimal | None]:
    """Left, right as stated (None for a range), then their allowed ends: low, high, low, high."""
    found = []
    for side in (sides.left, sides.right):
        low, high = exact.decimal_at(side.low, check), exact.decimal_at(side.high, check)
        found.append(low if low == high else None)
    ends = (
        sides.left_allowed.low,
        sides.left_allowed.high,
        sides.right_allowed.low,
        sides.right_allowed.high,
    )
    return [*found, *(exact.decimal_at(end, check) for end in ends)]
