"""A user's own tables are held to what their Table Schema declares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit.tables.failures import faults
from audit.tables.package import read_package
from tests.tables.workspace import make


def told(root: Path, field: dict[str, Any], *cells: str, **schema: object) -> list[str]:
    """The faults of a table `own` whose one column besides `key` is `field`."""
    fields = [{"name": "key", "type": "string"}, {"name": "cell", **field}]
    lines = ["key,cell", *(f"{number},{cell}" for number, cell in enumerate(cells))]
    make(root, own=({"fields": fields, **schema}, lines))
    return [fault.sentence() for fault in faults(read_package(root))]


@pytest.mark.parametrize(
    ("field", "good", "bad", "reason"),
    [
        ({"type": "number"}, "-1.5e3", "1.5.", "is no number; write it like 1650 or 12.5"),
        ({"type": "integer"}, "-7", "7.0", "is no whole number"),
        ({"type": "boolean"}, "true", "ja", "is neither true nor false"),
        ({"type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]}, "nein", "true", "is none of ja, nein"),
        ({"type": "date"}, "2024-02-29", "2023-02-29", "is no day of the calendar; write it like 2017-09-26"),
        ({"type": "year"}, "2024", "24", "is no year of four digits"),
        ({"constraints": {"enum": ["a", "b"]}}, "b", "c", "is none of a, b"),
        ({"constraints": {"pattern": r"\d{2}"}}, "12", "123", r"does not have the form \d{2}"),
        ({"type": "number", "constraints": {"minimum": 0.3}}, "0.3", "0.29999999999999999999", "is less than 0.3"),
        ({"type": "integer", "constraints": {"maximum": 5}}, "5", "6", "is more than 5"),
        ({"type": "date", "constraints": {"minimum": "2020-01-01"}}, "2020-01-01", "2019-12-31",
         "is less than 2020-01-01"),
        ({"constraints": {"minLength": 2}}, "ab", "a", "is shorter than 2 characters"),
        ({"constraints": {"maxLength": 2}}, "ab", "abc", "is longer than 2 characters"),
        ({"constraints": {"unique": True}}, "a", "a", "stands here again; a key stands only once"),
    ],
)  # fmt: skip
def test_types_and_constraints(
    tmp_path: Path, field: dict[str, Any], good: str, bad: str, reason: str
) -> None:
    assert told(tmp_path, field, good) == []
    assert told(tmp_path, field, good, "", bad) == [f"own.csv:4: cell “{bad}” {reason}."]


def test_a_pattern_that_can_be_read_in_many_ways_takes_no_longer_for_that(tmp_path: Path) -> None:
    field = {"constraints": {"pattern": "(a+)+|(b|b)*c"}}
    assert told(tmp_path, field, "a" * 60, "b" * 60 + "c") == []
    assert told(tmp_path, field, "a" * 60 + "b") == [
        f"own.csv:2: cell “{'a' * 60}b” does not have the form (a+)+|(b|b)*c."
    ]


ALONE: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
    ("number", {"minimum": 10, "maximum": 20}, ["10", "15", "20"], ["9", "21"]),
    ("integer", {"minimum": -5, "maximum": 5}, ["-5", "0"], ["-6", "6"]),
    ("date", {"minimum": "2020-01-01", "maximum": "2020-12-31"}, ["2020-06-01"], ["2019-12-31", "2021-01-01"]),
    ("string", {"minLength": 2, "maxLength": 3}, ["ab", "abc"], ["a", "abcd"]),
    ("string", {"enum": ["ab", "b"], "pattern": "a.*"}, ["ab"], ["b", "ac"]),
    ("string", {"pattern": "[a-z]+", "minLength": 2, "maxLength": 3}, ["abc"], ["a", "abcd", "AB"]),
    ("number", {"enum": ["5", "15"], "minimum": 10, "maximum": 20}, ["15"], ["5", "12"]),
]  # fmt: skip


@pytest.mark.parametrize(("type", "constraints", "good", "bad"), ALONE)
def test_constraints_that_stand_together_each_ask_what_they_say(
    tmp_path: Path, type: str, constraints: dict[str, Any], good: list[str], bad: list[str]
) -> None:
    field = {"type": type, "constraints": constraints}
    assert told(tmp_path, field, *good) == []
    assert len(told(tmp_path, field, *good, *bad)) == len(bad)


@pytest.mark.parametrize("type", ["number", "integer", "year"])
@pytest.mark.parametrize("cell", ["５", "²", "nan", "inf", "-inf", "1e", "--5", "1,500", "0x1F"])
def test_what_only_looks_like_a_number_is_told_and_nothing_is_guessed(
    tmp_path: Path, type: str, cell: str
) -> None:
    found = told(tmp_path, {"type": type, "constraints": {"minimum": 0, "maximum": 3000}}, f'"{cell}"')
    assert len(found) == 1 and found[0].startswith(f"own.csv:2: cell “{cell}” is no ")


@pytest.mark.parametrize("cell", ["9" * 61, "1e999", "1e-999", "0." + "3" * 61])
@pytest.mark.parametrize("type", ["number", "integer"])
def test_a_number_of_more_digits_than_can_be_read_is_told(tmp_path: Path, type: str, cell: str) -> None:
    if type == "integer" and not cell.isdigit():
        return
    assert told(tmp_path, {"type": type}, cell) == [
        f"own.csv:2: cell “{cell}” has more than 60 digits before or after the point."
    ]


def test_a_required_cell(tmp_path: Path) -> None:
    assert told(tmp_path, {"constraints": {"required": True}}, "a", "") == [
        "own.csv:3: cell is blank, but every row needs it."
    ]


def test_a_primary_key_over_two_columns(tmp_path: Path) -> None:
    assert told(tmp_path, {}, "a", "a", primaryKey=["key", "cell"]) == []
    assert told(tmp_path, {}, "a", "a", primaryKey="cell") == [
        "own.csv:3: cell “a” stands here again; a key stands only once."
    ]


def test_blank_cells_are_no_repetition(tmp_path: Path) -> None:
    assert told(tmp_path, {"constraints": {"unique": True}}, "a", "", "") == []


def test_a_foreign_key(tmp_path: Path) -> None:
    reference = {"fields": "cell", "reference": {"resource": "regions", "fields": "code"}}
    assert told(tmp_path, {}, "东区", "", "南东区", foreignKeys=[reference]) == [
        "own.csv:4: cell “南东区” is not in the column code of regions; nearest there: “东区”."
    ]


@pytest.mark.parametrize(
    ("field", "schema", "sentence"),
    [
        ({"constraints": {"pattern": "("}}, {}, "datapackage.json: the pattern of own.cell cannot be read"),
        ({"constraints": {"pattern": "(?=a)a"}}, {},
         "datapackage.json: the pattern of own.cell cannot be read (look-around, including look-ahead"),
        ({"constraints": {"pattern": r"(a)\1"}}, {},
         "datapackage.json: the pattern of own.cell cannot be read (backreferences are not supported); write it without"),
        ({"constraints": {"pattern": "(a{1000}){1000}"}}, {}, "datapackage.json: the pattern of own.cell cannot be read"),
        ({"constraints": {"minimum": "few"}}, {}, "datapackage.json: the limit “few” of own.cell is neither"),
        ({}, {"foreignKeys": [{"fields": "cell", "reference": {"resource": "towns", "fields": "code"}}]},
         "datapackage.json: own refers to code of towns, which is not there."),
    ],
)  # fmt: skip
def test_a_descriptor_that_cannot_be_read_is_told(
    tmp_path: Path, field: dict[str, Any], schema: dict[str, Any], sentence: str
) -> None:
    found = told(tmp_path, field, "a", **schema)
    assert len(found) == 1
    assert found[0].startswith(sentence)
