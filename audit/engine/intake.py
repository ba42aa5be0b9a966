"""Tables taken in for a run: what the rules ask of each table, read once, texts as codes and numbers exact.

Rows are read through one lazy Narwhals frame a table, on whatever engine holds it; a database, or a frame that is not
in memory, gives only the rows that some operand takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from audit.engine.exact import Booleans, Exact
from audit.engine.frames import ROW, Frame, Table, collect
from audit.engine.halves import DECIMAL, with_halves
from audit.engine.keys import Integers
from audit.engine.number_columns import decimals
from audit.engine.vocabulary import Vocabulary, coded
from audit.language.plan import Filter, Operand, Plan, Weight
from audit.language.rule import Rounding

_NUMBER = r"^[-+]?\d{1,28}(\.\d+)?$"
_WIDEST = 1e28


@dataclass(frozen=True, slots=True)
class Reading:
    """How the numbers of a column are read: the rounding is that of `value`, other columns are exact."""

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


@dataclass(frozen=True)
class Rows:
    """The rows of a table that a run looks at: their `numbers` there, the codes of text columns, the figure readings."""

    vocabulary: Vocabulary
    numbers: Integers
    texts: Mapping[str, Integers]
    readings: Mapping[Reading, Ends]
    _flags: dict[Filter, Booleans] = field(default_factory=dict)
    _kept: dict[tuple[Filter, ...], Integers] = field(default_factory=dict)

    def kept(self, filters: tuple[Filter, ...]) -> Integers:
        """The places of the rows that all filters keep."""
        if filters not in self._kept:
            flags = [self._flag(condition) for condition in filters]
            places = np.flatnonzero(reduce(and_, flags)) if flags else np.arange(len(self.numbers))
            self._kept[filters] = places
        return self._kept[filters]

    def _flag(self, condition: Filter) -> Booleans:
        if condition not in self._flags:
            self._flags[condition] = keeps(condition, self.texts[condition.column], self.vocabulary)
        return self._flags[condition]


def keeps(condition: Filter, codes: Integers, vocabulary: Vocabulary) -> Booleans:
    """Which texts a filter keeps, by their codes; a blank is no member, so that `not` keeps it."""
    inside = codes > 0 if condition.members is None else vocabulary.members(condition.members)[codes]
    return ~inside if condition.negated else inside


def reading_of(operand: Operand, plan: Plan) -> Reading | None:
    """How an operand's own column is read; None where it is no number there."""
    if operand.type != "number" or operand.translation is not None or not operand.column:
        return None
    return Reading(operand.column, plan.rule.rounding if operand.column == "value" else "exact")


def weight_reading(weight: Weight) -> Reading:
    """How a column of weights is read."""
    return Reading(weight.column, "exact")


def take_in(plans: Sequence[Plan], tables: Mapping[str, Table]) -> tuple[dict[str, Rows], Vocabulary]:
    """The rows of every table that the plans use, and the vocabulary of the run."""
    needs: dict[str, _Needs] = {}
    for plan in plans:
        for operand in plan.operands:
            needs.setdefault(operand.table, _Needs()).note(operand, plan)
    prepared = [_prepared(tables[name], need) for name, need in needs.items()]
    frames = dict(zip(needs, collect(prepared), strict=True))
    translated = (
        pair[1]
        for need in needs.values()
        for operand in need.split
        for pair in (operand.translation.pairs if operand.translation else ())
    )
    texts = {name: frames[name].select(list(need.texts)) for name, need in needs.items()}
    vocabulary, codes = coded(texts, translated)
    rows = {
        name: Rows(
            vocabulary,
            frames[name][ROW].cast(pl.Int64).to_numpy(),
            codes[name],
            {reading: _ends(frames[name], i) for i, reading in enumerate(need.readings)},
        )
        for name, need in needs.items()
    }
    return rows, vocabulary


class _Needs:
    """What the rules of a run ask of one table, each thing once, in order of first use."""

    def __init__(self) -> None:
        self.texts: dict[str, None] = {}
        self.readings: dict[Reading, None] = {}
        self.filters: dict[tuple[Filter, ...], None] = {}
        self.split: list[Operand] = []

    def note(self, operand: Operand, plan: Plan) -> None:
        """Note all that an operand of a plan needs."""
        self.filters[operand.filters] = None
        reading = reading_of(operand, plan)
        if reading is not None:
            self.readings[reading] = None
        if operand.translation is not None and operand.translation.splits:
            self.split.append(operand)
        columns = [condition.column for condition in operand.filters]
        for weight in operand.weights.values():
            if weight.factors is None:
                self.readings[weight_reading(weight)] = None
            else:
                columns.append(weight.column)
        columns += [column for _, column in operand.matched] + [link.column for link in operand.links]
        columns += operand.members
        if operand.column and reading is None:
            columns.append(operand.column)
        if plan.record:
            columns += plan.key
        self.texts.update(dict.fromkeys(columns))


def _prepared(table: Table, needs: _Needs) -> Frame:
    """The columns that are needed: `_row`, the texts, and for reading i the decimals `_v{i}_start` … `_v{i}_high`."""
    frame = table.lazy
    types = frame.collect_schema()
    if not table.in_memory and () not in needs.filters:
        takes = (reduce(and_, map(_condition, filters)) for filters in needs.filters)
        frame = frame.filter(reduce(or_, takes))
    roundings = dict.fromkeys(r.rounding for r in needs.readings if r.rounding != "exact")
    if roundings:
        units = table.observed("unit") if "unit" in types and None in roundings else ()
        frame = with_halves(frame, list(types), units, roundings)
    texts = [name if types[name] == nw.String else nw.col(name).cast(nw.String) for name in needs.texts]
    numbers = [given for i, reading in enumerate(needs.readings) for given in _given(reading, i, types)]
    halves = [f"_half_{rounding}" for rounding in roundings]
    frame = frame.select(ROW, *texts, *numbers, *halves)
    ends = [end for i, reading in enumerate(needs.readings) for end in _ends_of(reading, i, types)]
    return frame.with_columns(ends).select(ROW, *needs.texts, *_names(len(needs.readings))) if ends else frame


def _condition(condition: Filter) -> nw.Expr:
    """Which rows a filter keeps, in the engine that holds them."""
    text = nw.col(condition.column).cast(nw.String).fill_null("")
    inside = text != "" if condition.members is None else text.is_in(list(condition.members))
    return ~inside if condition.negated else inside


def _names(readings: int) -> list[str]:
    return [f"_v{i}_{end}" for i in range(readings) for end in ("start", "end", "low", "high")]


def _is_bounded(reading: Reading, types: Any) -> bool:
    return reading.column == "value" and {"low", "high"} <= set(types)


def _given(reading: Reading, i: int, types: Any) -> list[nw.Expr]:
    """The numbers of a reading as the table gives them."""
    given = {"value": reading.column} | (
        {"low": "low", "high": "high"} if _is_bounded(reading, types) else {}
    )
    return [number(column, types[column]).alias(f"_g{i}_{name}") for name, column in given.items()]


def _ends_of(reading: Reading, i: int, types: Any) -> list[nw.Expr]:
    """The columns of a reading, from its numbers as given.

    A figure with a value and neither low nor high is exact: its ends were not filled in.
    """
    start = end = low = high = value = nw.col(f"_g{i}_value")
    if _is_bounded(reading, types):
        low, high = nw.col(f"_g{i}_low"), nw.col(f"_g{i}_high")
        start, end = nw.coalesce(value, low, high), nw.coalesce(value, high, low)
        closed = low.is_null() & high.is_null()
        low, high = nw.when(closed).then(value).otherwise(low), nw.when(closed).then(value).otherwise(high)
    if reading.rounding != "exact":
        half = nw.col(f"_half_{reading.rounding}")
        low, high = low - half, high + half
    return [
        e.alias(f"_v{i}_{name}")
        for name, e in zip(("start", "end", "low", "high"), (start, end, low, high), strict=True)
    ]


def _ends(frame: pl.DataFrame, i: int) -> Ends:
    """A reading of collected rows; an end that is the start everywhere is the same column."""
    first, *others = (frame[f"_v{i}_{end}"] for end in ("start", "end", "low", "high"))
    start = decimals(first)
    return Ends(start, *(start if other.equals(first) else decimals(other) for other in others))


def number(column: str, kind: Any) -> nw.Expr:
    """A column as exact decimals, null where it holds no number; floats are taken by their shortest decimal form."""
    cell = nw.col(column)
    if kind.is_integer() or kind.is_decimal():
        return cell.cast(DECIMAL)
    text = cell.cast(nw.String).str.strip_chars()
    written = nw.when(text.str.contains(_NUMBER)).then(text).cast(DECIMAL)
    if not kind.is_float():
        return written
    finite = nw.when((cell > -_WIDEST) & (cell < _WIDEST)).then(cell)
    return nw.coalesce(written, finite.cast(DECIMAL))
