"""Rows that are more than memory should hold, laid aside as they come and scanned there.

They are files in the folder aside, gone with it when the command ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from audit.files import folder_aside
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import Source
from audit.tables.formats.values import MOST_PLACES, is_number, places_of, text_of_value

if TYPE_CHECKING:
    import polars as pl

    from audit.tables.formats.scanned import ScannedFile

BATCH = 2**18
"""Rows that are held at a time."""
_NUMBERS = count()


def place_aside() -> Path:
    """Where a new file of rows may be."""
    return folder_aside() / f"{next(_NUMBERS):06}.parquet"


def laid(rows: pl.DataFrame, source: Source) -> Path:
    """The new file of some rows."""
    path = place_aside()
    try:
        rows.write_parquet(path, compression="lz4", statistics=False)
    except OSError as error:
        raise source.no_room(path.parent, error.strerror or error) from None
    return path


def of_many(
    titles: Sequence[str], rows: Iterable[Sequence[object]], source: Source, asked: Asked, *, name: str, sheet: str,
    key: tuple[str, ...] = (),
) -> ScannedFile:  # fmt: skip
    """A table of the rows that a source gives, with the cells that `frames.of_columns` gives it."""
    import polars as pl

    from audit.tables.formats.scanned import ScannedFile

    columns = {title: at for at, title in enumerate(titles)}
    typed: set[str] = set()
    finest = dict.fromkeys(columns, 0)
    files: list[Path] = []
    length, rest = 0, iter(rows)
    while batch := [*islice(rest, BATCH)]:
        length += len(batch)
        cells: dict[str, pl.Series] = {}
        for title, at in columns.items():
            values = [row[at] for row in batch]
            texts = [text_of_value(value) for value in values]
            floats = [isinstance(value, float) for value in values]
            if title in typed or any(map(is_number, values)):
                typed.add(title)
                places = (places_of(text) for text, is_float in zip(texts, floats, strict=True) if is_float)
                finest[title] = max(finest[title], *places, 0)
            cells[f"{at}"] = pl.Series(texts, dtype=pl.String)
            cells[f"float {at}"] = pl.Series(floats, dtype=pl.Boolean)
        files.append(laid(pl.DataFrame(cells), source))
    frame = pl.scan_parquet(files, glob=False).select(
        pl.when(f"float {at}").then(filled(pl.col(f"{at}"), finest[title])).otherwise(f"{at}").alias(title)
        for title, at in columns.items()
    )
    return ScannedFile(
        source.shown,
        frame,
        range(1, length + 1),
        source.sha256,
        name,
        frozenset(typed),
        asked.key or key,
        sheet,
    )


def kept(frame: pl.LazyFrame, source: Source) -> pl.LazyFrame:
    """A frame worked out once."""
    import polars as pl

    path = place_aside()
    try:
        frame.sink_parquet(path, compression="lz4", statistics=False)
    except OSError as error:
        raise source.no_room(path.parent, error.strerror or error) from None
    return pl.scan_parquet(path, glob=False)


def filled(text: pl.Expr, places: int) -> pl.Expr:
    """Binary numbers as texts, filled up to the decimals of the finest of their column as `values.with_places` does it."""
    if not 0 < places <= MOST_PLACES:
        return text
    behind = text.str.extract(r"\.(.*)").fill_null("").str.pad_end(places, "0")
    return text.str.extract(r"^([^.]*)") + "." + behind
