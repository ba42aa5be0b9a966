"""Numbers that a program printed out of binary floats: what stands behind the fifteenth digit breaks no relation."""

from __future__ import annotations

import json
import random
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

import audit
from audit.cli import main


def verdicts(table: dict[str, list[object]], check: str, **more: object) -> set[str]:
    rule = {"id": "r", "title": "t", "table": "t", "check": check, **more}
    report = audit.check({"t": pl.DataFrame(table)}, json.dumps([rule]) + "\n", everything=True)
    return {one.verdict for one in report.checks}


def shares() -> dict[str, list[object]]:
    drawn = random.Random(3)
    rows = [
        (drawn.randint(1, 90_000), drawn.randint(90_001, 200_000), drawn.randint(1, 90_000))
        for _ in range(300)
    ]
    return {
        "a": [a for a, _, _ in rows], "b": [b for _, b, _ in rows],
        "of_a": [a / b for a, b, _ in rows], "of_c": [c / b for _, b, c in rows],
        "lead": [a / b - c / b for a, b, c in rows],
    }  # fmt: skip


@pytest.mark.parametrize("check", ["of_a == a / b", "lead == of_a - of_c"])
def test_what_was_computed_in_floats_holds(check: str) -> None:
    assert verdicts(shares(), check) == {"holds"}


def test_it_holds_as_it_is_printed_too(tmp_path: Path) -> None:
    pl.DataFrame(shares()).write_csv(tmp_path / "t.csv")
    (tmp_path / "r.yaml").write_text("- {id: r, title: t, check: lead == of_a - of_c}\n", "utf-8")
    done = CliRunner().invoke(
        main, ["check", str(tmp_path / "t.csv"), "--rules", str(tmp_path / "r.yaml"), "--lang", "en"]
    )
    assert done.exit_code == 0 and "300 hold" in done.stdout


@pytest.mark.parametrize("off", [1e-12, -1e-9, 0.01])
def test_more_than_that_breaks_it(off: float) -> None:
    table = shares()
    table["of_a"] = [value + off for value in table["of_a"]]  # type: ignore[operator]
    assert verdicts(table, "of_a == a / b") == {"violated"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.12345678901", "0.12345678909"),
        ("12345678901234.56", "12345678901234.57"),
        ("0.123456789012345678901", "0.123456789012345678909"),
        ("0.30000000000000004", "0.30000000000000001"),
    ],
)
def test_every_digit_counts_where_numbers_are_said_to_be_exact(one: str, other: str) -> None:
    assert verdicts({"x": [one], "y": [other]}, "x == y", rounding="exact") == {"violated"}


def test_every_digit_counts_of_an_amount_written_to_the_cent() -> None:
    assert verdicts({"x": ["12345678901234.56"], "y": ["12345678901234.58"]}, "x == y") == {"violated"}
