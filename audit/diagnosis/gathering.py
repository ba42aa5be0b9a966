"""What a run tells, gathered plan by plan as they are confronted, so that nothing more of a plan is held than is told.

Rows that other machines hold are confronted there, and what they tell is joined.

The checks of a plan may come in several parts, each with the keys of other members; they are told in the order of all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.checks import Rows, Told, not_held, taking_part, to_tell, told_checks
from audit.diagnosis.cut import most_of
from audit.diagnosis.figures import FigureMarks, Marked, looked_at, tables_of_figures
from audit.engine.confront import Confrontation, confronted_by_parts
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.engine.keys import Integers, ids, in_order
from audit.engine.vocabulary import together
from audit.language.plan import Plan
from audit.model.frozen import frozen
from audit.model.report import VERDICTS, Check, Verdict

if TYPE_CHECKING:
    from audit.engine.spark_stretches import Stretch


@dataclass
class Gathered:
    """One plan: how many checks gave each verdict (in the order of `VERDICTS`), those to tell, and how many of each verdict
    are told and are too many to be told, where that is bounded."""

    plan: Plan
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(VERDICTS), dtype=np.int64))
    told: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(VERDICTS), dtype=np.int64))
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


@frozen
class Telling:
    """What a run tells: with `everything` all checks, else those that do not hold; with `about` only those in which one of
    these rows takes part; with `most` at most so many of each verdict of a plan, the first that come, and fewer where the run has
    told many (see `most_of`)."""

    everything: bool = False
    about: Rows | None = None
    most: int | None = None


@frozen
class Share:
    """What the checks on some rows of a run came to: by plan, and which rows of which tables they looked at."""

    plans: Mapping[int, Gathered]
    marked: Marked


class Gathering:
    """A run as it goes on."""

    def __init__(
        self, tables: Mapping[str, Table], telling: Telling, marks: FigureMarks | None = None
    ) -> None:
        self.marks = marks or FigureMarks(tables)
        self.identities = Identities(tables)
        self._telling = telling
        self._told = np.zeros(len(VERDICTS), dtype=np.int64)
        self._plans: dict[int, Gathered] = {}

    def add(self, confrontation: Confrontation) -> None:
        """Take what is told of some checks of a plan."""
        telling = self._telling
        own = self._of(confrontation.number, confrontation.plan)
        own.counts += [np.count_nonzero(confrontation.verdicts == n) for n in range(len(VERDICTS))]
        self.marks.add(confrontation)
        shown = np.arange(len(confrontation)) if telling.everything else not_held(confrontation)
        if telling.about is not None:
            shown = taking_part(confrontation, shown, telling.about)
        if telling.most is not None:
            shown = self._first(shown, confrontation.verdicts[shown], own, telling.most)
        if len(shown):
            own.parts.append(to_tell(confrontation, shown))

    def _first(self, checks: Integers, verdicts: NDArray[np.int8], own: Gathered, most: int) -> Integers:
        """The first of the checks of each verdict, as far as there is room for them; the others are counted."""
        told = np.zeros(len(checks), dtype=bool)
        for verdict in range(len(VERDICTS)):
            places = np.flatnonzero(verdicts == verdict)
            room = max(most_of(most, int(self._told[verdict])) - int(own.told[verdict]), 0)
            told[places[:room]] = True
            own.untold[verdict] += max(len(places) - room, 0)
            own.told[verdict] += min(len(places), room)
            self._told[verdict] += min(len(places), room)
        return checks[told]

    def join(self, share: Share) -> None:
        """Take what was told of some rows elsewhere."""
        for number, other in share.plans.items():
            own = self._of(number, other.plan)
            own.counts += other.counts
            own.untold += other.untold
            for part in other.parts:
                shown = np.arange(len(part.checks))
                if self._telling.most is not None:
                    shown = self._first(shown, part.checks.verdicts, own, self._telling.most)
                if len(shown):
                    own.parts.append(part if len(shown) == len(part.checks) else part.only(shown))
        self.marks.mark(share.marked)

    @property
    def share(self) -> Share:
        """What the run came to, to be joined to another."""
        return Share(self._plans, self.marks.marked)

    def _of(self, number: int, plan: Plan) -> Gathered:
        return self._plans.setdefault(number, Gathered(plan))

    @property
    def numbers(self) -> Collection[int]:
        """The numbers of the plans of which anything is known."""
        return self._plans.keys()

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
                several if len(own.parts) < 2 else [several[place] for place in own.order().tolist()]
            )
        return found


def gathered(plans: Sequence[Plan], tables: Mapping[str, Table], telling: Telling) -> Gathering:
    """Plans confronted with tables, those with a table that other machines hold by these.

    Raises `InputError` for a frame that cannot be used.
    """
    run = Gathering(tables, telling)
    numbered = dict(enumerate(plans))
    away = {
        number: plan for number, plan in numbered.items() if any(tables[name].away for name in plan.tables)
    }
    if away:
        from audit.engine.spark_stretches import told_by_stretches

        names = tables_of_figures(tables)
        for share in told_by_stretches(away, tables, looked_at(tables), partial(_share, names, telling)):
            run.join(share)
    here = [number for number in numbered if number not in run.numbers]
    for confrontation in confronted_by_parts([plans[number] for number in here], tables):
        run.add(replace(confrontation, number=here[confrontation.number]))
        del confrontation  # so that it is not held while the next one is worked out
    return run


def _share(names: Collection[str], telling: Telling, stretch: Stretch) -> Share:
    """What a stretch of rows tells."""
    run = Gathering(stretch.tables, telling, FigureMarks(stretch.tables, names, stretch.numbers))
    numbers = [*stretch.plans]
    for confrontation in confronted_by_parts(stretch.plans.values(), stretch.tables, stretch.written):
        run.add(replace(confrontation, number=numbers[confrontation.number]))
    return run.share
