"""A tolerance counts wherever the comparison stands: alone, turned round by `not`, and joined with others."""

from __future__ import annotations

import polars as pl
import pytest

import audit

RULE = "- id: rule\n  title: rule\n  table: t\n  for_each: [id]\n  check: {check}\n  tolerance: {tolerance}\n"
CASES = [
    ("a == b", 1, "10", "11", "holds"),
    ("a == b", 1, "10", "11.1", "violated"),
    ("not a == b", 1, "10", "11", "violated"),
    ("not a == b", 1, "10", "11.1", "holds"),
    ("a != b", 1, "10", "11", "violated"),
    ("a != b", 1, "10", "11.1", "holds"),
    ("not a >= b", 1, "10", "11", "violated"),
    ("not a >= b", 1, "10", "11.1", "holds"),
    ("not (a == b and a <= b)", 1, "10", "11", "violated"),
    ("if a == b then a > b", 1, "10", "10.5", "violated"),
]


@pytest.mark.parametrize(("check", "tolerance", "a", "b", "verdict"), CASES)
def test_a_tolerance_counts_under_not_as_it_does_alone(
    check: str, tolerance: int, a: str, b: str, verdict: str
) -> None:
    table = pl.DataFrame({"id": ["x"], "a": [a], "b": [b]}).with_columns(
        pl.col("a", "b").cast(pl.Decimal(38, 9))
    )
    report = audit.check(
        tables={"t": table}, rules=RULE.format(check=check, tolerance=tolerance), everything=True
    )
    (found,) = report.checks
    assert found.verdict == verdict
