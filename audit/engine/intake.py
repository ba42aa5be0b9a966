"""Tables prepared for a run: texts coded, numbers exact, and every filter of every rule told once for all rows.

A prepared table has `_row`; the text columns that rules key, link or tell cells apart by, coded, with blank as "";
for filter i the truth column `_f{i}`; for figure reading i the decimals `_v{i}_from`, `_v{i}_to` (the value as stated,
two ends for a range), `_v{i}_low`, `_v{i}_high` (what its words and its rounding allow, null: open) and `_v{i}_stated`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from audit.engine.frames import ROW, Frame, Table, collect, is_sql
from audit.engine.halves import DECIMAL, with_halves
from audit.language.plan import Filter, Operand
from audit.language.rule import Rounding

ENDS = ("from", "to", "low", "high")
_NUMBER = r"^[-+]?\d{1,28}(\.\d+)?$"
_WIDEST = 1e28


@dataclass(frozen=True, slots=True)
class Reading:
    """How the numbers of a column are read: the rounding is that of `value`, other columns are exact."""

    column: str
    rounding: Rounding | None


@dataclass
class Needs:
    """What the rules of a run ask of one table, each thing once, in order of first use."""

    texts: dict[str, None] = field(default_factory=dict)
    filters: dict[Filter, int] = field(default_factory=dict)
    readings: dict[Reading, int] = field(default_factory=dict)

    def text(self, column: str) -> str:
        self.texts.setdefault(column)
        return column

    def flag(self, condition: Filter) -> str:
        return f"_f{self.filters.setdefault(condition, len(self.filters))}"

    def reading(self, operand: Operand, rounding: Rounding | None) -> int:
        """The number of the reading of an operand's column."""
        reading = Reading(operand.column, rounding if operand.column == "value" else "exact")
        return self.readings.setdefault(reading, len(self.readings))


def prepare(tables: Sequence[Table], needs: Sequence[Needs]) -> list[Frame]:
    """The tables prepared; those in memory at once and for all rules, the others when they are used."""
    prepared = [_prepared(table, need) for table, need in zip(tables, needs, strict=True)]
    here = [index for index, table in enumerate(tables) if table.in_memory]
    done = collect([prepared[index] for index in here])
    for index, frame in zip(here, done, strict=True):
        prepared[index] = nw.from_native(frame.lazy())
    return prepared


def text_type(frame: Frame) -> Any:
    """The type of coded texts on the engine of a frame."""
    return nw.String if is_sql(frame) else nw.Categorical()


def coded(text: nw.Expr, frame: Frame) -> nw.Expr:
    """A text coded for the engine of a frame, so that keys compare as numbers where the engine can do that."""
    return text if is_sql(frame) else text.cast(nw.Categorical())


def plain(column: str) -> nw.Expr:
    """A column as text, blank where it is null."""
    return nw.col(column).cast(nw.String).fill_null("")


def kept(condition: Filter, column: str) -> nw.Expr:
    """Which rows a filter keeps, by a column of coded texts."""
    return _told(condition, nw.col(column).cast(nw.String))


def _told(condition: Filter, text: nw.Expr) -> nw.Expr:
    """Which texts a filter keeps; a blank is no member, so that `not` keeps it."""
    if condition.members is None:
        return text == "" if condition.negated else text != ""
    inside = text.is_in(list(condition.members))
    return ~inside if condition.negated else inside


def _prepared(table: Table, needs: Needs) -> Frame:
    frame = table.lazy
    types = frame.collect_schema()
    roundings = dict.fromkeys(r.rounding for r in needs.readings if r.rounding != "exact")
    if roundings:
        units = table.observed("unit") if "unit" in types and None in roundings else ()
        frame = with_halves(frame, list(types), units, roundings)
    filtered = {f"_c_{condition.column}": condition.column for condition in needs.filters}
    columns = [nw.col(ROW).cast(nw.Int64), *(plain(name) for name in needs.texts)]
    columns += [plain(column).alias(name) for name, column in filtered.items()]
    columns += [nw.col(f"_half_{rounding}") for rounding in roundings]
    made = [coded(nw.col(name), frame) for name in needs.texts]
    made += [
        _told(condition, nw.col(f"_c_{condition.column}")).alias(f"_f{i}")
        for condition, i in needs.filters.items()
    ]
    for reading, i in needs.readings.items():
        columns += _given(reading, i, types)
        made += _ends(reading, i, types)
    return frame.select(columns).with_columns(made)


def _is_bounded(reading: Reading, types: Any) -> bool:
    return reading.column == "value" and {"low", "high"} <= set(types)


def _given(reading: Reading, i: int, types: Any) -> list[nw.Expr]:
    """The numbers of a reading as the table gives them."""
    given = {"value": reading.column} | (
        {"low": "low", "high": "high"} if _is_bounded(reading, types) else {}
    )
    return [number(column, types[column]).alias(f"_g{i}_{name}") for name, column in given.items()]


def _ends(reading: Reading, i: int, types: Any) -> list[nw.Expr]:
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
    ends = dict(zip(ENDS, (start, end, low, high), strict=True))
    return [
        *(e.alias(f"_v{i}_{name}") for name, e in ends.items()),
        (~start.is_null()).alias(f"_v{i}_stated"),
    ]


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


def needs_of(tables: Iterable[str]) -> dict[str, Needs]:
    """Nothing needed yet of any table."""
    return {name: Needs() for name in tables}
