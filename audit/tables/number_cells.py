"""The number columns of a table of one's own, read as people write them and told where that was not plain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.nearest import nearest
from audit.model.phrase import Phrase
from audit.model.rows import Figure
from audit.numbers.cells import NumberTexts, comma_is_point, read_texts
from audit.numbers.numerals import NO_NUMBER
from audit.tables.column_texts import coded_columns, counted, plain_columns, rewritten
from audit.tables.formats.asked import Asked
from audit.tables.reading import TableFile

if TYPE_CHECKING:
    from audit.tables.formats.scanned import ScannedFile

_TEXTS = frozenset(field.name for field in fields(Figure)) - {"value", "low", "high", "start", "end"}
"""Columns of figures that may hold a number beside texts (a year beside 2017/2020) and are no numbers for that."""
_SHOWN = 6


@frozen(slots=False)
class Numbers:
    """A table with plain decimals in its number columns, and which columns these are."""

    file: TableFile | ScannedFile
    columns: frozenset[str]


def numbers_in(file: TableFile | ScannedFile, asked: Asked) -> Numbers:
    """The table with its numbers as plain decimals; cells that are none stay, and are told when a rule reads them.

    What says that there is no number (`N/A`, or what the settings name) becomes a blank, and is told.
    """
    for name in asked.numbers:
        if name not in file.columns:
            raise InputError("{at}: numbers names “{name}”, which is no column; the nearest is {nearest}.",
                             at=asked.at, name=name, nearest=nearest(name, file.columns))  # fmt: skip
    missing = NO_NUMBER | {*asked.missing}
    plain = plain_columns(file, missing)
    codes = coded_columns(file, plain) - {*asked.numbers}
    plain -= codes
    counts = {name: counted(file, name) for name in file.columns if name not in plain | codes}
    comma = any(comma_is_point(texts, missing) for texts in counts.values())
    found: dict[str, NumberTexts] = {}
    for name, texts in counts.items():
        declared = asked.numbers.get(name, "" if name in file.typed else None)
        read = read_texts(texts, missing, declared, comma)
        if read is not None and not (name in _TEXTS and (read.bad or read.absent) and declared is None):
            found[name] = read
    notes = [note for name, read in found.items() for note in _told(file, name, read, name in asked.numbers)]
    notes += _absent(file, found)
    changes = {name: read.cells for name, read in found.items() if read.rewritten or read.absent}
    return Numbers(replace(rewritten(file, changes), notes=(*file.notes, *notes)), plain | found.keys())


def _told(file: TableFile | ScannedFile, column: str, read: NumberTexts, declared: bool) -> Iterator[Phrase]:
    place = file.told
    if read.unit and not declared:
        yield Phrase(f"{place}：{column} 列以 {read.unit} 为单位读取（如“{read.rewritten}”）",
                     f"{place}: the column {column} was read in {read.unit} (as in “{read.rewritten}”)")  # fmt: skip
    elif read.rewritten and not declared and not _only_grouped(read.rewritten):
        yield Phrase(f"{place}：{column} 列中“{read.rewritten}”一类写法按数字读取",
                     f"{place}: the column {column} writes numbers like “{read.rewritten}”, and was read so")  # fmt: skip


def _absent(file: TableFile | ScannedFile, found: Mapping[str, NumberTexts]) -> Iterator[Phrase]:
    """What was taken for the absence of a number, once a text: in which columns, and how often."""
    columns: dict[str, list[str]] = {}
    for name, read in found.items():
        for text, count in read.absent:
            columns.setdefault(text, []).append(f"{name} ×{count}")
    for text, places in list(columns.items())[:_SHOWN]:
        more_zh, more_en = (
            (f"等 {len(places)} 列", f" … ({len(places)} columns)") if len(places) > _SHOWN else ("", "")
        )
        shown = places[:_SHOWN]
        yield Phrase(f"{file.told}：“{text}”表示没有数据，按空白读取（{'、'.join(shown)}{more_zh}）",
                     f"{file.told}: “{text}” says that there is no number, and was read as blank "
                     f"({', '.join(shown)}{more_en})")  # fmt: skip


_GROUPED = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|-?[\d.]+")


def _only_grouped(cell: str) -> bool:
    """Whether a number is plain but for marks between its thousands."""
    return _GROUPED.fullmatch(cell) is not None
