"""The period columns of a table of one's own, told as rules name periods: `2020年1月` is 2020-01, in every table of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.model.phrase import Phrase
from audit.numbers.period_cells import may_be_period, read_periods
from audit.tables.column_texts import counted, first_texts, rewritten
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    from audit.tables.formats.scanned import ScannedFile


def with_periods(file: TableFile | ScannedFile) -> TableFile | ScannedFile:
    """The table with periods as rules name them in every column of which each cell is one; what was read so is told."""
    changes: dict[str, Mapping[str, str]] = {}
    notes: list[Phrase] = []
    for name, first in first_texts(file).items():
        if name in file.typed or not all(map(may_be_period, first)):
            continue
        found = read_periods(counted(file, name))
        if not found:
            continue
        changes[name] = found
        cell, period = next(iter(found.items()))
        notes.append(Phrase(f"{file.told}：{name} 列的期间按“{cell}”即 {period} 读取",
                            f"{file.told}: the column {name} holds periods, “{cell}” read as {period}"))  # fmt: skip
    return replace(rewritten(file, changes), notes=(*file.notes, *notes)) if changes else file
