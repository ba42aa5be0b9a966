"""`datapackage.json` is looked at as a whole before a table is opened; whatever stands in it is told in sentences."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model.errors import InputError
from audit.tables.description import FILE, read_description
from audit.tables.package import read_package

TABLE = {"name": "prices", "path": "prices.csv", "schema": {"fields": [{"name": "item"}, {"name": "value"}]}}


def describe(root: Path, content: object) -> Path:
    text = content if isinstance(content, str) else json.dumps({"resources": [content]})
    (root / FILE).write_text(text, "utf-8")
    (root / "prices.csv").write_text("item,value\na,1\n", "utf-8")
    return root


def refused(root: Path, content: object) -> str:
    with pytest.raises(InputError) as told:
        read_package(describe(root, content))
    return "\n".join(told.value.sentences())


def test_a_sound_description_gives_names_paths_and_schemas(tmp_path: Path) -> None:
    (found,) = read_description(describe(tmp_path, TABLE))
    assert (found.name, found.paths, found.schema) == ("prices", ("prices.csv",), TABLE["schema"])


@pytest.mark.parametrize(
    "path",
    ["/dev/zero", "/etc/passwd", "../prices.csv", "a/../../prices.csv", "https://example.org/p.csv", "a\0b", "",
     "C:\\p.csv", "\\\\host\\p.csv", "..\\p.csv", "file:///etc/passwd", "."],
)  # fmt: skip
def test_a_path_that_leads_out_of_the_package_is_told_before_it_is_opened(tmp_path: Path, path: str) -> None:
    (tmp_path / "in").mkdir()
    told = refused(tmp_path / "in", TABLE | {"path": path})
    assert "datapackage.json" in told or "is a folder" in told


def test_a_link_out_of_the_package_a_pipe_and_a_device_are_told(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    (root / "out.csv").symlink_to("/etc/hostname")
    os.mkfifo(root / "pipe.csv")
    assert "leads out of the package" in refused(root, TABLE | {"path": "out.csv"})
    assert "is a folder, a pipe or a device" in refused(root, TABLE | {"path": "pipe.csv"})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[]", "should be an object"), ("{}", "resources should be a list"), ('{"resources": []}', "no resources"),
        ("{", "is no JSON"), ("[" * 100_000, "is no JSON"), ('{"resources": 1e999999999}', "should be a list"),
        ('{"resources": ' + "9" * 5000 + "}", "is no JSON"),
        (7, "resources[0] should be an object"),
        (TABLE | {"name": "\ud800"}, "resources[0].name should be a text"),
        (TABLE | {"name": 7}, "resources[0].name should be a text"),
        (TABLE | {"path": None}, "resources[0].path should be"),
        (TABLE | {"path": ["prices.csv", 3]}, "resources[0].path should be"),
        (TABLE | {"path": []}, "resources[0].path should be"),
        (TABLE | {"schema": "schema.json"}, "resources[0].schema should be an object"),
        (TABLE | {"schema": {"fields": [{"name": "item"}, {"name": "item"}]}}, "two fields “item”"),
        (TABLE | {"schema": {"fields": [{"name": ["item"]}]}}, "fields[0].name should be a text"),
        (TABLE | {"schema": {"fields": [{"name": "item"}], "primaryKey": "gone"}}, "names “gone”"),
        (TABLE | {"schema": {"fields": [{"name": "item"}], "foreignKeys": [{"fields": "item"}]}}, "reference"),
        (TABLE | {"schema": {"fields": [{"name": "item", "constraints": {"minLength": 1e9}}]}}, "a whole number"),
        (TABLE | {"schema": {"fields": [{"name": "item", "constraints": {"enum": "a"}}]}}, "enum should be a list"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_kind_asked_for_is_told_by_its_place(
    tmp_path: Path, content: object, told: str
) -> None:
    assert told in refused(tmp_path, content)


def test_a_name_twice_and_all_other_faults_are_told_together(tmp_path: Path) -> None:
    text = json.dumps({"resources": [TABLE, TABLE | {"path": "/x"}, TABLE | {"schema": 1}]})
    told = refused(tmp_path, text).splitlines()
    assert len(told) >= 4 and all(line.startswith("datapackage.json: resources[") for line in told)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PLACES = [
    ("name",), ("path",), ("schema",), ("schema", "fields"), ("schema", "fields", 0), ("schema", "fields", 0, "name"),
    ("schema", "fields", 0, "type"), ("schema", "fields", 0, "constraints"), ("schema", "primaryKey"),
    ("schema", "fields", 0, "trueValues"), ("schema", "foreignKeys"),
    *(("schema", "fields", 0, "constraints", name) for name in ("required", "enum", "minimum", "pattern", "maxLength")),
]  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_anything_anywhere_is_a_package_or_a_fault_that_is_told(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[Any, ...], value: object
) -> None:
    from audit.tables.cache import Cache
    from audit.tables.validity import ensure_valid

    entry = json.loads(json.dumps(TABLE))
    entry["schema"]["fields"][0]["constraints"] = {}
    at = entry
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    root = describe(tmp_path_factory.mktemp("any"), entry)
    try:
        package = read_package(root)
        package.codes()
        ensure_valid(package, Cache(None))
    except InputError as error:
        assert error.sentences()
