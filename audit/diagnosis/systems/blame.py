"""Which figures are to blame: the smallest sets whose correction makes all relations hold.

I. P. Fellegi, D. Holt, "A systematic approach to automatic edit and imputation", JASA 71 (1976).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    costs = dict.fromkeys(figures, 1) if cost is None else dict(cost)
    relation = {("relation", name): constraint for name, constraint in relations.items()}
    tried = Feasibility({**relation, **{("figure", name): c for name, c in figures.items()}})

    def labels(chosen: frozenset[str]) -> list[tuple[str, str]]:
        return [*relation, *(("figure", name) for name in figures if name not in chosen)]

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
