"""Several plans at once: each checked as if alone, one report, and nothing read twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from audit.actions.plans import plans_report
from audit.model.errors import InputError
from audit.model.report import Report
from audit.tables.cache import Cache
from audit.workspace import drafts
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session
from audit.workspace.sources import plans_in
from tests.workspace.command import REPOSITORY, audit

DRAFT = REPOSITORY / "tests" / "data" / "draft" / "draft.txt"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    (folder / "older").mkdir(parents=True)
    for name in ("one.txt", "two.txt", "older/one.txt"):
        shutil.copy(DRAFT, folder / name)
    return folder


def report(plans: Sequence[Path], known: Cache, *, everything: bool = False, **settings: Any) -> Report:
    """The report on plans, with what earlier ones left in `known`."""
    configuration = Configuration(sources=tuple(plans), **settings)
    return plans_report(Session(configuration, cache=known), everything=everything)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the plans that are read."""
    names: list[str] = []
    original = drafts.read_document
    monkeypatch.setattr(
        drafts, "read_document", lambda path: (names.append(Path(path).name), original(path))[1]
    )
    return names


def test_several_plans_are_one_report_with_the_totals_of_all(plans: Path) -> None:
    alone = json.loads(audit(plans, "check", "one.txt", "--format", "json").stdout)
    both = json.loads(audit(plans, "check", "one.txt", "two.txt", "--format", "json").stdout)
    for name in ("figures", "checks", "holds", "violated", "untestable"):
        assert both["summary"][name] == 2 * alone["summary"][name]
    assert len(both["findings"]) == 2 * len(alone["findings"])
    assert both["summary"]["rules"] == alone["summary"]["rules"]
    assert [document["id"] for document in both["documents"]] == ["one", "two"]


def test_a_folder_without_tables_is_the_plans_in_it(plans: Path) -> None:
    (plans / "README.md").write_text("notes")
    (plans / ".hidden.txt").write_text("x")
    (plans / "~$one.docx").write_text("x")
    assert [p.relative_to(plans).as_posix() for p in plans_in(plans)] == [
        "older/one.txt",
        "one.txt",
        "two.txt",
    ]
    report = json.loads(audit(plans, "check", "--format", "json").stdout)
    assert [document["id"] for document in report["documents"]] == ["older/one", "one", "two"]


def test_a_plan_that_did_not_change_is_not_read_again(plans: Path, tmp_path: Path, read: list[str]) -> None:
    known, paths = Cache(tmp_path / "cache"), plans_in(plans)
    first = report(paths, known)
    assert len(read) == 3
    assert report(paths, known) == first
    assert len(read) == 3
    (plans / "two.txt").write_text(DRAFT.read_text("utf-8").replace("36", "37"), "utf-8")
    assert report(paths, known) != first
    assert read[3:] == ["two.txt"]
    (plans / "two.txt").write_text(DRAFT.read_text("utf-8"), "utf-8")
    assert report(paths, known) == first and len(read) == 4


def test_other_rules_find_nothing_remembered(plans: Path, tmp_path: Path, read: list[str]) -> None:
    known = Cache(tmp_path / "cache")
    paths = plans_in(plans)[:2]
    report(paths, known)
    report(paths, known, only=("relations.*", "lists.*"))
    report(paths, known, everything=True)
    assert len(read) == 6


@pytest.mark.parametrize("damage", [b"", b"x", b"\n\n[]\n{}"])
def test_a_damaged_entry_is_made_again(plans: Path, tmp_path: Path, read: list[str], damage: bytes) -> None:
    known, paths = Cache(tmp_path / "cache"), plans_in(plans)[:2]
    first = report(paths, known)
    for entry in (tmp_path / "cache").rglob("*"):
        if entry.is_file():
            entry.write_bytes(damage)
    assert report(paths, known) == first
    assert len(read) == 4


def test_everything_is_the_same_remembered_or_not(plans: Path, tmp_path: Path) -> None:
    known, paths = Cache(tmp_path / "cache"), plans_in(plans)
    first = report(paths, known, everything=True)
    again = report(paths, known, everything=True)
    assert again == first and again.checks and again.figures


def test_all_plans_that_cannot_be_read_are_told_and_nothing_is_reported(plans: Path) -> None:
    (plans / "empty.docx").write_bytes(b"")
    (plans / "wrong.pdf").write_bytes(b"no pdf")
    done = audit(plans, "check", "--lang", "en")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 2)


def test_plans_and_tables_are_not_checked_together(plans: Path) -> None:
    (plans / "t.csv").write_text("a,b\n1,2\n")
    done = audit(plans, "check", "one.txt", "t.csv", "--lang", "en")
    assert (done.returncode, done.stderr) == (
        2,
        "2 sources were given; only plans can be checked together.\n",
    )


def test_the_name_of_no_rule_is_told_before_any_plan_is_read(
    plans: Path, tmp_path: Path, read: list[str]
) -> None:
    with pytest.raises(InputError, match="no rule is called nosuch"):
        report(plans_in(plans), Cache(tmp_path / "cache"), only=("nosuch",))
    assert not read
