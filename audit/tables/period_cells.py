"""The period columns of a table of one's own, told as rules name periods: `2020年1月` is 2020-01, in every table of a run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.model.phrase import Phrase
from audit.numbers.period_cells import read_periods
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    import polars as pl


def with_periods(file: TableFile) -> TableFile:
    """The table with periods as rules name them in every column of which each cell is one; what was read so is told."""
    import polars as pl

    columns: list[pl.Series] = []
    notes: list[Phrase] = []
    for name in file.frame.columns:
        cells = file.frame[name].to_list()
        found = {} if name in file.typed else read_periods(cells)
        if not found:
            continue
        columns.append(pl.Series(name, [found.get(cell, cell) for cell in cells], dtype=pl.String))
        cell, period = next(iter(found.items()))
        notes.append(Phrase(f"{file.told}：{name} 列的期间按“{cell}”即 {period} 读取",
                            f"{file.told}: the column {name} holds periods, “{cell}” read as {period}"))  # fmt: skip
    return (
        replace(file, frame=file.frame.with_columns(columns), notes=(*file.notes, *notes))
        if columns
        else file
    )
