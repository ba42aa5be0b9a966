"""A run that several processes work out tells what one process tells, whoever works out what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.actions import helping
from audit.diagnosis.findings import build_report
from audit.diagnosis.together import help_out
from audit.engine import processes, stretches
from audit.engine.frames import Table
from audit.engine.processes import Helpers, Pieces
from audit.model.errors import InputErrors
from audit.reporting.json import render
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session
from tests.engine.divided import plans_and_tables


class FirstOnly(Pieces):
    """Pieces of which this process takes no more than so many first ones."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def first(self) -> int | None:
        self._most -= 1
        return None if self._most < 0 else super().first()


class Pretended:
    """Helpers that work in this process, once it has taken its share; the `silent` last ones do not answer."""

    def __init__(self, count: int, own: int, silent: int = 0) -> None:
        self.pieces, self._count, self._silent = FirstOnly(own), count, silent

    def __len__(self) -> int:
        return self._count

    def give(self, work: bytes, count: int) -> None:
        self._work = work
        self.pieces.set_out(count)

    def answers(self) -> Iterator[bytes]:
        for number in range(self._count):
            answer = help_out(self._work, self.pieces)
            if number >= self._silent:
                yield answer


def report(
    seed: int, helpers=None, most: int | None = None, everything: bool = False, held=pl.DataFrame.lazy
):
    plans, tables = plans_and_tables(seed, held, "abcdefghij")
    rules = [plan.rule for plan in plans]
    small = patch.multiple(stretches, FEW=3, WORTH=9, STRETCH=12, AT_ONCE=20)
    with small:
        found = build_report(
            plans, rules, tables, least="info", everything=everything, most=most, helpers=helpers
        )
    return render(found, language="en", all_checks=everything)


@settings(max_examples=12)
@given(
    st.integers(0, 50), st.integers(1, 3), st.integers(0, 4), st.integers(0, 1), st.sampled_from([None, 2]), st.booleans()
)  # fmt: skip
def test_whoever_works_out_what_the_report_is_the_same(seed, helpers, own, silent, most, everything):
    alone = report(seed, None, most, everything)
    assert report(seed, Pretended(helpers, own, silent), most, everything) == alone


def test_processes_of_their_own_tell_the_same():
    helpers = Helpers(1, "audit.diagnosis.together:help_out")
    helpers.pieces = FirstOnly(1)  # what the other takes is told by its own count
    try:
        assert report(7, helpers, everything=True) == report(7, everything=True)
    finally:
        helpers.end()


def test_a_system_without_processes_or_locks_between_them_does_without_helpers(
    monkeypatch: pytest.MonkeyPatch,
):
    def refused(*_: object) -> None:
        raise ImportError("This platform lacks a functioning sem_open implementation")

    monkeypatch.setattr(processes, "Pieces", refused)
    helpers = Helpers(2, "audit.diagnosis.together:help_out")
    assert not helpers and report(7, helpers) == report(7)
    helpers.end()


def test_what_is_wrong_with_cells_is_told_by_this_process_alone():
    plans, tables = plans_and_tables(3, pl.DataFrame.lazy, "abcdefghij")
    wrong = (
        pl.when(pl.int_range(pl.len()) % 17 == 16)
        .then(pl.lit("x"))
        .otherwise(pl.col("value").cast(pl.String))
    )
    broken = Table("targets", tables["targets"].frame.with_columns(value=wrong), types={"value": "number"})
    told = []
    for helpers in (None, Pretended(2, 1), Pretended(1, 9)):
        with patch.multiple(stretches, FEW=3, WORTH=9), pytest.raises(InputErrors) as caught:
            build_report(plans, [], {**tables, "targets": broken}, helpers=helpers)
        told.append([str(fault) for fault in caught.value.faults])
    assert told[0] == told[1] == told[2] and len(told[0]) == 2


@pytest.mark.parametrize(
    ("size", "jobs", "count"), [(2_000_000, 4, 0), (12_000_000, 4, 2), (12_000_000, 1, 1), (60_000_000, 4, 4)]
)
def test_processes_are_worth_while_for_large_files_of_typed_columns(
    tmp_path: Path, size: int, jobs: int, count: int
):
    for name in ("a.parquet", "a.json"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        session = Session(Configuration(sources=(tmp_path / name,)), jobs=jobs)
        assert helping.processes(session) == (count if name == "a.parquet" else 0)
