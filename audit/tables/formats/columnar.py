"""Parquet and Feather (Arrow IPC) files."""

from __future__ import annotations

from collections.abc import Iterator

from audit.model.errors import InputError
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import Source
from audit.tables.formats.scanned import ScannedFile, of_scan
from audit.tables.reading import TableFile


def read(source: Source, asked: Asked) -> Iterator[TableFile | ScannedFile]:
    """The one table of a file."""
    import polars as pl

    parquet = source.head.startswith(b"PAR1")
    try:
        frame = (pl.scan_parquet if parquet else pl.scan_ipc)(source.path, glob=False)
        table = of_scan(frame, source, asked, name=source.path.stem)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise InputError("{path}: cannot be read ({problem}); write the file again.",
                         path=source.shown, problem=str(error)[:120]) from None  # fmt: skip
    yield table
