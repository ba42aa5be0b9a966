"""The formats that tables come in: one record a format, from which everything that depends on the format derives.

A new format is a reader module, `read(source: Source, asked: Asked) -> Iterator[TableFile]` (or of `ScannedFile`, which
is not read whole), and a record here; that
it is found in a folder, taken wherever a table is named, and refused with the extra that it needs follows from the
record.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from audit.files import beginning_of, content_of, digest_of, pieces_of
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.nearest import nearest
from audit.tables.formats.asked import NOTHING, Asked
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    from audit.tables.formats.scanned import ScannedFile


@frozen(slots=False)
class Source:
    """A file that holds tables: where it is, and the name that messages give it."""

    path: Path
    shown: str

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file, for formats that are read whole."""
        return content_of(self.path, self.shown)

    @cached_property
    def head(self) -> bytes:
        """The first bytes, which tell the format."""
        return beginning_of(self.path, self.shown)

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.path.stat().st_size

    def pieces(self, most: int) -> Iterator[bytes]:
        """The bytes of the file, in pieces where it has more than `most`."""
        if self.size <= most:
            yield self.content
        else:
            yield from pieces_of(self.path, self.shown, most)

    @cached_property
    def sha256(self) -> str:
        return digest_of(self.path, self.shown)

    def no_room(self, folder: Path, reason: object) -> InputError:
        """The error for a folder in which what is read of the file cannot be laid aside."""
        return InputError(
            "{path}: what is read of it cannot be laid aside in {folder} ({reason}); name another folder as TMPDIR.",
            path=self.shown, folder=folder.as_posix(), reason=reason,
        )  # fmt: skip


@frozen
class Format:
    """A format of tables. `begins` says whether the first bytes of a file are of this format.

    `reader` is the module that reads it. `needs` is the library that it cannot be read without and `extra` the extra
    of this package that brings it, blank where nothing is needed. `worth` are about so many bytes as hold rows enough to
    make it worth while to start a process for them (see `stretches.WORTH`); 0 for what is read whole.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    begins: Callable[[bytes], bool]
    needs: str = ""
    extra: str = ""
    worth: int = 0


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def wide_encoding(content: bytes) -> str:
    """The UTF-16 that bytes without a mark are: ASCII signs have their zero byte all on one side; blank for no such."""
    zeros = {at % 2 for at, byte in enumerate(content[:4096]) if byte == 0}
    return "" if len(zeros) != 1 else "utf-16-le" if zeros == {1} else "utf-16-be"


def _is_text(content: bytes) -> bool:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html")):
        return False
    return not content.startswith((_ZIP, _OLE, b"PAR1", b"ARROW1", b"SQLite format 3\x00", b"%PDF-")) and (
        marked or b"\x00" not in content[:4096] or bool(wide_encoding(content))
    )


_ROOM = "audit.tables.formats"
FORMATS: tuple[Format, ...] = (
    Format("csv", (".csv", ".tsv", ".tab"), f"{_ROOM}.delimited", _is_text, worth=80_000_000),
    Format(
        "workbook", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), f"{_ROOM}.workbook",
        lambda c: c.startswith((_ZIP, _OLE)), needs="python_calamine",
    ),
    Format("parquet", (".parquet", ".pq"), f"{_ROOM}.columnar", lambda c: c.startswith(b"PAR1"), worth=6_000_000),
    Format(
        "feather", (".feather", ".arrow", ".ipc"), f"{_ROOM}.columnar", lambda c: c.startswith(b"ARROW1"), worth=170_000_000
    ),
    Format("json", (".json", ".jsonl", ".ndjson"), f"{_ROOM}.records", _is_text),
    Format(
        "sqlite", (".sqlite", ".sqlite3", ".db", ".db3"), f"{_ROOM}.sqlite",
        lambda c: c.startswith(b"SQLite format 3\x00"),
    ),
    Format(
        "duckdb", (".duckdb", ".ddb"), f"{_ROOM}.duckdb", lambda c: c[8:12] == b"DUCK", needs="duckdb", extra="duckdb",
        worth=24_000_000,
    ),
)  # fmt: skip

SUFFIXES: dict[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}
"""The format of a suffix in lower case."""


def format_of(path: Path) -> Format | None:
    """The format that the suffix of a path names; `None` where no reader reads it."""
    return SUFFIXES.get(path.suffix.lower())


def tables_of(path: Path, shown: str, asked: Asked = NOTHING) -> tuple[TableFile | ScannedFile, ...]:
    """The tables of a file, as far as `asked` wants them, at least one.

    Raises `InputError` for a file that cannot be read, is of another format than its name says, or holds no table.
    """
    found = format_of(path)
    if found is None:
        raise InputError(
            "{path}: is no table that can be read; tables are {suffixes}.",
            path=shown,
            suffixes=" ".join(SUFFIXES),
        )
    require(found.needs, found.extra, shown)
    source = Source(path, shown)
    head = source.head
    if head and not found.begins(head):
        other = next((one for one in FORMATS if one.begins(head)), None)
        raise InputError(
            "{path}: is named {suffix} but its content is that of another kind of file ({kind}); name it so and try again.",
            path=shown, suffix=path.suffix, kind=other.suffixes[0] if other else "?",
        )  # fmt: skip
    reader: Callable[[Source, Asked], Iterator[TableFile | ScannedFile]] = importlib.import_module(
        found.reader
    ).read
    tables = tuple(reader(source, asked))
    if not tables:
        raise InputError("{path}: holds no table; a table begins with a row of column names.", path=shown)
    return tables


def require(library: str, extra: str, shown: str) -> None:
    """Raise `InputError` naming the extra when the library that a source needs is not there."""
    if library and find_spec(library) is None:
        raise InputError(
            "{path}: needs the library “{library}”, which is not installed; install it with pip install {what}.",
            path=shown, library=library, what=f"'plan-audit[{extra}]'" if extra else library.replace("_", "-"),
        )  # fmt: skip


def chosen(names: list[str], asked: Asked, shown: str) -> list[str]:
    """The sheets or tables that are wanted: all, or the one that the settings name; `InputError` where it is not there."""
    if not asked.sheet:
        return names
    if asked.sheet not in names:
        raise InputError(
            "{at}: {path} has no sheet or table “{name}”; the nearest is {nearest}.",
            at=asked.at, path=shown, name=asked.sheet, nearest=nearest(asked.sheet, names) or "(none)",
        )  # fmt: skip
    return [asked.sheet]
