"""What follows from the record of a kind of table follows for every kind."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from audit.actions.extracting import extract_to
from audit.actions.starting import start
from audit.extraction import extract
from audit.tables.descriptor import descriptor
from audit.tables.kind_conditions import OF_ROWS
from audit.tables.kinds import BY_NAME, KINDS, TableKind
from audit.tables.package import read_package
from audit.tables.validity import ensure_valid
from audit.workspace.standard import STANDARD, shape

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@every_kind
def test_a_kind_speaks_only_of_columns_and_tables_that_are_there(kind: TableKind) -> None:
    assert set(kind.key) <= set(kind.columns)
    assert {name for name, *_ in kind.checks} <= set(OF_ROWS)
    assert {column for _, *columns in kind.checks for column in columns} <= set(kind.columns)
    assert set(kind.trees) <= set(kind.columns)
    for own, (table, theirs) in kind.links.items():
        assert set(own) <= set(kind.columns)
        assert set(theirs) <= set(BY_NAME[table].columns)
    assert all(len(row) == len(kind.columns) for row in kind.initial)


@every_kind
def test_one_key_is_that_of_the_description_and_the_rules(kind: TableKind) -> None:
    (described,) = descriptor("plans", {kind.name: kind.path()})["resources"]
    assert described["schema"]["primaryKey"] == list(kind.key)
    if kind.row is not None:
        assert STANDARD[kind.name] == (kind.row, kind.key)
        assert shape(kind.name).key == kind.key


@every_kind
def test_a_row_of_the_model_has_the_columns_of_its_kind_in_their_order(kind: TableKind) -> None:
    names = [field.name for field in fields(kind.row)] if kind.row is not None else []
    assert names == [name for name in kind.columns if name in names]
    assert all(column.optional for name, column in kind.columns.items() if names and name not in names)
    if kind.extracted:
        assert hasattr(extract("到2020年建设10家。"), kind.extracted)


def test_a_new_workspace_and_an_extracted_one_hold_the_kinds_as_their_schemas_say(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "甲市规划（2020—2025年）\n一、目标\n到2025年，甲市企业100家，其中乙区40家、丙区60家。",
        encoding="utf-8",
    )
    start(tmp_path / "new")
    extract_to([plan], tmp_path / "read")
    new, read = (read_package(tmp_path / folder / "extracted") for folder in ("new", "read"))
    assert set(new.resources) == {kind.name for kind in KINDS if kind.starts}
    assert set(read.resources) == set(BY_NAME)
    for package in (new, read):
        ensure_valid(package)
