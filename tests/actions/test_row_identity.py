"""Baselines and waivers over rows: found again by what tells them apart, refused where nothing does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspace.command import audit

RULES = "- {id: equal, title: t, table: t, check: a == b}\n"
THREE_WRONG = ("e,1,2", "e,3,4", "e,5,6", "e,7,7")


def table(folder: Path, *rows: str) -> None:
    (folder / "t.csv").write_text("\n".join(("region,a,b", *rows)) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def gate(folder: Path, *more: str):
    return audit(
        folder, "check", "t.csv", "--rules", "rules.yaml", "--baseline", "b.json", "--lang", "en", *more
    )


def test_one_row_mended_and_another_broken_is_one_settled_and_one_new(folder: Path) -> None:
    table(folder, *THREE_WRONG)
    assert gate(folder, "--update-baseline").returncode == 0
    assert gate(folder).returncode == 0
    table(folder, "e,2,2", "e,3,4", "e,5,6", "e,7,8")
    done = gate(folder)
    assert done.returncode == 1
    assert "1 new" in done.stdout and "2 unchanged" in done.stdout and "1 settled" in done.stdout


def test_rows_with_a_key_are_found_again_whatever_becomes_of_their_numbers(folder: Path) -> None:
    table(folder, "e,1,2", "w,3,3")
    assert gate(folder, "--update-baseline").returncode == 0
    table(folder, "w,3,4", "e,1,9")
    done = gate(folder)
    assert done.returncode == 1
    assert "1 new" in done.stdout and "1 worse" in done.stdout and "0 settled" in done.stdout


@pytest.mark.parametrize("update", [True, False])
def test_a_baseline_over_rows_that_are_alike_is_refused_and_nothing_is_written(
    folder: Path, update: bool
) -> None:
    table(folder, *THREE_WRONG)
    gate(folder, "--update-baseline")
    before = (folder / "b.json").read_text("utf-8")
    table(folder, "e,1,2", "e,1,2")
    done = gate(folder, *(["--update-baseline"] if update else []))
    assert done.returncode == 2 and done.stdout == ""
    assert "nothing tells apart" in done.stderr and "primaryKey" in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert (folder / "b.json").read_text("utf-8") == before


def test_a_baseline_whose_rows_went_by_other_columns_is_refused(folder: Path) -> None:
    table(folder, "e,1,2", "w,3,4")
    gate(folder, "--update-baseline")
    table(folder, "e,1,2", "w,3,4", "w,5,6")
    done = gate(folder)
    assert done.returncode == 2 and "went by region and now go by all that stands in them" in done.stderr


def test_a_waiver_of_one_of_several_rows_alike_is_refused(folder: Path) -> None:
    table(folder, "e,1,2", "e,1,2", "w,3,4")
    run = audit(folder, "check", "t.csv", "--rules", "rules.yaml", "--format", "json")
    first, second, alone = (finding["id"] for finding in json.loads(run.stdout)["findings"])
    assert first.partition("-")[0] == second.partition("-")[0]
    terms = (
        "--rules",
        "rules.yaml",
        "-C",
        "t.csv",
        "--reason",
        "known",
        "--by",
        "me",
        "--until",
        "2999-01-01",
    )
    for name in (first, first.partition("-")[0]):
        done = audit(folder, "waive", name, *terms, "--lang", "en")
        assert done.returncode == 2 and "nothing tells apart" in done.stderr
    assert audit(folder, "waive", alone, *terms).returncode == 0
    assert (folder / "waivers.yaml").read_text("utf-8").count("id:") == 1


def test_a_waiver_by_key_alone_that_several_findings_have_is_refused(folder: Path) -> None:
    table(folder, *THREE_WRONG)
    (folder / "waivers.yaml").write_text(
        "- {rule: equal, key: {region: e}, verdict: violated, imbalance: -1, category: accepted, reason: r, by: me,"
        " on: 2020-01-01, until: 2999-01-01}\n",
        encoding="utf-8",
    )
    done = audit(folder, "check", "t.csv", "--rules", "rules.yaml", "--lang", "en")
    assert (
        done.returncode == 2
        and "waivers.yaml:1" in done.stderr
        and "3 findings of equal have this key" in done.stderr
    )
