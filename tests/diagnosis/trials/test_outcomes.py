"""Trials confronted together have the outcome that each would have alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.diagnosis.trials.outcomes import Outcome, outcomes
from audit.diagnosis.trials.trial import Change, Row, Trial
from audit.workspace.binding import resolved
from audit.workspace.loading import Workspace, load
from audit.workspace.rulebook import rulebook
from tests.workspace.zone import make

SALES = ("zone-total", (("document", "zone-plan"), ("indicator", "销售收入"), ("period", "2032")))
FIRMS = ("zone-total", (("document", "zone-plan"), ("indicator", "高新技术企业"), ("period", "2032")))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The zone with a total of sales that is wrong, and without the firms of the north."""
    make(tmp_path)
    path = tmp_path / "extracted" / "targets" / "zone-plan.csv"
    lines = path.read_text("utf-8").splitlines()
    kept = [line.replace("1650", "1560") for line in lines if not ("北区" in line and "高新技术企业" in line)]
    path.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    return load(tmp_path)


def tried(workspace: Workspace, *trials: Trial) -> dict[str, Outcome]:
    plans = resolved(rulebook(workspace.root, (workspace.root / "rules",)), workspace)
    return outcomes(trials, plans, workspace.tables)


def figures(workspace: Workspace, region: str, indicator: str) -> tuple[int, Row]:
    return next(
        (place, row)
        for place, row in enumerate(workspace.tables["targets"].texts())
        if (row["region"], row["indicator"]) == (region, indicator)
    )


def stated(workspace: Workspace, name: str, region: str, indicator: str, value: str) -> Trial:
    place, row = figures(workspace, region, indicator)
    after = {**row, "literal": value, "value": value, "low": value, "high": value}
    return Trial(name, (Change("targets", place, after),))


def test_a_correction_settles_its_finding_and_another_makes_it_no_better(workspace: Workspace) -> None:
    found = tried(
        workspace,
        stated(workspace, "right", "创新区", "销售收入", "1650"),
        stated(workspace, "wrong", "创新区", "销售收入", "1660"),
    )
    assert found["right"] == Outcome(frozenset({SALES}), frozenset(), frozenset({SALES}), frozenset())
    assert found["wrong"] == Outcome(frozenset(), frozenset(), frozenset(), frozenset())


def test_a_new_row_makes_a_check_hold_that_could_not_be_tested(workspace: Workspace) -> None:
    _, south = figures(workspace, "南区", "高新技术企业")
    north = {
        **south,
        "id": "new",
        "region": "北区",
        "literal": "150",
        "value": "150",
        "low": "150",
        "high": "150",
    }
    found = tried(workspace, Trial("added", (Change("targets", None, north),)))
    assert found["added"] == Outcome(frozenset(), frozenset(), frozenset({FIRMS}), frozenset())


def test_a_figure_taken_away_loses_its_finding_and_a_slip_makes_a_new_one(workspace: Workspace) -> None:
    place, _ = figures(workspace, "南区", "销售收入")
    gone = Trial("gone", (Change("targets", place, None),))
    slip = stated(workspace, "slip", "南区", "研发机构", "2")
    found = tried(workspace, gone, slip)
    assert (found["gone"].settled, found["gone"].lost) == (frozenset(), frozenset({SALES}))
    assert [rule for rule, _ in found["slip"].new] == ["zone-total"]


def test_changes_of_one_trial_go_together(workspace: Workspace) -> None:
    both = Trial(
        "both",
        (
            *stated(workspace, "", "南区", "销售收入", "600").changes,
            *stated(workspace, "", "北区", "销售收入", "960").changes,
        ),
    )
    assert tried(workspace, both)["both"].settled == {SALES}


def test_without_trials_there_is_no_outcome(workspace: Workspace) -> None:
    assert tried(workspace) == {}
