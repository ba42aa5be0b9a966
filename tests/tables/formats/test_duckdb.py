"""A table of a DuckDB file that is written aside and scanned holds the cells that it holds when it is read at once."""

from __future__ import annotations

import errno
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from audit.files import clear_aside
from audit.model.errors import InputError
from audit.tables.formats import frames
from audit.tables.formats.asked import NOTHING, Asked
from audit.tables.formats.kinds import tables_of
from audit.tables.formats.scanned import ScannedFile, whole
from tests.tables.formats.test_formats import RULES, report
from tests.tables.formats.written import ROWS, WRITERS

HELD = (
    "true", "1::tinyint", "18446744073709551615::ubigint", "(1 - 1e30)::hugeint", "1e30::uhugeint", "0.1 + 0.2", "12.5", "3e0",
    "'nan'::double", "'-inf'::float", "0.5::float", "-0e0", "1.50::decimal(4, 2)", "(-1234567890123456789.0)::decimal(38, 9)",
    "' a '", "'　'", "''", "'\\x00\\xAA'::blob", "''::blob", "'10101'::bit", "date '2020-01-02'", "time '10:00:00'",
    "time '10:00:00.5'", "timestamp '2020-01-01'", "timestamp '2020-01-01 10:00:00.05'", "timestamp '1800-01-01 00:00:01'",
    "timestamp_s '2020-01-01 10:00:00'", "timestamp_ms '2020-01-01 10:00:00.5'", "timestamp_ns '2020-01-01 10:00:00.123456789'",
    "timestamptz '2020-01-01 00:00:00+00'", "timestamptz '2020-06-01 10:00:00.5+02'", "'b'::enum('a', 'b')",
    "uuid '12345678-1234-1234-1234-1234567890ab'", """'{"a": 1}'::json""",
)  # fmt: skip
ONLY_AS_PYTHON_HAS_IT = (
    "170141183460469231731687303715884105727::hugeint", "0.1::float", "1e-7::double", "1e300", "date 'infinity'",
    "date '12020-01-01'", "date '0044-03-15 (BC)'", "timestamp '-infinity'", "timestamptz 'infinity'",
    "timestamp '12020-01-01 10:00:00'", "interval '1 month 2 days 3 hours'", "'10:00:00+02'::timetz",
)  # fmt: skip


def database(folder: Path, *statements: str) -> Path:
    path = folder / "t.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def few(monkeypatch: pytest.MonkeyPatch, rows: int = 0) -> None:
    monkeypatch.setattr(frames, "FEW", rows)


def told(path: Path, asked: Asked = NOTHING) -> list[object]:
    return [
        (file.frame.columns, file.frame.rows(), file.typed, [*file.lines], file.told, file.name, file.key)
        for file in map(whole, tables_of(path, path.name, asked))
    ]


def test_every_type_is_told_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ", ".join(f'{cell} as "a ""cell"" {n:03}"' for n, cell in enumerate(HELD))
    path = database(
        tmp_path,
        f"create table held as select {columns}",
        'insert into held by name select null as "a ""cell"" 000"',
        *(f"create table t{n} as select {cell} as a, 1 as b" for n, cell in enumerate(ONLY_AS_PYTHON_HAS_IT)),
    )
    read = told(path)
    few(monkeypatch)
    assert told(path) == read
    held, *others = tables_of(path, path.name)
    assert pl.Decimal(4, 2) in held.native.lazy().collect_schema().dtypes()
    assert all(isinstance(file, ScannedFile) for file in others)


@pytest.mark.parametrize("rows", [0, 100])
@pytest.mark.parametrize("cell", ["[1, 2]", "{'a': 1}", "map {'a': 1}", "[1, 2]::int[2]"])
def test_lists_and_records_are_no_cells(
    cell: str, rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, rows)
    with pytest.raises(InputError, match="“a” holds lists or records"):
        tables_of(database(tmp_path, f"create table t as select 1 as b, {cell} as a"), "t.duckdb")


def test_the_report_is_that_on_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "aside"))
    Path("aside").mkdir()
    Path("rules.yaml").write_text(RULES, "utf-8")
    parquet = report(WRITERS["parquet"](Path("."), ROWS).as_posix())
    few(monkeypatch)
    clear_aside()
    assert report(WRITERS["duckdb"](Path("."), ROWS).as_posix()) == parquet
    assert [*Path("aside").iterdir()] == []


def test_views_and_queries_give_their_rows_in_one_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(
        tmp_path,
        "create table t (id integer primary key, part integer)",
        "insert into t select range, range % 50000 from range(300000)",
        "create view v as select part, sum(id) as total from t group by part",
    )
    for asked in (Asked(sheet="v"), Asked(query="select id from t order by part desc, id")):
        (one,), (other,) = tables_of(path, "t", asked), tables_of(path, "t", asked)
        assert isinstance(one, ScannedFile) and one.native.collect().equals(other.native.collect())
    assert other.native.lazy().head(3).collect()["id"].to_list() == [49999, 99999, 149999]
    (table,) = tables_of(path, "t", Asked(sheet="t"))
    assert table.key == ("id",) and table.native.lazy().select(pl.col("id").is_sorted()).collect().item()


def test_what_cannot_be_laid_aside_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    few(monkeypatch)
    monkeypatch.setattr(pq.ParquetWriter, "write_batch", full)
    with pytest.raises(InputError, match=r"cannot be laid aside in .*No space left on device.*TMPDIR"):
        tables_of(database(tmp_path, "create table t as select 1 as a"), "t.duckdb")


def test_what_the_database_says_of_a_query_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database(tmp_path, "create table t as select range as a from range(10)")
    few(monkeypatch)
    for query in ("selct 1", "from nowhere", "select cast(if(a > 5, 'x', '1') as integer) as a from t"):
        with pytest.raises(InputError, match=r"the database says: .* Error"):
            tables_of(path, "t.duckdb", Asked(query=query))


def test_a_small_table_loads_no_library_of_frames(tmp_path: Path) -> None:
    path = database(tmp_path, "create table t as select 1 as a, 'x' as b")
    program = (
        "import sys; from pathlib import Path; from audit.tables.formats.kinds import tables_of; "
        f"tables_of(Path({str(path)!r}), 't'); print({{'polars', 'pyarrow'}} & {{*sys.modules}})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
