"""What rules say of each other before any data: which contradict, which follow from others.

M. van der Loo, E. de Jonge, "Data Validation Infrastructure for R", Journal of Statistical Software 97 (2021), and their
validatetools; here exact, and with all smallest sets instead of one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from audit.diagnosis.systems.components import components
from audit.diagnosis.systems.conflicts import conflicts
from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.systems.feasibility import Feasibility

Alternatives = tuple[tuple[Constraint, ...], ...]
"""A condition: at least one of its alternatives holds, an alternative being constraints that all hold."""

MOST_ALTERNATIVES = 64
_Label = tuple[str, int, int]


class _Together:
    """Which conditions can hold together."""

    def __init__(self, conditions: Mapping[str, Alternatives]) -> None:
        self._conditions = conditions
        self._tried: Feasibility[_Label] = Feasibility(
            {
                (name, place, part): constraint
                for name, alternatives in conditions.items()
                for place, alternative in enumerate(alternatives)
                for part, constraint in enumerate(alternative)
            }
        )

    def possible(self, names: Collection[str]) -> bool:
        """Whether all the named conditions can hold at once: the simple ones first, then each choice of alternatives."""
        ordered = sorted(names, key=lambda name: len(self._conditions[name]))
        return self._choose(ordered, ())

    def _choose(self, names: Sequence[str], labels: tuple[_Label, ...]) -> bool:
        if not names:
            return self._tried.conflict(labels) is None
        name, rest = names[0], names[1:]
        for place, alternative in enumerate(self._conditions[name]):
            more = (*labels, *((name, place, part) for part in range(len(alternative))))
            if len(self._conditions[name]) > 1 and self._tried.conflict(more) is not None:
                continue
            if self._choose(rest, more):
                return True
        return False


def contradictions(rules: Mapping[str, Alternatives]) -> Iterator[frozenset[str]]:
    """All smallest sets of rules that nothing can meet, the smallest first."""
    for names in _connected(rules):
        part = {name: rules[name] for name in names}
        yield from conflicts(list(part), _Together(part).possible)


def implied_by(rules: Mapping[str, Alternatives]) -> dict[str, frozenset[str]]:
    """The rules that follow from others, each with the smallest set of others from which it does.

    Rules of which some contradict each other imply nothing, nor do the rules that share a figure with them.
    """
    found = {name: follows_from(name, rules) for name in rules}
    return {name: others for name, others in found.items() if others is not None}


def follows_from(name: str, rules: Mapping[str, Alternatives]) -> frozenset[str] | None:
    """The smallest set of the other rules from which this one follows; None where it follows from none."""
    names = next(own for own in _connected(rules) if name in own)
    against = opposite(rules[name])
    if against is None or not _Together({one: rules[one] for one in names}).possible(names):
        return None
    others = {other: rules[other] for other in names if other != name}
    together = _Together({**others, name: against})
    conflict = next(conflicts([*others, name], together.possible), None)
    return None if conflict is None else conflict - {name}


def opposite(alternatives: Alternatives) -> Alternatives | None:
    """The condition that holds where this one does not; None where it has too many alternatives."""
    choices = [[turned for constraint in a for turned in constraint.opposite()] for a in alternatives]
    size = 1
    for choice in choices:
        size *= len(choice)
    return tuple(product(*choices)) if size <= MOST_ALTERNATIVES else None


def _connected(rules: Mapping[str, Alternatives]) -> list[list[str]]:
    """The rules in groups that share no variable, in order."""
    return components(
        {
            name: {v for a in alternatives for c in a for v in c.weights}
            for name, alternatives in rules.items()
        }
    )
