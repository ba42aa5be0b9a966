from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.diagnosis.systems.constraint import Constraint, between, point
from audit.diagnosis.systems.feasibility import Feasibility
from tests.diagnosis.systems.systems import constraint, constraints, points, within_box

systems = st.lists(constraints(), min_size=1, max_size=5).map(
    lambda cs: {f"r{i}": c for i, c in enumerate(cs)}
)


@given(systems)
@settings(max_examples=150, deadline=None)
def test_what_is_called_possible_has_a_solution_that_meets_every_constraint(
    system: dict[str, Constraint],
) -> None:
    tried = Feasibility(system)
    if tried.conflict(system) is None:
        solution = tried.solution()
        assert all(constraint.holds(solution) for constraint in system.values())


@given(systems)
@settings(max_examples=150, deadline=None)
def test_no_point_meets_what_is_called_a_conflict(system: dict[str, Constraint]) -> None:
    system |= within_box()
    conflict = Feasibility(system).conflict(system)
    if conflict is not None:
        assert conflict <= system.keys()
        assert not any(all(system[label].holds(p) for label in conflict) for p in points(step=2))


@given(systems, st.integers(0, 31))
@settings(max_examples=100, deadline=None)
def test_a_selection_is_judged_alike_whatever_was_tried_before(
    system: dict[str, Constraint], mask: int
) -> None:
    chosen = [label for place, label in enumerate(system) if mask >> place & 1]
    tried = Feasibility(system)
    tried.conflict(system)
    fresh = Feasibility({label: system[label] for label in chosen})
    assert (tried.conflict(chosen) is None) == (fresh.conflict(chosen) is None)


@given(systems)
@settings(max_examples=100, deadline=None)
def test_no_point_lies_beyond_the_most_that_a_variable_can_have(system: dict[str, Constraint]) -> None:
    system |= within_box()
    tried = Feasibility(system)
    if tried.conflict(system) is None:
        most, least = tried.most("a", 1), tried.most("a", -1)
        assert most is not None and least is not None
        inside = [p["a"] for p in points(step=2) if all(c.holds(p) for c in system.values())]
        assert all(least <= a <= most for a in inside)


def test_an_end_that_is_not_allowed_stays_so_however_near() -> None:
    system = {
        "r": constraint("a + b == 10"),
        "a": between("a", Fraction(7), None, low_open=True),
        "b": point("b", Fraction(3)),
    }
    assert Feasibility(system).conflict(system) == {"r", "a", "b"}
    system["b"] = point("b", Fraction("2.9999999999999999999999"))
    assert Feasibility(system).conflict(system) is None


def test_large_figures_lose_nothing() -> None:
    system = {"r": constraint("a == b + c"), "a": point("a", Fraction("10000000000.0001")),
              "b": point("b", Fraction(10**10)), "c": point("c", Fraction("0.0001"))}  # fmt: skip
    assert Feasibility(system).conflict(system) is None
    system["c"] = point("c", Fraction("0.0002"))
    assert Feasibility(system).conflict(system) == {"r", "a", "b", "c"}


def test_a_variable_without_an_end_has_no_most() -> None:
    system = {"a": between("a", Fraction(0), None)}
    tried = Feasibility(system)
    assert tried.conflict(system) is None
    assert tried.most("a", 1) is None
    assert tried.most("a", -1) == 0
    assert tried.most("another", 1) is None


def test_a_sum_of_nothing_is_nothing() -> None:
    system = {"never": Constraint({}, low=Fraction(1)), "always": Constraint({}, high=Fraction(1))}
    tried = Feasibility(system)
    assert tried.conflict(["always"]) is None
    assert tried.conflict(["always", "never"]) == {"never"}
