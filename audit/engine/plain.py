"""Small tables of texts as the engine asks of them: plain lists, with no library between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from audit.engine.backends import Asked, Sample
from audit.engine.keys import Integers
from audit.engine.number_columns import NumberColumn, read_texts
from audit.engine.vocabulary import Coded, coded
from audit.language.plan import ColumnType
from audit.model.frozen import frozen
from audit.model.text_frame import TextFrame

_YEAR = re.compile(r"[12]\d{3}(\.0+)?", re.ASCII)


@frozen(slots=False)
class PlainTexts:
    """The rows of a frame of texts."""

    frame: TextFrame
    at_hand = True
    away = False

    @cached_property
    def types(self) -> Mapping[str, ColumnType]:
        return dict.fromkeys(self.frame.columns, "text")

    @property
    def length(self) -> int:
        return len(self.frame)

    def observed(self, column: str) -> Collection[str | None]:
        return frozenset(self.frame[column])

    def rows(self, wanted: Sequence[int], *, as_texts: bool) -> dict[int, dict[str, Any]]:
        return {row: self.frame.row(row) for row in wanted}

    def coded(self, column: str) -> Coded:
        return coded(self.frame[column])

    def batches(self, asked: Asked) -> Iterator[SomeRows]:
        numbers: Sequence[int] = range(len(self.frame))
        frame = self.frame
        if asked.within is not None:
            numbers = [row for row in numbers if asked.within.holds(frame[asked.within.column][row])]
            frame = frame.at(numbers)
        yield SomeRows(frame, np.array(numbers, dtype=np.int32), frozenset(asked.as_they_are))

    def sampled(self, asked: Asked) -> Sample:
        return Sample(1, {name: coded(self.frame[name]) for name in asked.texts})

    def distinct(self, columns: Sequence[str]) -> int:
        return len(set(self._texts(columns)))

    def perhaps_alike(self, columns: Sequence[str]) -> tuple[int, ...] | None:
        return tuple(row for row, _ in self.alike(columns, None))

    def alike(
        self, columns: Sequence[str], among: tuple[int, ...] | None
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        texts = self._texts(columns)
        rows = range(len(texts)) if among is None else among
        counts = Counter(texts[row] for row in rows)
        return ((row, texts[row]) for row in rows if counts[texts[row]] > 1)

    def years(self, columns: Sequence[str]) -> frozenset[str]:
        return frozenset(
            name for name in columns if all(_YEAR.fullmatch(cell or "") for cell in set(self.frame[name]))
        )

    def _texts(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        return [tuple(cell or "" for cell in cells) for cells in self.frame.rows(columns)]


@frozen(slots=False)
class SomeRows:
    """Rows as a frame of texts and their numbers in the table; some columns are taken as they are."""

    frame: TextFrame
    rows: Integers
    as_they_are: frozenset[str]

    def coded(self, column: str) -> Coded:
        return coded(self.frame[column])

    def numbers(self, column: str) -> NumberColumn:
        return read_texts(self.frame[column])

    def words(self, column: str) -> Coded | None:
        return coded(self.frame[column]) if column in self.as_they_are else None

    def cell(self, column: str, at: int) -> object:
        return self.frame[column][at]
