from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.diagnosis.systems.conflicts import conflicts, smallest_conflict
from audit.diagnosis.systems.constraint import Constraint, between
from audit.diagnosis.systems.feasibility import Feasibility
from tests.diagnosis.systems.systems import constraint, constraints


@given(st.lists(constraints(), min_size=1, max_size=6))
@settings(max_examples=80, deadline=None)
def test_the_conflicts_are_those_that_trying_all_sets_finds(given_: list[Constraint]) -> None:
    system = {f"r{i}": c for i, c in enumerate(given_)}
    tried = Feasibility(system)
    bad = [
        frozenset(s)
        for n in range(1, len(system) + 1)
        for s in combinations(system, n)
        if tried.conflict(s) is not None
    ]
    least = {s for s in bad if not any(other < s for other in bad)}
    found = list(conflicts(list(system), lambda labels: tried.conflict(labels) is None))
    assert set(found) == least
    assert [len(one) for one in found] == sorted(len(one) for one in found)


def test_relations_that_each_hold_can_be_impossible_together() -> None:
    ends = {"x": ("1", "2"), "y": ("1", "2"), "z": ("0", "0.5"), "whole": ("3.5", "4"), "rest": ("0", "0.5")}
    system = {n: between(n, Fraction(low), Fraction(high)) for n, (low, high) in ends.items()}
    system |= {"sum": constraint("whole == x + y"), "difference": constraint("rest == y - z")}
    tried = Feasibility(system)
    for alone in ("sum", "difference"):
        assert tried.conflict([*ends, alone]) is None
    found = smallest_conflict(list(system), lambda labels: tried.conflict(labels) is None)
    assert found == {"x", "z", "whole", "rest", "sum", "difference"}
