"""What each cell states: the rows that state one cell become one cell.

Equal values are one value, which may lie wherever one of its rows allows it. Different values whose intervals meet state
one number more and less precisely: it is stated as the most precise row says, and lies where all rows allow it (XBRL
Calculations 1.1, consistent duplicates). All else is stated twice.

A cell whose rows state nothing lies, as allowed, within the limits that its column declares, if it declares any.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

import numpy as np

from audit.engine import exact, runs
from audit.engine.cells import Cells
from audit.engine.exact import Booleans, Exact
from audit.engine.figures import Ends
from audit.engine.keys import Integers
from audit.language.uses import Test
from audit.model.frozen import frozen


@frozen(slots=False)
class StatedCells:
    """The entries of `cells` cell by cell: `order` puts them in order of cell, `starts` says where in it each begins."""

    cells: Cells
    order: Integers
    starts: Integers

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def _alone(self) -> bool:
        """Whether every entry is a cell of its own."""
        return len(self.starts) == len(self.order)

    @cached_property
    def stated(self) -> Booleans:
        """Which cells state something."""
        stated = self.cells.stated[self.order]
        return stated if self._alone else np.logical_or.reduceat(stated, self.starts)

    @cached_property
    def supposed(self) -> Booleans:
        """Which cells state nothing and are known to lie within limits."""
        return ~self.stated if self.cells.limits != (None, None) else np.zeros(len(self), dtype=bool)

    @cached_property
    def contradicted(self) -> Booleans:
        """Which cells are stated with two values."""
        if self._alone:
            return np.zeros(len(self), dtype=bool)
        if isinstance(self.cells.content, Ends):
            return (self._differing & ~self._agreeing) | self._weighed_differently
        return np.asarray(self.least_text != self.most_text)

    @cached_property
    def ends(self) -> Ends:
        """What every cell states and may be; where it states something or is supposed to, a missing end is open."""
        found = _taken_at(self._content, self._sources)
        if not self.supposed.any():
            return found
        low, high = (
            exact.where(self.supposed, self._limit(limit), end)
            for limit, end in zip(self.cells.limits, (found.low, found.high), strict=True)
        )
        return Ends(found.start, found.end, low, high)

    def _limit(self, limit: Decimal | None) -> Exact:
        return exact.nothing(len(self)) if limit is None else exact.constant(limit, len(self))

    def weights(self, name: str) -> Ends:
        """What every cell is weighed by; missing for no weight. Rows that state one cell have one weight."""
        weights, at = self.cells.weights[name]
        return _taken_at(weights, (at[self.order[self.starts]],) * 4)

    @property
    def _content(self) -> Ends:
        assert isinstance(self.cells.content, Ends), "types are checked before"
        return self.cells.content

    @cached_property
    def _sources(self) -> _Entries:
        """For start, end, low and high the entry in the content that stands for each cell."""
        at = self.cells.at[self.order]
        if self._alone:
            return at, at, at, at
        chosen = list(self._hull)
        if (agreeing := self._agreeing).any():
            chosen = [np.where(agreeing, one, other) for one, other in zip(self._within, chosen, strict=True)]
        first = chosen[0]
        start, end, low, high = (first if np.array_equal(one, first) else one for one in chosen)
        return start, end, low, high

    @cached_property
    def _several(self) -> tuple[Integers, Integers]:
        """The entries in the content of cells that several rows state, and the cell of each; blanks beside others are none."""
        at = self.cells.at[self.order]
        lengths = np.diff(self.starts, append=len(at))
        cell = np.repeat(np.arange(len(lengths)), lengths)
        idle = self._content.start.missing[at] & self.stated[cell]
        several = (lengths > 1)[cell] & ~idle
        return at[several], cell[several]

    def _extreme(
        self, numbers: Exact, *, greatest: bool, open_first: bool = False, then: Exact | None = None
    ) -> Integers:
        """For each cell the entry of its least or greatest number, of equal ones the least in `then`.

        A missing number is chosen only where there is no other; with `open_first` it is chosen before all others.
        """
        found = self.cells.at[self.order[self.starts]]
        entries, cell = self._several
        if not len(entries):
            return found
        own = exact.take(numbers, entries)
        ranks = runs.ranks(own)
        keys: list[np.ndarray] = [-ranks if greatest else ranks, own.missing ^ open_first, cell]
        if then is not None:
            keys.insert(0, runs.ranks(exact.take(then, entries)))
        order = np.lexsort(keys)
        first = np.append(True, np.diff(cell[order]) != 0)
        found[cell[order[first]]] = entries[order[first]]
        return found

    @cached_property
    def _hull(self) -> _Entries:
        """The entries that reach farthest."""
        ends = self._content
        return (
            self._extreme(exact.closed(ends.start), greatest=False),
            self._extreme(exact.closed(ends.end), greatest=True),
            self._extreme(ends.low, greatest=False, open_first=True),
            self._extreme(ends.high, greatest=True, open_first=True),
        )

    @cached_property
    def _within(self) -> _Entries:
        """The most precise entry, and those that leave the least room."""
        ends = self._content
        precise = self._extreme(exact.subtract(ends.high, ends.low), greatest=False, then=ends.start)
        return (
            precise,
            precise,
            self._extreme(ends.low, greatest=True),
            self._extreme(ends.high, greatest=False),
        )

    @cached_property
    def _differing(self) -> Booleans:
        """Which cells are stated with different values, or ranges."""
        start, end = exact.closed(self._content.start), exact.closed(self._content.end)
        least, most, _, _ = self._hull
        differing = _differ(start, least, self._extreme(start, greatest=True))
        if end is not start:
            differing |= _differ(end, self._extreme(end, greatest=False), most)
        return differing

    @cached_property
    def _agreeing(self) -> Booleans:
        """Which cells are stated with different values that all allow some same number."""
        if not self._differing.any():
            return self._differing
        _, _, low, high = self._within
        lowest, highest = exact.take(self._content.low, low), exact.take(self._content.high, high)
        return self._differing & ~exact.less(highest, lowest)

    @cached_property
    def _weighed_differently(self) -> Booleans:
        found = np.zeros(len(self), dtype=bool)
        for weights, at in self.cells.weights.values():
            own = at[self.order]
            lengths = np.diff(self.starts, append=len(own))
            unlike = _differ(weights.start, own, np.repeat(own[self.starts], lengths))
            found |= np.logical_or.reduceat(unlike, self.starts)
        return found

    @cached_property
    def least_text(self) -> Integers:
        """The code of every cell's least text; 0 for a cell that states none."""
        if self.cells.content is None:
            return np.zeros(len(self), dtype=np.int64)
        return self._texts if self._alone else least_code(self._texts, self.starts)

    @cached_property
    def most_text(self) -> Integers:
        """The code of every cell's greatest text; 0 for a cell that states none."""
        if self.cells.content is None or self._alone:
            return self.least_text
        return np.maximum.reduceat(self._texts, self.starts)

    @property
    def _texts(self) -> Integers:
        """The code of the text of every entry, in order."""
        assert not isinstance(self.cells.content, Ends) and self.cells.content is not None
        return self.cells.content[self.cells.at[self.order]]

    def passing(self, test: Test) -> tuple[tuple[Booleans, Booleans], tuple[Booleans, Booleans]]:
        """Which cells surely and possibly pass a test, as stated and as allowed, by what they state."""
        if isinstance(test.constant, str):
            passes = self.cells.vocabulary.span(test.operator, test.constant)[self.least_text]
            return (passes, passes), (passes, passes)
        ends = self.ends
        stated = ends.start, ends.end
        if test.operator in ("==", "!="):
            stated = exact.closed(ends.start), exact.closed(ends.end)
        return _passing(test, *stated), _passing(test, ends.low, ends.high)


_Entries = tuple[Integers, Integers, Integers, Integers]
"""For start, end, low and high the entry in the content that is chosen for each cell."""


def _taken_at(ends: Ends, entries: _Entries) -> Ends:
    """The ends of figures at the entries of each; what is one vector at the same entries stays one."""
    known: dict[tuple[int, int], Exact] = {}
    found = []
    for numbers, chosen in zip((ends.start, ends.end, ends.low, ends.high), entries, strict=True):
        which = (id(numbers), id(chosen))
        if which not in known:
            known[which] = exact.take(numbers, chosen)
        found.append(known[which])
    start, end, low, high = found
    return Ends(start, end, low, high)


def least_code(codes: Integers, starts: Integers) -> Integers:
    """The least code of each run that is not blank; 0 where all are."""
    most = np.iinfo(codes.dtype).max
    least = np.minimum.reduceat(np.where(codes == 0, most, codes), starts)
    return np.where(least == most, 0, least)


def _differ(numbers: Exact, some: Integers, others: Integers) -> Booleans:
    """Whether the numbers of two entries differ; a missing one differs from none."""
    differ = np.asarray(some != others)
    entries = np.flatnonzero(differ)
    one, other = (exact.take(numbers, chosen[entries]) for chosen in (some, others))
    differ[entries] = np.abs(exact.order(one, other)) == 1
    return differ


def _passing(test: Test, low: Exact, high: Exact) -> tuple[Booleans, Booleans]:
    """Whether all, and whether any, of the numbers from `low` to `high` pass; a missing end is open."""
    assert isinstance(test.constant, Decimal)
    limit = exact.constant(test.constant, len(low))
    match test.operator:
        case ">":
            return exact.less(limit, low), exact.less(limit, high) | high.missing
        case ">=":
            return exact.less_or_equal(limit, low), exact.less_or_equal(limit, high) | high.missing
        case "<":
            return exact.less(high, limit), exact.less(low, limit) | low.missing
        case "<=":
            return exact.less_or_equal(high, limit), exact.less_or_equal(low, limit) | low.missing
    same = exact.equal(low, limit) & exact.equal(high, limit)
    touched = (exact.less_or_equal(low, limit) | low.missing) & (
        exact.less_or_equal(limit, high) | high.missing
    )
    return (same, touched) if test.operator == "==" else (~touched, ~same)
