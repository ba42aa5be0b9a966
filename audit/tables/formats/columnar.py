"""Parquet and Feather (Arrow IPC) files."""

from __future__ import annotations

import io
from collections.abc import Iterator

from audit.model.errors import InputError
from audit.tables.formats.asked import Asked
from audit.tables.formats.frames import of_frame
from audit.tables.formats.kinds import Source
from audit.tables.reading import TableFile


def read(source: Source, asked: Asked) -> Iterator[TableFile]:
    """The one table of a file."""
    import polars as pl

    parquet = source.content.startswith(b"PAR1")
    try:
        frame = (pl.read_parquet if parquet else pl.read_ipc)(io.BytesIO(source.content))
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise InputError("{path}: cannot be read ({problem}); write the file again.",
                         path=source.shown, problem=str(error)[:120]) from None  # fmt: skip
    yield of_frame(frame, source, asked, name=source.path.stem)
