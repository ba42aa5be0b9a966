"""The same report, byte for byte, from every kind of frame."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

import audit
from audit.model.errors import InputError
from audit.numbers.numerals import EXACT
from audit.reporting.json import render
from audit.workspace.loading import load
from audit.workspace.rulebook import rulebook

duckdb = pytest.importorskip("duckdb")
ROOT = Path(__file__).parents[2]
TYPES = {"number": pl.Float64, "boolean": pl.Boolean, "text": pl.String}


@pytest.fixture(scope="module")
def shipped():
    """The shipped tables, typed, their rows in the order of all columns, as a database would number them."""
    workspace = load(ROOT)
    frames = {}
    for name, table in workspace.tables.items():
        columns = [
            (pl.col(c) == "true" if kind == "boolean" else pl.col(c)).cast(TYPES[kind])
            for c, kind in table.columns.items()
        ]
        frame = table.frame.polars.select(columns)  # noqa: F841  (DuckDB finds it by its name)
        frames[name] = duckdb.sql("SELECT * FROM frame ORDER BY ALL").pl()
    rules = [rule for rule in rulebook(workspace.root).rules if rule.table in frames]
    return frames, rules, workspace.codes


def of_kind(kind: str, frames: dict[str, pl.DataFrame]):
    if kind == "duckdb":
        connection = duckdb.connect()
        relations = {}
        for name, frame in frames.items():
            connection.register(f"{name}_rows", frame)
            relations[name] = connection.sql(f"SELECT * FROM {name}_rows")
        return relations
    convert = {
        "polars": lambda frame: frame, "lazy": lambda frame: frame.lazy(), "pandas": lambda frame: frame.to_pandas(),
        "arrow": lambda frame: frame.to_arrow(),
    }[kind]  # fmt: skip
    return {name: convert(frame) for name, frame in frames.items()}


@pytest.fixture(scope="module")
def expected(shipped):
    frames, rules, codes = shipped
    report = audit.check(tables=frames, rules=rules, codes=codes, everything=True)
    assert report.summary.checks > 500
    return render(report, language="en", all_checks=True)


@pytest.mark.parametrize("kind", ["lazy", "pandas", "arrow", "duckdb"])
def test_the_report_on_the_shipped_tables_is_the_same(kind, shipped, expected):
    frames, rules, codes = shipped
    report = audit.check(tables=of_kind(kind, frames), rules=rules, codes=codes, everything=True)
    assert render(report, language="en", all_checks=True) == expected


def test_tables_of_two_engines_can_be_checked_together(shipped, expected):
    frames, rules, codes = shipped
    mixed = {**frames, **of_kind("duckdb", {name: frames[name] for name in ("targets", "mentions")})}
    report = audit.check(tables=mixed, rules=rules, codes=codes, everything=True)
    assert render(report, language="en", all_checks=True) == expected


def test_floats_of_pandas_are_taken_by_their_shortest_form():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"item": ["a", "b", "c"], "value": [0.1, 0.2, 0.3], "note": [None, "x", float("nan")]}
    )
    rules = "- {id: sum, title: t, for_each: [], along: item, check: a + b == c}\n"
    assert audit.check(tables={"targets": frame}, rules=rules).summary.holds == 1


SAME = "- {id: same, title: t, for_each: [], along: item, check: a == b}\n"


@pytest.mark.parametrize("value", [1e-7, 123456789.123, 1e15, -0.5, 2.0**40, 1e22, 0.1 + 0.2])
def test_floats_of_any_size(value):
    frame = pl.DataFrame({"item": ["a", "b"], "value": [value, value]})
    assert audit.check(tables={"targets": frame}, rules=SAME, everything=True).checks[0].verdict == "holds"


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 1e300])
@pytest.mark.parametrize("kind", ["polars", "lazy", "arrow", "duckdb"])
def test_floats_that_are_no_numbers_are_refused(kind, value):
    frame = pl.DataFrame({"item": ["a", "b"], "value": [1.0, value]})
    with pytest.raises(InputError, match=r"^targets:2: value “.*” is no number"):
        audit.check(tables=of_kind(kind, {"targets": frame}), rules=SAME)


def test_in_pandas_nan_is_a_blank():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"item": ["a", "b"], "value": [1.0, float("nan")]})
    assert (
        audit.check(tables={"targets": frame}, rules=SAME, everything=True).checks[0].verdict == "untestable"
    )


@pytest.mark.parametrize("kind", ["polars", "pandas", "arrow", "duckdb"])
@pytest.mark.parametrize(
    "numbers",
    [["1.50", "1.5"], ["12345678901234567890123456789012.5"] * 2, ["0.1234567890123456789"] * 2],
)  # fmt: skip
def test_decimals_are_taken_whole_from_every_engine(kind, numbers):
    values = pl.Series([Decimal(n) for n in numbers], dtype=pl.Decimal(38, 5 if len(numbers[0]) > 30 else 19))
    frames = of_kind(kind, {"targets": pl.DataFrame({"item": ["a", "b"], "value": values})})
    assert audit.check(tables=frames, rules=SAME, everything=True).checks[0].verdict == "holds"
    unlike = [values[0], EXACT.add(values[1], Decimal("0.00001"))]
    frames = of_kind(
        kind, {"targets": pl.DataFrame({"item": ["a", "b"], "value": pl.Series(unlike, dtype=values.dtype)})}
    )
    (check,) = audit.check(tables=frames, rules=SAME, everything=True).checks
    assert check.verdict != "holds" and check.imbalance == Decimal("-0.00001")


def test_a_frame_of_no_known_kind_is_refused_in_one_sentence():
    with pytest.raises(InputError, match="the table “targets” is a list; give a Polars"):
        audit.check(tables={"targets": [1, 2]}, rules="- {id: r, title: t, check: value == 1}\n")
