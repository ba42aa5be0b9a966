"""What holds the rows of a table makes no difference: plain lists tell what Polars and a database tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.actions.confronting import confronted
from audit.engine.backends import Asked, Backend
from audit.engine.frames import Table
from audit.engine.lazy_frames import LazyFrames
from audit.engine.plain import PlainTexts
from audit.engine.vocabulary import Coded
from audit.model.text_frame import TextFrame
from audit.reporting.json import render
from audit.workspace.loading import load
from audit.workspace.rulebook import rulebook

ROOT = Path(__file__).parents[2]
COLUMNS = ("region", "year", "value")
cells = st.sampled_from(
    [
        None,
        "a",
        "b",
        "甲",
        "2020",
        "2021",
        "2021.0",
        "1e3",
        "1,500",
        " 7 ",
        "１２",
        "0.50",
        "-3",
        "x1",
        "20210",
    ]
)
frames = st.lists(st.tuples(cells, cells, cells), max_size=12).map(
    lambda rows: TextFrame.of_rows(COLUMNS, rows)
)
columns = st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=3, unique=True)


def backends(frame: TextFrame) -> list[Backend]:
    return [PlainTexts(frame), LazyFrames(frame.polars, "t"), LazyFrames(frame.polars.lazy(), "t")]


def told(column: Coded | None) -> list[str] | None:
    return None if column is None else [column.one(row) for row in range(len(column.codes))]


@given(frames, columns)
def test_all_back_ends_tell_the_same_of_the_same_rows(frame: TextFrame, some: list[str]) -> None:
    def answers(rows: Backend) -> tuple[object, ...]:
        few = rows.perhaps_alike(some)
        return (
            dict(rows.types), rows.length, {*rows.observed("region")}, rows.rows([*range(rows.length)], as_texts=True),
            told(rows.coded("value")), rows.distinct(some), [*rows.alike(some, None)], [*rows.alike(some, few)],
            few is not None and {row for row, _ in rows.alike(some, None)} <= {*few}, rows.years(some),
        )  # fmt: skip

    first, *others = map(answers, backends(frame))
    assert all(other == first for other in others)


@given(frames)
def test_the_rows_come_in_alike_from_all_back_ends(frame: TextFrame) -> None:
    def taken(rows: Backend) -> tuple[object, ...]:
        (batch,) = rows.batches(Asked(("region", "year"), ("value",)))
        read = batch.numbers("value")
        numbers = [
            None if gone else n for n, gone in zip(decimals(read.numbers), read.numbers.missing, strict=True)
        ]
        return (
            batch.rows.tolist(), told(batch.coded("region")), told(batch.words("value")), batch.words("unit"),
            numbers, read.unread.tolist(), read.decimals.tolist(), [batch.cell("value", at) for at in batch.rows.tolist()],
        )  # fmt: skip

    first, *others = map(taken, backends(frame))
    assert all(other == first for other in others)


def decimals(numbers):
    return [n / int(numbers.denominators[0]) for n in map(int, numbers.numerators)]


@given(frames, frames)
def test_a_frame_held_by_polars_is_the_same_frame(one: TextFrame, other: TextFrame) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("audit.model.text_frame.SMALL", -1)
        large = TextFrame.of_rows(COLUMNS, one.rows())
        assert not large.small and large.columns == one.columns and len(large) == len(one)
        assert large.rows() == one.rows() and [*large.records()] == [*one.records()]
        assert large.select(["year"]).rows() == one.select(["year"]).rows()
        added = {"unit": ["家"] * len(one), "year": [None] * len(one)}
        assert large.with_columns(added).rows() == one.with_columns(added).rows()
        assert TextFrame.stacked([large, other]).rows() == [*one.rows(), *other.rows()]
        if len(one):
            assert large.row(0) == one.row(0)


def test_the_report_on_the_shipped_tables_is_the_same_from_lists_and_from_polars() -> None:
    workspace = load(ROOT)
    book = rulebook(ROOT)
    held = {name: replace(table, frame=table.frame.polars) for name, table in workspace.tables.items()}
    assert all(isinstance(table.backend, PlainTexts) for table in workspace.tables.values())
    assert all(isinstance(table.frame, pl.DataFrame) for table in held.values())
    reports = (
        confronted(replace(workspace, tables=tables), book, everything=True)
        for tables in (workspace.tables, held)
    )
    first, second = (render(report, language="en", all_checks=True) for report in reports)
    assert first == second


def test_what_tables_on_plans_are_read_from_needs_no_library_of_frames() -> None:
    frame = TextFrame.of_rows(("id", "value"), [("a", "1"), ("b", "2")])
    assert isinstance(Table("t", frame).backend, PlainTexts)
