"""Rows confronted part by part give what they give as a whole, in the same order."""

from __future__ import annotations

import pickle
from collections import Counter
from io import BytesIO
from unittest.mock import patch

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import audit
from audit.diagnosis.checks import to_tell, told_checks
from audit.engine import lazy_frames, parts, stretches
from audit.engine.confront import work_on
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.language.plan import Catalogue, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve
from audit.model.codes import CodeList, Member
from audit.model.errors import InputErrors
from audit.reporting.json import render
from tests.engine.divided import CODES, RULES

figures = st.fixed_dictionaries({
    "document": st.sampled_from("pq"), "region": st.sampled_from(["city", "east", "west"]),
    "indicator": st.sampled_from(["a", "b", "c", None]), "period": st.sampled_from(["2019", "2020"]),
    "value": st.none() | st.sampled_from([-1.0, 1.0, 2.0, 0.33, 0.7, 3.0, 1.03, 6.0]), "unit": st.sampled_from(["家", "亿元"]),
    "bound": st.sampled_from(["exact", "at_least", "above"]),
})  # fmt: skip
notes = st.fixed_dictionaries({"indicator": st.sampled_from("ab"), "text": st.sampled_from(["x", None])})


def report(rows: list[dict], noted: list[dict], everything: bool, held: str = "memory") -> str:
    schema = dict.fromkeys(("document", "region", "indicator", "period", "unit", "bound"), pl.String)
    tables = {
        "targets": pl.DataFrame(rows, schema={**schema, "value": pl.Float64}),
        "notes": pl.DataFrame(noted, schema={"indicator": pl.String, "text": pl.String}),
    }
    if held == "scanned":
        tables = {name: frame.lazy() for name, frame in tables.items()}
    if held == "file":
        tables["targets"].write_parquet(file := BytesIO())
        tables["targets"] = pl.scan_parquet(file.getvalue())
    if held == "database":
        tables["targets"] = duckdb.connect().from_arrow(tables["targets"].to_arrow())
    found = audit.check(tables=tables, rules=RULES, codes=CODES, everything=everything)
    return render(found, language="en", all_checks=everything)


@settings(max_examples=12)
@given(
    st.lists(figures, min_size=1, max_size=14),
    st.lists(notes, min_size=1, max_size=3),
    st.integers(1, 4),
    st.booleans(),
)
def test_parts_together_tell_what_the_whole_tells(rows, noted, most, everything):
    expected = report(rows, noted, everything)
    with patch.object(parts, "PART", most), patch.object(lazy_frames, "BATCH", most + 1):
        assert report(rows, noted, everything) == expected
        assert report(rows, noted, everything, "scanned") == expected


@settings(max_examples=8)
@given(
    st.lists(figures, min_size=1, max_size=14),
    st.lists(notes, min_size=1, max_size=3),
    st.integers(1, 4),
    st.sampled_from(["scanned", "file", "database"]),
    st.booleans(),
)
def test_rows_taken_in_stretch_by_stretch_tell_what_they_tell_at_once(rows, noted, most, held, everything):
    expected = report(rows, noted, everything, held)
    with patch.object(stretches, "STRETCH", most), patch.object(lazy_frames, "SLICE", most + 1):
        assert report(rows, noted, everything, held) == expected


@pytest.mark.parametrize(("scanned", "stretch"), [(False, 2**20), (True, 2**20), (True, 9)])
def test_bad_cells_are_told_column_by_column_whatever_batch_they_come_in(scanned, stretch):
    frame = pl.DataFrame(
        {"item": [*"abcde"] * 10, "value": ["x"] * 50, "other": [f"{n}" for n in range(49)] + ["y"]}
    )
    rules = "- {id: r, title: t, for_each: [item], let: {a: {}, b: {column: other}}, check: sum(a) >= 0 and sum(b) >= 0}\n"
    with (
        patch.object(lazy_frames, "BATCH", 7),
        patch.object(stretches, "STRETCH", stretch),
        pytest.raises(InputErrors) as caught,
    ):
        types = {"value": "number", "other": "number"}
        table = Table("targets", frame.lazy() if scanned else frame, types=types)
        audit.check(tables={"targets": table}, rules=rules)
    told = [str(fault) for fault in caught.value.faults]
    assert (
        len(told) == 22 and told[0].startswith("targets:1: value “x”") and told[19].startswith("targets:20:")
    )
    assert told[20] == "targets: 30 more cells of value are no numbers."
    assert told[21].startswith("targets:50: other “y”")


def confronted(plans, tables):
    work = work_on(dict(enumerate(plans)), tables)
    return work.confronted(work.pieces)


def plans_and_tables(held):
    rows = [
        {
            "document": "p",
            "region": region,
            "indicator": f"{n}",
            "period": f"{2019 + n % 2}",
            "value": n,
            "unit": "家",
        }
        for n in range(40)
        for region in ("city", "east")
    ]
    tables = {
        "targets": Table("targets", held(pl.DataFrame(rows))),
        "notes": Table("notes", pl.DataFrame([{"indicator": "1", "text": "x"}])),
    }
    catalogue = Catalogue(
        {name: TableShape(name, table.columns, ()) for name, table in tables.items()},
        {
            "region": CodeList(
                "region", {code: Member(code, parent) for code, parent in CODES["region"].items()}
            )
        },
        lambda table, column: tables[table].observed(column),
    )
    return resolve(read_rules_text(RULES), catalogue), tables


def test_rules_are_divided_whose_operands_all_say_a_dimension_themselves():
    plans, tables = plans_and_tables(lambda frame: frame)
    with patch.object(parts, "PART", 10):
        found = Counter(one.plan.rule.id for one in confronted(plans, tables))
    assert {rule for rule, count in found.items() if count > 1} == {
        "sum", "agree", "falls", "row", "once", "others", "third", "noted",
    }  # fmt: skip
    assert found["total"] == 1


def test_rows_that_are_not_in_memory_are_divided_before_they_are_taken_in():
    plans, tables = plans_and_tables(lambda frame: frame.lazy())
    with patch.object(stretches, "STRETCH", 10):
        found = stretches.divisions(plans, tables)
    rules = [{plans[number].rule.id for number in own.plans} for own in found]
    assert rules == [{"sum", "agree", "falls", "row", "once", "others", "third"}, {"total"}, {"noted"}]
    spans = [stretch["targets"] for stretch in found[0].stretches]
    assert [span.first for span in spans] == ["", "13", "18", "22", "27", "31", "36", "5"]
    assert [span.after for span in spans] == [*(span.first for span in spans[1:]), None]
    assert found[1].stretches == ({},) and len(found[2].stretches) > 1
    in_memory = plans_and_tables(lambda frame: frame)
    with patch.object(stretches, "STRETCH", 10):
        assert stretches.divisions(*in_memory) == [stretches.Division((*range(9),))]


def test_what_a_stretch_came_to_can_be_sent_elsewhere():
    plans, tables = plans_and_tables(lambda frame: frame)
    told = [to_tell(one, np.arange(len(one))) for one in confronted(plans, tables)]
    known = told_checks(told, Identities(tables), lambda table, rows: {})
    assert told_checks(pickle.loads(pickle.dumps(told)), Identities(tables), lambda table, rows: {}) == known
