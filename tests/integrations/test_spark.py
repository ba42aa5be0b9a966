"""Rows that Spark holds give the report of the same rows in Polars, byte for byte."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from click.testing import CliRunner

import audit
from audit.cli import main
from audit.engine import spark_stretches
from audit.engine.backends import Asked, Backend, Span
from audit.engine.lazy_frames import LazyFrames
from audit.engine.spark_frames import SparkFrames
from audit.model.errors import InputErrors
from audit.model.report import VERDICTS
from audit.reporting.json import render
from tests.engine.divided import CODES
from tests.engine.divided import RULES as OF_PARTS
from tests.engine.test_backends import decimals, told

RULES = (
    OF_PARTS
    + """
- {id: rate, title: t, check: rate == value / size}
- {id: part, title: t, for_each: [document, indicator, period], let: {east: {region: east, column: rate},
   city: {region: city}, size: {region: city, column: size}}, missing: skip, check: east == city / size}
"""
)
ROOT = Path(__file__).parents[2]
SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A Java that runs for seconds only spends less on compiling than it saves."""
if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
    pytest.skip(
        "Spark needs the package pyspark and a Java runtime, and one of them is not installed",
        allow_module_level=True,
    )


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "3", "spark.driver.host": "127.0.0.1",
                "spark.driver.bindAddress": "127.0.0.1", "spark.ui.showConsoleProgress": "false",
                "spark.driver.extraJavaOptions": SHORT,
                "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse"))}  # fmt: skip
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


def sent(session, frame: pl.DataFrame):
    """The rows in Spark, in no order."""
    return session.createDataFrame(frame.sample(fraction=1, shuffle=True, seed=1).to_arrow())


def report(tables, everything: bool = True) -> str:
    found = audit.check(tables=tables, rules=RULES, codes=CODES, everything=everything)
    return render(found, language="en", all_checks=everything)


def tables(count: int, seed: int) -> dict[str, pl.DataFrame]:
    """Rows of figures and notes, in the order that Spark takes them to be in."""
    chance = random.Random(seed)
    rows = [
        {
            "document": chance.choice("pq"),
            "region": chance.choice(["city", "east", "west"]),
            "indicator": chance.choice(["a", "b", "c", "甲", None]),
            "period": chance.choice(["2019", "2019", "2020"]),
            "value": chance.choice([None, -1, *range(9)]),
            "unit": chance.choice(["家", "亿元"]),
            "bound": chance.choice(["exact", "at_least", "above"]),
            "size": 7,
        }
        for _ in range(count)
    ]
    for row in rows:  # written with two decimals, those of one year with one
        row["rate"] = (
            None if row["value"] is None else round(row["value"] / 7, 1 if row["period"] == "2020" else 2)
        )
    noted = [{"indicator": chance.choice("ab"), "text": chance.choice(["x", None])} for _ in range(3)]
    schema = dict.fromkeys(("document", "region", "indicator", "period"), pl.String)
    figures = pl.DataFrame(rows, schema={**schema, "value": pl.Int64, "unit": pl.String, "bound": pl.String,
                                         "size": pl.Int64, "rate": pl.Float64})  # fmt: skip
    notes = pl.DataFrame(noted, schema={"indicator": pl.String, "text": pl.String})
    return {"targets": figures.sort(pl.all()), "notes": notes.sort(pl.all())}


@pytest.mark.parametrize("together", [1, 1000])
def test_the_report_is_that_of_the_same_rows_in_polars(spark, together):
    held = tables(40, together)
    expected = report(held)
    there = {name: sent(spark, frame) for name, frame in held.items()}
    with patch.object(spark_stretches, "STRETCH", together):
        assert report(there) == expected
        assert report({**there, "notes": held["notes"]}) == expected


def test_what_spark_says_of_rows_is_what_polars_says(spark):
    frame = pl.DataFrame({
        "na`me.": ["a", None, "", "甲", "a", "b"], "year": [2020.0, 2020.0, 2021.0, 20200101.0, 2020.0, None],
        "value": [None, 1e16, 1e-7, 0.1, 3.0, 12345678.5], "count": [1, 2, None, 4, 5, 6],
        "sure": [True, None, False, True, True, False], "day": [date(2020, 1, 2), None, date(2021, 1, 1), None, None, None],
        "moment": [datetime(2020, 1, 2, 3, 4, 5), None, None, None, None, None],
    }).sort(pl.all())  # fmt: skip
    some = ["na`me.", "year"]

    def answers(rows: Backend) -> tuple[object, ...]:
        asked = Asked(some, ("value", "count"), within=Span("na`me.", "a", "b"))
        (batch,) = rows.batches(asked)
        numbers = [batch.numbers(name) for name in ("value", "count")]
        return (
            dict(rows.types), rows.length, {name: {text or "" for text in rows.observed(name)} for name in frame.columns},
            {name: told(rows.coded(name)) for name in frame.columns}, rows.rows([1, 4], as_texts=False),
            rows.distinct(some), [*rows.alike(some, None)], rows.years(["year", "value", "count"]),
            rows.sampled(asked).rows_of("year"), batch.rows.tolist(), told(batch.coded("year")),
            [decimals(one.numbers) for one in numbers], [one.unread.tolist() for one in numbers],
        )  # fmt: skip

    assert answers(SparkFrames(sent(spark, frame))) == answers(LazyFrames(frame, "t"))


def test_bad_cells_are_told_in_the_order_of_all_rows(spark):
    frame = pl.DataFrame({"item": [f"{n:03}" for n in range(60)], "value": [1.0] * 9 + [float("inf")] * 51})
    rules = "- {id: r, title: t, check: value >= 0}\n"
    with pytest.raises(InputErrors) as expected:
        audit.check(tables={"targets": frame}, rules=rules)
    with patch.object(spark_stretches, "STRETCH", 10), pytest.raises(InputErrors) as caught:
        audit.check(tables={"targets": sent(spark, frame)}, rules=rules)
    assert str(caught.value) == str(expected.value)


def test_rows_that_no_operand_takes_are_told_as_in_polars(spark):
    frame = pl.DataFrame({"item": ["a"], "value": [1.0]}).clear()
    rules = "- {id: any, title: t, for_each: [], let: {all: {}}, check: count(all) >= 1}\n"
    reports = [
        render(audit.check(tables={"targets": rows}, rules=rules), language="en")
        for rows in (frame, sent(spark, frame))
    ]
    assert reports[0] == reports[1]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with rows of figures in a file, rules, and settings that name the codes."""
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES.partition("- {id: noted")[0], "utf-8")
    Path("regions.csv").write_text("code,parent\ncity,\neast,city\nwest,city\n", "utf-8")
    Path("audit.toml").write_text('[codes]\nregion = "regions.csv"\n', "utf-8")
    tables(40, 1)["targets"].write_parquet("figures.parquet")
    return tmp_path


def counted(output: str) -> dict[str, int]:
    """How many checks of each verdict a report tells."""
    return {verdict: json.loads(output)["summary"][verdict] for verdict in VERDICTS}


def test_a_table_that_spark_knows_is_checked_by_its_address(spark, folder):
    spark.read.parquet(f"{folder}/figures.parquet").createOrReplaceTempView("figures")
    asked = ("--rules", "rules.yaml", "--format", "json", "--lang", "en")
    known, file = (
        CliRunner().invoke(main, ["check", source, *asked])
        for source in ("spark:///figures", "figures.parquet")
    )
    assert known.exit_code == file.exit_code == 1, known.output
    assert counted(known.stdout) == counted(file.stdout)
    with patch.object(spark_stretches, "STRETCH", 1):
        few = CliRunner().invoke(main, ["check", "spark:///figures", *asked, "--most", "1"]).stdout
    found = Counter((one["rule"], one["verdict"]) for one in json.loads(few)["findings"])
    assert {*found.values()} == {1} and counted(few) == counted(file.stdout)
    missing = CliRunner().invoke(main, ["check", "spark:///nowhere", *asked])
    assert missing.exit_code == 2 and "nowhere" in missing.stderr


def test_the_script_of_the_docs_runs_the_command_line_under_spark_submit(folder):
    page = (ROOT / "docs/pages/en/howto/data-engineer.md").read_text("utf-8")
    (script,) = re.findall(r'(?s)```python title="submit.py"\n(.*?)```', page)
    Path("submit.py").write_text(script, "utf-8")
    source = f"spark:///parquet.`{folder}/figures.parquet`"
    done = subprocess.run(
        [Path(sys.executable).with_name("spark-submit"), "--master", "local[1]", "--conf", "spark.ui.enabled=false",
         "--driver-java-options", SHORT,
         "submit.py", "check", source, "--rules", "rules.yaml", "--format", "json", "-o", "report.json"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr[-2000:]
    assert counted(Path("report.json").read_text("utf-8"))["violated"] > 0
