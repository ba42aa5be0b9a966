"""Cells of a CSV file written otherwise: the rows concerned are written anew, every other byte stays as it is."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping

from audit.files import decoded
from audit.tables.writing import row_text

Cells = Mapping[str, str | None]
"""Cells of a row by column; None is a blank."""


def edited(data: bytes, shown: str, rows: Mapping[int, Cells]) -> bytes:
    """The bytes of a CSV file with other cells in rows that begin at these 1-based lines (as `TableFile.lines`).

    The file must have been read before, and `rows` name columns of its header. A row keeps its line end; a byte order
    mark stays.
    """
    lines = list(io.StringIO(decoded(data, shown), newline=""))
    reader = csv.reader(iter(lines), strict=True)
    header = [name.strip() for name in next(reader)]
    begin = reader.line_num
    written = lines[:begin]
    for cells in reader:
        own = lines[begin : reader.line_num]
        if begin + 1 in rows:
            changed = {**dict(zip(header, cells, strict=True)), **rows[begin + 1]}
            last = own[-1]
            own = [row_text(list(changed.values())) + last[len(last.rstrip("\r\n")) :]]
        written += own
        begin = reader.line_num
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + "".join(written).encode()


def is_plain(data: bytes, rows: Mapping[int, Cells]) -> bool:
    """Whether a file is UTF-8 CSV with commas in which rows of these columns begin at these lines."""
    try:
        lines = list(io.StringIO(data.decode("utf-8-sig"), newline=""))
        reader = csv.reader(iter(lines), strict=True)
        header = [name.strip() for name in next(reader, [])]
        begins = {reader.line_num + 1}
        for cells in reader:
            if len(cells) not in (0, len(header)):
                return False
            begins.add(reader.line_num + 1)
    except (UnicodeDecodeError, csv.Error):
        return False
    columns = {column for cells in rows.values() for column in cells}
    return columns <= set(header) and rows.keys() <= begins
