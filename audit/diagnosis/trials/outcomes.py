"""What becomes of the checks in each trial: all trials are confronted together, each with the tables as it has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audit.diagnosis.trials.stacking import TRIAL, by_trial, keyed_by, origins, repeated, stacked
from audit.diagnosis.trials.trial import Trial
from audit.engine.confront import Confrontation, confront
from audit.engine.frames import Table
from audit.engine.keys import Integers, ids
from audit.engine.predicate import HOLDS, RECONCILABLE, UNTESTABLE, VIOLATED
from audit.language.plan import Plan

Key = tuple[str, tuple[tuple[str, str], ...]]
"""A check: its rule, and its key without blank dimensions; the check of a row goes by the row's number under `ROW`."""
ROW = "#"

_AS_IT_IS = "="


@dataclass(frozen=True, slots=True)
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
    """The outcome of every trial, by its name. Plans on tables that no trial changes are left out."""
    found: dict[str, Outcome] = {}
    groups: dict[frozenset[str], list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[trial.tables].append(trial)
    for changed, group in groups.items():
        concerned = [plan for plan in plans if plan.tables & changed]
        found |= _outcomes(group, concerned, tables, changed)
    return {trial.name: found[trial.name] for trial in trials}


def _outcomes(
    trials: Sequence[Trial], plans: Sequence[Plan], tables: Mapping[str, Table], changed: frozenset[str]
) -> dict[str, Outcome]:
    every = [Trial(_AS_IT_IS, ()), *trials]
    run = dict(tables) | {name: stacked(tables[name], tables[name].texts(), every) for name in changed}
    crossed = keyed_by(plans) - changed
    run |= {name: repeated(tables[name], [trial.name for trial in every]) for name in crossed}
    rows = {name: np.array(origins(name, tables[name].length, every), dtype=np.int64) for name in changed}
    rows |= {name: np.tile(np.arange(tables[name].length), len(trials)) for name in crossed}
    before: dict[Key, int] = {}
    after: dict[str, dict[Key, int]] = {trial.name: {} for trial in trials}
    for confrontation in confront([by_trial(plan, changed | crossed) for plan in plans], run):
        for name, key, verdict in _verdicts(confrontation, rows):
            seen = before if name == _AS_IT_IS else after[name]
            seen[key] = max(seen.get(key, verdict), verdict, key=_BADNESS.index)
    return {name: _outcome(before, verdicts) for name, verdicts in after.items()}


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


def _verdicts(confrontation: Confrontation, origin: Mapping[str, Integers]) -> Iterable[tuple[str, Key, int]]:
    """Trial, key and verdict of the checks that do not hold, or that do not hold or are not there as the tables stand."""
    plan, verdicts, keys = confrontation.plan, confrontation.verdicts, confrontation.keys
    bad = verdicts != HOLDS
    rows = None if keys.rows is None else origin[plan.rule.table][keys.rows]
    dimensions = {name: codes for name, codes in keys.dimensions.items() if name != TRIAL}
    same = ids([*dimensions.values(), *([] if rows is None else [rows])], len(verdicts))
    as_it_is = keys.dimensions[TRIAL] == confrontation.vocabulary.codes([_AS_IT_IS])[0]
    wanted = bad | ~np.isin(same, same[~bad & as_it_is])
    for check, key in confrontation.keys_of(np.flatnonzero(wanted)).items():
        name = key.pop(TRIAL, _AS_IT_IS)
        told = tuple(key.items()) if rows is None else ((ROW, str(rows[check])),)
        yield name, (plan.rule.id, told), int(verdicts[check])
