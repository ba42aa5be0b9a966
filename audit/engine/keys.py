"""Keys as numbers: rows of codes told apart by one number each, and looked up by it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Integers = NDArray[np.int64]
_MOST = 2**62


def codes(texts: pl.Series) -> Integers:
    """The code of every text, 0 for null; the same for the same text as long as a frame holds the coded text."""
    return (texts.cast(pl.Categorical).to_physical().cast(pl.Int64) + 1).fill_null(0).to_numpy()


def ids(columns: Sequence[Integers], length: int) -> Integers:
    """A number for each row of codes, equal exactly where the rows are equal. Codes are not negative."""
    found = np.zeros(length, dtype=np.int64)
    size = 1
    for column in columns:
        span = int(column.max(initial=0)) + 1
        if size > _MOST // span:
            found = np.unique(found, return_inverse=True)[1].astype(np.int64)
            column = np.unique(column, return_inverse=True)[1].astype(np.int64)
            size, span = int(found.max(initial=0)) + 1, int(column.max(initial=0)) + 1
        found = found * span + column
        size *= span
    return found


def positions(wanted: Integers, known: Integers, missing: int) -> Integers:
    """Where each wanted id stands among the known ones, which are all different; `missing` where it does not."""
    if not len(known):
        return np.full(len(wanted), missing, dtype=np.int64)
    order = np.argsort(known, kind="stable")
    place = np.searchsorted(known, wanted, sorter=order)
    found = order[np.minimum(place, len(known) - 1)]
    return np.where(known[found] == wanted, found, missing)


def matches(wanted: Integers, known: Integers) -> tuple[Integers, Integers]:
    """All pairs (place among the wanted, place among the known) of equal ids."""
    order = np.argsort(known, kind="stable")
    ordered = known[order]
    start = np.searchsorted(ordered, wanted, side="left")
    count = np.searchsorted(ordered, wanted, side="right") - start
    left = np.repeat(np.arange(len(wanted)), count)
    offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return left, order[np.repeat(start, count) + offset]
