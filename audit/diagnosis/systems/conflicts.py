"""Things of which some can be had together, but not all: the smallest sets that conflict.

What can be had together is asked of a function, so that it may be constraints, rules with alternatives, or relations.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from audit.diagnosis.systems.feasibility import Label
from audit.diagnosis.systems.hitting import hitting_sets

MOST = 2_000
"""How many candidates are tried at most."""

Possible = Callable[[Collection[Label]], bool]


def conflicts(
    labels: Sequence[Label], possible: Possible[Label], most: int = MOST
) -> Iterator[frozenset[Label]]:
    """All conflicts that have no smaller one within, the smallest first, of equal ones in the order of their labels.

    A conflict takes at least one label of all that a largest possible selection leaves out: A. Ignatiev, A. Previti,
    M. Liffiton, J. Marques-Silva, "Smallest MUS extraction with minimal hitting set dualization", CP 2015.
    """

    def left_out(chosen: frozenset[Label]) -> frozenset[Label] | None:
        if not possible(chosen):
            return None
        kept = set(chosen)
        for label in labels:
            if label not in kept and possible({*kept, label}):
                kept.add(label)
        return frozenset(labels) - kept

    if not possible(labels):
        yield from hitting_sets(left_out, dict.fromkeys(labels, 1), most)


def smallest_conflict(labels: Sequence[Label], possible: Possible[Label]) -> frozenset[Label] | None:
    """The smallest conflict, None where there is none.

    Where finding it would take too long, a conflict of which nothing can be left out.
    """
    if possible(labels):
        return None
    found = next(conflicts(labels, possible), None)
    if found is not None:
        return found
    kept = list(labels)
    for label in labels:
        rest = [other for other in kept if other != label]
        if not possible(rest):
            kept = rest
    return frozenset(kept)
