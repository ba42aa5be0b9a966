"""From findings to the slip behind them: what is told first is what was planted, and what is told is true."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audit.actions.confronting import confronted
from audit.actions.explaining import explained
from audit.model.cause import Cause
from audit.workspace.configuration import Configuration
from audit.workspace.session import Session
from tests.workspace.zone import make

TWO_WAYS = """
- id: south-has-two-thirds
  title: {zh: 南区占三分之二, en: The south has two thirds}
  table: targets
  where: {indicator: 高新技术企业}
  for_each: [document, indicator, period]
  along: region
  check: 2 * 创新区 == 3 * 南区
"""


def found(root: Path) -> tuple[Cause, ...]:
    session = Session(Configuration(sources=(root,), rules=(root / "rules",)))
    report = confronted(session.workspace, session.book, everything=True)
    return explained(session, report).causes


def amended(root: Path, **changes: str) -> Path:
    """The zone with figures written otherwise: old number → new, with an underscore in front (`_1650="1560"`)."""
    make(root)
    path = root / "extracted" / "targets" / "zone-plan.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        for column in ("literal", "value", "low", "high"):
            row[column] = changes.get(f"_{row[column]}", row[column])
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return root


@pytest.mark.parametrize(
    ("stated", "written"),
    [("1650", "1560"), ("650", "560"), ("1000", "100"), ("450", "540"), ("90", "900")],
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(tmp_path: Path, stated: str, written: str) -> None:
    (cause,) = found(amended(tmp_path, **{f"_{stated}": written}))
    meant = {
        edit.after for way in (cause, *cause.alternatives) for edit in way.edits if edit.column == "value"
    }
    assert cause.kind == "figure"
    assert stated in meant
    assert (cause.effect.gone, cause.effect.new) == (1, 0)


def test_figures_in_two_relations_tell_which_of_them_slipped(tmp_path: Path) -> None:
    root = amended(tmp_path, _300="390")
    (root / "rules" / "two.yaml").write_text(TWO_WAYS, "utf-8")
    first, *_ = found(root)
    assert {(edit.before, edit.after) for edit in first.edits if edit.column == "value"} == {("390", "300")}
    assert first.effect.gone == len(first.findings) == 2


def test_every_finding_has_one_cause_and_what_no_edit_settles_is_a_question(tmp_path: Path) -> None:
    root = amended(tmp_path, _1650="1560")
    (root / "rules" / "none.yaml").write_text(
        "- id: goals-are-few\n  title: {zh: 指标不多, en: Few goals}\n  table: targets\n  for_each: [document]\n"
        "  let: {goals: {}}\n  check: count(goals) <= 3\n",
        "utf-8",
    )
    told = found(root)
    named = [finding for cause in told for finding in cause.findings]
    assert len(named) == len(set(named)) == 2
    assert {cause.kind for cause in told} == {"figure", "question"}
    assert all(not cause.edits for cause in told if cause.kind == "question")


def test_nothing_found_has_no_cause(tmp_path: Path) -> None:
    assert found(make(tmp_path)) == ()


def test_causes_are_the_same_each_time(tmp_path: Path) -> None:
    root = amended(tmp_path, _1650="1560", _90="99")
    assert found(root) == found(root)


def test_a_slip_in_a_row_of_a_table_of_ones_own_is_told(tmp_path: Path) -> None:
    (tmp_path / "shops.csv").write_text(
        "id,turnover,other,total\nA,100,5,105\nB,6886,-33,6919\nC,200,17,210\n", "utf-8"
    )
    (tmp_path / "rules.yaml").write_text("- {id: r, title: t, check: turnover + other == total}\n", "utf-8")
    session = Session(Configuration(sources=(tmp_path / "shops.csv",), rules=(tmp_path / "rules.yaml",)))
    report = confronted(session.workspace, session.book, everything=True)
    causes = explained(session, report).causes
    told = {tuple((edit.row, edit.column, edit.before, edit.after) for edit in one.edits) for one in causes}
    assert (("B", "other", "-33", "33"),) in told
