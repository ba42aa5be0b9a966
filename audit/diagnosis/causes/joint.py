"""Relations of the same figures none of which is broken for sure: some that cannot all hold, some that rounding explains."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from audit.diagnosis.causes.figures import allowed, systems
from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.linear import variable
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.causes.weighing import Tried
from audit.diagnosis.decimals import is_rounded
from audit.diagnosis.systems.conflicts import smallest_conflict
from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.systems.feasibility import Feasibility
from audit.diagnosis.trials.outcomes import Outcome
from audit.model.phrase import Phrase
from audit.model.report import Check

_SHOWN = 12


def tried(situation: Situation, around: Sequence[Check]) -> Iterator[Tried]:
    """For every group of relations without a violated one: the smallest set that has no solution, which is a question to
    the author; where all have one together, those that only rounding keeps apart, as one matter.

    Each relation alone is explained by its intervals, the figures being within their rounding.
    """
    for checks in systems(around, situation.rules):
        if any(check.verdict == "violated" for check, _ in checks):
            continue
        own = [check for check, _ in checks]
        conflict = _conflict(situation, checks)
        if conflict is not None:
            yield _asked(situation, [check for check in own if check.id in conflict], Phrase(
                "这些关系各自可以成立，合在一起不可能同时成立",
                "each of these relations can hold, but not all together",
            ))  # fmt: skip
            continue
        rounded = [check for check in own if check.verdict == "reconcilable" and is_rounded(check)]
        if len(rounded) > 1:
            yield _asked(situation, rounded, Phrase(
                "这些关系只差舍入：各数在所写末位的半个单位之内，即可同时成立",
                "only rounding keeps these relations apart: within half a unit of their last digits all of them hold",
            ))  # fmt: skip


def _conflict(situation: Situation, checks: Sequence[tuple[Check, Constraint]]) -> frozenset[str] | None:
    relations = {check.id: constraint for check, constraint in checks}
    figures: dict[str, Constraint] = {}
    for check, _ in checks:
        for cell in check.cells:
            found = allowed(cell, situation.rules[check.rule].rounding)
            name = f"={variable(cell)}"
            figures[name] = _wider(figures.get(name, found), found)
    together = Feasibility({**relations, **figures})

    def possible(chosen: Collection[str]) -> bool:
        return together.conflict([*chosen, *figures]) is None

    return smallest_conflict(list(relations), possible)


def _wider(one: Constraint, other: Constraint) -> Constraint:
    """The range of a figure for the rule that allows it more."""
    low = None if one.low is None or other.low is None else min(one.low, other.low)
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    return Constraint(one.weights, low, high)


def _asked(situation: Situation, checks: Sequence[Check], what: Phrase) -> Tried:
    """A question about relations, with the relations as the rules write them."""
    keys = frozenset(situation.key_of(check) for check in checks if check.verdict != "holds")
    shown, more = [check.equation for check in checks[:_SHOWN]], len(checks) > _SHOWN
    about = Phrase(
        f"{what.zh}：{'；'.join(shown)}{'等' * more}",
        f"{what.en}: {'; '.join(shown)}{' and others' * more}",
    )
    concerns = frozenset() if keys else frozenset(check.id for check in checks)
    return Tried(
        Hypothesis("question", (), about, concerns=concerns),
        Outcome(keys, frozenset(), frozenset(), frozenset()),
    )
