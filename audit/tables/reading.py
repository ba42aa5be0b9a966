"""CSV files read into frames of text, with the line of every row; nothing is guessed and nothing is dropped."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from audit.files import content_of, decoded
from audit.model.errors import InputError, InputErrors
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.text_frame import Cell, TextFrame

if TYPE_CHECKING:
    import polars as pl

LONGEST_LINE = 1_000_000


@frozen
class TableFile:
    """A table as read: every column as text (blank is null), 1-based `lines` of the rows, `sha256` of its file's bytes.

    Of a file that holds several tables `sheet` says which this is (a sheet, a table of a database); `letters` are those
    of the columns in a spreadsheet. `name` is what the table is called where nothing else says so, `key` what its
    source declares to tell its rows apart, `typed` the columns that the source itself says are numbers. `notes` tell
    what was recognised in it or left out.
    """

    path: str
    frame: TextFrame
    lines: Sequence[int]
    sha256: str
    name: str = ""
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    typed: frozenset[str] = frozenset()
    notes: tuple[Phrase, ...] = ()

    @property
    def native(self) -> pl.DataFrame:
        """The rows as a Polars frame."""
        return self.frame.polars

    @property
    def columns(self) -> list[str]:
        return self.frame.columns

    @property
    def length(self) -> int:
        """How many rows there are."""
        return len(self.frame)

    @property
    def told(self) -> str:
        """The file and its sheet, for messages."""
        return f"{self.path}!{self.sheet}" if self.sheet else self.path


def read_csv(path: Path, shown: str, required: Sequence[str] = ()) -> TableFile:
    """Read one CSV file with a header.

    Raises `InputError` for a file that cannot be read, is no UTF-8, is empty, has a line of more than a million
    characters, rows of another width than the header, a column twice, or lacks a `required` column.
    """
    return table_file(content_of(path, shown), shown, required)


def table_file(data: bytes, shown: str, required: Sequence[str] = ()) -> TableFile:
    """The bytes of a CSV file as read; `InputError` as for `read_csv`."""
    require_short_lines((data,), shown)
    text = decoded(data, shown)
    if not text.strip():
        raise InputError("{path}: is empty; a table begins with a line of column names.", path=shown)
    header, rows, lines = _rows(text, shown)
    _check_header(header, required, shown)
    frame = TextFrame.of_rows(header, rows)
    return TableFile(shown, frame, tuple(lines), hashlib.sha256(data).hexdigest())


def require_short_lines(pieces: Iterable[bytes], shown: str) -> None:
    """Raise `InputError` where a line of a file, which comes in pieces, is longer than any row of a table."""
    longest = begun = 0
    for piece in pieces:
        at = 0
        while at < len(piece):
            end = piece.rfind(b"\n", at, at + LONGEST_LINE + 1 - begun)  # all lines up to there are short
            if end < 0:
                end = piece.find(b"\n", at)
                longest = max(longest, begun + (end if end >= 0 else len(piece)) - at)
            begun = 0 if end >= 0 else begun + len(piece) - at
            at = end + 1 if end >= 0 else len(piece)
    if longest > LONGEST_LINE:
        raise InputError(
            "{path}: a line has {length} bytes; no table row is longer than {most}: check the quotes.",
            path=shown, length=longest, most=LONGEST_LINE,
        )  # fmt: skip


def _rows(text: str, shown: str) -> tuple[list[str], list[list[Cell]], list[int]]:
    csv.field_size_limit(LONGEST_LINE * 2)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[Cell]] = []
    lines: list[int] = []
    faults: list[InputError] = []
    try:
        header = [name.strip() for name in next(reader)]
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                if len(cells) != len(header):
                    faults.append(_uneven(shown, line, len(cells), len(header)))
                rows.append([cell or None for cell in cells])
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            "{path}:{line}: is not CSV ({problem}); check the quotes.",
            path=shown,
            line=reader.line_num,
            problem=error,
        ) from None
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return header, rows, lines


def _uneven(shown: str, line: int, found: int, expected: int) -> InputError:
    return InputError(
        "{path}:{line}: has {found} cells, the header has {expected}; check the commas and quotes.",
        path=shown, line=line, found=found, expected=expected,
    )  # fmt: skip


def _check_header(header: list[str], required: Sequence[str], shown: str) -> None:
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise InputError("{path}:1: the column “{name}” stands twice; rename one.", path=shown, name=twice[0])
    _require(header, required, shown)


def require_columns(file: TableFile, required: Sequence[str]) -> None:
    """Raise `InputError` where a table lacks one of the columns."""
    _require(file.frame.columns, required, file.path)


def _require(header: Sequence[str], required: Sequence[str], shown: str) -> None:
    missing = [name for name in required if name not in header]
    if missing:
        raise InputError("{path}:1: the column “{name}” is missing; add it (the columns are {columns}).",
                         path=shown, name=missing[0], columns=", ".join(required))  # fmt: skip
