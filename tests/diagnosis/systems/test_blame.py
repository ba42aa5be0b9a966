from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.diagnosis.systems.blame import blamed
from audit.diagnosis.systems.constraint import Constraint, between, point
from audit.diagnosis.systems.feasibility import Feasibility
from tests.diagnosis.systems.systems import NAMES, constraint, constraints


@given(st.lists(constraints(), min_size=1, max_size=3), st.tuples(*[st.integers(-3, 3)] * 3))
@settings(max_examples=80, deadline=None)
def test_the_smallest_sets_are_those_that_trying_all_sets_finds(
    relations: list[Constraint], values: tuple[int, ...]
) -> None:
    named = {f"r{i}": relation for i, relation in enumerate(relations)}
    figures = {n: point(n, Fraction(v)) for n, v in zip(NAMES, values, strict=True)}

    def settles(freed: tuple[str, ...]) -> bool:
        system = named | {f"={n}": c for n, c in figures.items() if n not in freed}
        return Feasibility(system).conflict(system) is None

    sets = [frozenset(s) for size in range(4) for s in combinations(NAMES, size) if settles(s)]
    least = {s for s in sets if not any(other < s for other in sets)}
    assert {blame.figures for blame in blamed(named, figures)} == least


ends = st.none() | st.integers(-3, 3).map(Fraction)


@given(constraints(), st.tuples(*[st.tuples(ends, ends)] * 3))
@settings(max_examples=150, deadline=None)
def test_one_relation_is_blamed_on_what_it_is_blamed_on_when_it_is_said_twice(
    relation: Constraint, stated: tuple[tuple[Fraction | None, Fraction | None], ...]
) -> None:
    figures = {n: between(n, low, high) for n, (low, high) in zip(NAMES, stated, strict=True)}
    assert [*blamed({"r": relation}, figures)] == [*blamed({"r": relation, "again": relation}, figures)]


def test_one_wrong_figure_of_two_sums_is_blamed_with_its_value() -> None:
    relations = {"zone": constraint("a + b == c"), "year": constraint("c + d == e")}
    figures = {
        n: point(n, Fraction(v)) for n, v in {"a": 650, "b": 1000, "c": 1560, "d": 50, "e": 1700}.items()
    }
    first = next(blamed(relations, figures))
    assert first.figures == {"c"}
    assert first.values == {"c": (1650, 1650)}


def test_a_fixed_figure_is_never_blamed_and_a_dear_one_last() -> None:
    relations = {"zone": constraint("a + b == c")}
    figures = {n: point(n, Fraction(v)) for n, v in {"a": 1, "b": 2, "c": 4}.items()}
    found = list(blamed(relations, figures, {"a": 2, "b": 1}))
    assert [blame.figures for blame in found] == [{"b"}, {"a"}]
    assert list(blamed(relations, figures, {})) == []


def test_rounding_and_words_that_bound_a_figure_need_no_blame() -> None:
    relations = {"sum": constraint("a + b == c")}
    figures = {
        "a": between("a", Fraction(1), None),
        "b": between("b", Fraction("0.5"), Fraction("1.5")),
        "c": point("c", Fraction(3)),
    }
    assert [blame.figures for blame in blamed(relations, figures)] == [frozenset()]
