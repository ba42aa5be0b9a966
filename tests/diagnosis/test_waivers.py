"""When a waiver excuses a finding, and how one that does not is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.diagnosis.waivers import RULE, Entry, entry_for, excuse
from audit.errors import InputError
from audit.model.report import Report, Waiver
from tests.diagnosis.test_baseline import finding, report

DAY = date(2031, 2, 1)
WAIVER = Waiver("known", "accepted", "W", "2031-01-01", DAY.isoformat())


def entry(**changes: object) -> Entry:
    return replace(entry_for(finding(), WAIVER), path="waivers.yaml", line=3, **changes)  # type: ignore[arg-type]


def _faults(done: Report) -> list[str]:
    return [f.message.en for f in done.findings if f.check.rule == RULE]


def test_a_waiver_excuses_until_the_end_of_its_day() -> None:
    done = excuse(report(finding()), [entry()], DAY)
    assert done.findings[0].waiver == WAIVER and not _faults(done)
    assert done.summary.waived == 1
    assert done.rules[-1].id == RULE and done.rules[-1].holds == 1


@given(st.integers(-40, 40))
def test_it_excuses_exactly_up_to_that_day(days: int) -> None:
    done = excuse(report(finding()), [entry()], DAY + timedelta(days=days))
    assert (done.findings[0].waiver is not None) == (days <= 0) == (not _faults(done))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (entry(finding="other"), "matches no finding any more"),
        (entry(waiver=replace(WAIVER, until="2031-01-31")), "expired on 2031-01-31"),
        (entry(imbalance=Decimal(9)), "changed since W waived it"),
        (entry(verdict="reconcilable"), "changed since W waived it"),
        (entry(imbalance=None), "changed since W waived it"),
        (entry(finding=None, key={"period": "2031"}), "matches no finding any more"),
    ],
)
def test_a_waiver_that_excuses_nothing_is_a_warning_at_its_line(given: Entry, words: str) -> None:
    done = excuse(report(finding()), [given], DAY)
    assert done.findings[0].waiver is None
    (fault,) = done.findings[1:]
    assert words in fault.message.en and fault.severity == "warning"
    assert (fault.check.cells[0].source, fault.check.cells[0].line) == ("waivers.yaml", 3)
    assert done.summary.violated == report().summary.violated + 1


def test_rule_and_whole_key_name_a_finding_too() -> None:
    assert excuse(report(finding()), [entry(finding=None)], DAY).findings[0].waiver == WAIVER


def test_waivers_of_rules_that_were_not_run_are_not_judged() -> None:
    stale = entry(finding="other")
    assert excuse(report(), [stale], DAY, left_out={"r"}) == report()
    assert excuse(report(), [stale], DAY, left_out=None) == report()
    assert excuse(report(finding()), [entry()], DAY, left_out=None).findings[0].waiver == WAIVER


def test_a_waiver_of_one_of_two_findings_with_one_id_is_refused() -> None:
    with pytest.raises(InputError, match=r"waivers\.yaml:3: #a is about one of several rows"):
        excuse(report(finding(), finding(imbalance=5)), [entry()], DAY)


def test_the_id_of_a_stale_waiver_does_not_depend_on_its_words_or_line() -> None:
    later = replace(entry(), line=9, waiver=replace(WAIVER, reason="z", until="2030-01-01"))
    one, other = (excuse(report(), [given], DAY).findings[0].id for given in (entry(), later))
    assert one == other
