"""The cells of one operand added up: one group a key.

First the rows that state one cell become one cell: equal values are one value, its interval the hull of theirs,
different values make it stated twice. Then the cells of a key are counted and added up. All vectors have one more entry
than there are groups, for what is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import numpy as np

from audit.engine import exact, intervals
from audit.engine.cells import Cells
from audit.engine.exact import Booleans, Exact, Floats
from audit.engine.figures import Ends
from audit.engine.intervals import Interval
from audit.engine.keys import Integers, ids, in_order
from audit.engine.vocabulary import Texts
from audit.language.functions import Total
from audit.language.typing import Test

Pair = tuple[Interval, Interval]
_ENDS = ("start", "end", "low", "high")


@dataclass(frozen=True, slots=True)
class Totals:
    """The four ends of the cells of groups brought together, open ones left out, and how many are open on each side."""

    ends: dict[str, Exact]
    open_below: Floats
    open_above: Floats


@dataclass(frozen=True)
class Groups:
    """The cells of an operand by key; see the module's text.

    `order` puts the entries of `cells` in order of key and cell, `cell_starts` says where in it each cell begins, and
    `starts` which cell is the first of each group.
    """

    cells: Cells
    order: Integers
    cell_starts: Integers
    starts: Integers

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def keys(self) -> tuple[Integers, ...]:
        """The codes of every group's key."""
        first = self.order[self.cell_starts[self.starts]]
        return tuple(codes[first] for codes in self.cells.keys)

    @cached_property
    def _bounds(self) -> Integers:
        """Where in `order` each group begins, and where the last one ends."""
        return np.append(self.cell_starts[self.starts], len(self.order))

    def entries(self, groups: Integers) -> tuple[Integers, Integers]:
        """The entries of the given groups that state something, and for each the place of its group among the given."""
        known = np.flatnonzero(groups < len(self))
        first, last = self._bounds[groups[known]], self._bounds[groups[known] + 1]
        count = last - first
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        found = self.order[np.repeat(first, count) + offset]
        stated = self.cells.stated[found]
        return found[stated], np.repeat(known, count)[stated]

    @cached_property
    def _stated(self) -> Booleans:
        """Which cells state something."""
        stated = self.cells.stated[self.order]
        return stated if self._alone else np.logical_or.reduceat(stated, self.cell_starts)

    @property
    def _alone(self) -> bool:
        """Whether every entry is a cell of its own."""
        return len(self.cell_starts) == len(self.order)

    @cached_property
    def count(self) -> Floats:
        """How many cells state something."""
        return self._added(self._stated)

    @cached_property
    def blank(self) -> Floats:
        """How many cells there are whose rows state nothing."""
        return self._added(~self._stated)

    @cached_property
    def twice(self) -> Booleans:
        """Whether any cell is stated with two values."""
        return self.contradictions > 0

    @cached_property
    def contradictions(self) -> Floats:
        """How many cells are stated with two values."""
        return self._added(self._contradicted)

    @cached_property
    def _contradicted(self) -> Booleans:
        """Which cells are stated with two values."""
        if self._alone:
            return np.zeros(len(self.cell_starts), dtype=bool)
        if isinstance(self.cells.content, Ends):
            ends = self.cells.content
            least, most = self._hull
            differs = _differ(ends.start, least["start"], most["start"])
            differs |= _differ(ends.end, least["end"], most["end"])
            for weights, at in self.cells.weights.values():
                own = at[self.order]
                lengths = np.diff(self.cell_starts, append=len(own))
                unlike = _differ(weights.start, own, np.repeat(own[self.cell_starts], lengths))
                differs |= np.logical_or.reduceat(unlike, self.cell_starts)
            return differs
        return np.asarray(self._least_text != self._most_text)

    @cached_property
    def _totals(self) -> dict[Total, Pair]:
        return {}

    def totals(self, kind: Total) -> Pair:
        """For `sum`, `min`, `max` or `median` of the cells: the numbers as stated and as allowed.

        A sum is open when any cell is; a least number is open above only when all cells are, and so on.
        """
        if kind not in self._totals:
            self._totals[kind] = self._totalled(kind)
        return self._totals[kind]

    def _totalled(self, kind: Total) -> Pair:
        ends = self.cells.content
        assert isinstance(ends, Ends), "types are checked before"
        if kind == "median":
            start, end, low, high = map(self._medians, _ENDS)
            return Interval(start, end), Interval(low, high)
        found = self._ends_totalled(kind)
        below = found.open_below >= self.count if kind == "max" else found.open_below > 0
        above = found.open_above >= self.count if kind == "min" else found.open_above > 0
        allowed = Interval(
            exact.where(below, exact.infinity(-1, len(below)), found.ends["low"]),
            exact.where(above, exact.infinity(1, len(above)), found.ends["high"]),
        )
        return Interval(found.ends["start"], found.ends["end"]), allowed

    @cached_property
    def added(self) -> Totals:
        """The ends of the cells added up."""
        return self._ends_totalled("sum")

    def _ends_totalled(self, kind: Total) -> Totals:
        ends = self.cells.content
        assert isinstance(ends, Ends), "types are checked before"
        totals: dict[str, Exact] = {"start": self._total(kind, ends.start, self._places["start"])}
        same = ends.start is ends.end and self._places["start"] is self._places["end"]
        totals["end"] = totals["start"] if same else self._total(kind, ends.end, self._places["end"])
        for end in ("low", "high"):
            totals[end] = self._total(kind, getattr(ends, end), self._places[end])
        below, above = (self._open(getattr(ends, end), self._places[end]) for end in ("low", "high"))
        return Totals(totals, below, above)

    def _medians(self, end: str) -> Exact:
        stated = np.flatnonzero(self._stated)
        medians = exact.medians(exact.take(self._numbers(end), stated), self._group[stated], len(self))
        return exact.extended(medians, exact.nothing(1))

    def _numbers(self, end: str) -> Exact:
        """The number at an end of every cell; an open one is infinite."""
        found = exact.take(getattr(self.cells.content, end), self._places[end])
        if end in ("start", "end"):
            return found
        return exact.where(
            found.missing & self._stated, exact.infinity(-1 if end == "low" else 1, len(found)), found
        )

    @cached_property
    def _group(self) -> Integers:
        """The group of every cell."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts, append=len(self.cell_starts)))

    def weighted(self, name: str) -> Pair:
        """The sum of the cells times their weights of that name, as stated and as allowed; missing where a weight is.

        A cell that states nothing adds nothing. Rows that state one cell have one weight (see `twice`).
        """
        if name not in self._weighted:
            self._weighted[name] = self._weighed(name)
        return self._weighted[name]

    @cached_property
    def _weighted(self) -> dict[str, Pair]:
        return {}

    def _weighed(self, name: str) -> Pair:
        weights, at = self.cells.weights[name]
        first = at[self.order[self.cell_starts]]

        def summed(low: str, high: str) -> Interval:
            cell = Interval(self._numbers(low), self._numbers(high))
            weight = Interval(*(exact.take(getattr(weights, end), first) for end in (low, high)))
            product = intervals.multiply(cell, weight)
            return Interval(self._ends_added(product.low, -1), self._ends_added(product.high, 1))

        return summed("start", "end"), summed("low", "high")

    def _ends_added(self, cells: Exact, open_end: Literal[-1, 1]) -> Exact:
        """Numbers of cells added up, with infinite ones among them."""
        total = exact.extended(exact.sums(cells, self.starts), exact.constant(Decimal(0), 1))
        endless = self._added(cells.infinite & self._stated) > 0
        total = exact.where(endless, exact.infinity(open_end, len(total)), total)
        return exact.blanked(total, self._added(cells.missing & self._stated) > 0)

    def _open(self, numbers: Exact, places: Integers) -> Floats:
        return self._added(numbers.missing[places] & self._stated)

    def _total(self, kind: str, numbers: Exact, places: Integers) -> Exact:
        taken = exact.take(numbers, places)
        if kind == "sum":
            return exact.extended(exact.sums(taken, self.starts), exact.constant(Decimal(0), 1))
        return exact.extended(exact.extremes(taken, self.starts, greatest=kind == "max"), exact.nothing(1))

    @cached_property
    def _places(self) -> dict[str, Integers]:
        """For each end the place in the content that stands for each cell."""
        least, most = self._hull
        start, end = least["start"], most["end"]
        places = {"start": start, "end": end, "low": least["low"], "high": most["high"]}
        return {name: start if np.array_equal(own, start) else own for name, own in places.items()}

    @cached_property
    def _hull(self) -> tuple[dict[str, Integers], dict[str, Integers]]:
        """For each end of every cell the place in the content of the least, and of the greatest, number."""
        ends, at = self.cells.content, self.cells.at[self.order]
        assert isinstance(ends, Ends)
        if self._alone:
            return dict.fromkeys(_ENDS, at), dict.fromkeys(_ENDS, at)
        lengths = np.diff(self.cell_starts, append=len(at))
        cell = np.repeat(np.arange(len(lengths)), lengths)
        idle = ends.start.missing[at] & self._stated[cell]
        several = (lengths > 1)[cell] & ~idle
        first = at[self.cell_starts]
        at, cell = at[several], cell[several]

        def places(numbers: Exact, greatest: bool, open_first: bool = False) -> Integers:
            found = first.copy()
            found[np.unique(cell)] = _extreme(numbers, at, cell, greatest=greatest, open_first=open_first)
            return found

        least = {
            "start": places(ends.start, False),
            "end": places(ends.end, False),
            "low": places(ends.low, False, True),
        }
        most = {
            "start": places(ends.start, True),
            "end": places(ends.end, True),
            "high": places(ends.high, True, True),
        }
        return least, most

    @cached_property
    def _texts(self) -> Integers:
        """The code of the text of every entry, in order."""
        assert not isinstance(self.cells.content, Ends) and self.cells.content is not None
        return self.cells.content[self.cells.at[self.order]]

    @cached_property
    def _least_text(self) -> Integers:
        """The code of every cell's least text; 0 for a cell that states none."""
        if self.cells.content is None or self._alone:
            return (
                self._texts
                if self.cells.content is not None
                else np.zeros(len(self.cell_starts), dtype=np.int64)
            )
        return _least(self._texts, self.cell_starts)

    @cached_property
    def _most_text(self) -> Integers:
        if self.cells.content is None or self._alone:
            return self._least_text
        return np.maximum.reduceat(self._texts, self.cell_starts)

    @cached_property
    def texts(self) -> tuple[Texts, Texts]:
        """The least and the greatest text of every group; None where there is none."""
        least, most = self._least_text, self._most_text
        if len(self.starts) != len(least):
            least, most = _least(least, self.starts), np.maximum.reduceat(most, self.starts)
        return self._told(least), self._told(most)

    def _told(self, codes: Integers) -> Texts:
        told = np.empty(len(codes) + 1, dtype=object)
        told[:-1] = self.cells.vocabulary.of(codes)
        told[:-1][codes == 0] = None
        told[-1] = None
        return told

    @cached_property
    def _ranks(self) -> Integers:
        """The rank of the number that every cell states."""
        assert isinstance(self.cells.content, Ends)
        return exact.ranks(exact.take(self.cells.content.start, self._places["start"]))

    @cached_property
    def distinct(self) -> Floats:
        """How many different things the cells state."""
        content = self.cells.content
        values = self._ranks if isinstance(content, Ends) else self._least_text
        group = self._group
        pairs = np.unique(ids((group, values), len(values))[self._stated], return_index=True)[1]
        return np.append(np.bincount(group[self._stated][pairs], minlength=len(self)), 0).astype(float)

    def passing(self, test: Test) -> tuple[Floats, Floats, Floats, Floats]:
        """How many cells surely and possibly pass a test as stated, then as allowed; one stated twice never surely."""
        if isinstance(test.constant, str):
            vocabulary = self.cells.vocabulary
            passes = vocabulary.span(test.operator, test.constant)[self._least_text]
            return self._passing(passes, passes) * 2
        ends = self.cells.content
        assert isinstance(ends, Ends)
        start, end, low, high = (
            exact.take(getattr(ends, name), self._places[name]) for name in ("start", "end", "low", "high")
        )
        return *self._passing(*_ends_test(test, start, end)), *self._passing(*_ends_test(test, low, high))

    def _passing(self, surely: Booleans, possibly: Booleans) -> tuple[Floats, Floats]:
        sure = surely & self._stated & ~self._contradicted
        return self._added(sure), self._added((possibly | self._contradicted) & self._stated)

    def _added(self, cells: Booleans) -> Floats:
        """How many of the cells of each group are marked."""
        marked = cells.astype(np.float64)
        return np.append(
            marked if len(self.starts) == len(marked) else np.add.reduceat(marked, self.starts), 0.0
        )


def grouped(cells: Cells) -> Groups:
    """The cells of an operand added up by key."""
    key = ids(cells.keys, len(cells))
    order, cell = in_order(ids((key, *cells.members), len(cells)) if cells.members else key)
    cell_starts = np.arange(len(cells)) if cells.apart else _starts(cell)
    starts = _starts(key[order[cell_starts]] if cells.members else cell[cell_starts])
    return Groups(cells, order, cell_starts, starts)


def _starts(numbers: Integers) -> Integers:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.diff(numbers, prepend=-1))


def one_a_row(cells: Cells) -> Groups:
    """Every entry as a group of its own, in their order: for rules whose keys are rows."""
    every = np.arange(len(cells))
    return Groups(cells, every, every, every)


def _differ(numbers: Exact, some: Integers, others: Integers) -> Booleans:
    """Whether the numbers at two places differ; a missing one differs from none."""
    differ = np.asarray(some != others)
    places = np.flatnonzero(differ)
    differ[places] = (
        np.abs(exact.order(exact.take(numbers, some[places]), exact.take(numbers, others[places]))) == 1
    )
    return differ


def _extreme(
    numbers: Exact, places: Integers, runs: Integers, *, greatest: bool, open_first: bool
) -> Integers:
    """For each run (numbered along `runs`, in order) the place of its least or greatest number.

    A missing number is taken only where there is no other; with `open_first` it is taken before all others.
    """
    taken = exact.take(numbers, places)
    ranks = exact.ranks(taken)
    order = np.lexsort((-ranks if greatest else ranks, taken.missing ^ open_first, runs))
    first = np.append(True, np.diff(runs[order]) != 0)[: len(order)]
    return np.asarray(places[order[first]])


def _least(codes: Integers, starts: Integers) -> Integers:
    """The least code of each run that is not blank; 0 where all are."""
    most = np.iinfo(np.int64).max
    least = np.minimum.reduceat(np.where(codes == 0, most, codes), starts)
    return np.where(least == most, 0, least)


def _ends_test(test: Test, low: Exact, high: Exact) -> tuple[Booleans, Booleans]:
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
