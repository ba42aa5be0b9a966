"""Tables are refused for every bad cell at once, and what was found valid is not looked at again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from audit.model.errors import InputError
from audit.tables import failures, validity
from audit.tables.cache import Cache
from audit.tables.failures import faults
from audit.tables.package import read_package
from audit.tables.validity import ensure_valid
from audit.wording import translator
from tests.tables.workspace import REPOSITORY, TABLES, change, make

BAD = [
        ("targets", 2, {"value": "3x"},
         "targets.csv:2: value “3x” is no number; write it like 1650 or 12.5."),
        ("targets", 2, {"value": "1,650"},
         "targets.csv:2: value “1,650” is no number; write it like 1650 or 12.5."),
        ("targets", 2, {"value": "nan"},
         "targets.csv:2: value “nan” is no number; write it like 1650 or 12.5."),
        ("targets", 2, {"value": "10000000000000000.0001", "low": "10000000000000000.0002", "high": ""},
         "targets.csv:2: low “10000000000000000.0002” is above value."),
        ("targets", 3, {"high": "12.4"},
         "targets.csv:3: value “12.5” is above high."),
        ("targets", 4, {"low": "6"},
         "targets.csv:4: low “6” is above high."),
        ("targets", 2, {"unit": "万元"},
         "targets.csv:2: unit “万元” is not the unit of the indicator (亿元); correct one of them."),
        ("targets", 2, {"unit": ""},
         "targets.csv:2: unit is not the unit of the indicator (亿元); correct one of them."),
        ("targets", 2, {"bound": "over"},
         "targets.csv:2: bound “over” is none of exact, at_least, above, at_most, below, about, range."),
        ("targets", 2, {"start": "14"},
         "targets.csv:2: start “14” does not lie before end."),
        ("targets", 2, {"start": "-1"},
         "targets.csv:2: start “-1” is no whole number of at least 0."),
        ("targets", 2, {"value": "50", "low": "50", "high": "50"},
         "targets.csv:2: literal “30” does not state what the row gives, 50 亿元."),
        ("targets", 2, {"value": "30.4", "low": "30.4", "high": "30.4"},  # digits beyond those that are written
         "targets.csv:2: literal “30” does not state what the row gives, 30.4 亿元."),
        ("targets", 2, {"literal": "30万亿元"},
         "targets.csv:2: literal “30万亿元” does not state what the row gives, 30 亿元."),
        ("targets", 4, {"literal": "3-4"},
         "targets.csv:4: literal “3-4” does not state what the row gives, 3-5 %."),
        ("targets", 2, {"literal": ""},
         "targets.csv:2: literal is blank, but every row needs it."),
        ("targets", 2, {"id": "plan/全市/-/产值/2032/level~1"},
         "targets.csv:2: id “plan/全市/-/产值/2032/level~1” is not built from the row's key, "
         "which gives plan/全市/-/产值/2032/level."),
        ("targets", 2, {"clause": "二"},
         "targets.csv:2: clause “二” is not in the column clause of clauses; nearest there: “一”, “一(一)”."),
        ("clauses", 3, {"parent": "一(一)"},
         "clauses.csv:3: parent “一(一)” leads back to the row itself; a tree has no circles."),
        ("clauses", 3, {"clause": "一"},
         "clauses.csv:3: clause “一” stands here again; a key stands only once."),
        ("clauses", 2, {"kind": "book"},
         "clauses.csv:2: kind “book” is none of chapter, part, task, stage_goal, measure, item."),
        ("lists", 2, {"open_ended": "no"}, "lists.csv:2: open_ended “no” is neither true nor false."),
        ("lists", 2, {"stated_count": "0"}, "lists.csv:2: stated_count “0” is no whole number of at least 1."),
        ("citations", 2, {"cited_title": ""},
         "citations.csv:2: cited_number is blank, and so is cited_title; one of them must be given."),
        ("documents", 2, {"date": "2030-02-30"},
         "documents.csv:2: date “2030-02-30” is no day of the calendar; write it like 2017-09-26."),
        ("documents", 2, {"period": "2032/2030"},
         "documents.csv:2: period “2032/2030” is no period; write it like 2019, 2019H1, 2019Q2, 2019-02, 2019-02-03, 2017/2020."),
        ("documents", 2, {"sha256": "abc"},
         "documents.csv:2: sha256 “abc” is no SHA-256 digest of 64 hexadecimal digits."),
        ("documents", 2, {"region": "东 区"},
         "documents.csv:2: region “东 区” is not in the column code of regions; nearest there: “东区”."),
        ("regions", 3, {"aliases": "x; 本市"},
         "regions.csv:3: aliases “x; 本市” holds a name that also belongs to another code of the list."),
        ("indicators", 2, {"broader": "产量"},
         "indicators.csv:2: broader “产量” is not in the column code of indicators; nearest there: “产值”."),
        ("indicators", 3, {"additive": ""}, "indicators.csv:3: additive is blank, but every row needs it."),
    ]  # fmt: skip
"""A table, a line, cells to change there, and what must be told of it."""


def told(root: Path) -> list[str]:
    return [fault.sentence() for fault in faults(read_package(root))]


def test_the_shipped_tables_are_valid() -> None:
    assert faults(read_package(REPOSITORY / "extracted")) == ()


def test_a_small_package_is_valid(tmp_path: Path) -> None:
    assert told(make(tmp_path)) == []


def test_tables_without_rows_are_valid(tmp_path: Path) -> None:
    make(tmp_path)
    for name, lines in TABLES.items():
        (tmp_path / name).write_text(lines[0] + "\n", encoding="utf-8")
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("table", "line", "cells", "expected"),
    BAD,
)
def test_a_bad_cell_is_told_with_file_line_column_and_reason(
    tmp_path: Path, table: str, line: int, cells: dict[str, str], expected: str
) -> None:
    change(make(tmp_path) / f"{table}.csv", line, **cells)
    assert expected in told(tmp_path)


def test_a_key_that_stands_in_two_files_is_told(tmp_path: Path) -> None:
    known = Cache(tmp_path / "cache")
    in_two_files(tmp_path)
    ensure_valid(read_package(tmp_path), known)
    lines = (tmp_path / "targets.csv").read_text("utf-8").split("\n")
    with (tmp_path / "more.csv").open("a", encoding="utf-8") as out:
        out.write(f"{lines[1]}\n")
    with pytest.raises(InputError, match=r"more.csv:3: id .* stands here again"):
        ensure_valid(read_package(tmp_path), known)


def in_two_files(root: Path) -> None:
    """The small package with its second figure in a file of its own."""
    make(root)
    lines = TABLES["targets.csv"]
    (root / "targets.csv").write_text("\n".join([lines[0], lines[1], lines[3]]) + "\n", encoding="utf-8")
    (root / "more.csv").write_text("\n".join([lines[0], lines[2]]) + "\n", encoding="utf-8")
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    (resource,) = (r for r in descriptor["resources"] if r["name"] == "targets")
    resource["path"] = ["targets.csv", "more.csv"]
    (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def test_a_key_stated_again_is_numbered(tmp_path: Path) -> None:
    make(tmp_path)
    again = TABLES["targets.csv"][1].replace("level,plan", "level~2,plan", 1)
    (tmp_path / "targets.csv").write_text("\n".join([*TABLES["targets.csv"], again]) + "\n", encoding="utf-8")
    assert told(tmp_path) == []


def test_all_bad_cells_are_told_at_once_in_the_order_of_the_tables(tmp_path: Path) -> None:
    make(tmp_path)
    change(tmp_path / "regions.csv", 3, parent="nowhere")
    change(tmp_path / "targets.csv", 4, measure="pace", region="北区")
    change(tmp_path / "targets.csv", 2, value="x", kind="hope")
    assert [sentence.split(" ")[:2] for sentence in told(tmp_path)] == [
        ["targets.csv:2:", "value"],
        ["targets.csv:2:", "kind"],
        ["targets.csv:4:", "id"],
        ["targets.csv:4:", "region"],
        ["targets.csv:4:", "measure"],
        ["regions.csv:3:", "parent"],
    ]


def test_a_table_that_audit_knows_needs_its_columns(tmp_path: Path) -> None:
    make(tmp_path)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][1]["schema"]["fields"].pop()
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert told(tmp_path)[0].startswith("targets.csv:1: the column “end” is missing; add it")


def test_the_sentences_are_translated(tmp_path: Path) -> None:
    change(make(tmp_path) / "targets.csv", 2, value="3x")
    fault = faults(read_package(tmp_path))[0]
    assert fault.sentence(translator("zh")) != fault.sentence()
    assert "3x" in fault.sentence(translator("zh"))


def test_what_was_valid_is_not_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = read_package(make(tmp_path))
    known = Cache(tmp_path / "cache")
    ensure_valid(package, known)
    monkeypatch.setattr(failures, "faults", lambda *_: pytest.fail("looked at again"))
    ensure_valid(package, known)


def test_changed_content_is_looked_at_again(tmp_path: Path) -> None:
    known = Cache(tmp_path / "cache")
    ensure_valid(read_package(make(tmp_path)), known)
    change(tmp_path / "targets.csv", 2, kind="hope")
    with pytest.raises(InputError, match="hope"):
        ensure_valid(read_package(tmp_path), known)


def test_a_memory_with_other_content_is_not_trusted(tmp_path: Path) -> None:
    known = Cache(tmp_path / "cache")
    before = read_package(make(tmp_path))
    ensure_valid(before, known)
    change(tmp_path / "targets.csv", 2, kind="hope")
    package = read_package(tmp_path)
    with pytest.raises(InputError):
        ensure_valid(package, known)
    forged = validity.hashlib.sha256(validity._contents(package)["targets"]).hexdigest()
    known.put(validity.KIND, forged, validity._contents(before)["targets"])
    with pytest.raises(InputError):
        ensure_valid(package, known)


@pytest.mark.parametrize(
    ("table", "row", "cells", "looked_at"),
    [
        ("targets", 2, {"evidence": "另"}, {"targets"}),
        ("citations", 2, {"cited_title": "Act"}, {"citations"}),
        ("indicators", 2, {"label_en": "Made"}, {"targets", "indicators"}),
        ("regions", 3, {"label_en": "Far East"}, {"documents", "targets", "regions"}),
        ("documents", 2, {"title": "The plan"},
         {"documents", "targets", "clauses", "lists", "mentions", "citations"}),
    ],
)  # fmt: skip
def test_only_what_a_change_touches_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    table: str, row: int, cells: dict[str, str], looked_at: set[str],
) -> None:  # fmt: skip
    known = Cache(tmp_path / "cache")
    ensure_valid(read_package(make(tmp_path)), known)
    change(tmp_path / f"{table}.csv", row, **cells)
    asked: list[set[str]] = []
    monkeypatch.setattr(failures, "faults", lambda _, tables: asked.append(set(tables)) or ())
    ensure_valid(read_package(tmp_path), known)
    assert asked == [looked_at]


def test_a_code_that_goes_is_told_where_it_was_used(tmp_path: Path) -> None:
    known = Cache(tmp_path / "cache")
    ensure_valid(read_package(make(tmp_path)), known)
    change(tmp_path / "regions.csv", 3, code="北区")
    with pytest.raises(InputError, match="region “东区” is not in the column code of regions"):
        ensure_valid(read_package(tmp_path), known)


def test_tables_as_they_should_be_are_looked_at_without_large_libraries(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from audit.tables.package import read_package; "
        "from audit.tables.validity import ensure_valid; ensure_valid(read_package(Path('extracted'))); "
        "print([name for name in ('pandera', 'pandas', 'polars') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True,
        env={"XDG_CACHE_HOME": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    assert done.stdout.split() == ["[]"]
