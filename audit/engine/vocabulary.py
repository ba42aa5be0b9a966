"""All texts of a run as numbers: equal texts have equal codes, and codes are ordered as their texts are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audit.engine.exact import Booleans
from audit.engine.keys import Integers, Places, distinct
from audit.model.frozen import frozen

BLANK = 0
Codes = NDArray[np.signedinteger[Any]]
"""Codes of texts, or numbers that stand for them."""
Recoding = Callable[[Integers], Integers]
"""The codes that the texts of codes have in another vocabulary."""


@frozen(slots=False)
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

    def of_only(self, used: Sequence[Integers]) -> tuple[Vocabulary, Recoding]:
        """The vocabulary of the texts of some codes only, and what these codes are there."""
        known, _ = distinct(np.concatenate([[BLANK], *used]))
        return Vocabulary(tuple(self.of(known))), lambda codes: np.searchsorted(known, codes)

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


@frozen
class Texts:
    """Texts by check or by group, as their codes; blank where there is none."""

    vocabulary: Vocabulary
    codes: Integers

    def at(self, places: Places, hidden: Booleans | None = None) -> Texts:
        """The texts at the given places, none where hidden."""
        codes = self.codes[places]
        return Texts(self.vocabulary, codes if hidden is None else np.where(hidden, BLANK, codes))

    def recoded(self, vocabulary: Vocabulary, code_of: Recoding) -> Texts:
        """The texts by their codes in another vocabulary."""
        return Texts(vocabulary, code_of(self.codes))

    def one(self, place: int) -> str | None:
        """One text; None where there is none."""
        return self.vocabulary.texts[int(self.codes[place])] if self.codes[place] != BLANK else None


@frozen
class Coded:
    """A column of texts: the different ones, of which the first is the blank one, and for each row which of them it is."""

    texts: Sequence[str]
    codes: Codes

    @property
    def stated(self) -> Booleans:
        """Where there is a text."""
        return np.asarray(self.codes != BLANK)

    def among(self, texts: Iterable[str]) -> Booleans:
        """Where the text is one of these."""
        wanted = frozenset(texts)
        found = np.array([text in wanted for text in self.texts], dtype=bool)
        return np.asarray(found[self.codes])

    def one(self, row: int) -> str:
        """The text of a row, blank where there is none."""
        return self.texts[int(self.codes[row])]


def together(vocabularies: Sequence[Vocabulary]) -> list[Recoding]:
    """For each vocabulary the codes that its texts have among those of all."""
    every = Vocabulary(tuple(sorted({text for own in vocabularies for text in own.texts})))
    return [every.codes(own.texts).__getitem__ for own in vocabularies]


def coded(cells: Iterable[str | None]) -> Coded:
    """Texts by the different ones among them; None is blank."""
    known = {"": BLANK}
    codes = [known.setdefault(cell or "", len(known)) for cell in cells]
    return Coded(tuple(known), np.array(codes, dtype=np.int32))


class Coding:
    """Texts numbered as they come in, until all of them are known and can be coded in their order."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": BLANK}

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts by their numbers."""
        return (*self._numbers,)

    def number(self, column: Coded) -> Codes:
        """A column of texts as numbers, the same for equal texts of all columns."""
        known = self._numbers
        number_of = [known.setdefault(text, len(known)) for text in column.texts]
        return np.take(np.array(number_of, dtype=_narrowest(len(known))), column.codes)

    def finish(self, others: Iterable[str] = ()) -> tuple[Vocabulary, Codes]:
        """The vocabulary of all texts and of `others`, and the code of every number, in 16 bits where these hold all."""
        vocabulary = Vocabulary(tuple(sorted({*self._numbers, *others})))
        return vocabulary, vocabulary.codes(self._numbers).astype(_narrowest(len(vocabulary)))


def _narrowest(count: int) -> type[np.signedinteger[Any]]:
    """The kind of numbers that take least memory for so many codes."""
    return np.int16 if count < np.iinfo(np.int16).max else np.int32
