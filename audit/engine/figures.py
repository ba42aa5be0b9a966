"""Number columns as figures: what each row states, and the interval that its words and its rounding allow.

A figure states `value`; where that is blank it is the range from `low` to `high`. `literal` tells how it was written, so
that half a unit of its last digit can be given to both ends; where there is none, the number itself tells. `bound` tells
which end is not reached: what is `above` 5 is more than 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from audit.engine import exact
from audit.engine.backends import Batch
from audit.engine.exact import Booleans, Exact
from audit.engine.keys import Integers, ids
from audit.engine.number_columns import NumberColumn
from audit.engine.printed_floats import Alike, meant_decimals
from audit.engine.vocabulary import Coded
from audit.model.frozen import frozen
from audit.numbers.reading import written_step
from audit.numbers.rounding import Rounding, spread


@frozen
class Reading:
    """How the numbers of a column are read; figures (`value`) as their unit says where `rounding` does not, those of any
    other column as they stand."""

    column: str
    rounding: Rounding | None


@frozen(slots=False)
class Ends:
    """Figures as stated, from `start` to `end` (two numbers for a range), and as allowed, from `low` to `high`.

    Where a figure states something, a missing `low` or `high` is open. What is above or below a number is a hair
    beside it (see `exact`). `alike` is how the numbers of their whole column are written, whichever of its rows these are;
    None where no rule asks.
    """

    start: Exact
    end: Exact
    low: Exact
    high: Exact
    alike: Alike | None = None

    @property
    def stated(self) -> Booleans:
        """Where there is a number at all."""
        return ~self.start.missing

    def at(self, places: Integers) -> Ends:
        """The figures at the given places."""
        ends = (self.start, self.end, self.low, self.high)
        taken = {id(end): exact.take(end, places) for end in ends}
        start, end, low, high = (taken[id(end)] for end in ends)
        return Ends(start, end, low, high, self.alike)


def whole_column(parts: Sequence[Ends], alike: Alike | None) -> Ends:
    """The figures of a column from those of its rows one after the other; what is one vector in all parts stays one."""
    if len(parts) == 1:
        return replace(parts[0], alike=alike)
    ends = [(part.start, part.end, part.low, part.high) for part in parts]
    known: dict[tuple[int, ...], Exact] = {}
    for vectors in zip(*ends, strict=True):
        which = tuple(map(id, vectors))
        if which not in known:
            known[which] = exact.concatenated(vectors)
    start, end, low, high = (known[tuple(map(id, vectors))] for vectors in zip(*ends, strict=True))
    return Ends(start, end, low, high, alike)


def figures(reading: Reading, numbers: Mapping[str, NumberColumn], batch: Batch) -> tuple[Ends, Booleans]:
    """The figures of a column, and where their literal says something else than they state.

    `numbers` are the number columns as read, among them `low` and `high` where the table has them; `batch` has the
    columns as they are. A figure with a value and neither low nor high is exact, unless its bound opens an end: its
    ends were not filled in.
    """
    number = numbers[reading.column].numbers
    of_value = reading.column == "value"
    ends = Ends(number, number, number, number)
    if of_value and {"low", "high"} <= numbers.keys():
        ends = _bounded(number, numbers["low"].numbers, numbers["high"].numbers, batch.words("bound"))
    disagreeing = np.zeros(len(number), dtype=bool)
    if reading.rounding == "exact":
        return ends, disagreeing
    if reading.rounding is None and not of_value:
        return spread_out(ends, _printed(_decimals(reading.column, numbers), ends.start), None), disagreeing
    unit = batch.words("unit") if of_value else None
    if of_value and (literal := batch.words("literal")) is not None:
        decimals, disagreeing = _written(literal, batch, numbers, exact.closed(ends.start))
    else:
        decimals = _decimals(reading.column, numbers)
    if reading.rounding != "truncated":
        decimals = meant_decimals(decimals, exact.closed(ends.start))
    return spread_out(ends, _spreads(decimals, unit, reading.rounding), reading.rounding), disagreeing


def spread_out(ends: Ends, by: Exact, rounding: Rounding | None) -> Ends:
    """Figures that may lie so far from their numbers: on both sides, or cut off (`truncated`) on that away from zero.

    What is cut off does not make a whole unit more: 7 is from 7 to less than 8, -7 from more than -8 to -7.
    """
    if by.zero.all():
        return ends
    low, high = exact.subtract(ends.low, by), exact.add(ends.high, by)
    if rounding == "truncated":
        every = np.ones(len(low), dtype=np.int8)
        low = exact.where(exact.sign(ends.low) > 0, ends.low, exact.opened(low, every))
        high = exact.where(exact.sign(ends.high) < 0, ends.high, exact.opened(high, -every))
    return Ends(ends.start, ends.end, low, high)


def opened(ends: Ends, bounds: Coded) -> Ends:
    """Figures whose bound word leaves out the end itself: `above` the low one, `below` the high one."""
    wide = ~exact.equal(ends.low, ends.high)
    above, below = (bounds.among((word,)) & wide for word in ("above", "below"))
    if not (above.any() or below.any()):
        return ends
    single = exact.equal(ends.start, ends.end)
    up = (above & exact.equal(ends.start, ends.low)).astype(np.int8)
    down = (below & exact.equal(ends.end, ends.high)).astype(np.int8)
    start = exact.opened(ends.start, up - single * down)
    end = start if ends.end is ends.start else exact.opened(ends.end, single * up - down)
    low, high = above.astype(np.int8), -below.astype(np.int8)
    return Ends(start, end, exact.opened(ends.low, low), exact.opened(ends.high, high))


def _bounded(value: Exact, low: Exact, high: Exact, bounds: Coded | None) -> Ends:
    """Both numbers as stated, and both ends."""
    unfilled, blank = low.missing & high.missing, value.missing
    start = end = value
    if blank.any():
        start = exact.where(blank, exact.where(low.missing, high, low), value)
        end = exact.where(blank, exact.where(high.missing, low, high), value)
    if unfilled.any():
        low, high = exact.where(unfilled, start, low), exact.where(unfilled, end, high)
    if bounds is None:
        return Ends(start, end, low, high)
    low = exact.blanked(low, unfilled & bounds.among(("at_most", "below")))
    high = exact.blanked(high, unfilled & bounds.among(("at_least", "above")))
    return opened(Ends(start, end, low, high), bounds)


def _decimals(column: str, numbers: Mapping[str, NumberColumn]) -> Integers:
    """The decimals that the numbers themselves write; a range has those of its finer end."""
    decimals, blank = numbers[column].decimals, numbers[column].numbers.missing
    if column != "value" or not {"low", "high"} <= numbers.keys() or not blank.any():
        return decimals
    return np.where(blank, np.maximum(numbers["low"].decimals, numbers["high"].decimals), decimals)


def _written(
    literal: Coded, batch: Batch, numbers: Mapping[str, NumberColumn], start: Exact
) -> tuple[Integers, Booleans]:
    """The decimals that the literals write, in the unit of the figures, and where a literal states something else."""
    written = batch.numbers("literal")
    same = exact.equal(written.numbers, start)
    disagreeing = np.zeros(len(start), dtype=bool)
    if same.all():
        return written.decimals, disagreeing
    decimals = np.where(same, written.decimals, _decimals("value", numbers))
    others = np.flatnonzero(~same & literal.stated & ~start.missing)
    if not len(others):
        return decimals, disagreeing
    ends = {name: numbers[name].numbers for name in ("value", "low", "high") if name in numbers}
    unit = batch.words("unit")
    told = [literal, unit, *(batch.words(name) for name in ends)]
    alike = ids([column.codes[others].astype(np.int64) for column in told if column is not None], len(others))
    _, first, way = np.unique(alike, return_index=True, return_inverse=True)
    steps = [
        written_step(
            literal.one(row), None if unit is None else unit.one(row) or None,
            *(exact.decimal_at(ends[name], row) if name in ends else None for name in ("value", "low", "high")),
        )
        for row in others[first].tolist()
    ]  # fmt: skip
    disagreeing[others] = np.array([step is None for step in steps])[way]
    decimals[others] = np.array([0 if step is None else -step.adjusted() for step in steps])[way]
    return decimals, disagreeing


def _printed(decimals: Integers, start: Exact) -> Exact:
    """How far a number that a program printed out of a float may lie from what it means; nothing for any other."""
    meant = meant_decimals(decimals, start)
    if meant is decimals:
        return exact.constant(Decimal(0), len(start))
    ways, way = np.unique(np.where(meant < decimals, meant, -1), return_inverse=True)
    halves: list[Decimal | None] = [
        Decimal((0, (5,), -n - 1)) if n >= 0 else Decimal(0) for n in ways.tolist()
    ]
    return exact.take(exact.of_decimals(halves), way)


def _spreads(decimals: Integers, unit: Coded | None, rounding: Rounding | None) -> Exact:
    """How far each figure may lie from its number; every unit with every number of decimals is looked at once."""
    names: Sequence[str | None] = (None,) if unit is None else unit.texts
    codes = np.zeros(len(decimals), dtype=np.int64) if unit is None else unit.codes.astype(np.int64)
    least = int(decimals.min(initial=0))
    span = int(decimals.max(initial=0)) - least + 1
    pairs = codes * span + (decimals - least)
    used = np.flatnonzero(np.bincount(pairs))
    index = np.zeros(len(names) * span, dtype=np.int64)
    index[used] = np.arange(len(used))
    spreads = [
        spread(Decimal((0, (1,), -(pair % span + least))), names[pair // span], rounding)
        for pair in used.tolist()
    ]
    return exact.take(exact.of_decimals(list(spreads)), index[pairs])
