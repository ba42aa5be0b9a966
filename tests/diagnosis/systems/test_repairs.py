from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.diagnosis.systems.repairs import exchanged, least_change, repairs, sign_turned, within_units
from tests.diagnosis.systems.systems import NAMES, constraint, constraints, points

Values = dict[str, Fraction]


def values(**given_: int) -> Values:
    return {name: Fraction(value) for name, value in given_.items()}


SIGNS = [
    (["a + b == c", "a >= 0"], values(a=-5, b=2, c=7), values(a=5)),
    (["a - b == c"], values(a=10, b=-4, c=6), values(b=4)),
    (["a + b == c", "a >= 0"], values(a=5, b=2, c=8), None),
]


@pytest.mark.parametrize(("rules", "stated", "expected"), SIGNS)
def test_a_sign_is_turned_only_where_that_settles_everything(
    rules: list[str], stated: Values, expected: Values | None
) -> None:
    relations = [constraint(rule) for rule in rules]
    found = next(repairs(relations, stated, sign_turned(stated, stated)), ())
    assert {n: v for edit in found for n, v in edit.changes} == (expected or {})


def test_two_figures_are_exchanged() -> None:
    stated = values(a=12, b=3, c=9)
    found = list(
        repairs(
            [constraint("a + b == c"), constraint("a >= 0")],
            stated,
            exchanged(stated, [("a", "c"), ("b", "c")]),
        )
    )
    assert [edit.changes for (edit,) in found] == [(("a", 9), ("c", 12))]


def test_figures_that_hold_are_not_repaired() -> None:
    stated = values(a=1, b=2, c=3)
    assert list(repairs([constraint("a + b == c")], stated, sign_turned(stated, stated))) == []


def test_several_edits_go_together_where_one_is_not_enough() -> None:
    stated = values(a=-1, b=-2, c=3)
    (found,) = repairs([constraint("a + b == c"), constraint("c >= 0")], stated, sign_turned(stated, "ab"))
    assert {name for edit in found for name in edit.figures} == {"a", "b"}


def test_rounding_by_a_unit_is_enough_or_not() -> None:
    relation = [constraint("a + b == c")]
    found = within_units(relation, values(a=12, b=4, c=18), Fraction(1))
    assert found is not None and relation[0].holds(found)
    assert within_units(relation, values(a=12, b=4, c=20), Fraction(1)) is None


def test_the_least_change_is_shared_by_the_parts() -> None:
    assert least_change([constraint("a + b == 10")], values(a=3, b=5)) == values(a=4, b=6)
    assert least_change([constraint("a + b == 10"), constraint("a <= 3")], values(a=3, b=5)) == values(
        a=3, b=7
    )


@given(st.lists(constraints(), min_size=1, max_size=3), st.tuples(*[st.integers(-2, 2)] * 3))
@settings(max_examples=80, deadline=None)
def test_no_point_is_nearer_than_the_least_change(drawn: list[object], stated: tuple[int, ...]) -> None:
    relations = [c for c in drawn if not (c.low_open or c.high_open)]  # type: ignore[attr-defined]
    start = dict(zip(NAMES, map(Fraction, stated), strict=True))
    found = least_change(relations, start)
    if found is None:
        return
    assert all(relation.holds(found) for relation in relations)

    def away(point: Values) -> Fraction:
        return sum(((point[n] - start[n]) ** 2 for n in NAMES), Fraction(0))

    assert all(away(found) <= away(p) for p in points() if all(relation.holds(p) for relation in relations))
