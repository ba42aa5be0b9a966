"""Which figures are to blame: the smallest sets whose correction makes all relations hold.

I. P. Fellegi, D. Holt, "A systematic approach to automatic edit and imputation", JASA 71 (1976).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.systems.feasibility import Feasibility
from audit.diagnosis.systems.hitting import hitting_sets
from audit.model.frozen import frozen

MOST = 5_000
"""How many candidates are tried at most."""


@frozen
class Blame:
    """Figures to correct, what that costs, and for each the values with which all relations hold."""

    figures: frozenset[str]
    cost: int
    values: dict[str, tuple[Fraction | None, Fraction | None]]


def blamed(
    relations: Mapping[str, Constraint],
    figures: Mapping[str, Constraint],
    cost: Mapping[str, int] | None = None,
) -> Iterator[Blame]:
    """The smallest sets of figures whose correction makes all relations hold, cheapest first; no figures, no blame.

    `figures` say by name where each variable may lie as stated; one that is not in `cost` is fixed (all cost 1 when no
    cost is given). Nothing comes where the relations cannot hold whatever is corrected.
    """
    if cost is None and len(relations) == 1:
        (relation,) = relations.values()
        if relation.possible and all(_is_plain(*one) for one in figures.items()):
            yield from _of_one(relation, figures)
            return
    costs = dict.fromkeys(figures, 1) if cost is None else dict(cost)
    every = {("relation", name): constraint for name, constraint in relations.items()}
    tried = Feasibility({**every, **{("figure", name): c for name, c in figures.items()}})

    def labels(chosen: frozenset[str]) -> list[tuple[str, str]]:
        return [*every, *(("figure", name) for name in figures if name not in chosen)]

    if tried.conflict(labels(frozenset(costs))) is not None:
        return

    def unmet(chosen: frozenset[str]) -> frozenset[str] | None:
        conflict = tried.conflict(labels(chosen))
        return (
            None
            if conflict is None
            else frozenset(n for kind, n in conflict if kind == "figure" and n in costs)
        )

    for chosen in hitting_sets(unmet, costs, MOST):
        tried.conflict(labels(chosen))
        values = {name: (tried.most(name, -1), tried.most(name, 1)) for name in sorted(chosen)}
        yield Blame(chosen, sum(costs[name] for name in chosen), values)


def _is_plain(name: str, figure: Constraint) -> bool:
    """Whether a figure lies between two ends that it may have."""
    closed = not (figure.low_open or figure.high_open)
    return closed and figure.possible and figure.weights == {name: 1}


def _of_one(relation: Constraint, figures: Mapping[str, Constraint]) -> Iterator[Blame]:
    """As `blamed`, of one relation: what one of its figures may be follows from the ends of all others."""
    terms = {
        name: figures[name].scaled(relation.weights[name])
        for name in figures
        if relation.weights.get(name, 0)
    }
    lows, highs = (_Ends([getattr(term, end) for term in terms.values()]) for end in ("low", "high"))
    sums = Constraint({}, lows.without(), highs.without())
    if sums.meets(relation):
        yield Blame(frozenset(), 0, {})
        return
    for name, term in terms.items():
        least = _less(relation.low, highs.without(term.high))
        most = _less(relation.high, lows.without(term.low))
        left = Constraint({name: relation.weights[name]}, least, most).scaled(1 / relation.weights[name])
        yield Blame(frozenset((name,)), 1, {name: (left.low, left.high)})


class _Ends:
    """Ends of the terms of a sum on one side, of which some may be none."""

    def __init__(self, ends: Sequence[Fraction | None]) -> None:
        self._sum = sum((end for end in ends if end is not None), Fraction(0))
        self._none = ends.count(None)

    def without(self, *ends: Fraction | None) -> Fraction | None:
        """The end of the sum without terms of these ends."""
        none = self._none - ends.count(None)
        return None if none else self._sum - sum((end for end in ends if end is not None), Fraction(0))


def _less(end: Fraction | None, by: Fraction | None) -> Fraction | None:
    return None if end is None or by is None else end - by
