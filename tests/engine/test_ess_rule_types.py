"""The eighteen generic rule types of the European validation work, in the rule language.

ESSnet ValiDat Foundation, proof of concept (Eurostat 2017): each type with a valid, an invalid and an undecided case. In
the tables of `tests/data/ess` the column `case` says which case a row belongs to.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import audit

TYPES = sorted((Path(__file__).parents[1] / "data" / "ess").glob("[0-9]*"))


def judged(folder: Path, case: str) -> str:
    """The verdict on one case: invalid if any check is violated, else undecided if any is untestable."""
    tables, codes = {}, {}
    for path in sorted(folder.glob("*.csv")):
        frame = pl.read_csv(
            path, schema_overrides={"class": pl.String, "code": pl.String, "parent": pl.String}
        )
        if path.stem.startswith("codes-"):
            codes[path.stem.removeprefix("codes-")] = frame
        else:
            tables[path.stem] = frame.filter(pl.col("case") == case).drop("case")
    summary = audit.check(tables=tables, rules=folder / "rules.yaml", codes=codes).summary
    assert summary.checks > 0 and summary.reconcilable == 0
    return "invalid" if summary.violated else "undecided" if summary.untestable else "valid"


def test_all_eighteen_are_there():
    assert [folder.name[:2] for folder in TYPES] == [f"{number:02}" for number in range(1, 19)]


@pytest.mark.parametrize("folder", TYPES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("case", ["valid", "invalid", "undecided"])
def test_the_case_is_judged_as_it_is(folder, case):
    assert judged(folder, case) == case
