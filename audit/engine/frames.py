"""Tables as the engine sees them: any frame that Narwhals knows, with its rows numbered.

Polars frames stay Polars, DuckDB relations stay in DuckDB; pandas and Arrow frames are taken over into Polars, which
keeps decimals exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

import narwhals as nw
import numpy as np
import polars as pl

from audit.language.plan import ColumnType
from audit.model.errors import InputError

Frame = nw.LazyFrame[Any]
ROW = "_row"


@dataclass(frozen=True)
class Table:
    """A named table to check. `sources` are (file, lines) of its rows in order, for messages; empty when unknown.

    `frame` may be a Polars, pandas or Arrow frame or a DuckDB relation. `types` describe the columns; those not given
    are read from the frame's own types. `sheet` is the sheet, or the table of a database, in a file of several;
    `letters` are those of the columns in a spreadsheet, one for all rows or one a row. `key` are the columns that the
    table declares to tell its rows apart; see `identity` for what does where it declares none. `as_written` says that
    the types of its columns are how its file writes them: a cell is a text, and a decimal has all places of its type.
    """

    name: str
    frame: Any
    types: dict[str, ColumnType] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    sources: tuple[tuple[str, Sequence[int]], ...] = ()
    sheet: str = ""
    letters: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    as_written: bool = False

    @cached_property
    def lazy(self) -> Frame:
        """The rows, numbered from 0 in `_row`: in their order, or in DuckDB, which has none, sorted by all columns."""
        frame = _narwhal(self.frame, self.name)
        names = frame.collect_schema().names()
        if ROW in names:
            return frame
        if is_sql(frame):
            return frame.with_row_index(ROW, order_by=names)
        return _lazy(frame.to_native().with_row_index(ROW))

    @property
    def in_memory(self) -> bool:
        """Whether the rows are at hand, so that nothing is gained by asking for fewer of them."""
        return not isinstance(self.frame, pl.LazyFrame) and not is_sql(self.lazy)

    def held(self) -> Table:
        """The table with its rows at hand, as texts where they would be scanned."""
        if not isinstance(self.frame, pl.LazyFrame):
            return self
        return replace(self, frame=self.frame.select(pl.all().cast(pl.String)).collect())

    @cached_property
    def columns(self) -> dict[str, ColumnType]:
        """Every column with its type: as declared, else by the frame's own type."""
        found: dict[str, ColumnType] = {}
        for name, kind in self.lazy.collect_schema().items():
            number = kind.is_numeric() or kind.is_decimal()
            own: ColumnType = "number" if number else "boolean" if kind == nw.Boolean else "text"
            found[name] = self.types.get(name, own)
        del found[ROW]
        return found

    @cached_property
    def length(self) -> int:
        """How many rows there are."""
        return int(self.lazy.select(nw.len()).collect("polars").item())

    @cached_property
    def _observed(self) -> dict[str, tuple[str, ...]]:
        return {}

    def observed(self, column: str) -> tuple[str, ...]:
        """The distinct values of a column as text, sorted, without blanks."""
        if column not in self._observed:
            self._observed[column] = self._distinct(column)
        return self._observed[column]

    def _distinct(self, column: str) -> tuple[str, ...]:
        if isinstance(self.frame, pl.DataFrame):
            found = self.frame[column].unique().cast(pl.String)
        else:
            texts = self.lazy.select(nw.col(column).cast(nw.String)).unique()
            found = texts.collect("polars")[column].to_native()
        return tuple(sorted(value for value in found.to_list() if value))

    def rows(self, wanted: Sequence[int]) -> dict[int, dict[str, Any]]:
        """The wanted rows by row number, as stored; as texts where that is how they are written."""
        if isinstance(self.frame, pl.DataFrame):
            found = self.frame[wanted].to_dicts() if wanted else []
            return dict(zip(wanted, found, strict=True))
        frame = gathered(self.lazy.filter(nw.col(ROW).is_in(list(wanted))))
        if self.as_written:
            frame = frame.cast(dict.fromkeys(self.columns, pl.String))
        return {row.pop(ROW): row for row in frame.to_dicts()}

    def texts(self) -> tuple[Mapping[str, str | None], ...]:
        """All rows as text by column, in their order; None where a cell is blank."""
        return self._texts

    @cached_property
    def _texts(self) -> tuple[Mapping[str, str | None], ...]:
        names = list(self.columns)
        return tuple(
            {name: None if row[name] is None else str(row[name]) for name in names}
            for row in self.rows(range(self.length)).values()
        )

    def place_told(self, row: int) -> tuple[str, int]:
        """The file and line of a row; when unknown the table and the row's number, from 1."""
        path, line = self.place(row)
        within = f"!{self.sheet}" if self.sheet else ""
        return (path + within, line) if path else (self.name, row + 1)

    def where(self, row: int, column: str) -> str:
        """The place of a cell, as far as it is known: file, sheet and cell, else file and line, else table and row."""
        path, address = self.place(row)[0], self.address(row, column)
        return f"{path}!{address}" if path and address else "{}:{}".format(*self.place_told(row))

    def address(self, row: int, column: str) -> str:
        """The sheet and cell of a row in a column (`收入!C5`), or its row where cells have no address; else blank."""
        if not self.sheet:
            return ""
        letters = self.letters.get(column, "")
        letter = letters if isinstance(letters, str) else letters[row]
        _, line = self.place(row)
        return f"{self.sheet}!{letter}{line}" if letter else f"{self.sheet}:{line}"

    def place(self, row: int) -> tuple[str, int]:
        """The file and line of a row; ("", 0) when unknown."""
        for path, lines in self.sources:
            if row < len(lines):
                return path, lines[row]
            row -= len(lines)
        return "", 0


def collect(frames: Sequence[Frame]) -> list[pl.DataFrame]:
    """The frames as Polars frames; Polars runs its own together, so that they share their scans."""
    natives = [frame.to_native() for frame in frames]
    lazy = [index for index, native in enumerate(natives) if isinstance(native, pl.LazyFrame)]
    together = dict(zip(lazy, pl.collect_all([natives[index] for index in lazy]), strict=True))
    return [
        together[index] if index in together else frame.collect("polars").to_native()
        for index, frame in enumerate(frames)
    ]


def gathered(frame: Frame) -> pl.DataFrame:
    """A frame as a Polars frame, in the order of its rows; Polars does not hold those that a filter leaves out."""
    native = frame.to_native()
    if isinstance(native, pl.LazyFrame):
        return native.collect(engine="streaming")
    held: pl.DataFrame = frame.collect("polars").to_native()
    return held


def _lazy(native: pl.LazyFrame) -> Frame:
    return nw.from_native(native)


def is_sql(frame: Frame) -> bool:
    """Whether the frame is run by a database, not by Polars."""
    return not frame.implementation.is_polars()


def _narwhal(frame: Any, name: str) -> Frame:
    try:
        wrapped = nw.from_native(frame)
    except TypeError:
        raise InputError(
            "the table “{name}” is a {type}; give a Polars, pandas or Arrow frame or a DuckDB relation.",
            name=name, type=type(frame).__name__,
        ) from None  # fmt: skip
    if not isinstance(wrapped, nw.DataFrame):
        return cast(Frame, wrapped)
    if wrapped.implementation.is_polars():
        return wrapped.lazy()
    pandas_like = wrapped.implementation.is_pandas_like()
    return _lazy((_of_pandas(wrapped.to_pandas()) if pandas_like else wrapped.to_polars()).lazy())


def _of_pandas(frame: Any) -> pl.DataFrame:
    """A pandas frame column by column, so that nothing else need be installed (Polars' own way wants pyarrow)."""
    return pl.DataFrame([_column(str(name), column) for name, column in frame.items()])


def _column(name: str, column: Any) -> pl.Series:
    """A pandas column; what pandas takes for missing (NaN, NaT, NA, None) is null."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufmM":
        return pl.Series(name, column.to_numpy(), nan_to_null=True)
    cells = column.astype(object).where(column.notna(), None).tolist()
    return pl.Series(name, cells, strict=False)
