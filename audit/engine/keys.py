"""Keys as numbers: rows of codes told apart by one number each, and looked up by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.signedinteger[Any]]
Places = Integers | slice
"""Places in a vector, one by one or in turn."""
_MOST = 2**62
_LARGE = 50_000


def ids(columns: Sequence[Integers], length: int) -> Integers:
    """A number for each row of codes, equal exactly where the rows are equal and ordered as they are. Codes are not negative."""
    found = np.zeros(length, dtype=np.int64)
    size = 1
    for column in columns:
        span = int(column.max(initial=0)) + 1
        if size > _MOST // span:
            found, column = dense(found), dense(column)
            size, span = int(found.max(initial=0)) + 1, int(column.max(initial=0)) + 1
        found = found * span + column
        size *= span
    return found


def in_order(numbers: Integers) -> tuple[Integers, Integers]:
    """The places of numbers (not negative) in ascending order, equal ones in theirs, and the numbers in that order.

    Where number and place fit into one, sorting these is several times faster than sorting places by their numbers.
    """
    if (numbers[1:] >= numbers[:-1]).all():
        return np.arange(len(numbers)), numbers
    bits = len(numbers).bit_length()
    if int(numbers.max(initial=0)) >= _MOST >> bits:
        order = np.argsort(numbers, kind="stable")
        return order, numbers[order]
    both = (numbers.astype(np.int64) << bits) | np.arange(len(numbers))
    both = _sorted(both)
    return both & ((1 << bits) - 1), both >> bits


def _sorted(numbers: Integers) -> Integers:
    """Numbers in ascending order; many are left to Polars, which sorts them on all cores."""
    if len(numbers) < _LARGE:
        return np.sort(numbers)
    import polars as pl

    return pl.Series(numbers).sort().to_numpy()


def distinct(numbers: Integers) -> tuple[Integers, Integers]:
    """The distinct ones of numbers (not negative) in ascending order, and the first place of each."""
    order, ordered = in_order(numbers)
    first = starts_of(ordered)
    return ordered[first], order[first]


def dense(numbers: Integers) -> Integers:
    """The rank of each number (not negative) among the distinct ones."""
    order, ordered = in_order(numbers)
    ranks = np.empty(len(numbers), dtype=np.int64)
    ranks[order] = np.cumsum(np.diff(ordered, prepend=ordered[:1]) != 0)
    return ranks


def starts_of(numbers: Integers) -> Integers:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.diff(numbers, prepend=-1))


def positions(wanted: Integers, known: Integers, missing: int) -> Integers:
    """Where each wanted id stands among the known ones, which ascend; `missing` where it does not."""
    if np.array_equal(wanted, known):
        return np.arange(len(known))
    if not len(known):
        return np.full(len(wanted), missing, dtype=np.int64)
    found = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[found] == wanted, found, missing)


def in_turn(places: Integers) -> Places:
    """Places as a slice, which copies nothing, where they are the first ones in turn."""
    return slice(len(places)) if np.array_equal(places, np.arange(len(places))) else places


def paired(codes: Integers, known: Integers, length: int) -> tuple[Integers, Integers]:
    """All pairs (place among the codes, place among the known ones) of equal codes; codes are below `length`.

    A known code of -1 is equal to none.
    """
    order = np.argsort(known, kind="stable")[np.count_nonzero(known < 0) :]
    counts = np.bincount(known[order], minlength=length)
    starts = np.cumsum(counts) - counts
    count = counts[codes]
    if not len(count) or count.max() <= 1:
        left = np.flatnonzero(count)
        return left, order[starts[codes[left]]]
    left = np.repeat(np.arange(len(codes)), count)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
    return left, order[starts[codes[left]] + offset]
