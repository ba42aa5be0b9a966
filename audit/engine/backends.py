"""What a run asks of the rows of a table, whatever holds them.

Three answer: `plain` for small tables of texts in lists, which needs no other library, `lazy_frames` for whatever
Narwhals knows, and `spark_frames` for what Spark holds. They tell the same of the same rows (`tests/engine/test_backends.py`,
`tests/integrations/test_spark.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Protocol

import numpy as np

from audit.engine.keys import Integers
from audit.engine.number_columns import NumberColumn
from audit.engine.vocabulary import Coded
from audit.language.plan import ColumnType, Filter
from audit.model.frozen import frozen

FEW = 100_000
"""So many rows that may be alike are sought out one by one."""

SAMPLED = 2**17
"""So many rows are a sample of a table, or a few more."""


@frozen
class Span:
    """The rows whose text in a column is `first` or comes behind it, and comes before `after` (None: all behind).

    A blank comes before all other texts.
    """

    column: str
    first: str
    after: str | None

    def holds(self, cell: str | None) -> bool:
        """Whether a row with this cell in the column is one of them."""
        return self.first <= (cell or "") and (self.after is None or (cell or "") < self.after)


@frozen
class Asked:
    """What rules ask of a table: columns as texts, columns `as_they_are` that tell numbers, and the filters of each
    operand (one without any takes all rows); `within` are the only rows asked for, where it is given."""

    texts: Collection[str]
    as_they_are: Collection[str]
    filters: Collection[tuple[Filter, ...]] = field(default=((),))
    within: Span | None = None


@frozen
class Sample:
    """The texts of some rows at even distances, each of which stands for so many."""

    distance: int
    columns: Mapping[str, Coded]

    def rows_of(self, column: str) -> dict[str, int]:
        """About how many rows have each text of a column."""
        coded = self.columns[column]
        counts = np.bincount(coded.codes, minlength=len(coded.texts)) * self.distance
        return {text: count for text, count in zip(coded.texts, counts.tolist(), strict=True) if count}


class Batch(Protocol):
    """Some of the rows asked for, as they come in."""

    @property
    def rows(self) -> Integers:
        """The number that each of the rows has in the table."""

    def coded(self, column: str) -> Coded:
        """A column asked for as texts."""

    def numbers(self, column: str) -> NumberColumn:
        """A column taken as it is, read as numbers."""

    def words(self, column: str) -> Coded | None:
        """A column taken as it is, as texts; None where it was not asked for."""

    def cell(self, column: str, at: int) -> object:
        """One cell of a column taken as it is."""


class Backend(Protocol):
    """The rows of a table, numbered from 0."""

    @property
    def at_hand(self) -> bool:
        """Whether the rows are in memory, so that nothing is gained by asking for fewer of them."""

    @property
    def away(self) -> bool:
        """Whether the rows are held by other machines, which can confront them."""

    @property
    def types(self) -> Mapping[str, ColumnType]:
        """Every column with the type that it has of itself."""

    @property
    def length(self) -> int:
        """How many rows there are."""

    def observed(self, column: str) -> Collection[str | None]:
        """The different cells of a column, as texts."""

    def rows(self, wanted: Sequence[int], *, as_texts: bool) -> dict[int, dict[str, Any]]:
        """The wanted rows by row number; as they are stored, or as texts."""

    def coded(self, column: str) -> Coded:
        """The cells of a column as texts, in the order of the rows."""

    def batches(self, asked: Asked) -> Iterator[Batch]:
        """The rows that some operand may take, some at a time; at least one batch, without rows where there are none."""

    def sampled(self, asked: Asked) -> Sample:
        """The texts asked for in some of the rows."""

    def distinct(self, columns: Sequence[str]) -> int:
        """How many different rows there are in columns, as texts."""

    def perhaps_alike(self, columns: Sequence[str]) -> tuple[int, ...] | None:
        """Rows outside of which none is alike with another in columns; None where there are too many to name."""

    def alike(
        self, columns: Sequence[str], among: tuple[int, ...] | None
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows (of those `among`) that have the texts of another in columns, with these texts, in order."""

    def years(self, columns: Sequence[str]) -> frozenset[str]:
        """Which of the columns hold nothing but years."""
