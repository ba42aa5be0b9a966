"""One table, as batches of GX's own data sources."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
import pytest

ROWS = pd.DataFrame(
    {
        "region": ["city", "east", "west"] * 3,
        "period": ["2019"] * 3 + ["2020"] * 3 + ["2021"] * 3,
        "value": [1560, 650, 1000, 5, 2, 3, 7, 3, None],
    }
)
CODES = {"region": {"city": None, "east": "city", "west": "city"}}
RULES = """
- id: own.sum
  title: {zh: 各区之和等于全市, en: The districts add up to the city}
  because: {zh: 全市由这些区组成, en: the city consists of these districts}
  level: 1
  for_each: [period]
  hierarchy: region
  check: whole == sum(parts)
- id: own.not-negative
  title: {zh: 不为负数, en: No figure is negative}
  severity: warning
  table: targets
  check: value >= 0
  missing: skip
  rounding: exact
"""
Batch = Callable[[pd.DataFrame, Path], Any]


def of_pandas(rows: pd.DataFrame, folder: Path) -> Any:
    source = gx.get_context(mode="ephemeral").data_sources.add_pandas("pandas")
    batch = source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")
    return batch.get_batch({"dataframe": rows})


def of_files(rows: pd.DataFrame, folder: Path) -> Any:
    rows.to_csv(folder / "rows.csv", index=False)
    source = gx.get_context(mode="ephemeral").data_sources.add_pandas_filesystem(
        "files", base_directory=folder
    )
    return source.add_csv_asset("rows").add_batch_definition_path("all", path="rows.csv").get_batch()


def of_sqlite(rows: pd.DataFrame, folder: Path) -> Any:
    address = f"sqlite:///{folder / 'rows.db'}"
    _stored(rows, address)
    source = gx.get_context(mode="ephemeral").data_sources.add_sqlite("sqlite", connection_string=address)
    return (
        source.add_table_asset("rows", table_name="rows").add_batch_definition_whole_table("all").get_batch()
    )


def of_postgres(rows: pd.DataFrame, folder: Path) -> Any:
    address = os.environ.get("AUDIT_TEST_POSTGRES")
    if not address:
        pytest.skip("no PostgreSQL server is named by AUDIT_TEST_POSTGRES (postgresql://user@host/database)")
    address = address.replace("postgresql://", "postgresql+psycopg://")
    _stored(rows, address)
    source = gx.get_context(mode="ephemeral").data_sources.add_postgres("postgres", connection_string=address)
    return (
        source.add_table_asset("rows", table_name="rows").add_batch_definition_whole_table("all").get_batch()
    )


def of_spark(rows: pd.DataFrame, folder: Path) -> Any:
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("Spark needs the package pyspark and a Java runtime, and one of them is not installed")
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.driver.host": "127.0.0.1",
                "spark.driver.bindAddress": "127.0.0.1", "spark.sql.warehouse.dir": str(folder / "warehouse")}  # fmt: skip
    session = SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
    source = gx.get_context(mode="ephemeral").data_sources.add_spark("spark")
    batch = source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")
    return batch.get_batch({"dataframe": session.createDataFrame(rows)})


def _stored(rows: pd.DataFrame, address: str) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(address)
    with engine.begin() as connection:
        rows.to_sql("rows", connection, index=False, if_exists="replace")
    engine.dispose()


BATCHES: dict[str, Batch] = {
    "pandas": of_pandas,
    "files": of_files,
    "sqlite": of_sqlite,
    "postgres": of_postgres,
    "spark": of_spark,
}
