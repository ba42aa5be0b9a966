"""A typed file that is scanned holds the cells that it holds when it is read as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.tables.formats import aside, frames
from audit.tables.formats.asked import NOTHING
from audit.tables.formats.kinds import Source, tables_of
from audit.tables.formats.scanned import ScannedFile, of_scan, whole
from audit.tables.number_cells import numbers_in

tenths = st.integers(-(10**9), 10**9).map(lambda n: n / 10)
cents = st.integers(-(10**12), 10**12).map(lambda n: n / 100)
some = st.sampled_from([0.0, -0.0, -0.5, 1e15, 1e-7, 0.1 + 0.2, 2.5e9, float("nan"), float("inf")])
texts = st.one_of(
    st.text(max_size=3), st.sampled_from([" a ", "　", "\x1c", "12", "1.2万", "N/A", "2017/2020"])
)
moments = st.one_of(
    st.datetimes(datetime(1, 1, 2), datetime(2099, 1, 1)), st.dates(date(1600, 1, 1), date(2099, 1, 1)).map(
        lambda day: datetime(day.year, day.month, day.day)
    ), st.datetimes(datetime(1970, 1, 1), datetime(1970, 1, 2)).map(lambda one: one.replace(microsecond=0)),
)  # fmt: skip
KINDS = {
    "whole": (pl.Int64, st.integers(-(2**63), 2**63 - 1)),
    "decimal": (pl.Decimal(18, 3), st.decimals(-1000, 1000, places=3)),
    "tenths": (pl.Float64, tenths), "cents": (pl.Float64, cents), "floats": (pl.Float64, st.one_of(tenths, some, st.floats())),
    "single": (pl.Float32, st.floats(width=32)), "truth": (pl.Boolean, st.booleans()), "text": (pl.String, texts),
    "day": (pl.Date, st.dates()), "moment": (pl.Datetime, moments),
    "nanoseconds": (pl.Datetime("ns"), st.integers(-(2**62), 2**62)),
    "there": (pl.Datetime("us", "America/New_York"), moments.map(lambda one: one.replace(tzinfo=UTC))),
    "time": (pl.Time, st.times()), "bytes": (pl.Binary, st.binary(max_size=3)),
}  # fmt: skip


@st.composite
def some_frames(draw):
    names = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4, unique=True))
    length = draw(st.integers(1, 6))
    columns = []
    for name in names:
        kind, cells = KINDS[name]
        cells = draw(st.lists(st.none() | cells, min_size=length, max_size=length))
        columns.append(pl.Series(name, cells, kind, strict=False))
    return pl.DataFrame(columns)


class Given(Source):
    sha256 = "0"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return Given(tmp_path_factory.getbasetemp() / "t.parquet", "t.parquet")


@given(some_frames())
def test_a_scanned_table_is_the_one_that_is_read(source, frame):
    read = frames.of_rows(frame.columns, frame.rows(), source, NOTHING, name="t")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside, "BATCH", 2)
        patch.setattr(frames, "FEW", 0)
        scanned = of_scan(frame.lazy(), source, NOTHING, name="t")
        many = aside.of_many(frame.columns, frame.rows(), source, NOTHING, name="t", sheet="")
    assert whole(many).frame.polars.equals(read.frame.polars) and many.typed == read.typed
    assert whole(scanned).frame.polars.equals(read.frame.polars)
    assert (scanned.typed, [*scanned.lines], scanned.name) == (read.typed, [*read.lines], read.name)
    by_scan, by_text = numbers_in(scanned, NOTHING), numbers_in(read, NOTHING)
    assert (by_scan.columns, by_scan.file.notes) == (by_text.columns, by_text.file.notes)
    assert by_scan.file.native.lazy().select(pl.all().cast(pl.String)).collect().equals(by_text.file.native)


def test_numbers_of_a_scanned_file_stay_numbers(tmp_path):
    path = tmp_path / "t.parquet"
    frame = pl.DataFrame({"n": [12.0, 12.5], "d": [Decimal("1.50"), None], "c": [3.0, 2e9], "t": ["a", " "]})
    frame.write_parquet(path)
    (file,) = tables_of(path, "t.parquet")
    assert isinstance(file, ScannedFile) and file.length == 2
    assert whole(file).frame.polars.to_dict(as_series=False) == {
        "n": ["12.0", "12.5"], "d": ["1.50", None], "c": ["3", "2000000000"], "t": ["a", None],
    }  # fmt: skip
    assert file.frame.collect_schema()["c"] == pl.Int64
