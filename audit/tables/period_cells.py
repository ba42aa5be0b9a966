"""The period columns of a table of one's own, told as rules name periods: `2020年1月` is 2020-01, in every table of a run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.model.phrase import Phrase
from audit.model.text_frame import TextFrame
from audit.numbers.period_cells import may_be_period, read_periods
from audit.tables.distinct import counted
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    import polars as pl

    from audit.tables.formats.scanned import ScannedFile


_SAMPLE = 100


def with_periods(file: TableFile | ScannedFile) -> TableFile | ScannedFile:
    """The table with periods as rules name them in every column of which each cell is one; what was read so is told."""
    import polars as pl

    columns: list[pl.Expr] = []
    notes: list[Phrase] = []
    first = file.native.lazy().select(pl.all().cast(pl.String)).head(_SAMPLE).collect()
    for name in file.columns:
        if name in file.typed or not all(map(may_be_period, first[name].drop_nulls().to_list())):
            continue
        found = read_periods(counted(file.native, name))
        if not found:
            continue
        columns.append(pl.col(name).cast(pl.String).replace(list(found), list(found.values())))
        cell, period = next(iter(found.items()))
        notes.append(Phrase(f"{file.told}：{name} 列的期间按“{cell}”即 {period} 读取",
                            f"{file.told}: the column {name} holds periods, “{cell}” read as {period}"))  # fmt: skip
    if not columns:
        return file
    if isinstance(file, TableFile):
        return replace(
            file, frame=TextFrame.of_polars(file.native.with_columns(columns)), notes=(*file.notes, *notes)
        )
    return replace(file, frame=file.frame.with_columns(columns), notes=(*file.notes, *notes))
