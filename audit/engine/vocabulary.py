"""All texts of a run as numbers: equal texts have equal codes, and codes are ordered as their texts are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from audit.engine.exact import Booleans
from audit.engine.keys import Integers

BLANK = 0
Texts = np.ndarray[Any, np.dtype[np.object_]]
"""Texts by check or by group; None where there is none."""


@dataclass(frozen=True)
class Vocabulary:
    """The distinct texts of a run, sorted; the code of a text is its place. Code 0 is blank, and a null is blank."""

    texts: tuple[str, ...]

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {text: code for code, text in enumerate(self.texts)}

    def __len__(self) -> int:
        return len(self.texts)

    def codes(self, texts: Iterable[str]) -> Integers:
        """The code of every text; -1 for one that no table holds."""
        known = self._codes
        return np.array([known.get(text, -1) for text in texts], dtype=np.int64)

    def of(self, codes: Integers) -> list[str]:
        """The texts of codes."""
        texts = self.texts
        return [texts[code] for code in codes.tolist()]

    def members(self, texts: Iterable[str]) -> Booleans:
        """For every code whether its text is one of these."""
        codes = self.codes(texts)
        found = np.zeros(len(self), dtype=bool)
        found[codes[codes >= 0]] = True
        return found

    def span(self, operator: str, text: str) -> Booleans:
        """For every code whether its text stands in the given order to a text."""
        first, after = bisect_left(self.texts, text), bisect_right(self.texts, text)
        found = np.zeros(len(self), dtype=bool)
        match operator:
            case "<":
                found[:first] = True
            case "<=":
                found[:after] = True
            case ">":
                found[after:] = True
            case ">=":
                found[first:] = True
            case _:
                found[first:after] = True
        return ~found if operator == "!=" else found


def coded(
    frames: Mapping[str, pl.DataFrame], others: Iterable[str] = ()
) -> tuple[Vocabulary, dict[str, dict[str, Integers]]]:
    """The vocabulary of the text columns of frames, by table, and of `others`, and the codes of every column."""
    numbered = {table: [_numbered(*pair) for pair in _physical(frame)] for table, frame in frames.items()}
    texts = {"", *others}
    for columns in numbered.values():
        for _, _, found in columns:
            texts.update(found)
    vocabulary = Vocabulary(tuple(sorted(texts)))
    codes: dict[str, dict[str, Integers]] = {}
    for table, columns in numbered.items():
        codes[table] = {}
        for name, (numbers, used, found) in zip(frames[table].columns, columns, strict=True):
            code_of = np.full(int(used.max(initial=0)) + 1, BLANK, dtype=np.int64)
            code_of[used] = vocabulary.codes(found)
            codes[table][name] = np.take(code_of, numbers)
    return vocabulary, codes


def _physical(frame: pl.DataFrame) -> Iterable[tuple[pl.Series, pl.Series]]:
    """Every column with a number for each of its texts, from 1; 0 is null."""
    numbers = frame.select((pl.all().cast(pl.Categorical).to_physical() + 1).fill_null(0))
    return zip(frame.get_columns(), numbers.get_columns(), strict=True)


def _numbered(texts: pl.Series, physical: pl.Series) -> tuple[NDArray[np.integer[Any]], Integers, list[str]]:
    """A column as numbers, 0 for null; the other numbers that are used, and the text of each."""
    numbers = physical.to_numpy()
    first = np.full(int(numbers.max(initial=0)) + 1, -1, dtype=np.int32)
    first[numbers] = np.arange(len(numbers), dtype=np.int32)
    used = np.flatnonzero(first[1:] >= 0) + 1
    return numbers, used, texts[first[used]].to_list()
