"""Sums of cells by group, of which some may be taken off again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from audit.engine import exact
from audit.engine.exact import Exact, Floats
from audit.engine.intervals import Interval, single
from audit.engine.keys import Integers
from audit.model.frozen import frozen

Pair = tuple[Interval, Interval]
"""What something comes to as stated and as allowed."""


@frozen
class Sum:
    """Numbers added up: the sum of those that are said, and how many lie a hair below or above it, are infinite, are missing."""

    said: Exact
    below: Floats
    above: Floats
    endless: Floats
    missing: Floats

    def at(self, places: Integers) -> Sum:
        """The sums at the given places."""
        return Sum(exact.take(self.said, places), *(count[places] for count in self._counts))

    def without(self, other: Sum) -> Sum:
        """The sum of the numbers that are left when others are taken off."""
        counts = (own - taken_off for own, taken_off in zip(self._counts, other._counts, strict=True))
        return Sum(exact.subtract(self.said, other.said), *counts)

    @property
    def _counts(self) -> tuple[Floats, ...]:
        return self.below, self.above, self.endless, self.missing

    def total(self, open_end: Literal[-1, 1]) -> Exact:
        """What the numbers come to; infinite where one is, a hair beside where all hairs are on one side."""
        total = self.said
        if self.below.any() or self.above.any():
            total = exact.opened(total, (self.above > 0).astype(np.int8) - (self.below > 0).astype(np.int8))
        if self.endless.any():
            total = exact.where(self.endless > 0, exact.infinity(open_end, len(total)), total)
        return exact.blanked(total, self.missing > 0)


@frozen
class Sums:
    """The sums of the four ends of cells (see `figures.Ends`); `end` is `start` itself where all are single numbers."""

    start: Sum
    end: Sum
    low: Sum
    high: Sum

    def at(self, places: Integers) -> Sums:
        """The sums at the given places."""
        return self._each(lambda one: one.at(places))

    def without(self, other: Sums) -> Sums:
        """What is left when others are taken off."""
        taken_off = dict(zip(map(id, self._ends), other._ends, strict=True))
        return self._each(lambda own: own.without(taken_off[id(own)]))

    @property
    def _ends(self) -> tuple[Sum, ...]:
        return self.start, self.end, self.low, self.high

    def _each(self, change: Callable[[Sum], Sum]) -> Sums:
        """The sums changed, what is one sum once."""
        changed = {id(one): change(one) for one in self._ends}
        return Sums(*(changed[id(one)] for one in self._ends))

    @property
    def pair(self) -> Pair:
        """The sum as stated and as allowed."""
        return _between(self.start, self.end), _between(self.low, self.high)


def _between(low: Sum, high: Sum) -> Interval:
    total = low.total(-1)
    return single(total) if high is low else Interval(total, high.total(1))
