"""What follows for blank figures from the relations and the figures stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.systems.feasibility import Feasibility

Range = tuple[Fraction | None, Fraction | None]


def ranges(constraints: Mapping[str, Constraint], names: Iterable[str]) -> dict[str, Range]:
    """For each name the least and the greatest value that it can have (None: no end); nothing where there is no way.

    An end that can only be come near to counts as an end.
    """
    tried = Feasibility(constraints)
    if tried.conflict(constraints) is not None:
        return {}
    return {name: (tried.most(name, -1), tried.most(name, 1)) for name in names}


def deduced(constraints: Mapping[str, Constraint], blanks: Iterable[str]) -> dict[str, Fraction]:
    """The blanks that can have one value only, with it. Nothing follows from constraints that cannot all be met."""
    found = ranges(constraints, blanks)
    return {name: low for name, (low, high) in found.items() if low is not None and low == high}
