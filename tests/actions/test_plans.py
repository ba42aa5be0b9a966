"""Several plans at once: each checked alone and then against each other, one report, and nothing read twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from audit.actions import ahead
from audit.actions.plans import plans_report
from audit.engine.processes import Pieces
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
    """The report on plans by a few rules, with what earlier ones left in `known`."""
    configuration = Configuration(
        sources=tuple(plans), **{"only": ("relations.*", "consistency.*"), **settings}
    )
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
    for name in ("figures", "reconcilable", "violated", "untestable"):
        assert both["summary"][name] == 2 * alone["summary"][name]
    between = both["summary"]["holds"] - 2 * alone["summary"]["holds"]
    assert between == both["summary"]["checks"] - 2 * alone["summary"]["checks"] > 0  # copies agree
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
        "plans and tables cannot be checked together; give them in two runs.\n",
    )


def test_the_name_of_no_rule_is_told_before_any_plan_is_read(
    plans: Path, tmp_path: Path, read: list[str]
) -> None:
    with pytest.raises(InputError, match="no rule is called nosuch"):
        report(plans_in(plans), Cache(tmp_path / "cache"), only=("nosuch",))
    assert not read


BULLETIN = "青禾市2025年国民经济和社会发展统计公报\n\n2025年全市地区生产总值376.82亿元，比上年增长{rate}%。\n"
WORK = """青禾市2026年政府工作报告

一、2025年工作回顾
2025年，全市地区生产总值{product}，增长5.1%。
二、2026年工作安排
2026年，全市地区生产总值增长{goal}%。
"""
GOALS = "青禾市2026年国民经济和社会发展计划\n\n2026年，全市地区生产总值增长5.5%。\n"


def conflicts(folder: Path, *texts: str, known: Cache | None = None) -> list[tuple[str, list[str]]]:
    """The findings between plans of these texts: their severity, and the literals with their documents."""
    paths = [folder / f"{name}.txt" for name, _ in zip("abcdef", texts, strict=False)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    found = report(paths, known or Cache(folder / "cache")).findings
    return [
        (one.severity, sorted(f"{cell.document} {cell.literal}" for cell in one.check.cells))
        for one in found
        if one.check.rule == "consistency.same-target"
    ]


def test_plans_that_state_different_results_or_goals_are_told_once(tmp_path: Path) -> None:
    texts = (BULLETIN.format(rate="5.1"), WORK.format(product="367.82亿元", goal="7"), GOALS)
    assert conflicts(tmp_path, *texts) == [
        ("error", ["a 376.82", "b 367.82"]),
        ("error", ["b 7", "c 5.5"]),
    ]


@pytest.mark.parametrize("product", ["376.82亿元", "3768200万元", "376.8亿元"])
def test_plans_that_agree_but_for_rounding_and_scale_have_no_conflict(tmp_path: Path, product: str) -> None:
    texts = (BULLETIN.format(rate="5.1"), WORK.format(product=product, goal="5.5"), GOALS)
    assert [severity for severity, _ in conflicts(tmp_path, *texts) if severity != "info"] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BULLETIN.format(rate="5.1"), BULLETIN.format(rate="6.1").replace("青禾", "云岭")),
        (BULLETIN.format(rate="5.1"), BULLETIN.format(rate="6.1").replace("2025", "2024")),
        (BULLETIN.format(rate="5.1"), BULLETIN.format(rate="5.1").replace("地区生产总值376", "财政总收入36")),
        (BULLETIN.format(rate="5.1"), GOALS.replace("2026", "2025")),
    ],
    ids=["place", "year", "indicator", "goal and result"],
)
def test_what_differs_in_any_part_of_its_key_is_not_compared(tmp_path: Path, one: str, other: str) -> None:
    assert conflicts(tmp_path, one, other) == []


def test_conflicts_between_plans_are_found_again_without_reading_them(
    tmp_path: Path, read: list[str]
) -> None:
    texts, known = (BULLETIN.format(rate="5.1"), BULLETIN.format(rate="6.1")), Cache(tmp_path / "cache")
    first = conflicts(tmp_path, *texts, known=known)
    assert first == [("error", ["a 5.1", "b 6.1"])] == conflicts(tmp_path, *texts, known=known)
    assert read == ["a.txt", "b.txt"]


def test_a_figure_has_its_checks_alone_and_between_plans(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BULLETIN.format(rate="5.1"), "utf-8")
    (tmp_path / "b.txt").write_text(BULLETIN.format(rate="6.1"), "utf-8")
    found = report(plans_in(tmp_path), Cache(tmp_path / "cache"), everything=True)
    between = {check.id for check in found.checks if check.rule == "consistency.same-target"}
    used = [use for use in found.figures if between & set(use.checks)]
    assert len(between) == 2 and len(used) == 4 and len(found.figures) == found.summary.figures == 4
    assert all(use.compared for use in used) and found.summary.figures_compared == 4


def test_plans_read_by_several_processes_give_the_same_report(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "WORTH", 1)
    monkeypatch.setattr(ahead, "cores", lambda: 2)
    sound = (plans / "one.txt", plans / "two.txt")
    expected = report(sound, Cache(tmp_path / "one"))
    (plans / "broken.txt").write_bytes(b"")
    known = Cache(tmp_path / "two")
    settings = Configuration(sources=(*sound, plans / "broken.txt"))
    with pytest.raises(InputError, match=r"broken\.txt"):
        plans_report(Session(settings, cache=known, jobs=2))
    assert report(sound, known) == expected


def test_another_process_takes_the_plans_that_are_left_from_the_last_back_and_leaves_what_it_finds(
    plans: Path, tmp_path: Path, read: list[str]
) -> None:
    named = [(plans / f"{name}.txt", name) for name in ("one", "broken", "two")]
    (plans / "broken.txt").write_bytes(b"")
    settings = Configuration(sources=tuple(plan for plan, _ in named), only=("relations.*", "consistency.*"))
    known = Cache(tmp_path / "cache")
    pieces = Pieces.of(3)
    assert pieces.take(0)
    ahead.help_out(settings, None, known, named, False, pieces)
    assert read == ["two.txt", "broken.txt"] and pieces.first() is None
    read.clear()
    report((plans / "one.txt", plans / "two.txt"), known)
    assert read == ["one.txt"]


@pytest.mark.parametrize(
    ("sizes", "jobs", "cores", "count"),
    [
        ([60_000] * 2, 4, 4, 1),  # read before another process has started
        ([60_000] * 12, 2, 4, 2),
        ([60_000] * 12, 8, 2, 2),
        ([60_000] * 12, 8, 8, 4),
        ([5_000_000], 8, 8, 1),
        ([], 2, 2, 1),
    ],
)
def test_a_process_is_started_only_where_it_has_more_to_do_than_to_start(
    sizes: list[int], jobs: int, cores: int, count: int
) -> None:
    assert ahead.processes(sizes, jobs, cores) == count
