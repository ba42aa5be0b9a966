"""What becomes of the checks in each trial: all trials are confronted together, each with the tables as it has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from audit.diagnosis.checks import GROUP
from audit.diagnosis.trials.stacking import TRIAL, by_trial, edited, seen
from audit.diagnosis.trials.trial import Trial
from audit.engine.confront import Confrontation, confronted
from audit.engine.frames import Table
from audit.engine.intake import take_in
from audit.engine.keys import ids
from audit.engine.predicate import HOLDS, RECONCILABLE, UNTESTABLE, VIOLATED
from audit.language.plan import Plan
from audit.model.frozen import frozen

Key = tuple[str, tuple[tuple[str, str], ...]]
"""A check: its rule, and its key without blank dimensions; the check of a row goes by the row's number under `ROW`. Last
comes the breakdown of a whole, or the column of a rule for several, where there is one."""
ROW = "#"


@frozen
class Outcome:
    """What a trial changes: findings that are settled, that come (or get worse), and checks that come to hold.

    A finding is settled where its check holds or is no longer there; one whose check can no longer be tested is `lost`.
    A check comes to hold that did not, or that was not there.
    """

    settled: frozenset[Key]
    new: frozenset[Key]
    hold: frozenset[Key]
    lost: frozenset[Key]


def outcomes(
    trials: Sequence[Trial], plans: Sequence[Plan], tables: Mapping[str, Table]
) -> dict[str, Outcome]:
    """The outcome of every trial, by its name, in time that grows with what each changes, not with the tables."""
    names = sorted({name for trial in trials for name in trial.tables} & tables.keys())
    concerned = [plan for plan in plans if not plan.tables.isdisjoint(names)]
    before: list[dict[Key, int]] = [{} for _ in trials]
    after: list[dict[Key, int]] = [{} for _ in trials]
    if concerned:
        stacked = {name: edited(tables[name], trials) for name in names}
        run = {**tables, **{name: table for name, (table, _) in stacked.items()}}
        changes = {name: own for name, (_, own) in stacked.items()}
        rows, vocabulary = take_in(concerned, run)
        for plan in concerned:
            for own, some in seen(plan, rows, run, changes):
                for trial, tried, key, verdict in _verdicts(
                    confronted(by_trial(plan, own), vocabulary, some)
                ):
                    told = (after if tried else before)[trial]
                    told[key] = max(told.get(key, verdict), verdict, key=_BADNESS.index)
    return {trial.name: _outcome(before[n], after[n]) for n, trial in enumerate(trials)}


_BADNESS = (HOLDS, UNTESTABLE, RECONCILABLE, VIOLATED)


def _outcome(before: Mapping[Key, int], after: Mapping[Key, int]) -> Outcome:
    findings = {key for key, verdict in before.items() if verdict in (RECONCILABLE, VIOLATED)}
    return Outcome(
        settled=frozenset(key for key in findings if after.get(key, HOLDS) == HOLDS),
        new=frozenset(
            key
            for key, verdict in after.items()
            if verdict in (RECONCILABLE, VIOLATED)
            and _BADNESS.index(verdict) > _BADNESS.index(before.get(key, HOLDS))
        ),
        hold=frozenset(key for key, verdict in after.items() if verdict == HOLDS),
        lost=frozenset(key for key in findings if after.get(key, HOLDS) == UNTESTABLE),
    )


def _verdicts(confrontation: Confrontation) -> Iterable[tuple[int, bool, Key, int]]:
    """The number of the trial, whether it is tried, key and verdict of the checks that do not hold, or not both times."""
    plan, verdicts, keys = confrontation.plan, confrontation.verdicts, confrontation.keys
    stands = keys.dimensions[TRIAL] - 1
    trial, tried = stands // 2, stands % 2 == 1
    dimensions = {name: codes for name, codes in keys.dimensions.items() if name != TRIAL}
    last = [] if keys.rows is None else [keys.rows]
    same = np.unique(ids([trial, *dimensions.values(), *last], len(keys)), return_inverse=True)[1]
    held = np.bincount(same[verdicts == HOLDS], minlength=len(keys))
    wanted = np.flatnonzero((verdicts != HOLDS) | (held[same] < 2))
    named = replace(confrontation, keys=replace(keys, dimensions=dimensions))
    group = ((GROUP, plan.breakdown),) if plan.breakdown else ()
    for check, key in named.keys_of(wanted).items():
        told = tuple(key.items()) if keys.rows is None else ((ROW, str(keys.rows[check])),)
        yield int(trial[check]), bool(tried[check]), (plan.rule.id, (*told, *group)), int(verdicts[check])
