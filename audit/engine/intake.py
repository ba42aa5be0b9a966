"""Tables taken in for a run: what the rules ask of each table, read once, texts as codes and numbers exact.

Rows come from the back end that holds them (see `backends`), each once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from functools import reduce
from operator import and_
from types import MappingProxyType

import numpy as np

from audit.engine import exact
from audit.engine.backends import Asked, Batch, Span
from audit.engine.exact import Booleans
from audit.engine.figures import Ends, Reading, figures, whole_column
from audit.engine.frames import Table
from audit.engine.keys import Integers
from audit.engine.printed_floats import Alike, Ways, alike, ways
from audit.engine.vocabulary import Codes, Coding, Vocabulary
from audit.language.plan import Filter, Operand, Plan, Weight
from audit.language.uses import equals_quotients
from audit.model.errors import CellError, InputError, InputErrors
from audit.model.frozen import frozen
from audit.model.phrase import marked

_TOLD = 20
"""How many bad cells of a column are told."""

_REMEMBERED = 2**22
"""So many places are remembered of what filters keep."""


@frozen(slots=False)
class Rows:
    """The rows of a table that a run looks at: their `numbers` there, the codes of text columns, the figure readings."""

    vocabulary: Vocabulary
    numbers: Integers
    texts: Mapping[str, Integers]
    readings: Mapping[Reading, Ends]
    _flags: dict[Filter, Booleans] = field(default_factory=dict)
    _kept: dict[tuple[Filter, ...], Integers] = field(default_factory=dict)

    def kept(self, filters: tuple[Filter, ...]) -> Integers:
        """The places of the rows that all filters keep."""
        if filters not in self._kept:
            if (len(self._kept) + len(self._flags)) * len(self.numbers) > _REMEMBERED:
                self._kept.clear()
                self._flags.clear()
            flags = [self._flag(condition) for condition in filters]
            places = np.flatnonzero(reduce(and_, flags)) if flags else np.arange(len(self.numbers))
            self._kept[filters] = places
        return self._kept[filters]

    def at(self, places: Integers, numbers: Integers, columns: Mapping[str, Integers]) -> Rows:
        """The rows at the given places, under other numbers and with further columns of codes."""
        texts = {name: codes[places] for name, codes in self.texts.items()}
        readings = {reading: ends.at(places) for reading, ends in self.readings.items()}
        return Rows(self.vocabulary, numbers, {**texts, **columns}, readings)

    def _flag(self, condition: Filter) -> Booleans:
        if condition not in self._flags:
            self._flags[condition] = keeps(condition, self.texts[condition.column], self.vocabulary)
        return self._flags[condition]


def keeps(condition: Filter, codes: Integers, vocabulary: Vocabulary) -> Booleans:
    """Which texts a filter keeps, by their codes; a blank is no member, so that `not` keeps it."""
    inside = codes > 0 if condition.members is None else vocabulary.members(condition.members)[codes]
    return ~inside if condition.negated else inside


def reading_of(operand: Operand, plan: Plan) -> Reading | None:
    """How an operand's own column is read; None where it is no number there."""
    if operand.type != "number" or operand.translation is not None or not operand.column:
        return None
    return Reading(operand.column, plan.rule.rounding)


def weight_reading(weight: Weight) -> Reading:
    """How a column of weights is read."""
    return Reading(weight.column, "exact")


Written = Mapping[tuple[str, Reading], Alike]
"""How the numbers of whole columns are written, by table and reading."""


def take_in(
    plans: Sequence[Plan],
    tables: Mapping[str, Table],
    within: Mapping[str, Span] = MappingProxyType({}),
    written: Written = MappingProxyType({}),
) -> tuple[dict[str, Rows], Vocabulary]:
    """The rows of every table that the plans use, or those within a span of it, and the vocabulary of all their texts.

    `written` tells of columns of which the tables have some rows only. Raises `InputErrors` for cells that are no numbers.
    """
    coding = Coding()
    taken = {
        name: _Intake(tables[name], need, coding, within.get(name)) for name, need in needs_of(plans).items()
    }
    others = (text for plan in plans for operand in plan.operands for text in _texts_made(operand))
    vocabulary, code_of = coding.finish(others)
    return {name: intake.rows(vocabulary, code_of, written) for name, intake in taken.items()}, vocabulary


def ways_written(plans: Iterable[Plan], tables: Mapping[str, Table]) -> dict[tuple[str, Reading], Ways]:
    """How the numbers of columns are written of which plans ask that, in tables that are here."""
    return {
        (name, reading): ways
        for name, need in needs_of(plans).items()
        if name in tables and need.written
        for reading, ways in _Intake(tables[name], need).ways.items()
    }


def look_through(plans: Sequence[Plan], tables: Mapping[str, Table]) -> None:
    """Raise what `take_in` raises of all rows, without holding them."""
    for name, need in needs_of(plans).items():
        _Intake(tables[name], need).refuse()


def needs_of(plans: Iterable[Plan]) -> dict[str, Needs]:
    """What plans ask of each table."""
    needs: dict[str, Needs] = {}
    for plan in plans:
        for operand in plan.operands:
            needs.setdefault(operand.table, Needs()).note(operand, plan)
    return needs


class _Intake:
    """One table taken in batch by batch: of each only codes and exact numbers are kept; without a `coding` only faults."""

    def __init__(
        self, table: Table, needs: Needs, coding: Coding | None = None, within: Span | None = None
    ) -> None:
        self._table, self._needs, self._coding = table, needs, coding
        self._numbers: list[Integers] = []
        self._texts: dict[str, list[Codes]] = {name: [] for name in needs.texts}
        self._readings: dict[Reading, list[Ends]] = {reading: [] for reading in needs.readings}
        self.ways = {reading: Ways() for reading in needs.written}
        self._faults: dict[str | Reading, list[InputError]] = {}
        self._unread: Counter[str] = Counter()
        columns = table.columns.keys()
        texts = needs.texts if coding else ()
        for batch in table.backend.batches(Asked(texts, needs.raw(columns), needs.filters, within)):
            read = self._read(batch, needs.numbers(columns))
            if coding is not None:
                self._numbers.append(batch.rows)
                for name, found in self._texts.items():
                    found.append(coding.number(batch.coded(name)))
                for reading, ends in read.items():
                    self._readings[reading].append(ends)

    def refuse(self) -> None:
        """Raise what there is to tell of cells that are no numbers, if any."""
        faults = [*self._told()]
        if faults:
            raise faults[0] if len(faults) == 1 else InputErrors(faults)

    def rows(self, vocabulary: Vocabulary, code_of: Codes, written: Written) -> Rows:
        """All rows, given once, so that what they are made of need not be held."""
        self.refuse()
        texts = {name: np.take(code_of, np.concatenate(self._texts.pop(name))) for name in [*self._texts]}
        known = {
            reading: written.get((self._table.name, reading)) or alike(ways)
            for reading, ways in self.ways.items()
        }
        readings = {
            reading: whole_column(self._readings.pop(reading), known.get(reading))
            for reading in [*self._readings]
        }
        return Rows(vocabulary, np.concatenate(self._numbers), texts, readings)

    def _read(self, batch: Batch, names: Sequence[str]) -> dict[Reading, Ends]:
        """The figures of rows; what is none is noted."""
        numbers = {name: batch.numbers(name) for name in names}
        for name, column in numbers.items():
            faults = self._faults.setdefault(name, [])
            unread = np.flatnonzero(column.unread)
            self._unread[name] += len(unread)
            for at in unread[: _TOLD - len(faults)].tolist():
                faults.append(_no_number(self._table, name, int(batch.rows[at]), batch.cell(name, at)))
        read = {}
        for reading in self._readings:
            read[reading], disagreeing = figures(reading, numbers, batch)
            if reading in self.ways:
                self.ways[reading] += ways(exact.closed(read[reading].start))
            faults = self._faults.setdefault(reading, [])
            for at in np.flatnonzero(disagreeing)[: _TOLD - len(faults)].tolist():
                given = {name: batch.cell(name, at) for name in self._needs.raw(self._table.columns.keys())}
                faults.append(_disagreement(self._table, int(batch.rows[at]), given))
        return read

    def _told(self) -> Iterator[InputError]:
        for of, faults in self._faults.items():
            yield from faults
            if isinstance(of, str) and self._unread[of] > _TOLD:
                yield _more(self._table, of, self._unread[of] - _TOLD)


def columns_used(plan: Plan, table: Table) -> frozenset[str]:
    """The columns of a table that a plan looks at."""
    needs = Needs()
    for operand in plan.operands:
        if operand.table == table.name:
            needs.note(operand, plan)
    return frozenset((*needs.texts, *needs.raw(table.columns.keys())))


def _texts_made(operand: Operand) -> Iterator[str]:
    """Texts that an operand brings and that need stand in no row: pieces of split texts, keys to which links lead."""
    if operand.translation is not None and operand.translation.splits:
        yield from (piece for _, piece, _ in operand.translation.pairs)
    yield from (key for link in operand.links for key, _ in link.pairs)


class Needs:
    """What the rules of a run ask of one table, each thing once, in order of first use."""

    def __init__(self) -> None:
        self.texts: dict[str, None] = {}
        self.readings: dict[Reading, None] = {}
        self.written: dict[Reading, None] = {}
        self.filters: dict[tuple[Filter, ...], None] = {}

    def note(self, operand: Operand, plan: Plan) -> None:
        """Note all that an operand of a plan needs."""
        self.filters[operand.filters] = None
        reading = reading_of(operand, plan)
        if reading is not None:
            self.readings[reading] = None
            if equals_quotients(plan.rule.check, plan.rule.applies):
                self.written[reading] = None
        columns = [condition.column for condition in operand.filters]
        for weight in operand.weights.values():
            if weight.factors is None:
                self.readings[weight_reading(weight)] = None
            else:
                columns.append(weight.column)
        columns += [column for _, column in operand.matched] + [link.column for link in operand.links]
        columns += operand.members
        if operand.column and reading is None:
            columns.append(operand.column)
        if plan.record:
            columns += plan.key
        self.texts.update(dict.fromkeys(columns))

    def as_texts(self, columns: Set[str]) -> Asked:
        """What to ask for, of those columns that the table has, to see the rows as texts: their numbers where there are
        no others."""
        return Asked(self.texts or self.raw(columns), (), self.filters)

    def raw(self, columns: Set[str]) -> list[str]:
        """The columns, of those that the table has, that tell its numbers: as they are, in order."""
        written = any(r.column == "value" and r.rounding != "exact" for r in self.readings)
        wording = [n for n in ("literal", "unit") if written and n in columns]
        numbers = self.numbers(columns)
        return numbers + wording + ["bound"] * ("bound" in columns and "low" in numbers)

    def numbers(self, columns: Set[str]) -> list[str]:
        """Those of them that are numbers themselves."""
        found = dict.fromkeys(reading.column for reading in self.readings)
        if "value" in found and {"low", "high"} <= columns:
            found |= dict.fromkeys(("low", "high"))
        return list(found)


def _no_number(table: Table, column: str, row: int, cell: object) -> InputError:
    path, line = table.place_told(row)
    reason = marked(
        "is no number; write it like 1650 or 12.5, and leave the cell blank where nothing is stated"
    )
    return CellError(path, line, column, str(cell), reason)


def _more(table: Table, column: str, count: int) -> InputError:
    path = table.sources[0][0] if table.sources else table.name
    return InputError(
        "{path}: {count} more cells of {column} are no numbers.", path=path, count=count, column=column
    )


def _disagreement(table: Table, row: int, cells: Mapping[str, object]) -> InputError:
    path, line = table.place_told(row)
    value, low, high, unit = (cells.get(name) for name in ("value", "low", "high", "unit"))
    number = f"{low}-{high}" if value is None else value
    reason = marked("does not state what the row gives, {number} {unit}")
    return CellError(path, line, "literal", str(cells["literal"]), reason, number=number, unit=unit or "")
