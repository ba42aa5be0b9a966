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


def decimals(frame: pl.DataFrame) -> dict[str, Decimals]:
    """Columns of decimals with nine places."""
    names = frame.columns
    missing = {name: frame[name].is_null().to_numpy() for name in names}
    rest = frame.select(pl.all().cast(TYPE).to_physical().fill_null(0))
    limbs: dict[str, list[Integers]] = {name: [] for name in names}
    while rest.width:
        parts = rest.select(_split(name) for name in rest.columns).unnest(rest.columns, separator=" ")
        for name in rest.columns:
            limbs[name].append(parts[f"{name} lower"].to_numpy())
        uppers = parts.select(pl.col(f"{name} upper").alias(name) for name in rest.columns)
        done = [name for name in uppers.columns if _size(uppers[name]) * (len(frame) + 1) < _MOST]
        for name, upper in zip(done, uppers.select(pl.col(done).cast(pl.Int64)), strict=True):
            limbs[name].append(upper.to_numpy())
        rest = uppers.drop(done)
    return {name: Decimals(tuple(limbs[name]), missing[name]) for name in names}


def decimals_of(numbers: list[Decimal | None]) -> Decimals:
    """Numbers as a column, rounded to nine places."""
    return decimals(pl.DataFrame({"n": numbers}, schema={"n": TYPE}))["n"]


def _split(name: str) -> pl.Expr:
    """A column of whole numbers as billions and the rest below a billion."""
    billion = pl.lit(BILLION, dtype=pl.Int128)
    upper = pl.col(name).floordiv(billion)
    lower = (pl.col(name) - upper * billion).cast(pl.Int64)
    return pl.struct(upper.alias("upper"), lower.alias("lower")).alias(name)


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
