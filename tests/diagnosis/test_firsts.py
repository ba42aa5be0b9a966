"""Where not all checks are told, the first by their keys are, in whatever parts and stretches the rows are confronted."""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random
from unittest.mock import patch

import polars as pl
import pytest

from audit.diagnosis import evidence, firsts
from audit.diagnosis.findings import build_report
from audit.diagnosis.firsts import Room, counts_of
from audit.diagnosis.gathering import Gathering, Telling
from audit.engine import parts, stretches
from audit.engine.confront import work_on
from audit.reporting.json import render
from tests.engine.divided import plans_and_tables

MANY = 3


def report(seed: int, most: int | None, everything: bool, **how):
    plans, tables = plans_and_tables(seed, **how)
    rules = [plan.rule for plan in plans]
    return build_report(plans, rules, tables, least="info", everything=everything, most=most)


def first_of_all(seed: int, most: int, everything: bool) -> dict[str, list[str]]:
    """The checks by rule that are to be told, taken from all."""
    room = Counter[str]()
    found: dict[str, list[str]] = defaultdict(list)
    rules: dict[str, list] = defaultdict(list)
    for check in report(seed, None, everything=True).checks:
        rules[check.rule].append(check)
    for rule, every in rules.items():
        for verdict in ("violated", "reconcilable", "untestable", *(["holds"] if everything else [])):
            own = [check.id for check in every if check.verdict == verdict]
            own = own[: most if room[verdict] < MANY * most else 1]
            room[verdict] += len(own)
            found[rule] += own
    return {rule: sorted(own) for rule, own in found.items() if own}


@pytest.mark.parametrize(("seed", "everything"), [(1, False), (2, True)])
def test_the_first_checks_by_their_keys_are_told_whatever_parts_they_come_in(seed: int, everything: bool):
    most = seed + 1
    with (
        patch.object(firsts, "MANY", MANY),
        patch.object(evidence, "MOST_CELLS", 3),
        patch.object(evidence, "MANY_CELLS", 7),
    ):
        whole = report(seed, most, everything)
        told: dict[str, list[str]] = defaultdict(list)
        found = [finding.check for finding in whole.findings]
        for check in whole.checks or [*found, *whole.untestable]:
            told[check.rule].append(check.id)
        assert {rule: sorted(own) for rule, own in told.items()} == first_of_all(seed, most, everything)
        assert whole.untold
        for size in (2, 9):
            with patch.object(parts, "PART", size), patch.object(stretches, "STRETCH", 2 * size):
                here = report(seed, most, everything)
                assert render(here, language="en") == render(whole, language="en")
                there = report(seed, most, everything, held=lambda frame: frame.lazy())
                assert render(there, language="en") == render(whole, language="en")


def confronted(plans, tables):
    work = work_on(dict(enumerate(plans)), tables)
    return work.confronted(work.pieces)


def test_shares_of_a_run_may_be_joined_in_any_order():
    plans, tables = plans_and_tables(5)
    whole = Gathering(tables, Telling(most=2))
    shares = []
    with patch.object(parts, "PART", 3):
        for one in confronted(plans, tables):
            whole.add(one)
            alone = Gathering(tables, Telling(most=2))
            alone.add(one)
            shares.append(alone.share)
    for order in range(3):
        Random(order).shuffle(shares)
        joined = Gathering(tables, Telling(most=2))
        for share in shares:
            joined.join(share)
        assert joined.told == whole.told and joined.untold == whole.untold


def test_what_is_held_meanwhile_is_bounded():
    plans, tables = plans_and_tables(6)
    run = Gathering(tables, Telling(everything=True, most=1))
    with patch.object(parts, "PART", 1):
        for one in confronted(plans, tables):
            run.add(one)
            assert (
                sum(len(part.checks) for own in run.plans for part in own.firsts.parts)
                <= 4 * len(plans) * 1.5 + 1 + 4
            )


def test_a_run_that_tells_many_leaves_each_further_plan_a_little_room():
    room = Room(200)
    assert room.of(7).tolist() == [200] * 4
    for number in range(10):
        room.wanted(number, counts_of(pl.Series([1] * (150 + 60 * number)).to_numpy()))
    assert [int(room.of(number)[1]) for number in range(12)] == [200] * 12
    room.wanted(10, counts_of(pl.Series([1] * 200).to_numpy()))
    assert [int(room.of(number)[1]) for number in range(9, 13)] == [200, 200, 2, 2]
    assert room.of(12).tolist() == [200, 2, 200, 200]
