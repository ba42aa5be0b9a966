from __future__ import annotations

import pytest

from audit.diagnosis.systems.rule_sets import Alternatives, contradictions, implied_by
from tests.diagnosis.systems.systems import constraint


def rules(**texts: str) -> dict[str, Alternatives]:
    """Rules by name; `or` parts alternatives, `and` constraints."""
    return {
        name: tuple(tuple(constraint(part) for part in one.split(" and ")) for one in text.split(" or "))
        for name, text in texts.items()
    }


CONTRADICTIONS = [
    (rules(r="x > 3 and x < 2"), [{"r"}]),
    (rules(r="x > 3", s="x < 2", t="x < 1"), [{"r", "s"}, {"r", "t"}]),
    (rules(r="zone == x + 2 * y", s="x >= zone", t="y > 0"), [{"r", "s", "t"}]),
    (rules(r="x > 3", s="y < 2"), []),
    (rules(r="x > 3 or x < 1", s="x == 2"), [{"r", "s"}]),
    (rules(r="x > 3 or x < 1", s="x >= 1", t="x <= 3", u="x <= 2"), [{"r", "s", "t"}, {"r", "s", "u"}]),
]


@pytest.mark.parametrize(("given", "expected"), CONTRADICTIONS)
def test_all_smallest_contradictions_are_told(
    given: dict[str, Alternatives], expected: list[set[str]]
) -> None:
    assert [set(found) for found in contradictions(given)] == expected


IMPLIED = [
    (rules(r="x > 1", s="x > 2"), {"r": {"s"}}),
    (rules(r="x > 2", s="2 * x > 4"), {"r": {"s"}, "s": {"r"}}),
    (rules(r="x + y >= 0", s="x >= 0", t="y >= 0"), {"r": {"s", "t"}}),
    (rules(r="x == 12", s="x > 6"), {"s": {"r"}}),
    (rules(r="x > 1 or x < 0", s="x > 2"), {"r": {"s"}}),
    (rules(r="x > 1", s="x < 0", t="x > 2"), {}),
]


@pytest.mark.parametrize(("given", "expected"), IMPLIED)
def test_a_rule_that_others_imply_is_told_with_the_fewest_of_them(
    given: dict[str, Alternatives], expected: dict[str, set[str]]
) -> None:
    assert implied_by(given) == expected
