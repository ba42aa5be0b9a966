"""Tables as the engine sees them: rows with their numbers and places, whatever holds them (see `backends`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from audit.engine.backends import Backend
from audit.engine.plain import PlainTexts
from audit.language.plan import ColumnType
from audit.model.frozen import frozen
from audit.model.text_frame import TextFrame


@frozen(slots=False)
class Table:
    """A named table to check. `sources` are (file, lines) of its rows in order, for messages; empty when unknown.

    `frame` may be a frame of texts, a Polars, pandas or Arrow frame or a DuckDB relation. `types` describe the columns;
    those not given are read from the frame's own types. `sheet` is the sheet, or the table of a database, in a file of several;
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
    def backend(self) -> Backend:
        """What holds the rows: plain lists for small tables of texts, else a lazy frame."""
        frame = self.frame
        if isinstance(frame, TextFrame):
            if frame.small:
                return PlainTexts(frame)
            frame = frame.polars
        from audit.engine.lazy_frames import LazyFrames, is_spark

        if is_spark(frame):
            from audit.engine.spark_frames import SparkFrames

            return SparkFrames(frame)
        return LazyFrames(frame, self.name, self.as_written)

    @cached_property
    def content(self) -> str | None:
        """The digest of a small table's cells and of where they stand; None for another, which would take long."""
        if not isinstance(self.frame, TextFrame) or not self.frame.small:
            return None
        told = self.frame.digest, [(path, *lines) for path, lines in self.sources], self.sheet
        return sha256(repr(told).encode()).hexdigest()

    @property
    def in_memory(self) -> bool:
        """Whether the rows are at hand, so that nothing is gained by asking for fewer of them."""
        return self.backend.at_hand

    @property
    def away(self) -> bool:
        """Whether the rows are held by other machines, which can confront them."""
        return self.backend.away

    def in_polars(self) -> Table:
        """The table with its rows in a Polars frame: as texts, where they stand in none that is at hand."""
        if isinstance(self.frame, TextFrame):
            return replace(self, frame=self.frame.polars)
        if self.in_memory:
            return self
        rows = self.backend.rows(range(self.length), as_texts=True)
        cells = {name: [row[name] for row in rows.values()] for name in self.columns}
        return replace(self, frame=TextFrame(cells).polars)

    @cached_property
    def columns(self) -> dict[str, ColumnType]:
        """Every column with its type: as declared, else by the frame's own type."""
        return {name: self.types.get(name, own) for name, own in self.backend.types.items()}

    @property
    def length(self) -> int:
        """How many rows there are."""
        return self.backend.length

    @cached_property
    def _observed(self) -> dict[str, tuple[str, ...]]:
        return {}

    def observed(self, column: str) -> tuple[str, ...]:
        """The distinct values of a column as text, sorted, without blanks."""
        if column not in self._observed:
            found = self.backend.observed(column)
            self._observed[column] = tuple(sorted(value for value in found if value))
        return self._observed[column]

    def rows(self, wanted: Sequence[int]) -> dict[int, dict[str, Any]]:
        """The wanted rows by row number, as stored; as texts where that is how they are written."""
        return self.backend.rows(wanted, as_texts=self.as_written)

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
