"""Frictionless packages as others write them: without schemas, in dialects of their own, under any names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.model.errors import InputError
from audit.workspace.loading import load

RULE = '- {id: total, title: t, table: money, along: region, column: amount, check: "all == east + west"}\n'


def package(
    folder: Path, content: str | bytes, schema: Any = None, name: str = "money", **resource: Any
) -> Path:
    """A package of one table with the file `data.csv`."""
    described = {"name": name, "path": "data.csv", **resource, **({"schema": schema} if schema else {})}
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [described]}), "utf-8")
    (folder / "data.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def cells(folder: Path, name: str = "money") -> list[tuple[str | None, ...]]:
    return list(load(folder).tables[name].frame.rows())


def amount(**field: Any) -> dict[str, Any]:
    return {"fields": [{"name": "region"}, {"name": "amount", "type": "number", **field}]}


@pytest.mark.parametrize(
    ("written", "field"),
    [("1,200.5", {"groupChar": ","}), ("1200,5", {"decimalChar": ","}), ("1 200,5", {"groupChar": " ", "decimalChar": ","}),
     ("€1200.5", {"bareNumber": False}), ("1,200.5 %", {"bareNumber": False, "groupChar": ","})],
)  # fmt: skip
def test_a_number_is_read_as_the_schema_says_that_it_is_written(
    tmp_path: Path, written: str, field: dict[str, Any]
) -> None:
    folder = package(tmp_path, f'region,amount\neast,"{written}"\n', amount(**field))
    assert cells(folder) == [("east", "1200.5")]


def test_what_is_missing_is_what_the_schema_says(tmp_path: Path) -> None:
    schema = {**amount(), "missingValues": ["", "-", "n.a."]}
    assert cells(package(tmp_path, "region,amount\neast,-\nwest,n.a.\nall,3\n", schema)) == [
        ("east", None), ("west", None), ("all", "3"),
    ]  # fmt: skip


def test_a_dialect_and_an_encoding_are_honoured(tmp_path: Path) -> None:
    content = "region;amount\n东;1\n".encode("gb18030")
    folder = package(tmp_path, content, amount(), dialect={"delimiter": ";"}, encoding="gb18030")
    assert cells(folder) == [("东", "1")]


def test_a_table_without_a_schema_is_recognised_and_told(tmp_path: Path) -> None:
    folder = package(tmp_path, 'region,amount\neast,"1,200"\nwest,N/A\n')
    assert load(folder).tables["money"].columns == {"region": "text", "amount": "number"}
    assert cells(folder) == [("east", "1200"), ("west", None)]
    assert any("“N/A” says" in note.en and " ×1)" in note.en for note in load(folder).notes)


@pytest.mark.parametrize("name", ["targets", "regions", "documents", "clauses", "indicators", "mentions"])
def test_a_name_makes_no_table_one_of_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(package(tmp_path, "region,amount\neast,2\nwest,3\nall,6\n", amount(), name))
    assert load(Path(".")).tables[name].columns == {"region": "text", "amount": "number"}
    (tmp_path / "own.yaml").write_text(RULE.replace("money", name), "utf-8")
    done = CliRunner().invoke(main, ["check", "--rules", "own.yaml", "--format", "json"])
    assert json.loads(done.stdout)["summary"]["violated"] == 1


def test_what_is_not_written_as_declared_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"data\.csv:2: amount “1,200” is no number"):
        load(package(tmp_path, 'region,amount\neast,"1,200"\n', amount()))


def test_a_row_that_lacks_its_last_cells_is_read_as_blank_and_told_also_where_the_file_is_named(
    tmp_path: Path,
) -> None:
    fields = {"fields": [{"name": "region"}, {"name": "amount", "type": "number"}, {"name": "note"}]}
    folder = package(tmp_path, "region,amount,note\nall,3,\neast,1\nwest,2,x\n", fields)
    (tmp_path / "r.yaml").write_text(RULE, "utf-8")
    for source in (folder, folder / "data.csv"):
        done = CliRunner().invoke(
            main, ["check", str(source), "--rules", str(tmp_path / "r.yaml"), "--lang", "en"]
        )
        assert done.exit_code == 0 and "1 rows have fewer cells than the head" in done.stdout, done.output
