"""Text files of rows: commas, tabs or semicolons, in whatever encoding they were saved, titles above the head or not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.tables.formats.asked import Asked
from audit.tables.formats.grid import Grid, framed
from audit.tables.formats.kinds import Source, wide_encoding
from audit.tables.reading import LONGEST_LINE, TableFile, require_short_lines

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 40
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)


def read(source: Source, asked: Asked) -> Iterator[TableFile]:
    """The one table of a text file."""
    require_short_lines(source.content, source.shown)
    text, notes = _decoded(source, asked)
    if not text.strip():
        raise InputError("{path}: is empty; a table begins with a line of column names.", path=source.shown)
    delimiter, told = _delimiter(text, source, asked)
    grid = _grid(text, delimiter, source)
    yield framed(replace(grid, notes=(*notes, *told, *grid.notes)), asked)


def _decoded(source: Source, asked: Asked) -> tuple[str, tuple[Phrase, ...]]:
    """The text of the file and, where its encoding had to be recognised, which it is."""
    data, shown = source.content, source.shown
    if asked.encoding:
        try:
            return data.decode(asked.encoding).removeprefix("\ufeff"), ()
        except LookupError:
            raise InputError("{at}: there is no encoding “{name}”; write it like utf-8 or gb18030.",
                             at=asked.at, name=asked.encoding) from None  # fmt: skip
        except UnicodeDecodeError as error:
            raise InputError("{path}: is not {name} at byte {byte}; name another encoding in {at}.",
                             path=shown, name=asked.encoding, byte=error.start, at=asked.at) from None  # fmt: skip
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (marked,) if marked else (*(() if wide_encoding(data) else ("utf-8",)), *_unmarked(data)):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name in ("utf-8", "utf-8-sig"):
            return text, ()
        return text, (Phrase(f"{shown}：按 {name} 编码读取", f"{shown}: was read as {name}"),)
    raise InputError(
        "{path}: its encoding cannot be told; save it as UTF-8, or say encoding = \"…\" for it in audit.toml.", path=shown
    )  # fmt: skip


def _unmarked(data: bytes) -> tuple[str, ...]:
    """The encodings to be tried for bytes that are no UTF-8: UTF-16 by its zeros, those of China, and Western Europe's
    where hardly a byte is above ASCII."""
    head = data[:4096]
    if wide := wide_encoding(data):
        return (wide,)
    high = sum(byte > 127 for byte in head)
    pairs = sum(head[i] > 127 and head[i + 1] > 127 for i in range(len(head) - 1))
    return ("cp1252",) if high and pairs * 4 < high else ("gb18030", "cp1252")


def _delimiter(text: str, source: Source, asked: Asked) -> tuple[str, tuple[Phrase, ...]]:
    """What stands between the cells: as said, else what divides most of the first lines into equally many."""
    if asked.delimiter:
        return asked.delimiter, ()
    lines = text.splitlines()[:_SAMPLE]
    usual = "\t" if source.path.suffix.lower() in (".tsv", ".tab") else ","

    def divides(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        most = max(set(widths), key=lambda n: (widths.count(n), n), default=1)
        return (widths.count(most) if most > 1 else 0, most)

    try:
        found = max(_DELIMITERS, key=lambda mark: (divides(mark)[0], mark == usual, divides(mark)[1]))
    except csv.Error:
        return usual, ()
    if found == usual or not divides(found)[0]:
        return usual, ()
    told = {"\t": "tab"}.get(found, found)
    return found, (
        Phrase(f"{source.shown}：以“{told}”分隔", f"{source.shown}: its cells are divided by “{told}”"),
    )


def _grid(text: str, delimiter: str, source: Source) -> Grid:
    """The cells with their lines; a row that is shorter than the others is filled with blanks, and told."""
    csv.field_size_limit(LONGEST_LINE * 2)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[str | None, ...]] = []
    lines: list[int] = []
    line = 1
    try:
        for cells in reader:
            row = tuple(cell.strip() or None for cell in cells)
            if any(cell is not None for cell in row):
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            "{path}:{line}: is not CSV ({problem}); check the quotes.",
            path=source.shown, line=reader.line_num, problem=error,
        ) from None  # fmt: skip
    return Grid(source.path.stem, source.shown, rows, lines, source.sha256)
