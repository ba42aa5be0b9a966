"""Columns and rows of typed sources as tables of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.model.text_frame import SMALL, TextFrame
from audit.tables.formats.asked import Asked
from audit.tables.formats.kinds import Source
from audit.tables.formats.values import is_number, text_of_value, with_places
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    from audit.tables.formats.scanned import ScannedFile

FEW = SMALL
"""Rows of a table that is held in memory."""


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
        typed=frozenset(title for title, values in columns.items() if any(map(is_number, values))),
    )  # fmt: skip


def of_rows(
    titles: Sequence[str], rows: Iterable[Sequence[object]], source: Source, asked: Asked, *, name: str, sheet: str = "",
    key: tuple[str, ...] = (),
) -> TableFile | ScannedFile:  # fmt: skip
    """A table of the rows that a source gives; if they are many they are laid aside as they come."""
    rest = iter(rows)
    first = [*islice(rest, FEW + 1)]
    if len(first) > FEW:
        from audit.tables.formats.aside import of_many

        return of_many(titles, chain(first, rest), source, asked, name=name, sheet=sheet, key=key)
    columns: dict[str, Sequence[object]] = dict.fromkeys(titles, ())
    if first:
        columns = dict(zip(titles, zip(*first, strict=True), strict=True))
    return of_columns(columns, source, asked, name=name, sheet=sheet, key=key)


def refuse_nested(titles: Iterable[str], source: Source) -> None:
    """Raise `InputError` naming the first of the columns that hold lists or records."""
    for title in titles:
        raise InputError(
            "{path}: the column “{name}” holds lists or records, not cells; write one value a cell.",
            path=source.shown, name=title,
        )  # fmt: skip
