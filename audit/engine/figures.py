"""Number columns as figures: what each row states, and the interval that its words and its rounding allow.

A figure states `value`; where that is blank it is the range from `low` to `high`. `literal` tells how it was written, so
that half a unit of its last digit can be given to both ends; where there is none, the number itself tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl

from audit.engine import exact
from audit.engine.exact import Booleans, Exact
from audit.engine.keys import Integers
from audit.engine.number_columns import NumberColumn, read_column
from audit.numbers.reading import written_step
from audit.numbers.rounding import Rounding, half_step


@dataclass(frozen=True, slots=True)
class Reading:
    """How the numbers of a column are read."""

    column: str
    rounding: Rounding | None


@dataclass(frozen=True)
class Ends:
    """Figures as stated, from `start` to `end` (two numbers for a range), and as allowed, from `low` to `high`.

    Where a figure states something, a missing `low` or `high` is open.
    """

    start: Exact
    end: Exact
    low: Exact
    high: Exact

    @property
    def stated(self) -> Booleans:
        """Where there is a number at all."""
        return ~self.start.missing


def figures(
    reading: Reading, numbers: Mapping[str, NumberColumn], frame: pl.DataFrame
) -> tuple[Ends, Booleans]:
    """The figures of a column, and where their literal says something else than they state.

    `numbers` are the number columns as read, among them `low` and `high` where the table has them; `frame` holds the
    columns as they are. A figure with a value and neither low nor high is exact: its ends were not filled in.
    """
    start = end = low = high = numbers[reading.column].numbers
    of_value = reading.column == "value"
    if of_value and {"low", "high"} <= numbers.keys():
        start, end, low, high = _bounded(start, numbers["low"].numbers, numbers["high"].numbers)
    disagreeing = np.zeros(len(start), dtype=bool)
    if reading.rounding == "exact":
        return Ends(start, end, low, high), disagreeing
    unit = frame["unit"] if of_value and "unit" in frame.columns else None
    if of_value and "literal" in frame.columns:
        places, disagreeing = _written(frame, numbers, start)
    else:
        places = _places(reading.column, numbers)
    half = _halves(places, unit, reading.rounding)
    if half.zero.all():
        return Ends(start, end, low, high), disagreeing
    return Ends(start, end, exact.subtract(low, half), exact.add(high, half)), disagreeing


def _bounded(value: Exact, low: Exact, high: Exact) -> tuple[Exact, Exact, Exact, Exact]:
    """Both numbers as stated, and both ends."""
    closed, blank = low.missing & high.missing, value.missing
    start = end = value
    if blank.any():
        start = exact.where(blank, exact.where(low.missing, high, low), value)
        end = exact.where(blank, exact.where(high.missing, low, high), value)
    if closed.any():
        low, high = exact.where(closed, start, low), exact.where(closed, end, high)
    return start, end, low, high


def _places(column: str, numbers: Mapping[str, NumberColumn]) -> Integers:
    """The decimals that the numbers themselves write; a range has those of its finer end."""
    places, blank = numbers[column].places, numbers[column].numbers.missing
    if column != "value" or not {"low", "high"} <= numbers.keys() or not blank.any():
        return places
    return np.where(blank, np.maximum(numbers["low"].places, numbers["high"].places), places)


def _written(
    frame: pl.DataFrame, numbers: Mapping[str, NumberColumn], start: Exact
) -> tuple[Integers, Booleans]:
    """The decimals that the literals write, in the unit of the figures, and where a literal states something else."""
    literal = read_column(frame["literal"])
    same = exact.equal(literal.numbers, start)
    disagreeing = np.zeros(len(start), dtype=bool)
    if same.all():
        return literal.places, disagreeing
    places = np.where(same, literal.places, _places("value", numbers))
    others = np.flatnonzero(~same & frame["literal"].is_not_null().to_numpy() & ~start.missing)
    if not len(others):
        return places, disagreeing
    ends = [name for name in ("value", "low", "high") if name in numbers]
    given = [name for name in ("literal", "unit", *ends) if name in frame.columns]
    first, way = _ways(frame.select(pl.col(given).cast(pl.String))[others])
    steps = [
        written_step(
            frame["literal"][row], frame["unit"][row] if "unit" in given else None,
            *(exact.decimal_at(numbers[n].numbers, row) if n in ends else None for n in ("value", "low", "high")),
        )
        for row in others[first].tolist()
    ]  # fmt: skip
    disagreeing[others] = np.array([step is None for step in steps])[way]
    places[others] = np.array([0 if step is None else -step.adjusted() for step in steps])[way]
    return places, disagreeing


def _ways(texts: pl.DataFrame) -> tuple[Integers, Integers]:
    """The distinct rows of texts by their first index, and for each row which of them it is."""
    distinct = texts.unique(maintain_order=True).with_row_index("_way")
    joined = texts.join(distinct, on=texts.columns, how="left", nulls_equal=True, maintain_order="left")
    way = joined["_way"].cast(pl.Int64).to_numpy()
    return np.unique(way, return_index=True)[1], way


def _halves(places: Integers, unit: pl.Series | None, rounding: Rounding | None) -> Exact:
    """Half a unit of the last digit of each figure; every unit with every number of decimals is looked at once."""
    names: list[str | None] = [None]
    codes = np.zeros(len(places), dtype=np.int64)
    if unit is not None and len(unit):
        told = unit.cast(pl.String).fill_null("")
        names = told.unique().to_list()
        codes = told.replace_strict(names, list(range(len(names))), return_dtype=pl.Int64).to_numpy()
    least = int(places.min(initial=0))
    span = int(places.max(initial=0)) - least + 1
    pairs = codes * span + (places - least)
    used = np.flatnonzero(np.bincount(pairs))
    index = np.zeros(len(names) * span, dtype=np.int64)
    index[used] = np.arange(len(used))
    halves = [
        half_step(Decimal((0, (1,), -(pair % span + least))), names[pair // span], rounding)
        for pair in used.tolist()
    ]
    return exact.take(exact.of_decimals(list(halves)), index[pairs])
