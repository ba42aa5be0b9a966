"""A number tried in a plan: what is told at once is what a whole new check of the plan would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.actions.trying_numbers import Numbers
from audit.model.report import Report
from audit.serving.opened import Opened

SAMPLE = Path(__file__).parents[1] / "data" / "draft" / "draft.txt"


@pytest.fixture(scope="module")
def opened() -> Opened:
    return Opened(SAMPLE, None, (), lambda message, **places: None)


def verdicts(report: Report) -> dict[str, str]:
    return {check.id: check.verdict for check in report.checks}


@pytest.mark.parametrize("value", ["0", "99999"])
@pytest.mark.parametrize("literal", ["14500", "6.5", "50", "140", "60", "120", "2.4", "390", "18.5"])
def test_what_is_told_at_once_is_what_a_whole_check_would_say(
    opened: Opened, literal: str, value: str
) -> None:
    figure = next(use.cell for use in opened.found.figures if use.cell.literal == literal)
    whole: list[Report] = []

    def checked(workspace, book, about, bound):  # type: ignore[no-untyped-def]
        whole.append(opened._checked(workspace, opened.session.chosen))
        return opened._checked(workspace, book, about, bound)

    numbers = Numbers(opened._workspace, opened.session.chosen, opened.found, checked)
    tried = numbers.tried({figure.id: value})
    before, after = verdicts(opened.found), verdicts(whole[0]) if whole else verdicts(opened.found)
    changed = {one for one, verdict in after.items() if verdict != before.get(one)}
    changed |= {one for one, verdict in before.items() if verdict == "violated" and one not in after}
    told = {check.id for check in (*tried.holding, *tried.lost)}
    told |= {finding.id for finding in (*tried.broken, *tried.settled, *tried.staying)}
    assert changed <= told
    assert (
        {f.id for f in tried.broken}
        == {f.id for f in whole[0].findings if f.id in told and f.id not in {s.id for s in tried.staying}}
        if whole
        else not told
    )


def test_what_was_worked_out_of_a_figure_when_it_was_read_is_told_not_to_be_tried(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        "云浦区2025年预算执行情况\n\n2025年,全区一般公共预算收入完成567755万元,增长0.2%,其中:税收收入完成288755万元,"
        "增长15.3%;非税收入完成279000万元,下降11.8%。\n",
        "utf-8",
    )
    opened = Opened(plan, None, (), lambda message, **places: None)
    rate = next(use.cell for use in opened.found.figures if use.cell.literal.startswith("15.3"))
    tried = opened.attempt({rate.id: "45.3"})
    assert [check.rule for check in tried.unreckoned] == ["relations.former-parts-make-whole"]
    assert not {one.id for one in tried.unreckoned} & {one.id for one in (*tried.holding, *tried.lost)}
