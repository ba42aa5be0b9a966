"""What a comparison with a baseline says of each finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.diagnosis.baseline import as_baseline, compared
from audit.diagnosis.gate import at_least, blocks, stops
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check, Finding, Report, Waiver
from tests.reporting.sample import sample

WAIVER = Waiver("known", "accepted", "W", "2031-01-01", "2031-02-01")


def finding(name: str = "a", imbalance: int | None = 10, **changes: object) -> Finding:
    number = None if imbalance is None else Decimal(imbalance)
    cell = Cell("x", name, "d", "一", "10", number, number, number, "家", "", None, None)
    check = Check(name, "r", {}, "violated", number, None, number, None, None, None, None, "", (cell,))
    verdict = changes.pop("verdict", None)
    if verdict is not None:
        check = replace(check, verdict=verdict)  # type: ignore[arg-type]
    return replace(Finding(check, "error", 1, Phrase("m", "m"), Phrase("w", "w")), **changes)  # type: ignore[arg-type]


def report(*findings: Finding) -> Report:
    return replace(sample(), findings=findings, untestable=(), checks=())


@pytest.mark.parametrize(
    ("before", "now", "change", "fails"),
    [
        ([], finding(), "new", True),
        ([finding()], finding(), "unchanged", False),
        ([finding()], finding(imbalance=11), "worsened", True),
        ([finding()], finding(imbalance=-11), "worsened", True),
        ([finding()], finding(imbalance=-9), "changed", False),
        ([finding(severity="warning")], finding(), "worsened", True),
        ([finding()], finding(severity="warning"), "changed", False),
        ([finding(verdict="reconcilable")], finding(), "worsened", True),
        ([finding(waiver=WAIVER)], finding(), "worsened", True),
        ([finding(waiver=WAIVER)], finding(waiver=WAIVER), "unchanged", False),
        ([finding(imbalance=None)], finding(imbalance=None), "unchanged", False),
        ([finding(imbalance=None)], finding(imbalance=3), "changed", False),
        ([finding(imbalance=3)], finding(imbalance=None), "changed", True),
    ],
)
def test_a_finding_against_its_past(before: list[Finding], now: Finding, change: str, fails: bool) -> None:
    done = compared(report(now), report(*before), "b.json")
    assert done.findings[0].change == change
    assert stops(done, "error") is fails


def test_words_and_places_do_not_make_a_finding_another() -> None:
    now = finding()
    moved = replace(now.check.cells[0], clause="二", start=7, line=9, evidence="otherwise")
    now = replace(now, check=replace(now.check, cells=(moved,)), message=Phrase("n", "n"))
    assert compared(report(now), report(finding()), "b").findings[0].change == "unchanged"


def test_what_went_away_is_settled_lost_or_was_not_looked_for() -> None:
    now = replace(report(), untestable=(replace(finding("b").check, verdict="untestable"),))
    done = compared(now, report(finding("a"), finding("b")), "b.json").comparison
    assert done is not None
    assert [f.id for f in done.settled] == ["a"] and [f.id for f in done.lost] == ["b"]
    left_out = compared(now, report(finding("a")), "b.json", left_out={"r"}).comparison
    assert left_out is not None and left_out.settled == ()


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-3, 3)), max_size=6, unique_by=lambda f: f[0])
)
def test_a_report_against_itself_changes_nothing_and_stops_nothing(parts: list[tuple[str, int]]) -> None:
    same = report(*(finding(name, gap) for name, gap in parts))
    done = compared(same, as_baseline(compared(same, report(), "x")), "b")
    assert all(f.change == "unchanged" for f in done.findings)
    assert not stops(done, "info") and done.comparison and not done.comparison.settled


def test_as_a_baseline_a_report_forgets_what_it_was_compared_with() -> None:
    plain = report(finding())
    assert as_baseline(compared(plain, report(), "b")) == plain


def test_what_is_too_light_is_neither_shown_nor_stops() -> None:
    light = compared(report(finding(severity="info")), report(finding("z", severity="info")), "b")
    shown = at_least(light, "warning")
    assert shown.findings == () and shown.comparison and shown.comparison.settled == ()
    assert not blocks(light.findings[0], "warning", compared=False)
    assert blocks(light.findings[0], "info", compared=False)
