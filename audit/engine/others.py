"""What all members of a dimension but the key's own come to: the total of all members less what the own one has.

So the sum over the others of twenty thousand members takes twenty thousand steps, not four hundred million. Only what
can be taken off again is known here: sums and counts.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from audit.engine.cells import Cells
from audit.engine.exact import Booleans, Floats
from audit.engine.groups import Groups, grouped
from audit.engine.keys import Integers
from audit.engine.plan_keys import Keys, looked_up
from audit.engine.sums import Pair
from audit.engine.vocabulary import Texts
from audit.language.functions import Total
from audit.language.plan import Operand
from audit.language.uses import Test
from audit.model.frozen import frozen


@frozen(slots=False)
class Others:
    """The others at every key: `own` and `every` are the groups of the own member and of all, with their places."""

    own: Groups
    every: Groups
    own_places: Integers
    every_places: Integers

    @property
    def cells(self) -> Cells:
        return self.own.cells

    @cached_property
    def count(self) -> Floats:
        return self._left(self.every.count, self.own.count)

    @cached_property
    def blank(self) -> Floats:
        return self._left(self.every.blank, self.own.blank)

    @cached_property
    def supposed(self) -> Floats:
        return self._left(self.every.supposed, self.own.supposed)

    @cached_property
    def twice(self) -> Booleans:
        return self._left(self.every.contradictions, self.own.contradictions) > 0

    @property
    def distinct(self) -> Floats:
        raise AssertionError("uses are checked before")

    @property
    def texts(self) -> tuple[Texts, Texts]:
        """No text stands for all others."""
        none = Texts(self.own.cells.vocabulary, np.zeros(len(self.own_places), dtype=np.int32))
        return none, none

    def totals(self, kind: Total) -> Pair:
        """The sum of the others, as stated and as allowed."""
        assert kind == "sum", "uses are checked before"
        return self.every.sums.at(self.every_places).without(self.own.sums.at(self.own_places)).pair

    def weighted(self, name: str) -> Pair:
        raise AssertionError("uses are checked before")

    def passing(self, test: Test) -> tuple[Floats, Floats, Floats, Floats]:
        """How many of the others surely and possibly pass a test as stated, then as allowed."""
        pairs = zip(self.every.passing(test), self.own.passing(test), strict=True)
        sure, may, surely, maybe = (self._left(of_all, own) for of_all, own in pairs)
        return sure, may, surely, maybe

    def _left(self, of_all: Floats, own: Floats) -> Floats:
        return of_all[self.every_places] - own[self.own_places]


def others_of(operand: Operand, own: Groups, own_places: Integers, keys: Keys) -> Others:
    """The others of an operand at every key, from the groups of its own members."""
    rest = [place for place, (dimension, _) in enumerate(operand.matched) if dimension != operand.others]
    every = grouped(replace(own.cells, keys=tuple(own.cells.keys[place] for place in rest)))
    columns = [keys.dimensions[operand.matched[place][0]] for place in rest]
    own_member = keys.dimensions[operand.others]
    places = looked_up(columns, len(keys), every) if columns else np.zeros(len(keys), dtype=np.int64)
    return Others(own, every, own_places, np.where(own_member > 0, places, len(every)))
