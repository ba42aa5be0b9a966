"""What a run tells, gathered plan by plan as they are confronted, so that nothing more of a plan is held than is told.

Rows that other machines hold are confronted there, and what they tell is joined.

The checks of a plan may come in several parts, each with the keys of other members; they are told in the order of all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from audit.diagnosis.checks import Rows, Told, not_held, taking_part, to_tell, told_checks
from audit.diagnosis.evidence import Evidence
from audit.diagnosis.figures import FigureMarks, Marked, looked_at, tables_of_figures
from audit.diagnosis.firsts import Counts, Firsts, Room, counts_of
from audit.engine.confront import Confrontation, Piece, Work, work_on
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.engine.keys import Integers
from audit.engine.stretches import worth
from audit.language.plan import Plan
from audit.model.frozen import frozen
from audit.model.report import VERDICTS, Check, Verdict

if TYPE_CHECKING:
    from audit.engine.processes import Helpers
    from audit.engine.spark_stretches import Stretch


@dataclass
class Gathered:
    """One plan: how many checks gave each verdict, how many of these would be told were there room, and those that are:
    told in this run, or in an earlier one (`again`)."""

    plan: Plan
    counts: Counts = field(default_factory=lambda: np.zeros(len(VERDICTS), dtype=np.int64))
    wanted: Counts = field(default_factory=lambda: np.zeros(len(VERDICTS), dtype=np.int64))
    firsts: Firsts = field(default_factory=Firsts)
    again: Sequence[Check] = ()


@frozen
class Telling:
    """What a run tells: with `everything` all checks, else those that do not hold; with `about` only those in which one of
    these rows takes part; with `most` at most so many of each verdict of a plan, the first by their keys, and fewer where the run
    tells many (see `Room`), and not all cells of one of very many (see `Evidence`)."""

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
        self._room = None if telling.most is None else Room(telling.most)
        self._evidence = None if telling.most is None else Evidence(tables, self.marks.at)
        self._kept = self._held = 0
        self._plans: dict[int, Gathered] = {}

    def confront(self, work: Work, pieces: Iterable[Piece]) -> None:
        """Work out pieces, and take what is told of them."""
        for confrontation in work.confronted(pieces):
            self.add(confrontation)
            del confrontation  # so that it is not held while the next one is worked out

    def add(self, confrontation: Confrontation) -> None:
        """Take what is told of some checks of a plan."""
        self.marks.add(confrontation)
        self._add(confrontation)

    def add_apart(self, confrontation: Confrontation) -> Marked:
        """Take what is told of all checks of a plan; the rows that it marks, whatever others marked before."""
        self._add(confrontation)
        return self.marks.add_apart(confrontation)

    def _add(self, confrontation: Confrontation) -> None:
        telling = self._telling
        own = self._of(confrontation.number, confrontation.plan)
        own.counts += counts_of(confrontation.verdicts)
        shown = np.arange(len(confrontation)) if telling.everything else not_held(confrontation)
        if telling.about is not None:
            shown = taking_part(confrontation, shown, telling.about)
        own.wanted += counts_of(confrontation.verdicts[shown])
        self._tell(
            confrontation.number,
            confrontation,
            shown,
            partial(to_tell, confrontation, evidence=self._evidence),
        )

    def join(self, share: Share) -> None:
        """Take what was told of some rows elsewhere, or in an earlier run."""
        for number, other in share.plans.items():
            own = self._of(number, other.plan)
            own.counts += other.counts
            own.wanted += other.wanted
            own.again = other.again
            if self._room is not None:
                self._room.wanted(number, own.wanted)
            for part in other.firsts.parts:
                self._tell(number, part.checks, np.arange(len(part.checks)), part.only)
        self.marks.mark(share.marked)

    def _tell(
        self, number: int, checks: Confrontation, shown: Integers, told: Callable[[Integers], Told]
    ) -> None:
        """Hold those of the checks for which there is room; what is held is cut whenever it has grown by half."""
        own = self._plans[number]
        if self._room is not None:
            self._room.wanted(number, own.wanted)
            shown = own.firsts.among(checks, shown, self._room.of(number))
        if len(shown):
            part = told(shown)
            own.firsts.parts.append(part)
            self._held += len(part)
        if self._room is not None and self._held > self._kept + self._kept // 2 + 4 * self._room.most:
            self._cut()

    def _cut(self) -> None:
        if self._room is not None and self._evidence is not None:
            for number, own in self._plans.items():
                own.firsts.cut(self._room.of(number), self._evidence)
            self._kept = self._held = sum(len(own.firsts) for own in self._plans.values())

    @property
    def share(self) -> Share:
        """What the run came to, to be joined to another."""
        self._cut()
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
        if self._room is None:
            return []
        return [
            (own.plan.rule.id, verdict, int(wanted - room))
            for number, own in sorted(self._plans.items())
            for verdict, wanted, room in zip(VERDICTS, own.wanted, self._room.of(number), strict=True)
            if wanted > room
        ]

    @property
    def plans(self) -> list[Gathered]:
        """All plans, in their order."""
        return [self._plans[number] for number in sorted(self._plans)]

    @cached_property
    def told(self) -> list[list[Check]]:
        """The checks of every plan, in the order of their keys."""
        self._cut()
        parts = [part for own in self.plans for part in own.firsts.parts]
        checks = iter(told_checks(parts, self.identities, self.marks.named))
        found = []
        for own in self.plans:
            several = [check for _ in own.firsts.parts for check in next(checks)]
            if len(own.firsts.parts) > 1:
                several = [several[place] for place in own.firsts.order().tolist()]
            found.append([*own.again, *several])
        return found


def gathered(
    plans: Sequence[Plan], tables: Mapping[str, Table], telling: Telling, helpers: Helpers | None = None
) -> Gathering:
    """Plans confronted with tables, those with a table that other machines hold by these; with helpers, those
    with many rows by these too (see `together`).

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
    here = {number: plan for number, plan in numbered.items() if number not in run.numbers}
    processes = min(len(helpers) + 1, worth([*here.values()], tables)) if helpers else 1
    work = work_on(here, tables, processes=processes)
    if helpers and len(work.pieces) > 1:
        from audit.diagnosis.together import work_together

        work_together(work, run, telling, helpers)
    else:
        run.confront(work, work.pieces)
    return run


def _share(names: Collection[str], telling: Telling, stretch: Stretch) -> Share:
    """What a stretch of rows tells."""
    run = Gathering(stretch.tables, telling, FigureMarks(stretch.tables, names, stretch.numbers))
    work = work_on(stretch.plans, stretch.tables, stretch.written)
    run.confront(work, work.pieces)
    return run.share
