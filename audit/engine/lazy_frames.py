"""Any frame that Narwhals knows as the engine asks of it: one lazy frame, read once.

Polars frames stay Polars, DuckDB relations stay in DuckDB; pandas and Arrow frames are taken over into Polars, which
keeps decimals exact. A database, or a frame that is not in memory, gives only the rows that some operand takes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, cast

import narwhals as nw
import numpy as np
import polars as pl

from audit.engine.backends import FEW, SAMPLED, Asked, Sample, Span
from audit.engine.keys import Integers
from audit.engine.number_columns import NumberColumn
from audit.engine.polars_columns import coded_column, read_column
from audit.engine.vocabulary import Coded, Coding
from audit.language.plan import ColumnType, Filter
from audit.model.errors import InputError
from audit.model.frozen import frozen

Frame = nw.LazyFrame[Any]
ROW = "_row"

BATCH = 2**18
"""Rows that are looked at together as they come in."""
SLICE = 2**19
"""Rows that are read together from a file of which only some need be read."""

RAW = "_raw "
"""Before the names of columns taken as they are."""
YEAR = r"^[12]\d{3}(\.0+)?$"


@frozen(slots=False)
class LazyFrames:
    """The rows of a frame, numbered from 0 in `_row`: in their order, or in DuckDB, which has none, sorted by all columns.

    `as_written` says that a decimal is written with all places of its type.
    """

    given: Any
    name: str
    as_written: bool = False
    away = False

    @cached_property
    def frame(self) -> Frame:
        """The rows, with their number."""
        frame = _narwhal(self.given, self.name)
        if is_sql(frame) and ROW not in (names := frame.collect_schema().names()):
            return frame.with_row_index(ROW, order_by=names)
        return frame if is_sql(frame) else _numbered(frame.to_native())

    @cached_property
    def at_hand(self) -> bool:
        return not self.scanned and not is_sql(self.frame)

    @property
    def scanned(self) -> bool:
        """Whether the rows are read from files whenever something is asked of them."""
        return isinstance(self.given, pl.LazyFrame)

    @cached_property
    def _sliced(self) -> bool:
        """Whether Polars reads only those rows from their file that a slice has: of what is joined or sorted it cannot."""
        return self.scanned and "SLICE: Positive" in self.given.slice(1, 1).explain()

    @cached_property
    def types(self) -> Mapping[str, ColumnType]:
        schema = self.frame.collect_schema()
        return {name: type_of(kind) for name, kind in schema.items() if name != ROW}

    @cached_property
    def length(self) -> int:
        return _count(self.frame)

    def observed(self, column: str) -> Collection[str | None]:
        if isinstance(self.given, pl.DataFrame):
            found = self.given[column].unique().cast(pl.String)
        else:
            texts = self.frame.select(nw.col(column).cast(nw.String)).unique()
            found = texts.collect("polars")[column].to_native()
        cells: list[str | None] = found.to_list()
        return cells

    def rows(self, wanted: Sequence[int], *, as_texts: bool) -> dict[int, dict[str, Any]]:
        if isinstance(self.given, pl.DataFrame):
            found = self.given.drop(ROW, strict=False)[wanted].to_dicts() if wanted else []
            return dict(zip(wanted, found, strict=True))
        frame = _gathered(self.frame.filter(nw.col(ROW).is_in(list(wanted))))
        if as_texts:
            frame = frame.cast(dict.fromkeys(self.types, pl.String))
        return {row.pop(ROW): row for row in frame.to_dicts()}

    def coded(self, column: str) -> Coded:
        coding, codes = Coding(), np.zeros(self.length, dtype=np.int32)
        for batch in self.batches(Asked((column,), ())):
            codes[batch.rows] = coding.number(batch.coded(column))
        return Coded(coding.texts, codes)

    def batches(self, asked: Asked) -> Iterator[ColumnBatch]:
        """The rows asked for; of a frame that is scanned, batch by batch."""
        some = False
        for held in self._pieces(lambda frame: self._asked(frame, asked)):
            for batch in held.iter_slices(BATCH):
                some = True
                yield ColumnBatch(batch, self.as_written)
        if not some:
            yield ColumnBatch(_gathered(self._asked(self.frame, asked).head(0)), self.as_written)

    def _pieces(self, query: Callable[[Frame], Frame]) -> Iterator[pl.DataFrame]:
        """What a query that looks at each row apart gives, piece by piece; the next is read while one is looked at."""
        if not self.scanned:
            yield query(self.frame).collect("polars").to_native()
        elif self._sliced:
            starts = range(0, self.length, SLICE)
            yield from _one_ahead(
                query(_numbered(self.given.slice(start, SLICE), start)).to_native() for start in starts
            )
        else:
            yield from query(self.frame).to_native().collect_batches(chunk_size=BATCH, maintain_order=True)

    def sampled(self, asked: Asked) -> Sample:
        distance = self.length // SAMPLED | 1
        found = _gathered(self._asked(self.frame, asked).filter(nw.col(ROW) % distance == 0))
        return Sample(distance, {name: coded_column(found[name]) for name in asked.texts})

    def _asked(self, frame: Frame, asked: Asked) -> Frame:
        """`_row`, the texts, and as they are the columns that tell numbers, of the rows that some operand may take."""
        types = self.frame.collect_schema()
        if not self.at_hand and () not in asked.filters:
            takes = (reduce(and_, map(_condition, filters)) for filters in asked.filters)
            frame = frame.filter(reduce(or_, takes))
        if asked.within is not None:
            frame = frame.filter(_inside(asked.within))
        texts = [name if types[name] == nw.String else nw.col(name).cast(nw.String) for name in asked.texts]
        return frame.select(ROW, *texts, *(nw.col(name).alias(RAW + name) for name in asked.as_they_are))

    def distinct(self, columns: Sequence[str]) -> int:
        some = self._perhaps_alike(tuple(columns))
        if some is None:
            return _count(_texts(self.frame, columns).select(*columns).unique())
        return self.length - len(some) + _count(self._texts_of(some, columns).select(*columns).unique())

    def perhaps_alike(self, columns: Sequence[str]) -> tuple[int, ...] | None:
        some = self._perhaps_alike(tuple(columns))
        return None if some is None or len(some) > FEW else tuple(some.tolist())

    def alike(
        self, columns: Sequence[str], among: tuple[int, ...] | None
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        some = self._perhaps_alike(tuple(columns)) if among is None else among
        texts = _texts(self.frame, columns) if some is None else self._texts_of(some, columns)
        several = texts.group_by(*columns).agg(_rows=nw.len()).filter(nw.col("_rows") > 1)
        found = texts.join(several, on=list(columns), how="inner").collect("polars").to_native()
        for values in found.select(ROW, *columns).sort(ROW).iter_rows():
            yield values[0], values[1:]

    def _texts_of(self, rows: Collection[int], columns: Sequence[str]) -> Frame:
        """Columns as texts in rows of these numbers, in memory."""
        found = _gathered(_texts(self.frame.filter(nw.col(ROW).is_in(list(rows))), columns))
        return nw.from_native(found.lazy())

    def years(self, columns: Sequence[str]) -> frozenset[str]:
        if not columns:
            return frozenset()
        tests = (
            nw.col(name).cast(nw.String).fill_null("").str.contains(YEAR).all().alias(name)
            for name in columns
        )
        found = self.frame.select(*tests).collect("polars").to_native().row(0, named=True)
        return frozenset(name for name, every in found.items() if every)

    def _perhaps_alike(self, columns: tuple[str, ...]) -> Integers | None:
        """The numbers of the rows that are not surely different from all others in columns, as texts: another has the same
        digest. None of a database, which is asked for all of them.
        """
        if columns not in self._known_alike:
            self._known_alike.clear()
            self._known_alike[columns] = None if is_sql(self.frame) else self._sought_out(columns)
        return self._known_alike[columns]

    @cached_property
    def _known_alike(self) -> dict[tuple[str, ...], Integers | None]:
        return {}

    def _sought_out(self, columns: tuple[str, ...]) -> Integers:
        digest, held = _digest(self.frame, columns), np.empty(self.length, dtype=np.uint64)
        filled = 0
        for piece in self._pieces(lambda frame: nw.from_native(frame.to_native().select(digest))):
            held[filled : filled + len(piece)] = piece.to_series().to_numpy()
            filled += len(piece)
        digests = pl.Series(held)
        ordered = digests.sort().to_numpy()  # of whole numbers several times as fast as NumPy's
        several = pl.Series(np.unique(ordered[1:][ordered[1:] == ordered[:-1]]))
        return digests.is_in(several.implode()).arg_true().cast(pl.Int64).to_numpy()


@frozen(slots=False)
class ColumnBatch:
    """Rows as Polars holds them."""

    frame: pl.DataFrame
    as_written: bool

    @property
    def rows(self) -> Integers:
        numbers = self.frame[ROW]
        return numbers.cast(pl.Int32 if numbers.dtype == pl.UInt32 else pl.Int64).to_numpy()

    def coded(self, column: str) -> Coded:
        return coded_column(self.frame[column])

    def numbers(self, column: str) -> NumberColumn:
        return read_column(self.frame[RAW + column], self.as_written)

    def words(self, column: str) -> Coded | None:
        name = RAW + column
        return coded_column(self.frame[name].cast(pl.String)) if name in self.frame.columns else None

    def cell(self, column: str, at: int) -> object:
        return self.frame[RAW + column][at]


def type_of(kind: nw.dtypes.DType) -> ColumnType:
    """The type of a column that a frame holds as a kind of its own."""
    number = kind.is_numeric() or kind.is_decimal()
    return "number" if number else "boolean" if kind == nw.Boolean else "text"


def is_spark(frame: Any) -> bool:
    """Whether a frame is one of PySpark, classic or connected to a server."""
    known = nw.dependencies
    return known.is_pyspark_dataframe(frame) or known.is_pyspark_connect_dataframe(frame)


def _numbered(frame: pl.LazyFrame, first: int = 0) -> Frame:
    """Rows with their number, where they have none yet."""
    numbered = ROW in frame.collect_schema()
    return nw.from_native(frame if numbered else frame.with_row_index(ROW, offset=first))


def _one_ahead(queries: Iterable[pl.LazyFrame]) -> Iterator[pl.DataFrame]:
    """What queries give, one after the other, each begun before the one before it is looked at."""
    begun: deque[Any] = deque()
    for query in queries:
        begun.append(query.collect(engine="streaming", background=True))
        if len(begun) > 1:
            yield begun.popleft().fetch_blocking()
    yield from (one.fetch_blocking() for one in begun)


def is_sql(frame: Frame) -> bool:
    """Whether the frame is run by a database, not by Polars."""
    return not frame.implementation.is_polars()


def _count(frame: Frame) -> int:
    return int(frame.select(nw.len()).collect("polars").item())


def _condition(condition: Filter) -> nw.Expr:
    """Which rows a filter keeps, in the engine that holds them."""
    text = nw.col(condition.column).cast(nw.String).fill_null("")
    inside = text != "" if condition.members is None else text.is_in(list(condition.members))
    return ~inside if condition.negated else inside


def _inside(span: Span) -> nw.Expr:
    """Which rows lie in a span, in the engine that holds them."""
    text = nw.col(span.column).cast(nw.String).fill_null("")
    return text >= span.first if span.after is None else (text >= span.first) & (text < span.after)


def _digest(frame: Frame, columns: Sequence[str]) -> pl.Expr:
    """A number for every row, the same where the cells of the columns are the same as texts."""
    kinds = frame.collect_schema()
    cells = [
        pl.col(name)
        if kinds[name].is_numeric() or kinds[name].is_decimal()
        else pl.col(name).cast(pl.String).fill_null("")
        for name in columns
    ]
    return pl.struct(*cells).hash()


def _texts(frame: Frame, columns: Sequence[str]) -> Frame:
    """Rows with columns as texts; a blank is no text."""
    return frame.select(ROW, *(nw.col(name).cast(nw.String).fill_null("") for name in columns))


def _gathered(frame: Frame) -> pl.DataFrame:
    """A frame as a Polars frame, in the order of its rows; Polars does not hold those that a filter leaves out."""
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return native.collect(engine="streaming")
    held: pl.DataFrame = frame.collect("polars").to_native()
    return held


def _narwhal(frame: Any, name: str) -> Frame:
    try:
        wrapped = nw.from_native(frame)
    except TypeError:
        raise InputError(
            "the table “{name}” is a {type}; give a Polars, pandas, Arrow or PySpark frame or a DuckDB relation.",
            name=name, type=type(frame).__name__,
        ) from None  # fmt: skip
    if not isinstance(wrapped, nw.DataFrame):
        return cast(Frame, wrapped)
    if wrapped.implementation.is_polars():
        return wrapped.lazy()
    pandas_like = wrapped.implementation.is_pandas_like()
    return nw.from_native((_of_pandas(wrapped.to_pandas()) if pandas_like else wrapped.to_polars()).lazy())


def _of_pandas(frame: Any) -> pl.DataFrame:
    """A pandas frame column by column, so that nothing else need be installed (Polars' own way wants pyarrow)."""
    return pl.DataFrame([_column(str(name), column) for name, column in frame.items()])


def _column(name: str, column: Any) -> pl.Series:
    """A pandas column; what pandas takes for missing (NaN, NaT, NA, None) is null."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufmM":
        return pl.Series(name, column.to_numpy(), nan_to_null=True)
    cells = column.astype(object).where(column.notna(), None).tolist()
    return pl.Series(name, cells, strict=False)
