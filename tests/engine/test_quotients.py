"""A quotient that rounds to the figure it is compared with is what the figure says; a finer difference is none."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import audit

SHARE = "- {id: share, title: t, table: own, check: share == part / whole * 100}\n"


def verdicts(rule: str, **columns: list[str]) -> list[str]:
    numbers = {
        name: pl.Series([Decimal(cell) for cell in cells], dtype=pl.Decimal(38, 6))
        for name, cells in columns.items()
    }
    return [
        check.verdict for check in audit.check({"own": pl.DataFrame(numbers)}, rule, everything=True).checks
    ]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 999), st.integers(1, 999)), min_size=1, max_size=8), st.integers(0, 3)
)
def test_a_rounded_share_holds_and_one_that_is_off_by_a_digit_does_not(
    pairs: list[tuple[int, int]], places: int
) -> None:
    step = Decimal(1).scaleb(-places)
    right = [(Decimal(100 * a) / b).quantize(step, ROUND_HALF_UP) for a, b in pairs]
    more = len(pairs) + 1  # so many that the column is known to be written with so many decimals
    fine = [str(Decimal("12.345").quantize(step))] * more
    parts, wholes = [*(str(a) for a, _ in pairs), *"0" * more], [*(str(b) for _, b in pairs), *"1" * more]
    told = verdicts(SHARE, part=parts, whole=wholes, share=[*map(str, right), *fine])
    assert told[: len(pairs)] == ["holds"] * len(pairs)
    wrong = [str(share + 2 * step) for share in right]
    assert "holds" not in verdicts(SHARE, part=parts, whole=wholes, share=[*wrong, *fine])[: len(pairs)]


@pytest.mark.parametrize(
    ("rule", "columns", "verdict"),
    [("sum == a + b", {"sum": ["33.4"], "a": ["30"], "b": ["3.36"]}, "violated"),
     ("sum == a / 3", {"sum": ["33.4"], "a": ["100.2"], "b": ["0"]}, "holds"),
     ("sum != a / 3", {"sum": ["33.3"], "a": ["100"], "b": ["0"]}, "holds"),
     ("sum == a * (1 + b / 100)", {"sum": ["33.4"], "a": ["30"], "b": ["11.2"]}, "violated"),
     ("sum >= a / b", {"sum": ["33.3"], "a": ["100"], "b": ["3"]}, "violated"),
     ("a / b * 100 == sum", {"sum": ["33.3"], "a": ["1"], "b": ["3"]}, "holds")],
)  # fmt: skip
def test_only_an_equality_of_one_figure_with_a_quotient_is_rounded(
    rule: str, columns: dict[str, list[str]], verdict: str
) -> None:
    assert verdicts(f"- {{id: r, title: t, table: own, check: {rule}}}\n", **columns) == [verdict]


def test_a_column_written_with_so_many_digits_has_fewer_decimals_where_more_stand_before_the_point() -> None:
    pairs = [(17 * n + 3, 7) for n in range(1, 40)]
    shares = [f"{100 * a / b:.6g}" for a, b in pairs]  # 285.714, 1000.00, 62.8571
    parts, wholes = zip(*((str(a), str(b)) for a, b in pairs), strict=True)
    assert {*verdicts(SHARE, part=[*parts], whole=[*wholes], share=shares)} == {"holds"}
    wrong = [f"{float(share) + 0.2:.6g}" for share in shares]
    assert {*verdicts(SHARE, part=[*parts], whole=[*wholes], share=wrong)} == {"violated"}
