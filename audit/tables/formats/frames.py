"""Frames and rows of typed sources as tables of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.model.text_frame import TextFrame
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import Source
from audit.tables.formats.values import text_of_value, with_places
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    import polars as pl


def of_columns(
    columns: dict[str, Sequence[object]], source: Source, asked: Asked, *, name: str, sheet: str = "",
    key: tuple[str, ...] = (),
) -> TableFile:  # fmt: skip
    """A table of columns of values; its rows are numbered from 1."""
    texts = {
        title: with_places([text_of_value(v) for v in values], values) for title, values in columns.items()
    }
    frame = TextFrame(texts)
    return TableFile(
        path=source.shown, frame=frame, lines=range(1, len(frame) + 1), sha256=source.sha256, name=name,
        sheet=sheet, key=asked.key or key,
        typed=frozenset(title for title, values in columns.items() if _is_typed(values)),
    )  # fmt: skip


def of_rows(
    titles: Sequence[str], rows: Sequence[Sequence[object]], source: Source, asked: Asked, *, name: str,
    key: tuple[str, ...] = (),
) -> TableFile:  # fmt: skip
    """A table of a database, from the rows that it gave."""
    columns: dict[str, Sequence[object]] = dict.fromkeys(titles, ())
    if rows:
        columns = dict(zip(titles, zip(*rows, strict=True), strict=True))
    return of_columns(columns, source, asked, name=name, sheet=name, key=key)


def of_frame(
    frame: pl.DataFrame,
    source: Source,
    asked: Asked,
    *,
    name: str,
    sheet: str = "",
    key: tuple[str, ...] = (),
) -> TableFile:
    """A table of a typed frame; `InputError` for a column of lists or records."""
    refuse_nested((title for title, kind in frame.schema.items() if kind.is_nested()), source)
    return of_columns(
        {title: frame[title].to_list() for title in frame.columns},
        source, asked, name=name, sheet=sheet, key=key,
    )  # fmt: skip


def refuse_nested(titles: Iterable[str], source: Source) -> None:
    """Raise `InputError` naming the first of the columns that hold lists or records."""
    for title in titles:
        raise InputError(
            "{path}: the column “{name}” holds lists or records, not cells; write one value a cell.",
            path=source.shown, name=title,
        )  # fmt: skip


def _is_typed(values: Sequence[object]) -> bool:
    """Whether a column holds numbers by its type, and not by what its texts look like."""
    return any(isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in values)
