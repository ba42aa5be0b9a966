"""All texts of a run as numbers: equal texts have equal codes, and codes are ordered as their texts are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from audit.engine.exact import Booleans
from audit.engine.keys import Integers

BLANK = 0
Codes = NDArray[np.int32]
"""Codes of texts, or numbers that stand for them."""


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


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by check or by group, as their codes; blank where there is none."""

    vocabulary: Vocabulary
    codes: Integers

    def at(self, places: Integers, hidden: Booleans | None = None) -> Texts:
        """The texts at the given places, none where hidden."""
        codes = self.codes[places]
        return Texts(self.vocabulary, codes if hidden is None else np.where(hidden, BLANK, codes))

    def one(self, place: int) -> str | None:
        """One text; None where there is none."""
        return self.vocabulary.texts[int(self.codes[place])] if self.codes[place] != BLANK else None


class Coding:
    """Texts numbered as they come in, until all of them are known and can be coded in their order."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": BLANK}

    def number(self, column: pl.Series) -> Codes:
        """A column of texts as numbers, the same for equal texts; null is blank."""
        physical = (column.cast(pl.Categorical).to_physical() + 1).fill_null(0).to_numpy()
        first = np.full(int(physical.max(initial=0)) + 1, -1, dtype=np.int32)
        first[physical] = np.arange(len(physical), dtype=np.int32)
        used = np.flatnonzero(first[1:] >= 0) + 1
        number_of = np.full(len(first), BLANK, dtype=np.int32)
        known = self._numbers
        number_of[used] = [known.setdefault(text, len(known)) for text in column[first[used]].to_list()]
        return np.take(number_of, physical)

    def finish(self, others: Iterable[str] = ()) -> tuple[Vocabulary, Codes]:
        """The vocabulary of all texts and of `others`, and the code of every number."""
        vocabulary = Vocabulary(tuple(sorted({*self._numbers, *others})))
        return vocabulary, vocabulary.codes(self._numbers).astype(np.int32)
