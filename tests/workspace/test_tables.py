"""Tables of one's own wherever a source stands: several at once, a folder, what the settings say of one, and faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit.cli import main

SAME = """
- id: same
  title: t
  for_each: [region]
  let: {before: {table: old, column: jobs}, after: {table: new, column: jobs}}
  check: before == after
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "."))
        path.write_text(text, "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", "en"])


def report(*arguments: str) -> dict[str, Any]:
    done = run("check", *arguments, "--rules", "rules.yaml", "--format", "json")
    assert done.exit_code in (0, 1), done.output
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("sources", [("old.csv", "new.csv"), (".",), ()])
def test_two_tables_are_compared_by_key(sources: tuple[str, ...]) -> None:
    write(old__csv="region,jobs\na,1\nb,2\n", new__csv="region,jobs\na,1\nb,3\n", rules__yaml=SAME)
    (finding,) = report(*sources)["findings"]
    assert finding["key"] == {"region": "b"}
    assert [(cell["source"], cell["line"]) for cell in finding["cells"]] == [("old.csv", 3), ("new.csv", 3)]


def test_versions_of_a_table_in_two_files_are_one_table() -> None:
    write(old__csv="region,jobs\na,1\nb,2\n", new__csv="region,jobs\na,1\nb,3\n",
          rules__yaml="- {id: few, title: t, check: jobs < 3}\n")  # fmt: skip
    done = run("diff", "old.csv", "new.csv", "--rules", "rules.yaml")
    assert "jobs: 2 → 3" in done.stdout and "1 broke" in done.stdout


def test_tables_of_one_name_go_by_their_files_or_are_refused() -> None:
    Path("a").mkdir()
    write(jobs__csv="region,jobs\na,1\n", rules__yaml="- {id: few, title: t, check: jobs < 3}\n")
    Path("a/jobs.csv").write_text("region,jobs\na,2\n", "utf-8")
    refused = run("check", "jobs.csv", "a/jobs.csv", "--rules", "rules.yaml")
    assert refused.exit_code == 2 and "would both be the table “jobs”" in refused.stderr
    write(audit__toml='[tables.one]\nfile = "jobs.csv"\n[tables.two]\nfile = "a/jobs.csv"\n')
    write(rules__yaml="- {id: few, title: t, table: two, check: jobs < 2}\n")
    assert report()["summary"]["violated"] == 1


def test_what_the_settings_say_of_a_table_counts() -> None:
    write(
        audit__toml='[tables.wide]\nfile = "wide.csv"\nhead = [2, 3]\nkey = "region"\nmissing = ["?"]\n'
        'unpivot = {columns = ["2019/*", "2020/*"], into = ["period", "sex"], value = "jobs"}\n',
        wide__csv="a title,,,,\nregion,2019,2019,2020,2020\n,men,women,men,women\nnorth,1,2,3,?\nsouth,4,5,6,7\n",
        rules__yaml="- {id: r, title: t, for_each: [region, period], along: sex, column: jobs, check: men < women}\n",
    )
    found = report("--all")
    assert {tuple(check["key"].values()): check["verdict"] for check in found["checks"]} == {
        ("north", "2019"): "holds", ("north", "2020"): "untestable", ("south", "2019"): "holds", ("south", "2020"): "holds",
    }  # fmt: skip
    assert found["identities"][0]["columns"] == ["region", "period", "sex"] if found["identities"] else True


def test_bad_cells_are_told_twenty_a_column_and_counted() -> None:
    rows = "".join(f"r{n},{n}\n" for n in range(60)) + "".join(f"s{n},many\n" for n in range(30))
    write(jobs__csv=f"region,jobs\n{rows}", rules__yaml="- {id: few, title: t, check: jobs < 3}\n")
    refused = run("check", "jobs.csv", "--rules", "rules.yaml")
    lines = refused.stderr.splitlines()
    assert refused.exit_code == 2 and len(lines) == 21
    assert lines[0].startswith("jobs.csv:62: jobs “many” is no number")
    assert lines[-1] == "jobs.csv: 10 more cells of jobs are no numbers."


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [('sheat = "x"', "there is no setting “sheat”; the nearest is “sheet”"),
     ('key = "regio"', "key names “regio”, which is no column; the nearest is “region”"),
     ('unpivot = "2015..2024"', "unpivot names “2015..2024”, which is no column"),
     ("head = 9", "head names row 9 of jobs.csv, which is blank or not there"),
     ('encoding = "utf-9"', "there is no encoding “utf-9”"),
     ('numbers = {job = "%"}', "numbers names “job”, which is no column; the nearest is “jobs”"),
     ('url = "sqlite:///x"', "a table has either a file or a url")],
)  # fmt: skip
def test_a_wrong_setting_is_told_with_its_place(setting: str, sentence: str) -> None:
    write(jobs__csv="region,jobs\na,1\n", rules__yaml="- {id: few, title: t, check: jobs < 3}\n",
          audit__toml=f'[tables.jobs]\nfile = "jobs.csv"\n{setting}\n')  # fmt: skip
    refused = run("check", "--rules", "rules.yaml")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("audit.toml:1 [tables.jobs]") and sentence in refused.stderr


def test_plans_and_tables_are_two_runs() -> None:
    write(jobs__csv="region,jobs\na,1\n", plan__txt="x", rules__yaml=SAME)
    refused = run("check", "jobs.csv", "plan.txt")
    assert refused.exit_code == 2 and "plans and tables cannot be checked together" in refused.stderr


def test_a_declared_key_that_stands_again_is_told_with_both_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ["east,2019,1", "east,2020,2", "west,2019,3", "east,2019,4", ",2019,5", ",2019,6"]
    Path("own.csv").write_text("region,year,n\n" + "\n".join(rows) + "\n", "utf-8")
    Path("own.yaml").write_text("- {id: own.n, title: t, check: n > 0}\n", "utf-8")
    told = {}
    for key in ('["region", "year"]', '"region"'):
        Path("audit.toml").write_text(f'[tables.own]\nfile = "own.csv"\nkey = {key}\n', "utf-8")
        told[key] = CliRunner().invoke(main, ["check", "own.csv", "--rules", "own.yaml", "--lang", "en"])
        assert told[key].exit_code == 2
    (line,) = told['["region", "year"]'].stderr.splitlines()
    assert line.startswith("own.csv:5: has the key of own.csv:2 again (region=east, year=2019)")
    assert [line[:9] for line in told['"region"'].stderr.splitlines()] == ["own.csv:3", "own.csv:5"]


def test_of_many_rows_with_a_key_again_twenty_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_text("region,n\n" + "east,1\n" * 50, "utf-8")
    Path("own.yaml").write_text("- {id: own.n, title: t, check: n > 0}\n", "utf-8")
    Path("audit.toml").write_text('[tables.own]\nfile = "own.csv"\nkey = "region"\n', "utf-8")
    refused = CliRunner().invoke(main, ["check", "--rules", "own.yaml", "--lang", "en"])
    assert refused.exit_code == 2 and len(refused.stderr.splitlines()) == 21
    assert "own.csv: 29 more rows have a key again." in refused.stderr
