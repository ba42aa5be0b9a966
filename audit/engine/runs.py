"""Exact numbers brought together by runs: sums, extremes and medians, and the ranks by which numbers are told apart.

A run begins at each of `starts`. All numbers have one denominator.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audit.engine import exact
from audit.engine.exact import MISSING, Exact
from audit.engine.integers import MOST, Whole, largest, plus, times


def sums(a: Exact, starts: NDArray[np.int64]) -> Exact:
    """The sum of each run, of numbers as they are said; a missing number adds nothing."""
    assert len(a.denominators) == 1
    if len(starts) == len(a):
        return Exact(a.numerators, a.denominators, np.zeros(len(starts), dtype=np.int8))
    longest = int(np.diff(starts, append=len(a)).max(initial=0))
    fits = largest(a.numerators) * longest <= MOST
    numerators = np.add.reduceat(a.numerators if fits else a.numerators.astype(object), starts)
    return Exact(numerators, a.denominators, np.zeros(len(starts), dtype=np.int8))


def extremes(a: Exact, starts: NDArray[np.int64], *, greatest: bool) -> Exact:
    """The least or greatest number of each run, infinite ones passed over; missing where there is none."""
    assert len(a.denominators) == 1
    ordered = _ordered(a)
    beyond = largest(ordered) + 1
    signed = (-ordered if greatest else ordered).astype(np.int64 if beyond <= MOST else object)
    least = np.minimum.reduceat(np.where(a.kinds == 0, signed, beyond), starts)
    none = np.asarray(least == beyond, dtype=bool)
    found = np.where(none, 0, -least if greatest else least)
    kinds = np.where(none, MISSING, 0).astype(np.int8)
    if a.beside is None:
        return Exact(found, a.denominators, kinds)
    numerators = (found + 1) // 3
    return Exact(numerators, a.denominators, kinds, (found - 3 * numerators).astype(np.int8))


def medians(a: Exact, runs: NDArray[np.int64], count: int) -> Exact:
    """The median of each of `count` runs, whose numbers `runs` tells; missing for a run without numbers.

    None of the numbers is missing.
    """
    order = np.lexsort((ranks(a), a.kinds, runs))
    lengths = np.bincount(runs, minlength=count)
    first, stated = np.cumsum(lengths) - lengths, lengths > 0
    middle = exact.mean(
        *(exact.take(a, order[(first + n)[stated]]) for n in ((lengths - 1) // 2, lengths // 2))
    )
    return exact.take(
        exact.extended(middle, exact.nothing(1)), np.where(stated, np.cumsum(stated) - 1, len(middle))
    )


def ranks(a: Exact) -> NDArray[np.int64]:
    """Ranks by which numbers can be told apart and put in order; missing is like 0."""
    assert len(a.denominators) == 1
    return np.unique(_ordered(a), return_inverse=True)[1].astype(np.int64)


def _ordered(a: Exact) -> Whole:
    """Whole numbers in the order of the numbers, a hair beside one of them between it and the next."""
    return a.numerators if a.beside is None else plus(times(a.numerators, np.array([3])), a.beside)
