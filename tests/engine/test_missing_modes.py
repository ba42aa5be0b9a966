"""Absent, blank and zero are three things, and every policy says what becomes of the first two.

The modes of VTL 2 (reference manual, hierarchy and check_hierarchy): non_null is `skip`, partial_null and always_null are
`report`, partial_zero and always_zero are `zero`, where a value that is there and null stays null.
"""

from __future__ import annotations

import pytest

from audit.language.rule import POLICIES
from tests.engine.small import checks, verdicts

ABSENT, BLANK = "absent", None


def rows(**values: object) -> list[dict[str, object]]:
    return [{"item": item, "value": value} for item, value in values.items() if value != ABSENT] + [
        {"item": "other", "value": 1}
    ]


def outcome(check: str, policy: str, **values: object) -> str:
    """The verdict of a check over members that are there, absent or blank; `left out` when there is none."""
    found = verdicts(check, rows(**values), for_each=[], along="item", missing=policy)
    return found[0] if found else "left out"


@pytest.mark.parametrize(
    ("values", "report", "skip", "zero", "known"),
    [
        ({"a": 5, "b": 2, "c": 3}, "holds", "holds", "holds", "holds"),
        ({"a": 5, "b": 5, "c": 0}, "holds", "holds", "holds", "holds"),
        ({"a": 5, "b": 5, "c": ABSENT}, "untestable", "left out", "holds", "untestable"),
        ({"a": 5, "b": 5, "c": BLANK}, "untestable", "left out", "untestable", "untestable"),
        ({"a": 5, "b": 4, "c": ABSENT}, "untestable", "left out", "violated", "untestable"),
        ({"a": BLANK, "b": ABSENT, "c": ABSENT}, "untestable", "left out", "untestable", "untestable"),
        ({"a": ABSENT, "b": 2, "c": -2}, "untestable", "left out", "holds", "untestable"),
        ({"a": 5, "b": BLANK, "c": ABSENT}, "untestable", "left out", "untestable", "untestable"),
    ],
)  # fmt: skip
def test_a_sum_of_single_members(values, report, skip, zero, known):
    told = {policy: outcome("a == b + c", policy, **values) for policy in POLICIES}
    assert told == {"report": report, "skip": skip, "zero": zero, "known": known}


@pytest.mark.parametrize(
    ("b", "c", "report", "skip", "zero", "known"),
    [
        (2, 4, 3, 3, 3, 3),
        (2, ABSENT, None, "left out", 2, 2),
        (2, BLANK, None, "left out", None, 2),
        (BLANK, BLANK, None, "left out", None, None),
        (BLANK, ABSENT, None, "left out", None, None),
    ],
)  # fmt: skip
def test_an_aggregate_of_listed_members(b, c, report, skip, zero, known):
    let = {"x": {"item": ["b", "c"]}, "one": {"item": "other"}}
    for policy, expected in zip(POLICIES, (report, skip, zero, known), strict=True):
        found = checks("mean(x) == one", rows(b=b, c=c), for_each=[], let=let, missing={"x": policy})
        told = found[0].left if found else "left out"
        assert told == expected, policy


def test_known_cells_decide_tests_and_counts_too():
    let = {"x": {"item": ["b", "c"]}}
    given = rows(b=2, c=BLANK)
    for check in ("all(x > 1)", "count(x > 1) == 1", "distinct(x) == 1", "median(x) == 2", "max(x) == 2"):
        assert verdicts(check, given, for_each=[], let=let, missing="known") == ["holds"], check
        assert verdicts(check, given, for_each=[], let=let) == ["untestable"], check


def test_a_hierarchy_over_known_parts_compares_what_is_stated():
    codes = {"region": {"all": None, "east": "all", "west": "all"}}
    given = [{"region": "all", "value": 5}, {"region": "east", "value": 3}, {"region": "west", "value": None}]
    rule = {"for_each": [], "hierarchy": "region", "codes": codes}
    assert verdicts("whole >= sum(parts)", given, missing={"parts": "known"}, **rule) == ["holds"]
    assert verdicts("whole >= sum(parts)", given, missing={"parts": "zero"}, **rule) == ["untestable"]
    assert verdicts("whole >= sum(parts)", given[:2], missing={"parts": "zero"}, **rule) == ["holds"]
