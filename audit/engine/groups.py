"""The cells of one operand brought together: one group a key.

The cells of a key are counted and added up. All vectors have one more entry than there are groups, for what is not
there.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property

import numpy as np

from audit.engine import exact, runs
from audit.engine.cells import Cells
from audit.engine.exact import Booleans, Exact, Floats
from audit.engine.figures import Ends
from audit.engine.intervals import Interval, absolute, multiply, single, subtract
from audit.engine.keys import Integers, distinct, ids, in_order, starts_of
from audit.engine.stated_cells import StatedCells, least_code
from audit.engine.sums import Pair, Sum, Sums
from audit.engine.vocabulary import BLANK, Texts
from audit.language.functions import Total
from audit.language.uses import Test
from audit.model.frozen import frozen

_ZERO = exact.constant(Decimal(0), 1)


@frozen(slots=False)
class Groups:
    """The cells of an operand by key; `starts` says which cell is the first of each group."""

    stated: StatedCells
    starts: Integers

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def cells(self) -> Cells:
        return self.stated.cells

    @cached_property
    def keys(self) -> tuple[Integers, ...]:
        """The codes of every group's key."""
        first = self.stated.order[self.stated.starts[self.starts]]
        return tuple(codes[first] for codes in self.cells.keys)

    @cached_property
    def _entry_starts(self) -> Integers:
        """Where in the order of entries each group begins, and where the last one ends."""
        return np.append(self.stated.starts[self.starts], len(self.stated.order))

    def entries_in(self, groups: Booleans) -> Integers:
        """The entries of the marked groups that state something, in no order."""
        found = self.stated.order[np.repeat(groups[: len(self)], np.diff(self._entry_starts))]
        return found[self.cells.stated[found]]

    def span(self, numbers: Integers) -> tuple[Integers, Integers]:
        """The least and the greatest number that the stated entries of each group have, of a number for each entry; the
        least is above the greatest where none is stated.
        """
        own, stated = numbers[self.stated.order], self.cells.stated[self.stated.order]
        starts = self._entry_starts[:-1]
        above = np.iinfo(own.dtype).max
        least, most = np.where(stated, own, above), np.where(stated, own, -1)
        if len(starts) != len(own):
            least, most = np.minimum.reduceat(least, starts), np.maximum.reduceat(most, starts)
        return np.append(least, above), np.append(most, -1)

    def entries(self, groups: Integers) -> tuple[Integers, Integers]:
        """The entries of the given groups that state something, and for each the place of its group among the given."""
        known = np.flatnonzero(groups < len(self))
        first, last = self._entry_starts[groups[known]], self._entry_starts[groups[known] + 1]
        count = last - first
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        found = self.stated.order[np.repeat(first, count) + offset]
        stated = self.cells.stated[found]
        return found[stated], np.repeat(known, count)[stated]

    @cached_property
    def count(self) -> Floats:
        """How many cells state something."""
        return self._counted(self.stated.stated)

    @cached_property
    def blank(self) -> Floats:
        """How many cells there are whose rows state nothing."""
        return self._counted(~self.stated.stated)

    @cached_property
    def supposed(self) -> Floats:
        """How many cells state nothing and are known to lie within limits."""
        return self._counted(self.stated.supposed)

    @cached_property
    def twice(self) -> Booleans:
        """Whether any cell is stated with two values."""
        return self.contradictions > 0

    @cached_property
    def contradictions(self) -> Floats:
        """How many cells are stated with two values."""
        return self._counted(self.stated.contradicted)

    @cached_property
    def _totals(self) -> dict[Total, Pair]:
        return {}

    def totals(self, kind: Total) -> Pair:
        """For `sum`, `min`, `max`, `median` or `mad` of the cells: the numbers as stated and as allowed.

        A sum is open when any cell is; a least number is open above only when all cells are, and so on.
        """
        if kind not in self._totals:
            self._totals[kind] = self._totalled(kind)
        return self._totals[kind]

    def _totalled(self, kind: Total) -> Pair:
        match kind:
            case "sum" if len(self) == len(self.stated):  # every group is its one cell
                return self._pair(lambda cells, _: exact.extended(cells, _ZERO))
            case "sum":
                return self.sums.pair
            case "median":
                return self._pair(self._median)
            case "mad":
                return self._deviations
            case _:
                return self._pair(lambda numbers, among: self._extreme(numbers, among, kind == "max"))

    def _pair(self, total: _Total) -> Pair:
        """What the four ends of the cells come to, where those stated and those supposed count as allowed."""
        stated, allowed = self.intervals
        known = self.stated.stated | self.stated.supposed
        return _between(stated, lambda end: total(end, self.stated.stated)), _between(
            allowed, lambda end: total(end, known)
        )

    @cached_property
    def intervals(self) -> Pair:
        """Every cell as stated and as allowed; an open end is infinite."""
        ends, known = self.stated.ends, self.stated.stated | self.stated.supposed
        stated = Interval(ends.start, ends.end)
        open_below, open_above = ends.low.missing & known, ends.high.missing & known
        if ends.low is ends.high and not open_below.any():
            return stated, single(ends.low)
        low = exact.where(open_below, exact.infinity(-1, len(known)), ends.low)
        return stated, Interval(low, exact.where(open_above, exact.infinity(1, len(known)), ends.high))

    def _median(self, numbers: Exact, among: Booleans) -> Exact:
        chosen = np.flatnonzero(among)
        medians = runs.medians(exact.take(numbers, chosen), self._group[chosen], len(self))
        return exact.extended(medians, exact.nothing(1))

    @cached_property
    def _deviations(self) -> Pair:
        """The medians of how far the cells lie from the median of their group, as stated and as allowed."""
        known = self.stated.stated, self.stated.stated | self.stated.supposed
        stated, allowed = (
            self._deviation(cells, median, among)
            for cells, median, among in zip(self.intervals, self.totals("median"), known, strict=True)
        )
        return stated, allowed

    def _deviation(self, cells: Interval, median: Interval, among: Booleans) -> Interval:
        low, high = (exact.take(end, self._group) for end in (median.low, median.high))
        return _between(absolute(subtract(cells, Interval(low, high))), lambda end: self._median(end, among))

    def _extreme(self, numbers: Exact, among: Booleans, greatest: bool) -> Exact:
        """The least or greatest number of every group; infinite where one is infinite on that side, or all are."""
        found = exact.extended(runs.extremes(numbers, self.starts, greatest=greatest), exact.nothing(1))
        if not numbers.infinite.any():
            return found
        above, below = (self._counted((numbers.kinds == sign) & among) for sign in (1, -1))
        every = self._counted(among)
        all_above, all_below = (above > 0) & (above >= every), (below > 0) & (below >= every)
        found = exact.where(above > 0 if greatest else all_above, exact.infinity(1, len(found)), found)
        return exact.where(all_below if greatest else below > 0, exact.infinity(-1, len(found)), found)

    @cached_property
    def sums(self) -> Sums:
        """The ends of the cells added up."""
        return self._summed(self.intervals)

    def weighted(self, name: str) -> Pair:
        """The sum of the cells times their weights of that name, as stated and as allowed; missing where a weight is.

        A cell that states nothing adds nothing.
        """
        if name not in self._weighted:
            weights = self.stated.weights(name)
            factors = Interval(weights.start, weights.end), Interval(weights.low, weights.high)
            stated, allowed = map(multiply, self.intervals, factors)
            self._weighted[name] = self._summed((stated, allowed)).pair
        return self._weighted[name]

    @cached_property
    def _weighted(self) -> dict[str, Pair]:
        return {}

    def _summed(self, cells: Pair) -> Sums:
        """Cells added up, as stated and as allowed; what is not there comes to nothing."""
        stated, allowed = cells
        known = self.stated.stated | self.stated.supposed
        start, low = self._sum(stated.low, self.stated.stated), self._sum(allowed.low, known)
        end = start if stated.is_point else self._sum(stated.high, self.stated.stated)
        return Sums(start, end, low, low if allowed.is_point else self._sum(allowed.high, known))

    def _sum(self, numbers: Exact, among: Booleans) -> Sum:
        hairs = exact.hairs(numbers)
        return Sum(
            exact.extended(runs.sums(exact.closed(numbers), self.starts), _ZERO),
            *(self._counted(marked & among) for marked in (hairs < 0, hairs > 0, numbers.infinite, numbers.missing)),
        )  # fmt: skip

    @cached_property
    def _group(self) -> Integers:
        """The group of every cell."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts, append=len(self.stated)))

    @cached_property
    def texts(self) -> tuple[Texts, Texts]:
        """The least and the greatest text of every group; blank where there is none."""
        least, most = self.stated.least_text, self.stated.most_text
        if len(self.starts) != len(least):
            least, most = least_code(least, self.starts), np.maximum.reduceat(most, self.starts)
        own = self.cells.vocabulary
        return Texts(own, np.append(least, BLANK)), Texts(own, np.append(most, BLANK))

    @cached_property
    def distinct(self) -> Floats:
        """How many different things the cells state."""
        if isinstance(self.cells.content, Ends):
            values = runs.ranks(exact.closed(self.stated.ends.start))
        else:
            values = self.stated.least_text
        group, stated = self._group, self.stated.stated
        _, pairs = distinct(ids((group, values), len(values))[stated])
        return np.append(np.bincount(group[stated][pairs], minlength=len(self)), 0).astype(float)

    def passing(self, test: Test) -> tuple[Floats, Floats, Floats, Floats]:
        """How many cells surely and possibly pass a test as stated, then as allowed; one stated twice never surely."""
        stated, twice = self.stated.stated, self.stated.contradicted
        (sure, may), (surely, maybe) = (
            (self._counted(all_pass & stated & ~twice), self._counted((any_passes | twice) & stated))
            for all_pass, any_passes in self.stated.passing(test)
        )
        return sure, may, surely, maybe

    def _counted(self, cells: Booleans) -> Floats:
        """How many of the cells of each group are marked."""
        if len(self) == len(cells):
            counts = np.zeros(len(self) + 1)
            counts[:-1] = cells
            return counts
        marked = self._group if cells.all() else self._group[cells]
        return np.bincount(marked, minlength=len(self) + 1).astype(np.float64)


def _between(cells: Interval, total: Callable[[Exact], Exact]) -> Interval:
    """What both ends of cells come to."""
    low = total(cells.low)
    return single(low) if cells.is_point else Interval(low, total(cells.high))


_Total = Callable[[Exact, Booleans], Exact]
"""What the numbers of the cells come to by group, where these cells count."""


@frozen(slots=False)
class Order:
    """Cells brought together by key: the order of their entries (see `StatedCells`), and where each group begins."""

    entries: Integers
    cells: Integers
    groups: Integers

    def of(self, cells: Cells) -> Groups:
        """Cells with these entries."""
        return Groups(StatedCells(cells, self.entries, self.cells), self.groups)


def ordered(cells: Cells) -> Order:
    """The cells of an operand by key."""
    key = ids(cells.keys, len(cells))
    order, cell = in_order(ids((key, *cells.members), len(cells)) if cells.members else key)
    cell_starts = np.arange(len(cells)) if cells.apart else starts_of(cell)
    return Order(
        order, cell_starts, starts_of(key[order[cell_starts]] if cells.members else cell[cell_starts])
    )


def one_a_row(cells: Cells) -> Order:
    """Every entry as a group of its own, in their order: for rules whose keys are rows."""
    every = np.arange(len(cells))
    return Order(every, every, every)


def grouped(cells: Cells) -> Groups:
    """The cells of an operand added up by key."""
    return ordered(cells).of(cells)
