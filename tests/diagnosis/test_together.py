"""A run that several processes work out tells what one process tells, whoever works out what."""

from __future__ import annotations

import os
import subprocess
import sys
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
from audit.engine import stretches
from audit.engine.frames import Table
from audit.engine.processes import Pieces
from audit.model.errors import InputErrors
from audit.reporting.json import render
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session
from tests.engine.divided import plans_and_tables


class Pretended:
    """Helpers that work in this process, once it has taken its `own` first pieces; the `silent` first ones do not answer."""

    def __init__(self, count: int, own: int, silent: int = 0) -> None:
        self._count, self._own, self._silent = count, own, silent

    def __len__(self) -> int:
        return self._count

    def give(self, work: bytes) -> None:
        self._work = work

    def answers(self) -> Iterator[bytes]:
        for number in range(self._count):
            answer = help_out(self._work)
            if number >= self._silent:
                yield answer

    def first(self, pieces: Pieces) -> int | None:
        self._own -= 1
        return None if self._own < 0 else FIRST(pieces)


FIRST = Pieces.first


def report(
    seed: int, helpers=None, most: int | None = None, everything: bool = False, held=pl.DataFrame.lazy
):
    plans, tables = plans_and_tables(seed, held, "abcdefghij")
    rules = [plan.rule for plan in plans]
    own = helpers.first if isinstance(helpers, Pretended) else FIRST
    with (
        patch.object(Pieces, "first", lambda pieces: own(pieces)),
        patch.multiple(stretches, FEW=3, WORTH=9, STRETCH=12, AT_ONCE=20),
    ):
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


def test_a_process_of_its_own_tells_the_same_and_leaves_nothing_behind(tmp_path: Path):
    script = tmp_path / "run.py"
    script.write_text(ALONE, "utf-8")
    paths = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=paths)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["run.py"]


ALONE = """
import os

from audit.engine.processes import Helpers
from audit.files import clear_aside
from tests.diagnosis.test_together import report

if __name__ == "__main__":
    helpers = Helpers(1, "audit.diagnosis.together:help_out")
    print(report(7, helpers, everything=True) == report(7, everything=True), flush=True)
    helpers.end()
    clear_aside()
    os._exit(0)
"""
"""A run that ends as the command does: at once."""


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
        own = helpers.first if helpers else FIRST
        first = patch.object(Pieces, "first", lambda pieces, own=own: own(pieces))
        with first, patch.multiple(stretches, FEW=3, WORTH=9), pytest.raises(InputErrors) as caught:
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
