"""What a run tells, gathered plan by plan as they are confronted, so that nothing more of a plan is held than is told.

The checks of a plan may come in several parts, each with the keys of other members; they are told in the order of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.checks import Rows, Told, not_held, taking_part, to_tell, told_checks
from audit.diagnosis.figures import FigureMarks
from audit.engine.confront import Confrontation
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.engine.keys import Integers, ids, in_order
from audit.engine.vocabulary import together
from audit.language.plan import Plan
from audit.model.report import VERDICTS, Check, Verdict


@dataclass
class Gathered:
    """One plan: how many checks gave each verdict (in the order of `VERDICTS`), those to tell, and how many of each verdict
    are too many to be told."""

    plan: Plan
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(VERDICTS), dtype=np.int64))
    untold: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(VERDICTS), dtype=np.int64))
    parts: list[Told] = field(default_factory=list)

    def order(self) -> Integers:
        """The places of the checks of all parts, one part after the other, in the order of their keys."""
        codes_of = together([part.checks.vocabulary for part in self.parts])
        keys = [part.checks.keys.recoded(code_of) for part, code_of in zip(self.parts, codes_of, strict=True)]
        columns = [np.concatenate([key.dimensions[name] for key in keys]) for name in keys[0].dimensions]
        if keys[0].rows is not None:
            columns.append(np.concatenate([key.rows for key in keys if key.rows is not None]))
        return in_order(ids(columns, sum(map(len, keys))))[0]


class Gathering:
    """A run as it goes on.

    With `everything` all checks are told, else those that do not hold; with `about` only those in which one of these
    rows takes part; with `most` at most so many of each verdict of a plan, the first that come.
    """

    def __init__(
        self, tables: Mapping[str, Table], everything: bool, about: Rows | None, most: int | None = None
    ) -> None:
        self.marks = FigureMarks(tables)
        self.identities = Identities(tables)
        self._everything = everything
        self._about = about
        self._most = most
        self._plans: dict[int, Gathered] = {}

    def add(self, confrontation: Confrontation) -> None:
        """Take what is told of some checks of a plan."""
        own = self._plans.setdefault(confrontation.number, Gathered(confrontation.plan))
        own.counts += [np.count_nonzero(confrontation.verdicts == n) for n in range(len(VERDICTS))]
        self.marks.add(confrontation)
        shown = np.arange(len(confrontation)) if self._everything else not_held(confrontation)
        if self._about is not None:
            shown = taking_part(confrontation, shown, self._about)
        if self._most is not None:
            shown = _first(shown, confrontation.verdicts[shown], self._most, own)
        if len(shown) or not own.parts:
            own.parts.append(to_tell(confrontation, shown))

    @property
    def untold(self) -> list[tuple[str, Verdict, int]]:
        """The rules of which not all checks are told, with the verdict and how many of it are not."""
        return [
            (own.plan.rule.id, verdict, int(count))
            for own in self.plans
            for verdict, count in zip(VERDICTS, own.untold, strict=True)
            if count
        ]

    @property
    def plans(self) -> list[Gathered]:
        """All plans, in their order."""
        return [self._plans[number] for number in sorted(self._plans)]

    def told(self) -> list[list[Check]]:
        """The checks of every plan, in the order of their keys."""
        parts = [part for own in self.plans for part in own.parts]
        checks = iter(told_checks(parts, self.identities, self.marks.named))
        found = []
        for own in self.plans:
            several = [check for _ in own.parts for check in next(checks)]
            found.append(
                several if len(own.parts) == 1 else [several[place] for place in own.order().tolist()]
            )
        return found


def _first(checks: Integers, verdicts: NDArray[np.int8], most: int, own: Gathered) -> Integers:
    """The first of the checks of each verdict, as far as the plan has not told so many already; the others are counted."""
    told = np.zeros(len(checks), dtype=bool)
    for verdict in range(len(VERDICTS)):
        places = np.flatnonzero(verdicts == verdict)
        before = sum(int(np.count_nonzero(part.checks.verdicts == verdict)) for part in own.parts)
        room = max(most - before, 0)
        told[places[:room]] = True
        own.untold[verdict] += max(len(places) - room, 0)
    return checks[told]
