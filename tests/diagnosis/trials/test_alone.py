"""Trials seen near the rows that they change come out as each does alone on whole tables, whatever the shape of a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.diagnosis.trials.outcomes import ROW, Key, Outcome, outcomes
from audit.diagnosis.trials.stacking import edited, seen
from audit.diagnosis.trials.trial import Change, Row, Trial
from audit.engine.confront import confront
from audit.engine.frames import Table
from audit.engine.intake import take_in
from audit.language.plan import Catalogue, Plan, TableShape
from audit.language.reading import read_rules_text
from audit.language.resolution import resolve
from audit.model.codes import CodeList, Member
from audit.model.report import VERDICTS

RULES = """
- id: sum
  title: sum
  table: targets
  for_each: [indicator, period]
  hierarchy: region
  check: whole == sum(parts)
- id: yearly
  title: yearly
  table: targets
  for_each: [region, indicator, period]
  let: {now: {}, before: {period: {relative: previous}}}
  missing: skip
  check: now >= max(before)
- id: others
  title: others
  table: targets
  for_each: [region, indicator]
  let: {own: {}, rest: {region: {relative: other}}}
  keys: own
  missing: {rest: zero}
  check: sum(own) >= sum(rest)
- id: positive
  title: positive
  table: targets
  check: value > 0
- id: few
  title: few
  table: targets
  let: {all: {}}
  check: count(all) <= 5
- id: named
  title: named
  table: names
  for_each: [region]
  let: {name: {column: name}, figures: {table: targets, column: value}}
  keys: name
  missing: {figures: zero}
  check: count(figures) >= 1
- id: told
  title: told
  table: targets
  where: {indicator: b}
  for_each: [region, period]
  let: {figure: {}, name: {table: names, column: name}}
  keys: figure
  missing: {name: zero}
  check: count(name) >= 1 and max(figure) < 9
"""
REGIONS, INDICATORS, PERIODS = ("all", "east", "west"), ("a", "b"), ("2030", "2031", "2032")
CODES = CodeList.of("region", (Member("all", None), Member("east", "all"), Member("west", "all")))
COLUMNS = {
    "targets": ("region", "indicator", "period", "value"),
    "names": ("region", "name"),
}  # fmt: skip
figure = st.fixed_dictionaries({
    "region": st.sampled_from(REGIONS), "indicator": st.sampled_from(INDICATORS), "period": st.sampled_from(PERIODS),
    "value": st.sampled_from(["0", "1", "2", "3", "9", None]),
})  # fmt: skip
name = st.fixed_dictionaries({"region": st.sampled_from(REGIONS), "name": st.sampled_from(["x", "y"])})
Tables = dict[str, list[Row]]


def table(name: str, rows: Sequence[Row]) -> Table:
    frame = pl.DataFrame([dict(row) for row in rows], schema=dict.fromkeys(COLUMNS[name], pl.String))
    return Table(name, frame, {"value": "number"} if name == "targets" else {})


@cache
def plans() -> tuple[Plan, ...]:
    every = [dict(zip(("period", "region", "indicator"), (p, r, i), strict=True)) | {"value": "1"}
             for p in PERIODS for r in REGIONS for i in INDICATORS]  # fmt: skip
    tables = {
        "targets": table("targets", every),
        "names": table("names", [{"region": r, "name": "x"} for r in REGIONS]),
    }
    shapes = {name: TableShape(name, own.columns, ()) for name, own in tables.items()}
    catalogue = Catalogue(shapes, {"region": CODES}, lambda table, column: tables[table].observed(column))
    return resolve(read_rules_text(RULES), catalogue)


def judged(tables: Mapping[str, Sequence[tuple[int, Row]]]) -> dict[Key, str]:
    """The verdicts on whole tables; a row's check goes by the number that comes with the row."""
    run = {name: table(name, [row for _, row in rows]) for name, rows in tables.items()}
    found = {}
    for confrontation in confront(plans(), run):
        rows = confrontation.keys.rows
        for check, key in confrontation.keys_of(np.arange(len(confrontation))).items():
            told = (
                tuple(key.items())
                if rows is None
                else ((ROW, str(tables[confrontation.plan.rule.table][rows[check]][0])),)
            )
            found[confrontation.plan.rule.id, told] = VERDICTS[int(confrontation.verdicts[check])]
    return found


def alone(tables: Tables, old: Mapping[Key, str], trial: Trial) -> Outcome:
    """The outcome of a trial beside the verdicts on the tables as they stand."""
    after = {}
    for name, rows in tables.items():
        own = {change.row: change.after for change in trial.changes if change.table == name}
        kept = [(number, own.get(number, row)) for number, row in enumerate(rows)]
        after[name] = [(number, row) for number, row in kept if row is not None]
        after[name] += [(len(rows), own[None])] if own.get(None) else []
    new = judged(after)
    bad = ("holds", "untestable", "reconcilable", "violated")
    findings = {key for key, verdict in old.items() if verdict in bad[2:]}
    return Outcome(
        settled=frozenset(key for key in findings if new.get(key, "holds") == "holds"),
        new=frozenset(
            key
            for key, verdict in new.items()
            if verdict in bad[2:] and bad.index(verdict) > bad.index(old.get(key, "holds"))
        ),
        hold=frozenset(key for key, verdict in new.items() if verdict == "holds" != old.get(key)),
        lost=frozenset(key for key in findings if new.get(key) == "untestable"),
    )


def of_rows_there(outcome: Outcome, length: int) -> Outcome:
    """An outcome without the checks of a row that is new."""
    return Outcome(*(
        frozenset(key for key in keys if not (key[1] and key[1][0][0] == ROW and int(key[1][0][1]) >= length))
        for keys in (outcome.settled, outcome.new, outcome.hold, outcome.lost)
    ))  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[Tables, list[Trial]]:
    tables = {
        "targets": draw(st.lists(figure, min_size=2, max_size=8)),
        "names": draw(st.lists(name, max_size=3)),
    }
    trials = []
    for number in range(draw(st.integers(1, 4))):
        changes = []
        for which, row in (("targets", figure), ("names", name)):
            there = st.sampled_from(range(len(tables[which]))) if tables[which] else st.none()
            place = draw(st.none() | there)
            after = draw(row if place is None else row | st.none())
            if draw(st.booleans()):
                changes.append(Change(which, place, after))
        trials.append(Trial(str(number), tuple(changes)))
    return tables, trials


@settings(deadline=None, max_examples=25)
@given(cases())
def test_trials_together_come_out_as_each_alone(case: tuple[Tables, list[Trial]]) -> None:
    tables, trials = case
    run = {name: table(name, rows) for name, rows in tables.items()}
    length = len(tables["targets"])
    found = outcomes(trials, plans(), run)
    old = judged({name: list(enumerate(rows)) for name, rows in tables.items()})
    for trial in trials:
        expected = alone(tables, old, trial)
        assert of_rows_there(found[trial.name], length) == of_rows_there(expected, length)


@pytest.mark.parametrize("components", [1, 50])
def test_a_trial_sees_the_rows_of_its_own_component_only(components: int) -> None:
    """So the work grows with the number of components, not with its square."""
    rows: list[Row] = [
        {"region": region, "indicator": f"i{n}", "period": "2030", "value": "1"}
        for n in range(components)
        for region in REGIONS
    ]
    trial = Trial("one", (Change("targets", 0, {**rows[0], "value": "2"}),))
    (plan,) = (one for one in plans() if one.rule.id == "sum")
    stacked, changes = edited(table("targets", rows), [trial])
    taken, _ = take_in([plan], {"targets": stacked})
    ((_, view),) = seen(plan, taken, {"targets": stacked}, {"targets": changes})
    assert len(view["targets"].numbers) == 2 * len(REGIONS)
