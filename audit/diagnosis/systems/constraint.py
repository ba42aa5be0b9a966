"""A linear constraint: a weighted sum of variables that lies between two ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from audit.model.frozen import frozen

Weights = Mapping[str, Fraction]


@frozen
class Constraint:
    """`low <= Σ weight · variable <= high`.

    An end that is None is none; `low_open` and `high_open` say that the end itself is not allowed. Without weights the
    sum is nothing, so the constraint holds exactly where 0 lies between its ends.
    """

    weights: Weights
    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, values: Mapping[str, Fraction]) -> bool:
        """Whether the constraint is met by these values of all its variables."""
        total = sum((weight * values[name] for name, weight in self.weights.items()), Fraction(0))
        above = self.low is None or (total > self.low if self.low_open else total >= self.low)
        below = self.high is None or (total < self.high if self.high_open else total <= self.high)
        return above and below

    @property
    def possible(self) -> bool:
        """Whether there is anything between the ends."""
        return self.meets(self)

    def meets(self, other: Constraint) -> bool:
        """Whether there is a number between the ends of both."""
        ends = ((self, other), (other, self), (self, self), (other, other))
        return all(
            one.low is None
            or two.high is None
            or one.low < two.high
            or (one.low == two.high and not (one.low_open or two.high_open))
            for one, two in ends
        )

    def opposite(self) -> tuple[Constraint, ...]:
        """The constraints one of which holds where this one does not: below its low end, or above its high end."""
        found = []
        if self.low is not None:
            found.append(Constraint(self.weights, high=self.low, high_open=not self.low_open))
        if self.high is not None:
            found.append(Constraint(self.weights, low=self.high, low_open=not self.high_open))
        return tuple(found)

    def scaled(self, factor: Fraction) -> Constraint:
        """The same constraint with both sides multiplied by a factor that is not zero."""
        weights = {name: weight * factor for name, weight in self.weights.items()}
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor < 0:
            return Constraint(weights, high, low, self.high_open, self.low_open)
        return replace(self, weights=weights, low=low, high=high)


def point(name: str, value: Fraction) -> Constraint:
    """A variable that is exactly `value`."""
    return Constraint({name: Fraction(1)}, value, value)


def between(
    name: str, low: Fraction | None, high: Fraction | None, *, low_open: bool = False, high_open: bool = False
) -> Constraint:
    """A variable between two ends."""
    return Constraint({name: Fraction(1)}, low, high, low_open, high_open)
