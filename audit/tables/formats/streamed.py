"""Large text files of rows: taken in block by block, laid aside by columns, and scanned from there whenever asked.

Only rows that tell what the table is are held: the first and the last ones, and between them those of another width than
the head, those that may say it again and those with a cell below no name. What is made of them is made of the whole.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.tables.formats.aside import laid
from audit.tables.formats.asked import Asked
from audit.tables.formats.grid import FAULTS, LEAST_COUNTED, Grid, Row, framing, head_of
from audit.tables.formats.kinds import Source
from audit.tables.formats.scanned import BLANKS, ScannedFile
from audit.tables.formats.text_rows import TextRows

if TYPE_CHECKING:
    import polars as pl

FIRST = 1000
"""Rows in which the head stands, and that tell how wide the table is."""
LAST = 1000
"""Rows in which the notes below the table stand."""
MOST = 100_000
"""Rows that tell what the table is; of a table with more of them the whole is read."""
CELLS = 600_000
"""Cells that are made columns at a time."""

_NO_SIGN = b"\x01"
"""What divides nothing."""


@frozen(slots=False)
class _Piece:
    """Some rows of the file as columns of cells, as many as the head has, with their lines; none of them is blank.

    `uneven` are the rows of another width, as they are, by their lines.
    """

    cells: pl.DataFrame
    lines: Sequence[int]
    uneven: Mapping[int, Row]

    def rows(self, numbers: Iterable[int]) -> Iterator[tuple[int, Row]]:
        """Some of the rows with their lines."""
        for number in numbers:
            line = self.lines[number]
            yield line, self.uneven.get(line) or self.cells.row(number)


@frozen(slots=False)
class _Aside:
    """What has been laid aside: the files of the pieces with the lines of their rows, and the rows that tell."""

    source: Source
    head: Row
    files: list[tuple[Path, Sequence[int]]] = field(default_factory=list)
    telling: dict[int, Row] = field(default_factory=dict)
    last: list[tuple[int, Row]] = field(default_factory=list)

    @property
    def length(self) -> int:
        return sum(len(lines) for _, lines in self.files)

    def lay(self, piece: _Piece) -> None:
        """Lay a piece aside."""
        first = range(len(piece.lines))[: max(FIRST - self.length, 0)]
        self.telling.update(piece.uneven)
        self.telling.update(piece.rows((*first, *_telling(piece.cells, self.head))))
        self.last[:] = [*self.last, *piece.rows(range(len(piece.lines))[-LAST:])][-LAST:]
        self.files.append((laid(piece.cells, self.source), piece.lines))

    def drop(self, lines: Sequence[int]) -> None:
        """Take away the rows on some lines, which are in order."""
        import polars as pl

        for number, (path, held) in enumerate(self.files):
            gone = lines[bisect_left(lines, held[0]) : bisect_left(lines, held[-1] + 1)]
            if gone:
                places = {bisect_left(held, line) for line in gone}
                stay = [place for place in range(len(held)) if place not in places]
                left = laid(pl.read_parquet(path)[stay], self.source)
                self.files[number] = left, array("q", (held[place] for place in stay))


def streamed(
    pieces: Iterator[bytes], delimiter: str, source: Source, asked: Asked, notes: tuple[Phrase, ...]
) -> ScannedFile | None:
    """The table of a text that comes in pieces of UTF-8, the cells of a row divided by `delimiter`.

    None where only the whole tells it: the first rows have no head, or more rows tell what it is than are held. Raises
    `InputError` as for the whole.
    """
    blocks = _blocks(pieces)
    begun = next(blocks, b"")
    head = _head(begun, delimiter, source, asked)
    if head is None:
        return None
    aside = _Aside(source, head)
    for piece in _pieces(chain((begun,), blocks), delimiter, len(head), source.shown):
        if piece.lines:
            aside.lay(piece)
        if len(aside.telling) > MOST:
            return None
    return _table(aside, source, asked, notes)


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A text in blocks of whole lines."""
    kept: list[bytes] = []
    for piece in pieces:
        end = piece.rfind(b"\n") + 1
        if end:
            yield b"".join((*kept, piece[:end]))
            kept.clear()
        kept.append(piece[end:])
    if any(kept):
        yield b"".join(kept)


def _head(begun: bytes, delimiter: str, source: Source, asked: Asked) -> Row | None:
    """The row of the columns' names; None where the first rows do not have it."""
    rows: list[Row] = []
    lines: list[int] = []
    with suppress(InputError):  # what is begun may end within a cell
        for line, cells in islice(TextRows([begun.decode()], delimiter, source.shown), FIRST):
            if any(row := tuple(cell.strip() or None for cell in cells)):
                rows.append(row)
                lines.append(line)
    try:
        return head_of(Grid("", "", rows, lines, ""), asked) if rows else None
    except InputError:
        return None


def _pieces(blocks: Iterator[bytes], delimiter: str, width: int, shown: str) -> Iterator[_Piece]:
    """The rows of a text; blocks that are not plain are read sign by sign."""
    before = 0
    for block in blocks:
        cells = _plain(block, delimiter, width)
        if cells is not None:
            yield _filled(cells, range(before + 1, before + len(cells) + 1), {})
            before += len(cells)
            continue
        texts = (one.decode() for one in chain((block,), blocks))
        rows = TextRows(texts, delimiter, shown, before)
        yield from _written(iter(rows), width)
        before = rows.before


def _plain(block: bytes, delimiter: str, width: int) -> pl.DataFrame | None:
    """The cells of a block in which every line is a row of so many cells, and quotes stand around whole ones; else None."""
    import polars as pl

    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    quoted = b'"' in block
    if (
        not delimiter.isascii()
        or block.startswith(BOM_UTF8)
        or block.count(b"\r") != block.count(b"\r\n")
        or (not quoted and block.count(delimiter.encode()) != lines * (width - 1))
    ):
        return None
    try:
        if quoted and not _well_quoted(block, delimiter, width):
            return None
        cells = pl.read_csv(
            block, has_header=False, separator=delimiter, quote_char='"' if quoted else None, schema=_schema(width)
        )  # fmt: skip
    except pl.exceptions.PolarsError:
        return None
    return cells if len(cells) == lines else None


def _well_quoted(block: bytes, delimiter: str, width: int) -> bool:
    """Whether every line of a block has so many cells, quoted as a whole, with the quotes in them doubled, or without any."""
    import polars as pl

    if _NO_SIGN in block:
        return False
    lines = pl.read_csv(
        block, has_header=False, separator=_NO_SIGN.decode(), quote_char=None, schema={"line": pl.String}
    )
    between = f"\\x{ord(delimiter):02x}"
    cell = f'(?:[^"{between}]*|"(?:[^"]|"")*")'
    row = f"^{cell}(?:{between}{cell}){{{width - 1}}}\\r?$"
    return bool(lines["line"].str.contains(row).fill_null(False).all())


def _written(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[_Piece]:
    """Rows that were read sign by sign; what is not there is blank."""
    import polars as pl

    blank = ("",) * width
    while batch := [*islice(rows, max(CELLS // width, 1))]:
        uneven = {
            line: row
            for line, cells in batch
            if len(cells) != width and any(row := tuple(cell.strip() or None for cell in cells))
        }
        even = (cells if len(cells) == width else (*cells, *blank)[:width] for _, cells in batch)
        columns = zip(_schema(width), zip(*even, strict=True), strict=True)
        cells = pl.DataFrame({name: pl.Series(column, dtype=pl.String) for name, column in columns})
        yield _filled(cells, array("q", (line for line, _ in batch)), uneven)


def _schema(width: int) -> dict[str, type[pl.String]]:
    import polars as pl

    return {str(at): pl.String for at in range(width)}


def _filled(cells: pl.DataFrame, lines: Sequence[int], uneven: Mapping[int, Row]) -> _Piece:
    """The rows in which something stands, without the blanks around it."""
    import polars as pl

    cells = cells.select(pl.all().str.strip_chars(BLANKS)).select(pl.when(pl.all() != "").then(pl.all()))
    stated = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    if not stated.all():
        cells = cells.filter(stated)
        lines = array("q", (line for line, one in zip(lines, stated, strict=True) if one))
    return _Piece(cells, lines, uneven)


def _telling(cells: pl.DataFrame, head: Row) -> Iterator[int]:
    """The rows that may say the head again, and the first with a cell below no name."""
    import polars as pl

    same = [pl.col(str(at)) == name for at, name in enumerate(head) if at and name is not None]
    if len(same) >= LEAST_COUNTED:
        yield from cells.select(pl.sum_horizontal(same) >= LEAST_COUNTED).to_series().arg_true()
    for at, name in enumerate(head):
        if name is None:
            yield from cells[str(at)].is_not_null().arg_true().head(FAULTS)


def _table(aside: _Aside, source: Source, asked: Asked, notes: tuple[Phrase, ...]) -> ScannedFile | None:
    import polars as pl

    telling = {**aside.telling, **dict(aside.last)}
    lines = sorted(telling)
    grid = Grid(
        source.path.stem, source.shown, [telling[line] for line in lines], lines, source.sha256, notes=notes
    )
    found = framing(grid, asked)
    body = {line for _, line in found.body}
    if len(lines) < aside.length and body.isdisjoint(line for line, _ in aside.last):
        return None  # the notes below the table may be more than the last rows
    aside.drop([line for line in lines if line not in body])
    frame = pl.scan_parquet([path for path, _ in aside.files], glob=False)
    columns = [pl.col(str(at)).alias(name) for name, at in found.columns.items()]
    return ScannedFile(
        source.shown, frame.select(columns), _joined([held for _, held in aside.files]), source.sha256,
        source.path.stem, frozenset(), asked.key, notes=found.notes,
    )  # fmt: skip


def _joined(parts: Sequence[Sequence[int]]) -> Sequence[int]:
    """Lines of parts below each other; a range where each follows the one before."""
    lines = [line for part in parts if part for line in (part[0], part[-1])]
    if lines and lines[-1] - lines[0] + 1 == sum(map(len, parts)):
        return range(lines[0], lines[-1] + 1)
    return array("q", chain.from_iterable(parts))
