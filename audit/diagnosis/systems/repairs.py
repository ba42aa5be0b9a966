"""Edits of a given kind that make relations hold: signs turned, figures exchanged, the least change.

After J. van der Loo, E. de Jonge, S. Scholtus, "Correction of rounding, typing, and sign errors with the deducorrect
package" (Statistics Netherlands, 2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit.diagnosis.systems.constraint import Constraint, between
from audit.diagnosis.systems.feasibility import Feasibility

Values = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Edit:
    """Figures with the values that they get together."""

    changes: tuple[tuple[str, Fraction], ...]

    @property
    def figures(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.changes)


def sign_turned(values: Values, names: Iterable[str]) -> tuple[Edit, ...]:
    """For each figure that is not zero the edit that turns its sign."""
    return tuple(Edit(((name, -values[name]),)) for name in names if values[name])


def exchanged(values: Values, pairs: Iterable[tuple[str, str]]) -> tuple[Edit, ...]:
    """For each pair of unequal figures the edit that exchanges them."""
    return tuple(Edit(((a, values[b]), (b, values[a]))) for a, b in pairs if values[a] != values[b])


def repairs(
    relations: Sequence[Constraint], values: Values, edits: Sequence[Edit], most: int = 3
) -> Iterator[tuple[Edit, ...]]:
    """Sets of edits with which all relations hold, the smallest first; none where they hold as they are.

    Only relations whose figures all have values count. At most `most` edits go together, no two of the same figure.
    """
    known = [relation for relation in relations if relation.weights.keys() <= values.keys()]
    level: dict[frozenset[int], dict[str, Fraction]] = {frozenset(): dict(values)}
    found: list[frozenset[int]] = []
    for size in range(most + 1):
        larger: dict[frozenset[int], dict[str, Fraction]] = {}
        for chosen, edited in level.items():
            broken = next((relation for relation in known if not relation.holds(edited)), None)
            if broken is None:
                if size:
                    found.append(chosen)
                    yield tuple(edits[place] for place in sorted(chosen))
                continue
            taken = frozenset[str]().union(*(edits[place].figures for place in chosen))
            for place, edit in enumerate(edits):
                if edit.figures & taken or not edit.figures & broken.weights.keys():
                    continue
                both = chosen | {place}
                if not any(smaller <= both for smaller in found):
                    larger.setdefault(both, edited | dict(edit.changes))
        level = larger


def within_units(
    relations: Iterable[Constraint], values: Values, unit: Fraction
) -> dict[str, Fraction] | None:
    """Values each at most a unit from the stated ones with which all relations hold; None where there are none."""
    constraints = {f"relation {place}": relation for place, relation in enumerate(relations)}
    constraints |= {
        f"figure {name}": between(name, value - unit, value + unit) for name, value in values.items()
    }
    tried = Feasibility(constraints)
    return None if tried.conflict(constraints) is not None else tried.solution()


def least_change(relations: Sequence[Constraint], values: Values) -> dict[str, Fraction] | None:
    """The values nearest to the stated ones (least sum of squares) with which all relations hold, ends included.

    An active set is grown and shrunk until every multiplier and every relation is as it must be at the least
    (W. Karush 1939; H. Kuhn, A. Tucker 1951), which proves the answer. None where no such values are found.
    """
    ends = [(relation, end) for relation in relations for end in _ends(relation)]
    active: tuple[int, ...] = tuple(
        place for place, (relation, _) in enumerate(ends) if relation.low == relation.high
    )
    seen: set[tuple[int, ...]] = set()
    while active not in seen:
        seen.add(active)
        solved = _projected([ends[place] for place in active], values)
        if solved is None:
            return None
        nearest, multipliers = solved
        wrong = [
            place
            for place, multiplier in zip(active, multipliers, strict=True)
            if ends[place][0].low != ends[place][0].high and _pushes_away(ends[place], multiplier)
        ]
        if wrong:
            active = tuple(place for place in active if place != wrong[0])
            continue
        broken = next((p for p, end in enumerate(ends) if p not in active and not _met(end, nearest)), None)
        if broken is None:
            return nearest
        active = tuple(sorted((*active, broken)))
    return None


_End = tuple[Constraint, Fraction]


def _ends(relation: Constraint) -> tuple[Fraction, ...]:
    return tuple(dict.fromkeys(end for end in (relation.low, relation.high) if end is not None))


def _met(end: _End, values: Values) -> bool:
    relation, at = end
    total = sum((weight * values[name] for name, weight in relation.weights.items()), Fraction(0))
    return (at != relation.low or total >= at) and (at != relation.high or total <= at)


def _pushes_away(end: _End, multiplier: Fraction) -> bool:
    """Whether an active end holds the values where they would rather be further inside."""
    return multiplier < 0 if end[1] == end[0].low else multiplier > 0


def _projected(active: Sequence[_End], values: Values) -> tuple[dict[str, Fraction], list[Fraction]] | None:
    """The nearest values at which all active ends are reached, and their multipliers; None where they cannot be."""
    gaps = [at - sum(w * values[n] for n, w in relation.weights.items()) for relation, at in active]
    products = [
        [
            sum((w * b.weights.get(n, Fraction(0)) for n, w in a.weights.items()), Fraction(0))
            for b, _ in active
        ]
        for a, _ in active
    ]
    multipliers = _solved(products, gaps)
    if multipliers is None:
        return None
    nearest = dict(values)
    for (relation, _), multiplier in zip(active, multipliers, strict=True):
        for name, weight in relation.weights.items():
            nearest[name] += weight * multiplier
    return nearest, multipliers


def _solved(matrix: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction] | None:
    """A solution of linear equations, unknowns that are free being nothing; None where there is none (Gauss)."""
    rows = [[*row, end] for row, end in zip(matrix, right, strict=True)]
    size = len(right)
    pivots: list[int] = []
    for column in range(size):
        place = next((r for r in range(len(pivots), size) if rows[r][column]), None)
        if place is None:
            continue
        top = len(pivots)
        rows[top], rows[place] = rows[place], rows[top]
        rows[top] = [entry / rows[top][column] for entry in rows[top]]
        for r in range(size):
            if r != top and (factor := rows[r][column]):
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[top], strict=True)]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return None
    solution = [Fraction(0)] * size
    for row, column in zip(rows, pivots, strict=False):
        solution[column] = row[-1]
    return solution
