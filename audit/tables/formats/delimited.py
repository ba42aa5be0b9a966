"""Text files of rows: commas, tabs or semicolons, in whatever encoding they were saved, titles above the head or not."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.tables.formats.asked import Asked
from audit.tables.formats.grid import Grid, framed
from audit.tables.formats.kinds import Source, wide_encoding
from audit.tables.formats.scanned import ScannedFile
from audit.tables.formats.text_rows import TextRows
from audit.tables.reading import TableFile, require_short_lines

LARGE = 8 * 2**20
"""Bytes of the largest file that is read whole; of a larger one so many are read at a time."""

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 40
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)


def read(source: Source, asked: Asked) -> Iterator[TableFile | ScannedFile]:
    """The one table of a text file."""
    require_short_lines(source.pieces(LARGE), source.shown)
    encoding, notes = _encoding(source, asked)
    yield _scanned(source, asked, encoding, notes) or _whole(source, asked, encoding, notes)


def _scanned(source: Source, asked: Asked, encoding: str, notes: tuple[Phrase, ...]) -> ScannedFile | None:
    """The table of a large file; None for a small one, or where only the whole tells it."""
    if source.size <= LARGE:
        return None
    from audit.tables.formats.streamed import streamed

    begun = next(filter(None, _texts(source.pieces(LARGE), encoding)), "")
    if begun.count("\n") <= _SAMPLE:
        return None
    delimiter, told = _delimiter(begun, source, asked)
    return streamed(_utf8(source, encoding), delimiter, source, asked, (*notes, *told))


def _whole(source: Source, asked: Asked, encoding: str, notes: tuple[Phrase, ...]) -> TableFile:
    """The table of a file that is read whole; a row that is shorter than the others is filled with blanks, and told."""
    text = "".join(_texts((source.content,), encoding))
    if not text.strip():
        raise InputError("{path}: is empty; a table begins with a line of column names.", path=source.shown)
    delimiter, told = _delimiter(text, source, asked)
    rows: list[tuple[str | None, ...]] = []
    lines: list[int] = []
    for line, cells in TextRows((text,), delimiter, source.shown):
        row = tuple(cell.strip() or None for cell in cells)
        if any(cell is not None for cell in row):
            rows.append(row)
            lines.append(line)
    grid = Grid(source.path.stem, source.shown, rows, lines, source.sha256, notes=(*notes, *told))
    return framed(grid, asked)


def _encoding(source: Source, asked: Asked) -> tuple[str, tuple[Phrase, ...]]:
    """The encoding of a file and, where it had to be recognised, which it is."""
    shown = source.shown
    if asked.encoding:
        try:
            _require(source, asked.encoding)
        except LookupError:
            raise InputError("{at}: there is no encoding “{name}”; write it like utf-8 or gb18030.",
                             at=asked.at, name=asked.encoding) from None  # fmt: skip
        except UnicodeDecodeError as error:
            raise InputError("{path}: is not {name} at byte {byte}; name another encoding in {at}.",
                             path=shown, name=asked.encoding, byte=error.start, at=asked.at) from None  # fmt: skip
        return asked.encoding, ()
    head = source.head
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    for name in (marked,) if marked else (*(() if wide_encoding(head) else ("utf-8",)), *_unmarked(head)):
        try:
            _require(source, name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name in ("utf-8", "utf-8-sig"):
            return name, ()
        return name, (Phrase(f"{shown}：按 {name} 编码读取", f"{shown}: was read as {name}"),)
    raise InputError(
        "{path}: its encoding cannot be told; save it as UTF-8, or say encoding = \"…\" for it in audit.toml.", path=shown
    )  # fmt: skip


def _require(source: Source, encoding: str) -> None:
    """Raise `UnicodeDecodeError` or `LookupError` where a file is not of an encoding or there is no such."""
    for _ in _texts(source.pieces(LARGE), encoding):
        pass


def _utf8(source: Source, encoding: str) -> Iterator[bytes]:
    """The text of a file in UTF-8 without a byte order mark, in pieces."""
    if encoding not in ("utf-8", "utf-8-sig"):
        yield from (text.encode() for text in _texts(source.pieces(LARGE), encoding))
        return
    pieces = source.pieces(LARGE)
    yield next(pieces, b"").removeprefix(codecs.BOM_UTF8)
    yield from pieces


def _texts(pieces: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The text that bytes say, without a byte order mark; errors tell the byte from the first of all."""
    b"".decode(encoding)  # there are codecs of other things than texts
    decoder = codecs.getincrementaldecoder(encoding)()
    before, begun = 0, False
    for piece in chain(pieces, (b"",)):
        kept = len(decoder.getstate()[0])
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            error.start += before - kept
            raise
        before += len(piece)
        yield text if begun else text.removeprefix("\ufeff")
        begun = begun or bool(text)


def _unmarked(head: bytes) -> tuple[str, ...]:
    """The encodings to be tried for bytes that are no UTF-8: UTF-16 by its zeros, those of China, and Western Europe's
    where hardly a byte is above ASCII."""
    if wide := wide_encoding(head):
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
