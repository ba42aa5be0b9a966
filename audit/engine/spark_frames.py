"""PySpark frames as the engine asks of them: what can be counted or compared is worked out on the executors.

A frame of Spark has no order: its rows are taken as sorted by all columns. They are sorted and numbered once, without
ever being in one place, and kept on the executors (in memory, and on their disks where that is too small) for as long as
the run asks for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any
from weakref import finalize

import narwhals as nw
import polars as pl

from audit.engine.backends import FEW, SAMPLED, Asked, Sample
from audit.engine.lazy_frames import RAW, ROW, YEAR, ColumnBatch, type_of
from audit.engine.polars_columns import coded_column
from audit.engine.vocabulary import Coded
from audit.language.plan import ColumnType, Filter
from audit.model.frozen import frozen

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_PARTITION_BITS = 33
"""Spark numbers the rows of a partition in so many bits, and the partitions in those above."""
DIGEST = "_digest"
BATCH = 2**20
"""Rows that the driver asks for at a time, where it looks at them itself."""
_MOMENT = "yyyy-MM-dd HH:mm:ss.SSSSSS"


@frozen(slots=False)
class SparkFrames:
    """The rows of a PySpark frame, numbered from 0 in `_row` in the order of all columns."""

    given: DataFrame
    at_hand = False
    away = True

    @cached_property
    def frame(self) -> DataFrame:
        """The rows with their number, kept where they are."""
        if ROW in self.given.columns:
            return self.given
        kept, numbered = _numbered(self.given)
        finalize(self, _let_go, kept).atexit = False
        return numbered

    @cached_property
    def types(self) -> Mapping[str, ColumnType]:
        schema = nw.from_native(self.given).collect_schema()
        return {name: type_of(kind) for name, kind in schema.items() if name != ROW}

    @cached_property
    def length(self) -> int:
        return int(self.given.count())

    def observed(self, column: str) -> Collection[str | None]:
        cells: list[str | None] = _gathered(self.given.select(self.text(column)).distinct())[column].to_list()
        return cells

    def rows(self, wanted: Sequence[int], *, as_texts: bool) -> dict[int, dict[str, Any]]:
        found = _gathered(self._among(wanted))
        if as_texts:
            found = found.cast(dict.fromkeys(self.types, pl.String))
        return {row.pop(ROW): row for row in found.sort(ROW).select(ROW, *self.types).to_dicts()}

    def coded(self, column: str) -> Coded:
        return coded_column(_gathered(self.frame.select(ROW, self.text(column))).sort(ROW)[column])

    def batches(self, asked: Asked) -> Iterator[ColumnBatch]:
        frame = self._asked(asked)
        for first in range(0, max(self.length, 1), BATCH):
            held = frame.filter(named(ROW).between(first, first + BATCH - 1))
            yield ColumnBatch(_gathered(held).sort(ROW), as_written=False)

    def sampled(self, asked: Asked) -> Sample:
        distance = self.length // SAMPLED | 1
        found = _gathered(self._asked(asked).filter(named(ROW) % distance == 0))
        return Sample(distance, {name: coded_column(found[name]) for name in asked.texts})

    def _asked(self, asked: Asked) -> DataFrame:
        """`_row`, the texts, and as they are the columns that tell numbers, of the rows that some operand may take."""
        frame = self.taken(asked.filters)
        if asked.within is not None:
            text = self.text(asked.within.column)
            frame = frame.filter(text >= asked.within.first)
            frame = frame if asked.within.after is None else frame.filter(text < asked.within.after)
        texts = map(self.text, asked.texts)
        return frame.select(ROW, *texts, *(named(name).alias(RAW + name) for name in asked.as_they_are))

    def taken(self, filters: Collection[tuple[Filter, ...]]) -> DataFrame:
        """The rows that pass all filters of one operand or another."""
        if () in filters:
            return self.frame
        takes = (reduce(and_, map(self._condition, own)) for own in filters)
        return self.frame.filter(reduce(or_, takes))

    def distinct(self, columns: Sequence[str]) -> int:
        among = self.perhaps_alike(columns)
        if among is None:
            return int(self.given.select(*map(self.text, columns)).distinct().count())
        texts = _gathered(self._among(among).select(*map(self.text, columns)))
        return self.length - len(among) + len(texts.unique())

    def perhaps_alike(self, columns: Sequence[str]) -> tuple[int, ...] | None:
        if (known := self._known_alike.get(tuple(columns), ())) == ():
            known = self._known_alike[tuple(columns)] = self._sought_out(columns)
        return known

    @cached_property
    def _known_alike(self) -> dict[tuple[str, ...], tuple[int, ...] | None]:
        return {}

    def _sought_out(self, columns: Sequence[str]) -> tuple[int, ...] | None:
        """The rows of which others have the digest of their columns."""
        digests = self.frame.select(ROW, self.digest(columns))
        several = _several(digests, [DIGEST])
        found = _gathered(digests.join(several, on=DIGEST, how="left_semi").select(ROW).limit(FEW + 1))
        return tuple(found[ROW].sort().to_list()) if len(found) <= FEW else None

    def alike(
        self, columns: Sequence[str], among: tuple[int, ...] | None
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        frame = self.frame if among is None else self._among(among)
        texts = frame.select(ROW, *map(self.text, columns))
        found = _gathered(texts.join(_several(texts, columns), on=list(columns), how="left_semi"))
        for values in found.select(ROW, *columns).sort(ROW).iter_rows():
            yield values[0], values[1:]

    def years(self, columns: Sequence[str]) -> frozenset[str]:
        from pyspark.sql import functions

        if not columns:
            return frozenset()
        tests = (functions.min(self.text(name).rlike(YEAR)).alias(name) for name in columns)
        (found,) = self.given.select(*tests).collect()
        return frozenset(name for name in columns if found[name])

    def text(self, column: str) -> Column:
        """The cells of a column as texts, under its name; a blank is no text."""
        from pyspark.sql import functions

        cell, kind = named(column), dict(self.given.dtypes)[column]
        if kind in ("double", "float"):
            cell = _written(cell)
        elif kind.startswith("timestamp"):
            cell = functions.date_format(cell, _MOMENT)
        return functions.coalesce(cell.cast("string"), functions.lit("")).alias(column)

    def digest(self, columns: Sequence[str]) -> Column:
        """A number that is the same where the cells of the columns are the same as texts."""
        from pyspark.sql import functions

        return functions.xxhash64(*map(self.text, columns)).alias(DIGEST)

    def _condition(self, condition: Filter) -> Column:
        """Which rows a filter keeps."""
        text = self.text(condition.column)
        inside = text != "" if condition.members is None else text.isin(list(condition.members))
        return ~inside if condition.negated else inside

    def _among(self, wanted: Sequence[int]) -> DataFrame:
        from pyspark.sql import functions

        numbers = self.given.sparkSession.createDataFrame([(row,) for row in wanted], f"{ROW} long")
        return self.frame.join(functions.broadcast(numbers), on=ROW, how="left_semi")


def _several(frame: DataFrame, columns: Sequence[str]) -> DataFrame:
    """The cells of columns that more rows than one have."""
    return frame.groupBy(*map(named, columns)).count().filter("count > 1").select(*map(named, columns))


def named(column: str) -> Column:
    """The column of just this name, whatever stands in it."""
    from pyspark.sql import functions

    return functions.col("`{}`".format(column.replace("`", "``")))


def _written(cell: Column) -> Column:
    """Floats as the engine writes them; Spark has a way of its own (`2.0190101E7`)."""
    from pyspark.sql import functions

    def texts(cells: Any) -> Any:
        return pl.Series(cells.to_numpy()).cast(pl.String).to_pandas()

    as_texts = functions.pandas_udf(texts, "string", functions.PandasUDFType.SCALAR)
    return functions.when(cell.isNotNull(), as_texts(cell))


def _numbered(given: DataFrame) -> tuple[DataFrame, DataFrame]:
    """The rows sorted and kept, and these with their numbers: each partition counts on from those before it."""
    from pyspark.sql import functions

    kept = given.orderBy(*(named(name).asc_nulls_first() for name in given.columns)).persist()
    partition = functions.spark_partition_id()
    counts = sorted(kept.groupBy(partition.alias("at")).count().collect())
    before, first = 0, []
    for at, count in counts:
        first += [functions.lit(at), functions.lit(before)]
        before += count
    within = functions.monotonically_increasing_id().bitwiseAND(2**_PARTITION_BITS - 1)
    number = functions.create_map(*first)[partition] + within if first else functions.lit(0)
    return kept, kept.withColumn(ROW, number.cast("long"))


def _let_go(kept: DataFrame) -> None:
    """Keep rows no longer; a session that has ended keeps none."""
    with suppress(Exception):
        kept.unpersist()


def _gathered(frame: DataFrame) -> pl.DataFrame:
    """A frame as a Polars frame, at the driver."""
    found: pl.DataFrame = nw.from_native(frame).collect("polars").to_native()
    return found
