"""What hypotheses are made from: the findings, the rows that they are about, and all rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from audit.diagnosis.checks import GROUP
from audit.diagnosis.trials.outcomes import ROW, Key
from audit.diagnosis.trials.trial import Change, Row
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.language.rule import Rule
from audit.language.sightings import Sightings
from audit.model.codes import CodeList, labels_of
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check, Finding
from audit.numbers.numerals import number_of
from audit.tables.kinds import CODE_LISTS

Place = tuple[str, int]
"""A row: its table, and its number there from 0."""

_ABOUT = ("region", "industry", "indicator", "period")
_MOST_SAID = 4


@frozen(slots=False)
class Situation:
    """The findings of a run that no waiver excuses, its untestable checks, the tables with their code lists, the rules."""

    findings: tuple[Finding, ...]
    untestable: tuple[Check, ...]
    tables: Mapping[str, Table]
    codes: Mapping[str, CodeList]
    rules: Mapping[str, Rule]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The English names of the codes."""
        return labels_of(self.codes.values())

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the documents by id, by the table of documents."""
        rows = self.tables["documents"].texts() if "documents" in self.tables else ()
        return {row["id"] or "": row["title"] or "" for row in rows if row.get("id") and row.get("title")}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """All rows of every table that a finding or an untestable check has cells of, and of the code lists, as text."""
        checks = [*(finding.check for finding in self.findings), *self.untestable]
        names = {cell.table for check in checks for cell in check.cells} & self.tables.keys()
        found: dict[str, list[Row]] = {name: [*self.tables[name].texts()] for name in sorted(names)}
        for dimension, codes in self.codes.items():
            table = code_table(dimension)
            if table in self.tables:
                found[table] = [*self.tables[table].texts()]
            else:
                found[table] = [{"code": m.code, "parent": m.parent} for m in codes.members.values()]
        return found

    @cached_property
    def _identities(self) -> Identities:
        return Identities(self.tables)

    @cached_property
    def _numbers(self) -> dict[str, dict[tuple[str, int], list[int]]]:
        found: dict[str, dict[tuple[str, int], list[int]]] = {}
        for name in self.rows.keys() & self.tables.keys():
            at = found.setdefault(name, {})
            for place in range(len(self.rows[name])):
                at.setdefault(self.tables[name].place(place), []).append(place)
        return found

    @cached_property
    def _named(self) -> dict[str, dict[str, int]]:
        """The rows by what they go by, for tables whose rows stand on no line."""
        return {
            name: {
                self._identities[name].name(number, row): number for number, row in enumerate(self.rows[name])
            }
            for name in self.rows.keys() & self.tables.keys()
        }

    def place(self, cell: Cell) -> Place | None:
        """The row that a cell was taken from; None for one that cannot be told.

        Of several rows made of one line (a wide table made long) it is the one that says what the cell says.
        """
        if not cell.line:
            number = self._named.get(cell.table, {}).get(cell.id)
            return None if number is None else (cell.table, number)
        numbers = self._numbers.get(cell.table, {}).get((cell.source, cell.line), [])
        if len(numbers) > 1:
            numbers = [n for n in numbers if self._says(self.rows[cell.table][n], cell)]
        return (cell.table, numbers[-1]) if numbers else None

    @staticmethod
    def _says(row: Row, cell: Cell) -> bool:
        return all(str(row.get(name) or "") == value for name, value in cell.dimensions.items())

    def called(self, cell: Cell) -> Phrase:
        """What a reader knows a cell by: its clause; what its figure is about, where a draft's table has no clause; the name
        of its row."""
        about = (
            [cell.dimensions.get(name, "") for name in _ABOUT] if cell.document and not cell.clause else []
        )
        said = [member for member in about if member]
        if not said:
            return Phrase(cell.clause or cell.id, cell.clause or cell.id)
        return Phrase(" ".join(said), " ".join(self.labels.get(member, member) for member in said))

    def key_of(self, check: Check) -> Key:
        """A check as trials know it: one of a row by its row, else by its key; with the breakdown of a whole, if any."""
        rule, key = self.rules[check.rule], tuple(check.key.items())
        if rule.along is None and rule.hierarchy is None and not rule.operands:
            own = (self.place(cell) for cell in check.cells if cell.table == rule.table)
            if place := next((one for one in own if one is not None), None):
                return check.rule, ((ROW, str(place[1])), *(part for part in key if part[0] == GROUP))
        return check.rule, key

    def places(self, cells: Iterable[Cell]) -> tuple[Place, ...]:
        """The rows of cells, each once, in their order."""
        found = (self.place(cell) for cell in cells)
        return tuple(dict.fromkeys(place for place in found if place is not None))

    def sightings(self, table: str, column: str) -> Sightings:
        """Where the names in a column of a table stand in documents."""
        if (table, column) not in self._sightings:
            own = Sightings(self.rows[table], column, self.codes.get("region"))
            self._sightings[table, column] = own
        return self._sightings[table, column]

    @cached_property
    def _sightings(self) -> dict[tuple[str, str], Sightings]:
        return {}

    def chapter(self, document: str, clause: str) -> str:
        """The outermost clause that a clause of a document lies in, by the table of clauses; itself where that is none."""
        seen: set[str] = set()
        while clause not in seen and (above := self._parents.get((document, clause))):
            seen.add(clause)
            clause = above
        return clause

    @cached_property
    def _parents(self) -> dict[tuple[str, str], str]:
        rows = self.tables["clauses"].texts() if "clauses" in self.tables else []
        return {
            (row["document"] or "", row["clause"] or ""): row["parent"] or ""
            for row in rows
            if row.get("parent")
        }

    @cached_property
    def rows_found(self) -> dict[str, frozenset[int]]:
        """The rows that the findings are about, by table."""
        cells = [cell for finding in self.findings for cell in finding.check.cells]
        found: dict[str, set[int]] = {}
        for table, number in (place for cell in cells for place in self.places_stating(cell)):
            found.setdefault(table, set()).add(number)
        return {table: frozenset(numbers) for table, numbers in found.items()}

    def row(self, place: Place) -> Row:
        return self.rows[place[0]][place[1]]

    def cell(self, place: Place, like: Cell) -> Cell:
        """The cell of a row in the column of another cell."""
        row, (source, line) = self.row(place), self.tables[place[0]].place(place[1])
        value = number_of(row.get(like.column))
        return replace(
            like, id=self._identities[place[0]].name(place[1], row), value=value, low=value, high=value,
            literal=row.get("literal") or row.get(like.column) or "", clause=row.get("clause") or "", source=source,
            line=line, dimensions={name: row[name] or "" for name in like.dimensions if row.get(name)},
        )  # fmt: skip

    def blank(self, place: Place, operand: str, column: str) -> Cell:
        """The cell of an operand that is blank, in a column of a row."""
        row, (source, line) = self.row(place), self.tables[place[0]].place(place[1])
        return Cell(
            operand=operand, id=self._identities[place[0]].name(place[1], row), document=row.get("document") or "",
            clause=row.get("clause") or "", literal="", value=None, low=None, high=None, unit=row.get("unit") or "",
            evidence="", start=None, end=None, source=source, line=line, table=place[0], column=column,
        )  # fmt: skip

    def places_stating(self, cell: Cell) -> tuple[Place, ...]:
        """All rows that a cell may have been taken from: one by its line, else those of the figure in its table."""
        if (place := self.place(cell)) is not None:
            return (place,)
        rows = enumerate(self.rows.get(cell.table, ()))
        return tuple((cell.table, n) for n, row in rows if row.get("figure") == cell.id)

    def name(self, change: Change) -> str:
        """What the row of a change goes by; a new row goes by its own id."""
        if change.row is None:
            return str((change.after or {}).get("id") or "+")
        if change.table not in self.tables:
            return str(self.rows[change.table][change.row].get("code"))
        return self._identities[change.table].name(change.row, self.rows[change.table][change.row])

    def like(self, table: str, shared: Row, columns: Sequence[str]) -> tuple[Place, ...]:
        """The rows of a table that are as `shared` in these columns."""
        by = (table, *columns)
        if by not in self._alike:
            groups: dict[tuple[str | None, ...], list[Place]] = {}
            for number, row in enumerate(self.rows[table]):
                groups.setdefault(tuple(row.get(column) for column in columns), []).append((table, number))
            self._alike[by] = {key: tuple(places) for key, places in groups.items()}
        return self._alike[by].get(tuple(shared.get(column) for column in columns), ())

    @cached_property
    def _alike(self) -> dict[tuple[str, ...], dict[tuple[str | None, ...], tuple[Place, ...]]]:
        return {}


def code_table(dimension: str) -> str:
    """The table of a code list; a list that is no table goes by its dimension."""
    return CODE_LISTS.get(dimension, dimension)
