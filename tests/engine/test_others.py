"""All members but the own one: the total less the own one says what pairing every two members says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.language import operands
from audit.model.errors import InputError
from audit.model.report import Check
from tests.engine.small import checks

cell = st.decimals(-100, 100, places=2, allow_nan=False)
row = st.fixed_dictionaries({
    "place": st.sampled_from(["x", "y"]), "item": st.sampled_from(["a", "b", "c", None]), "value": cell | st.none(),
    "low": st.none() | st.just(Decimal(-100)), "high": st.none() | st.just(Decimal(100)),
})  # fmt: skip


def judged(check: str, rows: list[dict[str, object]], policy: str, most: int) -> list[tuple[object, ...]]:
    """What is said of the others where more than `most` pairs are too many."""
    let = {"own": {}, "others": {"item": {"relative": "other"}}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operands, "MOST", most)
        found = checks(check, rows, for_each=["place", "item"], let=let, missing={"others": policy})
    return [_told(one) for one in found]


def _told(check: Check) -> tuple[object, ...]:
    ends = (check.left, check.right, check.left_low, check.left_high, check.right_low, check.right_high)
    return (tuple(check.key.items()), check.verdict, *ends)


@settings(deadline=None)
@given(
    st.lists(row, min_size=1, max_size=12),
    st.sampled_from(["sum(others) >= own", "mean(others) == own", "count(others) == 2", "sum(others) + own == 5",
                     "count(others > 3) == 1 and own == own"]),
    st.sampled_from(["report", "zero", "known"]),
)  # fmt: skip
def test_taking_off_and_pairing_say_the_same(rows, check, policy):
    rows = [*rows, {"place": "z", "item": "a", "value": Decimal(1), "low": None, "high": None}]
    assert judged(check, rows, policy, most=0) == judged(check, rows, policy, most=100)


def test_what_cannot_be_taken_off_is_refused_where_members_are_many():
    rows = [{"place": "x", "item": item, "value": n} for n, item in enumerate("abc")]
    assert judged("max(others) >= own", rows, "report", most=100)
    with pytest.raises(InputError, match="only sum, mean and count can be told"):
        judged("max(others) >= own", rows, "report", most=0)
