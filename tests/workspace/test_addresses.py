"""Databases named by their address, and tables of a source by their name, on the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main
from audit.workspace.addresses import Address, source_of

RULE = "- {id: own.adds, title: t, check: total == a + b}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database of two tables, of which one has a slip, and a rule."""
    pytest.importorskip("sqlalchemy", reason="the extra sql is not installed")
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(RULE, "utf-8")
    database = sqlite3.connect("own.sqlite")
    for name, total in (("good", 3), ("bad", 4)):
        database.execute(f"create table {name} (id text primary key, a integer, b integer, total integer)")
        database.execute(f"insert into {name} values ('x', 1, 2, {total})")
    database.commit()
    database.close()
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments, "--rules", "own.yaml", "--lang", "en"])


@pytest.mark.parametrize("source", ["sqlite:///own.sqlite", "own.sqlite"])
def test_one_table_of_a_database_is_checked_alone(folder: Path, source: str) -> None:
    assert run(source, "--table", "good").exit_code == 0
    found = run(source, "--table", "bad")
    assert found.exit_code == 1 and "4 ≠ 1 + 2 = 3" in found.stdout
    missing = run(source, "--table", "god")
    assert missing.exit_code == 2 and "no sheet or table “god”; the nearest is “good”" in missing.stderr


def test_an_address_is_read_as_the_settings_for_it_say_and_nothing_else_is(folder: Path) -> None:
    Path("audit.toml").write_text(
        '[tables.chosen]\nurl = "sqlite:///own.sqlite"\nquery = "select id, a, b, total - 1 as total from bad"\n'
        '[tables.other]\nfile = "there-is-none.csv"\n', "utf-8"
    )  # fmt: skip
    report = run("sqlite:///own.sqlite", "--format", "json")
    assert report.exit_code == 0, report.output
    assert [one["path"] for one in json.loads(report.stdout)["inputs"] if "sqlite" in one["path"]] == [
        "sqlite:///own.sqlite"
    ]


def test_the_workspace_around_is_left_alone(folder: Path) -> None:
    Path("datapackage.json").write_text("{broken", "utf-8")
    assert run("sqlite:///own.sqlite", "--table", "good").exit_code == 0


def test_the_database_is_not_written_to_and_its_password_not_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path("own.sqlite").read_bytes()
    run("sqlite:///own.sqlite", "--table", "bad")
    assert Path("own.sqlite").read_bytes() == before
    refused = run("postgresql://somebody:secret@127.0.0.1:1/base", "--table", "x")
    assert refused.exit_code == 2 and "secret" not in refused.output and "127.0.0.1:1/base" in refused.stderr


def test_a_table_without_a_source_is_refused(folder: Path) -> None:
    refused = run("--table", "good")
    assert refused.exit_code == 2 and "name the file or the address" in refused.stderr


@pytest.mark.parametrize(
    ("word", "kind"),
    [("postgresql://host/base", Address), ("postgresql+psycopg://u@h/b", Address), ("a/b.csv", Path), ("C:\\own.csv", Path),
     ("a: b.csv", Path), ("", Path)],
)  # fmt: skip
def test_only_an_address_is_taken_for_one(word: str, kind: type) -> None:
    assert isinstance(source_of(word), kind)


def test_settings_name_a_variable_instead_of_a_password() -> None:
    assert Address("postgresql://me:secret@host/b").without_password() == "postgresql://me:${PASSWORD}@host/b"
    assert Address("postgresql://me@host/b").without_password() == "postgresql://me@host/b"


def test_a_workspace_is_started_for_a_table_of_a_database(folder: Path) -> None:
    database = sqlite3.connect("own.sqlite")
    database.executemany(
        "insert into good values (?, ?, ?, ?)",
        [(f"y{n}", 97 * n, 1013 + n, 98 * n + 1013) for n in range(20)],
    )
    database.commit()
    database.close()
    started = CliRunner().invoke(main, ["init", "sqlite:///own.sqlite", "--table", "good", "--lang", "en"])
    assert started.exit_code == 0 and "total is the sum of a, b  21/21" in started.stdout, started.output
    assert 'url = "sqlite:///own.sqlite"\ntable = "good"\nkey = ["id"]\n' in Path("audit.toml").read_text(
        "utf-8"
    )
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
