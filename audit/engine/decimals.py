"""Columns of decimals as whole numbers that add up without loss, however many and however large they are.

A decimal with nine places is a count of billionths. It is kept in limbs below a billion each, the lowest first and the
highest as large as is safe to add up in 64 bits, so that sums are exact and every engine gives the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl

from audit.engine import exact
from audit.engine.exact import Booleans, Exact
from audit.engine.keys import Integers

BILLION = 10**9
TYPE = pl.Decimal(38, 9)
_MOST = 2**62
_BILLION = pl.lit(BILLION, dtype=pl.Int128)
_UPPER = pl.col("n").floordiv(_BILLION)


@dataclass(frozen=True)
class Decimals:
    """A column of numbers: `limbs[0]` are billionths, `limbs[1]` wholes, and so on; where `missing`, all are zero."""

    limbs: tuple[Integers, ...]
    missing: Booleans

    def __len__(self) -> int:
        return len(self.missing)

    def at(self, places: Integers) -> Exact:
        """The numbers at the given places, NaN for missing ones."""
        return exact.blanked(_together([limb[places] for limb in self.limbs]), self.missing[places])

    def sums(self, places: Integers, starts: Integers) -> Exact:
        """The sums of the numbers at the given places, one for each run that begins at `starts`; missing adds nothing."""
        taken = (limb[places] for limb in self.limbs)
        alone = len(starts) == len(places)
        return _together([limb if alone else np.add.reduceat(limb, starts) for limb in taken])

    def differ(self, some: Integers, others: Integers) -> Booleans:
        """Whether the numbers at two places differ; a missing one differs from none."""
        differ = np.asarray(some != others)
        places = np.flatnonzero(differ)
        a, b = some[places], others[places]
        unlike = np.any([limb[a] != limb[b] for limb in self.limbs], axis=0)
        differ[places] = unlike & ~(self.missing[a] | self.missing[b])
        return differ

    def extremes(self, places: Integers, runs: Integers, *, greatest: bool, open_first: bool) -> Integers:
        """For each run (numbered along `runs`, in order) the place of its least or greatest number.

        A missing number is taken only where there is no other; with `open_first` it is taken before all others.
        """
        sign = -1 if greatest else 1
        ranks = [sign * limb[places] for limb in self.limbs]
        order = np.lexsort((*ranks, self.missing[places] ^ open_first, runs))
        first = np.append(True, np.diff(runs[order]) != 0)[: len(order)]
        return np.asarray(places[order[first]])


def decimals(series: pl.Series) -> Decimals:
    """A column of decimals with nine places."""
    counts = pl.DataFrame({"n": series.cast(TYPE).to_physical().fill_null(0)})
    limbs: list[Integers] = []
    while _size(counts["n"]) >= _MOST:
        counts = counts.select(upper=_UPPER, lower=pl.col("n") - _UPPER * _BILLION)
        limbs.append(counts["lower"].cast(pl.Int64).to_numpy())
        counts = counts.select(n="upper")
    top = counts["n"].cast(pl.Int64).to_numpy()
    largest = _size(counts["n"])
    while not limbs or largest * (len(series) + 1) >= _MOST:
        upper = top // BILLION
        limbs.append(top - upper * BILLION)
        top, largest = upper, largest // BILLION + 1
    return Decimals((*limbs, top), series.is_null().to_numpy())


def decimals_of(numbers: list[Decimal | None]) -> Decimals:
    """Numbers as a column, rounded to nine places."""
    return decimals(pl.Series(numbers, dtype=TYPE))


def _size(numbers: pl.Series) -> int:
    least, most = numbers.min(), numbers.max()
    return max(abs(int(least or 0)), abs(int(most or 0)))  # type: ignore[arg-type]


def _together(limbs: list[Integers]) -> Exact:
    """The numbers that limbs make up."""
    carried, billionths = np.divmod(limbs[0], BILLION)
    wholes = [limbs[1] + carried, *limbs[2:]]
    number = _exact(wholes[-1])
    if len(wholes) > 1:
        billion = exact.constant(Decimal(BILLION), len(billionths))
        for limb in reversed(wholes[:-1]):
            number = exact.add(exact.multiply(number, billion), _exact(limb))
    return exact.with_billionths(number, billionths)


def _exact(numbers: Integers) -> Exact:
    high = numbers.astype(np.float64)
    return Exact(high, (numbers - high.astype(np.int64)).astype(np.float64))
