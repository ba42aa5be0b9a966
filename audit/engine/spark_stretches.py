"""Rows confronted where Spark holds them: in stretches that can be checked apart, each on one executor by this engine.

Where all operands of a plan match some dimensions with columns of their own rows, rows that differ in these never meet in a
check (see `parts`). So Spark brings together the rows that agree in them, as many a stretch as one process can hold, and
what comes back to the driver is what a stretch tells. Plans that nothing divides are confronted on one executor.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from typing import TYPE_CHECKING, Any

import polars as pl

from audit.engine.figures import Reading
from audit.engine.frames import Table
from audit.engine.intake import Written, columns_used, look_through, needs_of, ways_written
from audit.engine.keys import Integers
from audit.engine.lazy_frames import ROW, LazyFrames
from audit.engine.parts import Columns, columns_of
from audit.engine.printed_floats import Ways, alike
from audit.engine.sending import received, sent
from audit.engine.spark_frames import DIGEST, SparkFrames, named
from audit.language.plan import ColumnType, Plan
from audit.language.uses import equals_quotients
from audit.model.errors import InputError
from audit.model.frozen import frozen

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

STRETCH = 2**18
"""Rows that one process confronts together, where its plans can be divided so finely."""


@frozen(slots=False)
class Stretch:
    """Some rows of tables, all that the checks of some plans (by their numbers in a run) look at, with their `numbers`.

    `written` tells how the numbers of their whole columns are written, where a plan asks for that.
    """

    plans: Mapping[int, Plan]
    tables: Mapping[str, Table]
    numbers: Mapping[str, Integers]
    written: Written = field(default_factory=dict)


Work = Callable[[Stretch], object]
"""What is done with a stretch."""

_TABLE = "_table"
_Dimensions = frozenset[Columns]
"""The dimensions by which rows are divided, each by the column that it has in every table."""


@dataclass
class _Division:
    """Plans that are confronted together: with the rows that agree in some dimensions; in none, with all rows.

    With `anyhow` rows need not be together at all: every row is a key of its own. Rows that no operand takes are left out
    unless they are `all` asked for.
    """

    tables: frozenset[str]
    dimensions: _Dimensions
    plans: list[int]
    anyhow: bool = False
    all: bool = False


@frozen(slots=False)
class _Shipped:
    """A table as its rows travel: its columns in their order, as they are called and by their types."""

    name: str
    columns: tuple[str, ...]
    types: Mapping[str, ColumnType]
    as_written: bool

    def table(self, at: int, rows: pl.DataFrame) -> Table:
        """The table with some of its rows, in their order; `at` is its number among the tables."""
        called = {f"{at}_{place}": column for place, column in enumerate(self.columns)}
        own = rows.filter(pl.col(_TABLE) == at).select(ROW, *called).rename(called).sort(ROW)
        return Table(self.name, own, types=dict(self.types), as_written=self.as_written)


def told_by_stretches(
    plans: Mapping[int, Plan], tables: Mapping[str, Table], also: Mapping[str, Collection[str]], work: Work
) -> Iterator[Any]:
    """What the work tells of each stretch. `also` are columns of tables that it looks at beside those that plans do.

    Raises `InputError` for cells that are no numbers.
    """
    frames = _in_spark({name: tables[name] for plan in plans.values() for name in plan.tables})
    written = _written_alike(plans, tables, frames)
    for division in _divisions(plans, frames):
        yield from _told(plans, division, tables, frames, also, partial(_with_written, work, written))


def _with_written(work: Work, written: Written, stretch: Stretch) -> object:
    return work(replace(stretch, written=written))


def _written_alike(
    plans: Mapping[int, Plan], tables: Mapping[str, Table], frames: Mapping[str, SparkFrames]
) -> Written:
    """How the numbers of whole columns are written of which plans ask that, looked at wherever their rows are."""
    asking = [
        number for number, plan in plans.items() if equals_quotients(plan.rule.check, plan.rule.applies)
    ]
    needs = needs_of(plans[number] for number in asking)
    ways: dict[tuple[str, Reading], Ways] = defaultdict(Ways)
    for name in sorted(name for name, need in needs.items() if need.written):
        anyhow = _Division(frozenset((name,)), frozenset(), asking, anyhow=True, all=True)
        for found in _told(plans, anyhow, tables, frames, {}, _ways_in):
            for of, own in found.items():
                ways[of] += own
    return {of: alike(own) for of, own in ways.items()}


def _ways_in(stretch: Stretch) -> object:
    return ways_written(stretch.plans.values(), stretch.tables)


def _told(
    plans: Mapping[int, Plan], division: _Division, tables: Mapping[str, Table], frames: Mapping[str, SparkFrames],
    also: Mapping[str, Collection[str]], work: Work,
) -> Iterator[Any]:  # fmt: skip
    """What the work tells of the stretches of a division."""
    own = {number: plans[number] for number in division.plans}
    shipped = [
        _Shipped(name, _columns(own.values(), table, also.get(name, ())), table.columns, table.as_written)
        for name, table in sorted(tables.items())
        if name in division.tables
    ]
    count = sum(tables[name].length for name in division.tables)
    rows = _brought_together(own.values(), shipped, frames, division, count)
    doing = partial(_done, own, shipped, division.anyhow, work)
    for told in rows.mapInArrow(doing, "told binary").collect():
        found = received(zlib.decompress(told[0]), plans)
        if found is None:
            look_through([*plans.values()], tables)
        yield found


def _divisions(plans: Mapping[int, Plan], frames: Mapping[str, SparkFrames]) -> list[_Division]:
    """The plans by the dimensions that divide their rows: as few divisions as keep stretches small."""
    found: list[_Division] = []
    known: dict[_Dimensions, int] = {}

    def small(dimensions: _Dimensions) -> bool:
        if dimensions not in known:
            known[dimensions] = _largest(dimensions, frames)
        return known[dimensions] <= STRETCH

    own = {number: _dividing(plan) for number, plan in plans.items()}
    anyhow = {number for number, plan in plans.items() if plan.record}
    for number in sorted(plans, key=lambda number: (number in anyhow, len(own[number]))):
        for division in found:
            if division.tables != plans[number].tables:
                continue
            shared = division.dimensions & own[number]
            if number in anyhow:
                fits = division.anyhow or bool(division.dimensions)
            elif fits := bool(shared) or not (division.dimensions or own[number]):
                fits = division.dimensions == shared or small(shared)
                division.dimensions = shared if fits else division.dimensions
            if fits:
                division.plans.append(number)
                break
        else:
            found.append(_Division(plans[number].tables, own[number], [number], number in anyhow))
    return found


def _dividing(plan: Plan) -> _Dimensions:
    """The dimensions in which rows differ that never meet in a check of a plan."""
    if plan.record:
        return frozenset()
    return frozenset(one for dimension in plan.key if (one := columns_of(dimension, plan)))


def _largest(dimensions: _Dimensions, frames: Mapping[str, SparkFrames]) -> int:
    """How many rows agree in some dimensions, of those that most do."""
    from pyspark.sql import functions

    tables = sorted({table for columns in dimensions for table, _ in columns})
    keys = reduce(
        _stacked, (frames[name].given.select(frames[name].digest(_by(name, dimensions))) for name in tables)
    )
    (found,) = keys.groupBy(DIGEST).count().agg(functions.max("count")).collect()
    return found[0] or 0


def _brought_together(
    plans: Collection[Plan], shipped: Sequence[_Shipped], frames: Mapping[str, SparkFrames], division: _Division,
    rows: int,
) -> DataFrame:  # fmt: skip
    """The rows of all tables of a division, those that agree in its dimensions in one partition."""
    from pyspark.sql import functions

    parts = []
    for at, own in enumerate(shipped):
        filters = [o.filters for plan in plans for o in plan.operands if o.table == own.name]
        frame = frames[own.name].taken([()] if division.all else filters)
        columns = [named(name).alias(f"{at}_{place}") for place, name in enumerate(own.columns)]
        by = [frames[own.name].digest(_by(own.name, division.dimensions))] if division.dimensions else []
        parts.append(frame.select(functions.lit(at).alias(_TABLE), ROW, *columns, *by))
    together = reduce(_stacked, parts)
    if division.dimensions:
        return together.repartition(max(1, -(-rows // STRETCH)), DIGEST).drop(DIGEST)
    return together if division.anyhow else together.repartition(1)


def _stacked(one: DataFrame, other: DataFrame) -> DataFrame:
    return one.unionByName(other, allowMissingColumns=True)


def _by(table: str, dimensions: _Dimensions) -> list[str]:
    """The columns that dimensions have in a table, in the order that they have in all."""
    return [dict(columns)[table] for columns in sorted(dimensions)]


def _columns(plans: Iterable[Plan], table: Table, also: Collection[str]) -> tuple[str, ...]:
    used = frozenset(also).union(*(columns_used(plan, table) for plan in plans))
    return tuple(name for name in table.columns if name in used)


def _in_spark(tables: Mapping[str, Table]) -> dict[str, SparkFrames]:
    """The rows of tables in Spark, with their numbers; those of other frames are sent there."""
    here = {name: table.backend for name, table in tables.items() if isinstance(table.backend, SparkFrames)}
    session = next(iter(here.values())).given.sparkSession
    return {name: here.get(name) or _sent(table, session) for name, table in tables.items()}


def _sent(table: Table, session: SparkSession) -> SparkFrames:
    held = table.backend if isinstance(table.backend, LazyFrames) else table.in_polars().backend
    assert isinstance(held, LazyFrames)
    rows: pl.DataFrame = held.frame.collect("polars").to_native()
    return SparkFrames(session.createDataFrame(rows.cast({ROW: pl.Int64}).to_arrow()))


def _done(
    plans: Mapping[int, Plan], shipped: Sequence[_Shipped], anyhow: bool, work: Work, batches: Iterable[Any]
) -> Iterator[Any]:
    """On an executor: the work on the rows of a partition, all together unless it is done `anyhow`."""
    import pyarrow

    held: list[Any] = []

    def told() -> Any:
        rows = pl.DataFrame(pl.from_arrow(pyarrow.Table.from_batches(held)))
        held.clear()
        tables = {own.name: own.table(at, rows) for at, own in enumerate(shipped)}
        numbers = {name: table.frame[ROW].to_numpy() for name, table in tables.items()}
        try:
            found = work(Stretch(plans, tables, numbers))
        except InputError:
            found = None  # told by the driver, as of all rows at once
        return pyarrow.record_batch({"told": [zlib.compress(sent(found, plans), level=1)]})

    for batch in batches:
        held.append(batch)
        if anyhow and sum(one.num_rows for one in held) >= STRETCH:
            yield told()
    if held:
        yield told()
