"""One table written in every format that is read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import polars as pl

ROWS = pl.DataFrame(
    {"region": ["east", "west", "all"], "income": [1200.5, 300.0, 1501.5], "people": [1200, 30, 1230],
     "note": ["a, b", None, "“c”"]}
)  # fmt: skip


def _csv(folder: Path, frame: pl.DataFrame) -> Path:
    frame.write_csv(folder / "money.csv")
    return folder / "money.csv"


def _parquet(folder: Path, frame: pl.DataFrame) -> Path:
    frame.write_parquet(folder / "money.parquet")
    return folder / "money.parquet"


def _feather(folder: Path, frame: pl.DataFrame) -> Path:
    frame.write_ipc(folder / "money.feather")
    return folder / "money.feather"


def _json(folder: Path, frame: pl.DataFrame) -> Path:
    (folder / "money.json").write_text(json.dumps(frame.to_dicts()), "utf-8")
    return folder / "money.json"


def _lines(folder: Path, frame: pl.DataFrame) -> Path:
    (folder / "money.jsonl").write_text("\n".join(map(json.dumps, frame.to_dicts())) + "\n", "utf-8")
    return folder / "money.jsonl"


def xlsx(folder: Path, frame: pl.DataFrame) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "money"
    sheet.append(frame.columns)
    for row in frame.iter_rows():
        sheet.append(row)
    book.save(folder / "money.xlsx")
    return folder / "money.xlsx"


def _sqlite(folder: Path, frame: pl.DataFrame) -> Path:
    with sqlite3.connect(folder / "money.sqlite") as database:
        database.execute("create table money (region text, income real, people integer, note text)")
        database.executemany("insert into money values (?, ?, ?, ?)", frame.rows())
    database.close()
    return folder / "money.sqlite"


def _duckdb(folder: Path, frame: pl.DataFrame) -> Path:
    import duckdb

    with duckdb.connect(str(folder / "money.duckdb")) as database:
        database.execute("create table money (region varchar, income double, people bigint, note varchar)")
        database.executemany("insert into money values (?, ?, ?, ?)", frame.rows())
    return folder / "money.duckdb"


WRITERS: Mapping[str, Callable[[Path, pl.DataFrame], Path]] = {
    "csv": _csv, "parquet": _parquet, "feather": _feather, "json": _json, "jsonl": _lines, "xlsx": xlsx,
    "sqlite": _sqlite, "duckdb": _duckdb,
}  # fmt: skip
