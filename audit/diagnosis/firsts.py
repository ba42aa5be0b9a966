"""The checks that are told where not all are: of every plan and verdict the first in the order of their keys.

They are the same whatever parts the checks come in, and in whatever order: how much room there is for a plan follows from
what the plans before it want to tell, and what is held meanwhile is bounded as what is told in the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.checks import Told, sizes_of, with_fewer_cells
from audit.diagnosis.evidence import Evidence
from audit.engine.confront import Confrontation
from audit.engine.exact import Booleans
from audit.engine.keys import Integers, ids, in_order
from audit.engine.vocabulary import together
from audit.model.frozen import frozen
from audit.model.report import VERDICTS

MANY, FEW = 10, 100
"""Once a run tells so many times as much as one plan may, each further plan tells one in so many of that."""
Counts = NDArray[np.int64]
"""How many checks there are of each verdict, in the order of `VERDICTS`."""


def counts_of(verdicts: NDArray[np.int8]) -> Counts:
    """How many there are of each verdict."""
    return np.bincount(verdicts, minlength=len(VERDICTS)).astype(np.int64)


class Room:
    """How many checks of each verdict every plan may tell: `most`; a hundredth of it once those before it tell ten times as
    many, so that every rule is heard and a run of many rules is bounded too. It only gets less as more is known."""

    def __init__(self, most: int) -> None:
        self.most, self._few = most, max(most // FEW, 1)
        self._told: Counts = np.zeros((0, len(VERDICTS)), dtype=np.int64)

    def wanted(self, number: int, counts: Counts) -> None:
        """Take down that the plan of this number would tell so many."""
        if number >= len(self._told):
            self._told = np.pad(self._told, ((0, number + 1 - len(self._told)), (0, 0)))
        self._told[number] = np.minimum(counts, self.most)

    def of(self, number: int) -> Counts:
        """The room of the plan of this number."""
        before = self._told[:number].sum(axis=0)
        return np.where(before < MANY * self.most, self.most, self._few)


@frozen
class _Last:
    """The key of the last check for which there is room, and its row where rows are the keys."""

    texts: tuple[str, ...]
    row: int

    def preceded(self, checks: Confrontation, places: Integers) -> Booleans:
        """For each of the checks at these places whether it comes before this one."""
        keys, texts = checks.keys, checks.vocabulary
        found = np.zeros(len(places), dtype=bool) if keys.rows is None else keys.rows[places] < self.row
        for codes, text in reversed([*zip(keys.dimensions.values(), self.texts, strict=True)]):
            below, equal = texts.span("<", text), texts.span("==", text)
            own = codes[places]
            found = below[own] | equal[own] & found
        return found


@dataclass
class Firsts:
    """The checks of one plan that are told, as they come in parts."""

    parts: list[Told] = field(default_factory=list)
    _last: dict[int, _Last] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def among(self, checks: Confrontation, places: Integers, room: Counts) -> Integers:
        """Those checks at the given places (ascending) that may be among the first of their verdict."""
        found = []
        for verdict in range(len(VERDICTS)):
            own = places[checks.verdicts[places] == verdict]
            if verdict in self._last:
                own = own[self._last[verdict].preceded(checks, own)]
            found.append(own[: room[verdict]])
        return np.sort(np.concatenate(found))

    def cut(self, room: Counts, evidence: Evidence) -> None:
        """Keep the first of each verdict only, as far as there is room for them, and of these as many cells as are told."""
        self._cut_checks(room)
        if len(self.parts) > 1:  # those of one part tell no more from the start
            order, ends = self.order(), np.cumsum([len(part.checks) for part in self.parts])
            verdicts = np.concatenate([part.checks.verdicts for part in self.parts])
            sizes = np.concatenate([sizes_of(part.checks) for part in self.parts])
            most = np.empty(len(order), dtype=np.int64)
            most[order] = evidence.most(verdicts[order], sizes[order])
            own = np.split(most, ends[:-1])
            self.parts = [with_fewer_cells(p, one, evidence) for p, one in zip(self.parts, own, strict=True)]

    def _cut_checks(self, room: Counts) -> None:
        if not self.parts or (sum(counts_of(part.checks.verdicts) for part in self.parts) <= room).all():
            return
        order = self.order()
        verdicts = np.concatenate([part.checks.verdicts for part in self.parts])[order]
        ends = np.cumsum([len(part.checks) for part in self.parts])
        kept = np.zeros(len(order), dtype=bool)
        for verdict in range(len(VERDICTS)):
            first = order[np.flatnonzero(verdicts == verdict)[: room[verdict]]]
            kept[first] = True
            if len(first) == room[verdict]:
                part = int(np.searchsorted(ends, first[-1], side="right"))
                self._last[verdict] = _key_of(self.parts[part].checks, int(first[-1] - ends[part]))
        own = [np.flatnonzero(places) for places in np.split(kept, ends[:-1])]
        self.parts = [part.only(places) for part, places in zip(self.parts, own, strict=True) if len(places)]

    def order(self) -> Integers:
        """The places of the checks of all parts, one part after the other, in the order of their keys."""
        codes_of = together([part.checks.vocabulary for part in self.parts])
        keys = [part.checks.keys.recoded(code_of) for part, code_of in zip(self.parts, codes_of, strict=True)]
        columns = [np.concatenate([key.dimensions[name] for key in keys]) for name in keys[0].dimensions]
        if keys[0].rows is not None:
            columns.append(np.concatenate([key.rows for key in keys if key.rows is not None]))
        return in_order(ids(columns, sum(map(len, keys))))[0]


def _key_of(checks: Confrontation, place: int) -> _Last:
    """The key of a check; `place` may be counted from behind."""
    keys = checks.keys
    codes = np.array([own[place] for own in keys.dimensions.values()], dtype=np.int64)
    return _Last(tuple(checks.vocabulary.of(codes)), 0 if keys.rows is None else int(keys.rows[place]))
