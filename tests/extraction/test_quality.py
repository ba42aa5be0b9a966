"""The measure of the own set: new plans, old ones and scanned ones are read as a person reads them."""

from __future__ import annotations

import pytest

from benchmarks.extraction import documents, score


@pytest.mark.parametrize("name", documents())
def test_the_own_set_is_read_right(name: str) -> None:
    result = score(name)
    assert result.recall >= 0.97 and result.precision >= 0.97, result.faults
    assert result.right["unit"] >= 0.97 and result.right["bound"] >= 0.97, result.faults
    assert result.right["region"] >= 0.92 and result.right["period"] >= 0.92, result.faults
    assert result.right["indicator"] >= 0.85, result.faults


def test_there_is_an_own_set() -> None:
    assert len(documents()) >= 4
