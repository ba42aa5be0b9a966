"""What is compared with a quotient is held to the decimals in which its column is written, whichever rows are looked at."""

from __future__ import annotations

from decimal import Decimal
from unittest.mock import patch

import pytest

import audit
from audit.engine import parts, stretches
from audit.engine.frames import Table
from audit.model.text_frame import TextFrame

RULE = "- {id: rate, title: t, table: t, check: rate == (now - before) / before * 100}\n"
PAIRS = [(100 + 7 * n, 100 + 7 * n + 3 + n % 5) for n in range(1, 13)]


def violated(rates: list[str], most: int = 2**18, scanned: bool = False) -> list[int]:
    frame = TextFrame(
        {
            "region": [f"r{n:02}" for n in range(len(rates))],
            "rate": rates,
            "before": [str(before) for before, _ in PAIRS],
            "now": [str(now) for _, now in PAIRS],
        }
    )
    with patch.object(parts, "PART", most), patch.object(stretches, "STRETCH", most):
        report = audit.check(
            {
                "t": Table(
                    "t",
                    frame.lazy() if scanned else frame,
                    dict.fromkeys(("rate", "before", "now"), "number"),
                )
            },
            RULE,
        )
    return [int(finding.check.cells[0].dimensions["region"][1:]) for finding in report.findings]


def rounded(places: int) -> list[str]:
    return [str(round(Decimal(now - before) / before * 100, places)) for before, now in PAIRS]


@pytest.mark.parametrize("places", [0, 1, 2, 4])
def test_a_quotient_that_rounds_to_what_is_stated_holds(places: int) -> None:
    assert violated(rounded(places)) == []


def test_a_cell_with_a_digit_too_many_asks_nothing_of_the_others() -> None:
    rates = rounded(1)
    rates[4] = str(Decimal(rates[4]) + Decimal("0.24"))
    assert violated(rates) == [4]


def test_noughts_at_the_end_may_be_left_out() -> None:
    rates = [str(Decimal(rate).normalize()) for rate in rounded(2)]
    assert violated(rates) == []
    rates[3] = f"{Decimal(rates[3]):.1f}"  # rounded to less than the column has
    assert violated(rates) == [3]


def test_the_column_tells_and_not_the_rows_that_a_part_has() -> None:
    rates = rounded(2)
    rates[3] = f"{Decimal(rates[3]):.1f}"
    assert {tuple(violated(rates, most)) for most in (1, 3, 5, 2**18)} == {(3,)}
    assert {tuple(violated(rates, most, scanned=True)) for most in (1, 3, 5)} == {(3,)}
