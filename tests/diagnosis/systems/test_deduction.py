from __future__ import annotations

from fractions import Fraction

import pytest

from audit.diagnosis.systems.constraint import point
from audit.diagnosis.systems.deduction import deduced, ranges
from tests.diagnosis.systems.systems import constraint

CASES = [
    (["a + b == c"], {"a": 3, "c": 10}, {"b": 7}),
    (["a + b == c", "c + d == e"], {"a": 3, "b": 4, "e": 9}, {"c": 7, "d": 2}),
    (["a + b == c", "a >= 0", "b >= 0"], {"c": 0}, {"a": 0, "b": 0}),
    (["a + b == c", "a >= 0"], {"b": 10, "c": 8}, {}),
    (["a + b + c == d"], {"c": 1, "d": 4}, {}),
    (["2 * a == b", "b <= 6", "a >= 3"], {}, {"a": 3, "b": 6}),
]


@pytest.mark.parametrize(("rules", "stated", "expected"), CASES)
def test_only_what_must_be_is_deduced(
    rules: list[str], stated: dict[str, int], expected: dict[str, int]
) -> None:
    system = {rule: constraint(rule) for rule in rules} | {
        n: point(n, Fraction(v)) for n, v in stated.items()
    }
    blanks = [name for name in "abcde" if name not in stated]
    assert deduced(system, blanks) == expected


def test_a_figure_that_is_not_fixed_has_a_range() -> None:
    system = {r: constraint(r) for r in ("a + b == c", "a >= 0", "b >= 2", "c == 10")}
    assert ranges(system, ["a", "b"]) == {"a": (0, 8), "b": (2, 10)}
