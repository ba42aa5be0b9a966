"""A long table of accounts, a row a place, period and item: all that it holds together by is suggested, and every row that is
missing or stands twice is told by the rules that come of it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.actions.suggesting import start_with
from audit.cli import main

PLACES = {"north": ("hill", "lake"), "south": ("bay", "cape", "moor", "wood"), "land": ("north", "south")}
YEARS = range(2016, 2022)
Row = tuple[str, str, str, str, int]


def accounts() -> list[Row]:
    """Quarters of places that make up years and larger places; the surplus is income less spending."""
    drawn = random.Random(7)
    cells: dict[tuple[str, str, str], int] = {}
    leaves = [place for group in (PLACES["north"], PLACES["south"]) for place in group]
    for year in YEARS:
        for place in leaves:
            for quarter in range(1, 5):
                cells[place, f"{year}Q{quarter}", "income"] = drawn.randint(2_000, 9_000)
                cells[place, f"{year}Q{quarter}", "spending"] = drawn.randint(2_000, 9_000)
            for item in ("income", "spending"):
                cells[place, str(year), item] = sum(cells[place, f"{year}Q{q}", item] for q in range(1, 5))
    for whole, parts in PLACES.items():
        for period, item in {(period, item) for _, period, item in cells}:
            cells[whole, period, item] = sum(cells[part, period, item] for part in parts)
    for place, period in {(place, period) for place, period, _ in cells}:
        cells[place, period, "surplus"] = cells[place, period, "income"] - cells[place, period, "spending"]
    return sorted(
        (place, "Q" if "Q" in period else "A", period, item, value)
        for (place, period, item), value in cells.items()
    )


def written(folder: Path, rows: list[Row]) -> Path:
    file = folder / "accounts.csv"
    lines = (",".join(map(str, row)) for row in rows)
    file.write_text("place,freq,period,item,amount\n" + "\n".join(lines) + "\n", "utf-8")
    return file


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """The accounts with a row taken out, and one that stands twice with another amount."""
    rows = [row for row in accounts() if (row[0], row[2], row[3]) != ("hill", "2018Q3", "income")]
    twice = next(row for row in rows if (row[0], row[2], row[3]) == ("moor", "2019Q2", "spending"))
    return written(tmp_path, [*rows, (*twice[:4], twice[4] + 1)])


def test_everything_that_holds_in_the_accounts_is_suggested(tmp_path: Path) -> None:
    started = start_with([written(tmp_path, accounts())], tmp_path / "made")
    assert [rule.title.en for rule in started.rules] == [
        "amount: the parts of every place add up (land, north, south)",
        "amount: surplus is income less spending",
        "amount: the quarters add up to the whole period",
    ]
    assert all(rule.holds == rule.checks for rule in started.rules)


def test_a_slip_here_and_there_hides_none_of_it_and_is_told(spoiled: Path) -> None:
    made = spoiled.parent / "made"
    started = start_with([spoiled], made)
    assert {rule.id.split(".")[1] for rule in started.rules} == {
        "tree-1",
        "members-1",
        "periods-1",
        "unique-1",
    }
    done = CliRunner().invoke(main, ["check", str(made), "--format", "json"])
    report = json.loads(done.stdout)
    (finding,) = report["findings"]
    assert finding["key"] == {"place": "moor", "period": "2019Q2", "item": "spending"}
    assert {"hill", "income"} <= {name for gap in report["untestable"] for name in gap["missing"]}
