"""Relations each of which can hold, by rounding or a bound word, but which cannot all hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from audit.diagnosis.causes.figures import stated, systems
from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.linear import variable
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.causes.weighing import Tried
from audit.diagnosis.systems.conflicts import smallest_conflict
from audit.diagnosis.systems.feasibility import Feasibility
from audit.diagnosis.trials.outcomes import Outcome
from audit.model.phrase import Phrase
from audit.model.report import Check


def tried(situation: Situation, around: Sequence[Check]) -> Iterator[Tried]:
    """For every group of relations without a violated one that has no solution, the smallest set that has none.

    Each relation alone is explained by its intervals; that all of them cannot be is a question to the author.
    """
    for checks in systems(around, situation.rules):
        if any(check.verdict == "violated" for check, _ in checks):
            continue
        relations = {check.id: constraint for check, constraint in checks}
        figures = {f"={variable(cell)}": stated(cell) for check, _ in checks for cell in check.cells}
        together = Feasibility({**relations, **figures})

        def possible(
            chosen: Collection[str],
            together: Feasibility[str] = together,
            figures: Collection[str] = tuple(figures),
        ) -> bool:
            return together.conflict([*chosen, *figures]) is None

        conflict = smallest_conflict(list(relations), possible)
        if conflict is None:
            continue
        own = [check for check, _ in checks if check.id in conflict]
        keys = frozenset(situation.key_of(check) for check in own if check.verdict != "holds")
        told = "；".join(check.equation for check in own), "; ".join(check.equation for check in own)
        about = Phrase(
            f"这些关系各自可以成立，合在一起不可能同时成立：{told[0]}",
            f"each of these relations can hold, but not all together: {told[1]}",
        )
        outcome = Outcome(keys, frozenset(), frozenset(), frozenset())
        yield Tried(Hypothesis("question", (), about, concerns=frozenset() if keys else conflict), outcome)
