"""The figures of a run: which took part in checks, which were compared with another figure, and in which checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, reduce
from types import MappingProxyType
from typing import Any
from weakref import ref

import numpy as np

from audit.diagnosis.cells import cell_of
from audit.diagnosis.checks import told_operands
from audit.diagnosis.evidence import document_column
from audit.engine.cells_used import rows_used
from audit.engine.confront import Confrontation
from audit.engine.exact import Booleans
from audit.engine.frames import Table
from audit.engine.groups import Groups
from audit.engine.identity import Identities
from audit.engine.keys import Integers, dense, ids
from audit.engine.plan_keys import Keys
from audit.engine.predicate import UNTESTABLE
from audit.engine.vocabulary import BLANK, Coding
from audit.language.functions import FUNCTIONS
from audit.language.plan import Operand
from audit.model.report import Check, FigureUse

FIGURES = "targets"
"""The table of figures."""
NO_FIGURE = -1
"""Stands for the row of a figure where there is none."""
_NARROW = 2**31 - 1
"""Above the numbers that take half the memory of others."""
_PLACE = ("document", "start")
"""The columns that say where a number stands."""
_KEYS = ("indicator", "region", "industry", "period", "measure")
_OF_NUMBERS = frozenset(one.name for one in FUNCTIONS.values() if one.form in ("numbers", "test"))


Marked = Mapping[str, tuple[Integers, Booleans, Booleans]]
"""The numbers of rows of each table, and which of them are covered and compared."""


class FigureMarks:
    """Which rows of the figures' table took part in checks, marked confrontation by confrontation.

    `covered` are those in a check that gave a verdict; not those that only guard it. `compared` are those whose number
    a check with a verdict compares with another figure: counts of rows, numbers taken out of texts and checks without a
    verdict compare nothing; nor do two rows that hold the number of one place in a document.

    Marked are the rows of the tables that hold or `name` figures; where tables are some rows only of those of a run,
    `numbers` are the numbers of these rows, ascending.
    """

    def __init__(
        self,
        tables: Mapping[str, Table],
        names: Collection[str] | None = None,
        numbers: Mapping[str, Integers] = MappingProxyType({}),
    ) -> None:
        self._tables, self._numbers = tables, numbers
        names = tables_of_figures(tables) if names is None else names
        self._covered, self._compared = (
            {name: np.zeros(table.length, dtype=bool) for name, table in tables.items() if name in names}
            for _ in range(2)
        )
        self._seen: list[ref[Keys | Groups]] = []
        self._apart: dict[tuple[int, ...], Booleans] = {}
        self._marked: dict[tuple[int, bool], Booleans] = {}

    @property
    def covered(self) -> Booleans:
        return self._figures(self._covered)

    @property
    def compared(self) -> Booleans:
        return self._figures(self._compared)

    def _figures(self, marks: Mapping[str, Booleans]) -> Booleans:
        """Which figures the marked rows are or name."""
        found = marks.get(FIGURES, np.zeros(0, dtype=bool)).copy()
        for table, meant in self._meant.items():
            figures = meant[marks[table]]
            found[figures[figures != NO_FIGURE]] = True
        return found

    @cached_property
    def _meant(self) -> dict[str, Integers]:
        return _figures_meant(self._tables)

    @cached_property
    def _places(self) -> dict[str, Integers | range]:
        return _places(self._tables)

    def add(self, confrontation: Confrontation) -> None:
        """Mark the figures of some checks."""
        operands = confrontation.plan.operands
        if all(operand.table not in self._covered for operand in operands):
            return
        self._begin(confrontation.keys, *confrontation.groups)
        tested = confrontation.verdicts != UNTESTABLE
        for number in told_operands(confrontation.plan):
            self._mark(confrontation, tested, number, compared=False)
        if compared := tuple(number for number, operand in enumerate(operands) if is_compared(operand)):
            if compared not in self._apart:
                spans = [self._span(confrontation, number) for number in compared]
                least = reduce(np.minimum, (first for first, _ in spans))
                self._apart[compared] = least < reduce(np.maximum, (last for _, last in spans))
            for number in compared:
                self._mark(confrontation, tested & self._apart[compared], number, compared=True)

    def add_apart(self, confrontation: Confrontation) -> Marked:
        """Mark the figures of some checks; all that are marked for these, whatever was marked before."""
        every = self._covered, self._compared
        self._covered, self._compared = (
            {name: np.zeros_like(own) for name, own in of.items()} for of in every
        )
        self._marked = {}
        self.add(confrontation)
        own = self.marked
        self._covered, self._compared = every
        self.mark(own)
        return own

    @property
    def marked(self) -> Marked:
        """The rows that are marked, to be marked elsewhere too."""
        found = {}
        for name, covered in self._covered.items():
            compared = self._compared[name]
            rows = np.flatnonzero(covered | compared)
            found[name] = (
                self._numbers.get(name, np.arange(len(covered)))[rows],
                covered[rows],
                compared[rows],
            )
        return found

    def mark(self, marked: Marked) -> None:
        """Mark what is marked elsewhere."""
        for name, (rows, covered, compared) in marked.items():
            self._covered[name][rows[covered]] = True
            self._compared[name][rows[compared]] = True

    def named(self, table: str, rows: Collection[int]) -> dict[int, Mapping[str, Any]]:
        """For rows of a table that name figures, those figures as stored; nothing for rows of the figures' table."""
        if table not in self._covered or table == FIGURES:
            return {}
        figures = {row: int(self._meant[table][row]) for row in rows}
        stored = self._tables[FIGURES].rows(sorted({*figures.values()} - {NO_FIGURE}))
        return {row: stored[figure] for row, figure in figures.items() if figure in stored}

    def _begin(self, *of: Keys | Groups) -> None:
        """Forget what was marked at other keys and groups; of plans that share theirs each figure is marked once."""
        if len(of) != len(self._seen) or any(
            known() is not one for known, one in zip(self._seen, of, strict=True)
        ):
            self._seen, self._apart, self._marked = [ref(one) for one in of], {}, {}

    def _mark(self, confrontation: Confrontation, checks: Booleans, number: int, *, compared: bool) -> None:
        """Mark the figures that the marked checks used for an operand."""
        if (table := confrontation.plan.operands[number].table) not in self._covered:
            return
        before = self._marked.get((number, compared))
        fresh = checks if before is None else checks & ~before
        if fresh.any():
            marks = self._compared if compared else self._covered
            marks[table][self.at(table, rows_used(confrontation, fresh, number))] = True
            self._marked[number, compared] = checks if before is None else checks | before

    def _span(self, confrontation: Confrontation, number: int) -> tuple[Integers, Integers]:
        """The first and the last place where the numbers of an operand stand, in every check."""
        groups, at = confrontation.groups[number], confrontation.keys.operands[number]
        table = confrontation.plan.operands[number].table
        places, rows = self._places[table], self.at(table, groups.cells.rows)
        first, last = groups.span(
            rows + np.int64(places.start) if isinstance(places, range) else places[rows]
        )
        return first[at], last[at]

    def at(self, table: str, rows: Integers) -> Integers:
        """Where rows stand among those of the table that are here."""
        return np.searchsorted(self._numbers[table], rows) if table in self._numbers else rows


def tables_of_figures(tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The names of the tables that hold figures or name them in a column `figure`."""
    if FIGURES not in tables:
        return ()
    naming = [name for name, table in tables.items() if "figure" in table.columns and name != FIGURES]
    return FIGURES, *(naming if "id" in tables[FIGURES].columns else ())


def looked_at(tables: Mapping[str, Table]) -> dict[str, tuple[str, ...]]:
    """The columns of each table that marks and evidence look at."""
    return {
        name: tuple(one for one in dict.fromkeys((*_PLACE, document_column(table))) if one in table.columns)
        for name, table in tables.items()
    }


def _figures_meant(tables: Mapping[str, Table]) -> dict[str, Integers]:
    """For every row of a table that names figures the row of the figure."""
    naming = [tables[name] for name in tables_of_figures(tables)[1:]]
    if not naming:
        return {}
    own = tables[FIGURES].backend.coded("id")
    rows = {own.texts[code]: row for row, code in enumerate(own.codes.tolist())}
    meant = {}
    for table in naming:
        named = table.backend.coded("figure")
        of_name = np.array([rows.get(name, NO_FIGURE) for name in named.texts], dtype=np.int64)
        meant[table.name] = of_name[named.codes]
    return meant


def is_compared(operand: Operand) -> bool:
    """Whether the numbers of an operand are compared or added up, not only counted."""
    numeric = operand.type == "number" and bool(operand.column) and operand.translation is None
    return numeric and (not operand.aggregates or bool(operand.aggregates & _OF_NUMBERS))


def _places(tables: Mapping[str, Table]) -> dict[str, Integers | range]:
    """For every row of each table a number for where its number stands: document and offset, else the row itself."""
    coding = Coding()
    told = {
        name: [coding.number(table.backend.coded(column)) for column in _PLACE]
        for name, table in tables.items()
        if {*_PLACE} <= table.columns.keys()
    }
    document, start = (
        np.concatenate([np.zeros(0, np.int64), *(own[n] for own in told.values())]) for n in (0, 1)
    )
    codes = dense(ids((document, start), len(start)))
    at, free = 0, len(codes) + 1
    found: dict[str, Integers | range] = {}
    narrow = free + sum(table.length for table in tables.values()) < _NARROW
    for name, table in tables.items():
        own = found[name] = range(free, free + table.length)
        if name in told:
            places: Integers = np.arange(own.start, own.stop, dtype=np.int32 if narrow else np.int64)
            stated = told[name][1] != BLANK
            places[stated] = codes[at : at + len(own)][stated]
            found[name] = places
            at += len(own)
        free += len(own)
    return found


def figure_uses(
    checks: Sequence[Check], identities: Identities, tables: Mapping[str, Table], marks: FigureMarks,
    most: int | None = None,
) -> tuple[FigureUse, ...]:  # fmt: skip
    """Every figure, or the first `most`, with the ids of the checks that it took part in, in the order of the table."""
    if FIGURES not in tables:
        return ()
    used: dict[str, dict[str, None]] = defaultdict(dict)
    for check in checks:
        if check.verdict != "untestable":
            for cell in check.cells:
                used[cell.id][check.id] = None
    table = tables[FIGURES]
    operand = _figure_operand(table)
    uses = []
    covered, compared = marks.covered, marks.compared
    length = table.length if most is None else min(most, table.length)
    for row, values in table.rows(range(length)).items():
        cell = cell_of(operand, identities[FIGURES], row, values)
        indicator, region, industry, period, measure = (str(values.get(name) or "") for name in _KEYS)
        uses.append(
            FigureUse(
                cell,
                indicator,
                region,
                industry,
                period,
                measure,
                tuple(used.get(cell.id, ())),
                bool(compared[row]),
                untold=bool(covered[row]) and cell.id not in used,
            )
        )
    return tuple(uses)


def _figure_operand(table: Table) -> Operand:
    return Operand(
        name="", table=table.name, column="value", type="number", filters=(), key_filters=(), matched=(), links=(),
        aggregates=frozenset(), tests=(), members=(), expected={}, policy="report", keyed=True,
    )  # fmt: skip
