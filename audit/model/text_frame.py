"""Tables of texts, as files of tables and the extraction of plans give them: columns by name, a blank cell is None.

Small ones are plain lists, which are there at once; large ones are held by Polars, which needs a tenth of the memory and
is loaded only then. What holds them makes no difference to what can be asked of them.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

Cell = str | None

SMALL = 20_000
"""Rows that are held in lists at most."""


class TextFrame:
    """Columns of texts of one length, in order; unchangeable."""

    def __init__(self, columns: Mapping[str, Sequence[Cell]]) -> None:
        """`columns` by name, all of one length; the sequences must not be changed any more."""
        self._lists: Mapping[str, Sequence[Cell]] | None = dict(columns)
        self.columns = list(columns)
        self._length = len(next(iter(columns.values()), ()))
        if self._length > SMALL:
            self.polars = _of_lists(columns)
            self._lists = None

    @staticmethod
    def of_rows(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> TextFrame:
        """A frame of rows, whose cells stand in the order of the columns."""
        cells: Iterable[Sequence[Cell]] = zip(*rows, strict=True) if rows else ((),) * len(columns)
        return TextFrame(dict(zip(columns, cells, strict=True)))

    @staticmethod
    def of_polars(frame: pl.DataFrame) -> TextFrame:
        """A Polars frame all of whose columns are texts."""
        if len(frame) <= SMALL:
            return TextFrame({name: frame[name].to_list() for name in frame.columns})
        made = TextFrame.__new__(TextFrame)
        made._lists, made.columns, made._length, made.polars = None, frame.columns, len(frame), frame
        return made

    @staticmethod
    def stacked(frames: Sequence[TextFrame]) -> TextFrame:
        """The rows of several frames below each other; a column that one does not have is blank in its rows."""
        if len(frames) == 1:
            return frames[0]
        columns = dict.fromkeys(name for frame in frames for name in frame.columns)
        return TextFrame(
            {
                name: [
                    cell
                    for frame in frames
                    for cell in (frame[name] if name in frame.columns else (None,) * len(frame))
                ]
                for name in columns
            }
        )

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, column: str) -> Sequence[Cell]:
        """The cells of a column, in the order of the rows."""
        return self.polars[column].to_list() if self._lists is None else self._lists[column]

    @property
    def small(self) -> bool:
        """Whether the rows are held in plain lists."""
        return self._lists is not None

    @cached_property
    def digest(self) -> str:
        """A digest of names and cells."""
        columns = [(name, tuple(self[name])) for name in self.columns]
        return hashlib.sha256(marshal.dumps(columns, 0)).hexdigest()

    @cached_property
    def polars(self) -> pl.DataFrame:
        """The same as a Polars frame."""
        assert self._lists is not None, "else it is held by Polars"
        return _of_lists(self._lists)

    def lazy(self) -> pl.LazyFrame:
        """The same as a lazy Polars frame."""
        return self.polars.lazy()

    def row(self, number: int) -> dict[str, Cell]:
        """One row by column."""
        if self._lists is None:
            return self.polars.row(number, named=True)
        return {name: cells[number] for name, cells in self._lists.items()}

    def records(self) -> Iterator[dict[str, Cell]]:
        """All rows by column."""
        for cells in self.rows():
            yield dict(zip(self.columns, cells, strict=True))

    def rows(self, columns: Sequence[str] | None = None) -> list[tuple[Cell, ...]]:
        """The cells of all rows, in all columns or in those named."""
        columns = self.columns if columns is None else columns
        return list(zip(*(self[name] for name in columns), strict=True)) if columns else [()] * len(self)

    def select(self, columns: Sequence[str]) -> TextFrame:
        """Some of the columns."""
        if self._lists is None:
            return TextFrame.of_polars(self.polars.select(columns))
        return TextFrame({name: self._lists[name] for name in columns})

    def with_columns(self, columns: Mapping[str, Sequence[Cell]]) -> TextFrame:
        """The frame with columns put in the place of those of their names, or behind all others."""
        if self._lists is None:
            return TextFrame.of_polars(self.polars.with_columns(_of_lists(columns)))
        return TextFrame({**self._lists, **columns})

    def at(self, rows: Sequence[int]) -> TextFrame:
        """Some of the rows, in the order given."""
        if self._lists is None:
            return TextFrame.of_polars(self.polars[list(rows)])
        return TextFrame({name: [cells[row] for row in rows] for name, cells in self._lists.items()})


def _of_lists(columns: Mapping[str, Sequence[Cell]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        {name: list(cells) for name, cells in columns.items()}, schema=dict.fromkeys(columns, pl.String)
    )
