"""Whether linear constraints can all be met, decided exactly; else constraints that cannot.

The simplex of B. Dutertre, L. de Moura, "A fast linear-arithmetic solver for DPLL(T)", CAV 2006: every weighted sum is a
variable of its own with bounds, the basis moves until all bounds are met or a row shows that they cannot be. Numbers are
fractions with a multiple of an infinitely small one beside them, so that ends that are not allowed stay exact; the
variable chosen is always the first (Bland), so that it ends.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import Generic, TypeVar

from audit.diagnosis.systems.constraint import Constraint
from audit.model.frozen import frozen

Label = TypeVar("Label", bound=Hashable)
Near = tuple[Fraction, Fraction]
"""A number and its multiple of an infinitely small one; tuples compare as these numbers do."""

_ZERO, _ONE = Fraction(0), Fraction(1)


@frozen
class _Bound(Generic[Label]):
    """An end of a variable and the constraint that sets it."""

    at: Near
    label: Label


class Feasibility(Generic[Label]):
    """Labelled constraints over which any selection can be tried; each try begins where the last one ended."""

    def __init__(self, constraints: Mapping[Label, Constraint]) -> None:
        self._numbers: dict[str, int] = {}
        self._rows: dict[int, dict[int, Fraction]] = {}
        self._ends: dict[Label, tuple[int, _Bound[Label] | None, _Bound[Label] | None]] = {}
        self._impossible: set[Label] = set()
        for constraint in constraints.values():
            for name in constraint.weights:
                self._numbers.setdefault(name, len(self._numbers))
        sums: dict[tuple[tuple[int, Fraction], ...], int] = {}
        for label, constraint in constraints.items():
            self._add(label, constraint, sums)
        size = len(self._numbers) + len(sums)
        self._values: list[Near] = [(_ZERO, _ZERO)] * size
        self._low: list[_Bound[Label] | None] = [None] * size
        self._high: list[_Bound[Label] | None] = [None] * size

    def _add(
        self, label: Label, constraint: Constraint, sums: dict[tuple[tuple[int, Fraction], ...], int]
    ) -> None:
        weights = sorted((self._numbers[n], w) for n, w in constraint.weights.items() if w)
        if not weights:
            if not constraint.holds(dict.fromkeys(constraint.weights, _ZERO)):
                self._impossible.add(label)
            return
        plain = constraint.scaled(1 / weights[0][1])
        form = tuple((number, weight / weights[0][1]) for number, weight in weights)
        if len(form) == 1:
            variable = form[0][0]
        else:
            variable = sums.setdefault(form, len(self._numbers) + len(sums))
            self._rows[variable] = dict(form)
        low = None if plain.low is None else _Bound((plain.low, _ONE if plain.low_open else _ZERO), label)
        high = (
            None if plain.high is None else _Bound((plain.high, -_ONE if plain.high_open else _ZERO), label)
        )
        self._ends[label] = (variable, low, high)

    def conflict(self, labels: Iterable[Label]) -> frozenset[Label] | None:
        """Constraints among the given ones that cannot all be met; None where all can."""
        chosen = list(labels)
        if impossible := next((label for label in chosen if label in self._impossible), None):
            return frozenset((impossible,))
        if crossed := self._bind(chosen):
            return crossed
        self._settle()
        return self._repair()

    def solution(self) -> dict[str, Fraction]:
        """Values that meet the constraints of the last try, which must have been possible."""
        small = self._smallness()
        return {name: self._values[n][0] + small * self._values[n][1] for name, n in self._numbers.items()}

    def most(self, name: str, sign: int) -> Fraction | None:
        """The greatest (`sign` 1) or least (-1) value that a variable can have, or come near to; None where unbounded.

        The constraints are those of the last try, which must have been possible.
        """
        found = self.end(name, sign)
        return None if found is None else found[0]

    def end(self, name: str, sign: int) -> tuple[Fraction, bool] | None:
        """As `most`, and whether the value itself can be had; otherwise it can only be come near to."""
        if name not in self._numbers:
            return None
        variable = self._numbers[name]
        while (step := self._improving(variable, sign)) is not None:
            entering, direction = step
            if not self._move(entering, direction):
                return None
        value, near = self._values[variable]
        return value, not near

    def _bind(self, labels: Iterable[Label]) -> frozenset[Label] | None:
        """Set the bounds of the chosen constraints, of several the tightest; two of them where they cross."""
        self._low = [None] * len(self._values)
        self._high = [None] * len(self._values)
        for label in labels:
            if label not in self._ends:
                continue
            variable, low, high = self._ends[label]
            held, most = self._low[variable], self._high[variable]
            if low is not None and (held is None or low.at > held.at):
                self._low[variable] = low
            if high is not None and (most is None or high.at < most.at):
                self._high[variable] = high
        for low, high in zip(self._low, self._high, strict=True):
            if low is not None and high is not None and low.at > high.at:
                return frozenset((low.label, high.label))
        return None

    def _settle(self) -> None:
        """Bring every variable that is free to move between its bounds, and the sums along."""
        for variable in range(len(self._values)):
            if variable not in self._rows:
                self._values[variable] = self._within(variable)
        for variable, row in self._rows.items():
            self._values[variable] = _total(row, self._values)

    def _within(self, variable: int) -> Near:
        value, low, high = self._values[variable], self._low[variable], self._high[variable]
        if low is not None and value < low.at:
            return low.at
        if high is not None and value > high.at:
            return high.at
        return value

    def _repair(self) -> frozenset[Label] | None:
        while True:
            wrong = min((v for v in self._rows if self._within(v) != self._values[v]), default=None)
            if wrong is None:
                return None
            target = self._within(wrong)
            rising = target > self._values[wrong]
            entering = min(
                (v for v, w in self._rows[wrong].items() if self._gives(v, rising == (w > 0))), default=None
            )
            if entering is None:
                return self._reasons(wrong, rising)
            self._exchange(wrong, entering, target)

    def _gives(self, variable: int, up: bool) -> bool:
        """Whether a variable may still move up, or down."""
        bound = self._high[variable] if up else self._low[variable]
        if bound is None:
            return True
        return self._values[variable] < bound.at if up else self._values[variable] > bound.at

    def _reasons(self, wrong: int, rising: bool) -> frozenset[Label]:
        own = self._low[wrong] if rising else self._high[wrong]
        others = (
            self._high[v] if rising == (weight > 0) else self._low[v]
            for v, weight in self._rows[wrong].items()
        )
        return frozenset(bound.label for bound in (own, *others) if bound is not None)

    def _exchange(self, leaving: int, entering: int, target: Near) -> None:
        """Give the leaving variable its target by moving the entering one, and exchange them in the basis."""
        step = _scaled(_minus(target, self._values[leaving]), 1 / self._rows[leaving][entering])
        self._shift(entering, step)
        self._values[leaving] = target
        self._pivot(leaving, entering)

    def _shift(self, variable: int, step: Near) -> None:
        self._values[variable] = _plus(self._values[variable], step)
        for other, row in self._rows.items():
            if variable in row:
                self._values[other] = _plus(self._values[other], _scaled(step, row[variable]))

    def _pivot(self, leaving: int, entering: int) -> None:
        row = self._rows.pop(leaving)
        weight = row.pop(entering)
        solved = {variable: -other / weight for variable, other in row.items()}
        solved[leaving] = 1 / weight
        for own in self._rows.values():
            if (factor := own.pop(entering, None)) is None:
                continue
            for variable, other in solved.items():
                if total := own.get(variable, _ZERO) + factor * other:
                    own[variable] = total
                else:
                    own.pop(variable, None)
        self._rows[entering] = solved

    def _improving(self, variable: int, sign: int) -> tuple[int, int] | None:
        """A variable outside the basis, and its direction, that moves `variable` as `sign` says."""
        row = self._rows.get(variable, {variable: _ONE})
        for other in sorted(row):
            direction = sign if row[other] > 0 else -sign
            if self._gives(other, direction > 0):
                return other, direction
        return None

    def _move(self, entering: int, direction: int) -> bool:
        """Move a variable until a bound stops it; False where none does."""
        own = self._high[entering] if direction > 0 else self._low[entering]
        room = None if own is None else _scaled(_minus(own.at, self._values[entering]), Fraction(direction))
        leaving = None
        for variable in sorted(self._rows):
            weight = self._rows[variable].get(entering)
            if weight is None:
                continue
            up = (weight > 0) == (direction > 0)
            bound = self._high[variable] if up else self._low[variable]
            if bound is None:
                continue
            own_room = _scaled(_minus(bound.at, self._values[variable]), direction / weight)
            if room is None or own_room < room:
                room, leaving = own_room, variable
        if room is None:
            return False
        self._shift(entering, _scaled(room, Fraction(direction)))
        if leaving is not None:
            self._pivot(leaving, entering)
        return True

    def _smallness(self) -> Fraction:
        """A size for the infinitely small that breaks no bound."""
        small = _ONE
        for value, low, high in zip(self._values, self._low, self._high, strict=True):
            for lower, upper in (
                (low.at, value) if low else (value, value),
                (value, high.at) if high else (value, value),
            ):
                if lower[0] < upper[0] and lower[1] > upper[1]:
                    small = min(small, (upper[0] - lower[0]) / (lower[1] - upper[1]))
        return small


def _plus(a: Near, b: Near) -> Near:
    return a[0] + b[0], a[1] + b[1]


def _minus(a: Near, b: Near) -> Near:
    return a[0] - b[0], a[1] - b[1]


def _scaled(a: Near, factor: Fraction) -> Near:
    return a[0] * factor, a[1] * factor


def _total(row: Mapping[int, Fraction], values: list[Near]) -> Near:
    first = sum((weight * values[v][0] for v, weight in row.items()), _ZERO)
    return first, sum((weight * values[v][1] for v, weight in row.items()), _ZERO)
