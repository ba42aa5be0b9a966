"""What plans told in an earlier run, told again where they see the same: after a change only what touches it runs again.

All that a plan sees of tables are the rows that its filters keep, where they stand and how they are told apart, and of a row
that names a figure, what the figure is about. Where a rule holds numbers against how their column is written, its plan sees
every row.
"""

from __future__ import annotations

import marshal
from collections.abc import Hashable, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING

import numpy as np

from audit.diagnosis.cells import about
from audit.diagnosis.figures import FIGURES, Marked, tables_of_figures
from audit.diagnosis.gathering import Gathered, Gathering, Share, Telling, gathered
from audit.engine.confront import confronted_rows
from audit.engine.exact import Booleans
from audit.engine.frames import Table
from audit.engine.identity import identity_of
from audit.engine.intake import Rows, take_in
from audit.engine.keys import Integers
from audit.engine.predicate import HOLDS
from audit.language.plan import Filter, Plan
from audit.language.uses import equals_quotients
from audit.model.report import Check

if TYPE_CHECKING:
    from audit.engine.processes import Helpers

MOST_ROWS = 20_000
"""Rows of all tables that are looked at for what they told before: far fewer than are confronted in parts."""
Kept = tuple[tuple[int, ...], tuple[Check, ...], Mapping[str, tuple[bytes, bytes]]]
"""Of one plan: how many checks gave each verdict, those that are told, and which rows of which tables they cover and compare,
a bit for each row."""
_Tables = Mapping[str, Table]


class Memory:
    """What plans told in an earlier run (`before`), by the digest of each with all that it sees, and tell in this one.

    `origin` is the digest of all that the plans come from.
    """

    def __init__(self, origin: str, before: Mapping[str, Kept]) -> None:
        self._origin, self._before = origin, before
        self._views: list[str] = []
        self._marked: dict[int, Marked] = {}
        self._run: Gathering | None = None

    def gathered(
        self, plans: Sequence[Plan], tables: _Tables, telling: Telling, helpers: Helpers | None = None
    ) -> Gathering:
        """As `gathered`, but plans that see what they saw before are not confronted."""
        used = [tables[name] for name in {name for plan in plans for name in plan.tables}]
        if not all(table.content for table in used) or sum(table.length for table in used) > MOST_ROWS:
            return gathered(plans, tables, telling, helpers)
        taken, vocabulary = take_in(plans, tables)
        all_cells = telling.most is None  # else those of one check may be too many to be told
        self._views = _views(f"{self._origin} {all_cells}", plans, tables, taken)
        run, anew = Gathering(tables, telling), {}
        for number, (plan, view) in enumerate(zip(plans, self._views, strict=True)):
            if view in self._before:
                _tell_again(run, number, plan, self._before[view])
            else:
                anew[number] = plan
        for confrontation in confronted_rows(anew, taken, vocabulary):
            self._marked[confrontation.number] = run.add_apart(confrontation)
        if run.untold:  # which are told then depends on all plans
            return gathered(plans, tables, telling, helpers)
        self._run = run
        return run

    @property
    def now(self) -> dict[str, Kept]:
        """What the plans of this run tell; nothing where that is not known to be all."""
        if self._run is None:
            return {}
        now: dict[str, Kept] = {}
        for number, (view, own, told) in enumerate(
            zip(self._views, self._run.plans, self._run.told, strict=True)
        ):
            if number in self._marked:
                bits = {name: _bits(*marks) for name, marks in self._marked[number].items() if len(marks[0])}
                now[view] = tuple(own.counts.tolist()), tuple(told), bits
            else:
                now[view] = self._before[view]
        return now


def _tell_again(run: Gathering, number: int, plan: Plan, kept: Kept) -> None:
    """Let a run tell what a plan told before."""
    counts, checks, bits = np.array(kept[0], dtype=np.int64), kept[1], kept[2]
    wanted = np.where(np.arange(len(counts)) == HOLDS, 0, counts)
    marked = {name: _marks(*own) for name, own in bits.items()}
    run.join(Share({number: Gathered(plan, counts, wanted, again=checks)}, marked))
    told_of = {cell.table for check in checks for cell in check.cells}
    for name in told_of | ({plan.rule.table} if plan.record and checks else set()):
        run.identities[name]  # what tells its rows apart is asked for, as where they are told anew


def _bits(rows: Integers, covered: Booleans, compared: Booleans) -> tuple[bytes, bytes]:
    """Marks of some rows as a bit for each row of the table."""
    every = np.zeros((2, int(rows[-1]) + 1), dtype=bool)
    every[:, rows] = covered, compared
    return np.packbits(every[0]).tobytes(), np.packbits(every[1]).tobytes()


def _marks(*bits: bytes) -> tuple[Integers, Booleans, Booleans]:
    covered, compared = (np.unpackbits(np.frombuffer(own, np.uint8)).astype(bool) for own in bits)
    return np.arange(len(covered)), covered, compared


class _Sight:
    """What plans see of the rows of a table that were taken in: their cells, where they stand, how they are told apart, and
    what they tell `besides` of other tables."""

    def __init__(self, table: Table, taken: Rows, besides: str) -> None:
        identity, every = identity_of(table), range(table.length)
        told = besides, table.sheet, *table.letters.items(), identity.columns, identity.origin, identity.told
        places = chain(((path, line) for path, lines in table.sources for line in lines), repeat(None))
        rows = zip(every, map(identity.alike.get, every), places, table.frame.rows(), strict=False)
        digests = [blake2b(marshal.dumps(row, 0), digest_size=16).digest() for row in rows]
        self._of_all = repr(told).encode()
        self._rows = [digests[number] for number in taken.numbers.tolist()]
        self._taken = taken
        self._known: dict[Hashable, bytes] = {}

    def of(self, filters: frozenset[tuple[Filter, ...]]) -> bytes:
        """The digest of the rows that are kept by one of some sets of filters."""
        if filters not in self._known:
            seen = np.zeros(len(self._rows), dtype=bool)
            for one in filters:
                seen[self._taken.kept(one)] = True
            rows = compress(self._rows, seen.tolist())
            self._known[filters] = blake2b(b"".join((self._of_all, *rows))).digest()
        return self._known[filters]


def _views(origin: str, plans: Sequence[Plan], tables: _Tables, taken: Mapping[str, Rows]) -> list[str]:
    """For each plan the digest of itself and of all that it sees."""
    sights = {name: _Sight(tables[name], rows, _of_figures(name, tables)) for name, rows in taken.items()}
    views = []
    for number, plan in enumerate(plans):
        every = equals_quotients(plan.rule.check, plan.rule.applies)
        view = blake2b(f"{origin} {number}".encode(), digest_size=32)
        for name in sorted(plan.tables):
            filters = {() if every else one.filters for one in plan.operands if one.table == name}
            view.update(sights[name].of(frozenset(filters)))
        views.append(view.hexdigest())
    return views


def _of_figures(name: str, tables: _Tables) -> str:
    """The digest of what a table's rows tell of the figures that they name."""
    if name == FIGURES or name not in tables_of_figures(tables):
        return ""
    figures = tables[FIGURES].frame
    return str(figures.select(["id", *about(figures.columns)]).digest)
