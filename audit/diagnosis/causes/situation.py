"""What hypotheses are made from: the findings, the rows that they are about, and all rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.diagnosis.checks import GROUP
from audit.diagnosis.trials.outcomes import Key
from audit.diagnosis.trials.trial import Change, Row
from audit.engine.frames import Table
from audit.engine.identity import Identities
from audit.model.codes import CodeList
from audit.model.report import Cell, Check, Finding

Place = tuple[str, int]
"""A row: its table, and its number there from 0."""


@dataclass(frozen=True)
class Situation:
    """The findings of a run that no waiver excuses, its untestable checks, and the tables with their code lists."""

    findings: tuple[Finding, ...]
    untestable: tuple[Check, ...]
    tables: Mapping[str, Table]
    codes: Mapping[str, CodeList]

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """All rows of every table that a finding or an untestable check has cells of, as text."""
        checks = [*(finding.check for finding in self.findings), *self.untestable]
        names = {cell.table for check in checks for cell in check.cells} & self.tables.keys()
        return {name: [*self.tables[name].texts()] for name in sorted(names)}

    @cached_property
    def _identities(self) -> Identities:
        return Identities(self.tables)

    @cached_property
    def _numbers(self) -> dict[str, dict[tuple[str, int], list[int]]]:
        found: dict[str, dict[tuple[str, int], list[int]]] = {}
        for name, rows in self.rows.items():
            at = found.setdefault(name, {})
            for number in range(len(rows)):
                at.setdefault(self.tables[name].place(number), []).append(number)
        return found

    def place(self, cell: Cell) -> Place | None:
        """The row that a cell was taken from; None for one that cannot be told.

        Of several rows made of one line (a wide table made long) it is the one that says what the cell says.
        """
        numbers = self._numbers.get(cell.table, {}).get((cell.source, cell.line), [])
        if len(numbers) > 1:
            numbers = [n for n in numbers if self._says(self.rows[cell.table][n], cell)]
        return (cell.table, numbers[-1]) if numbers else None

    @staticmethod
    def _says(row: Row, cell: Cell) -> bool:
        return all(str(row.get(name) or "") == value for name, value in cell.dimensions.items())

    def places(self, cells: Iterable[Cell]) -> tuple[Place, ...]:
        """The rows of cells, each once, in their order."""
        found = (self.place(cell) for cell in cells)
        return tuple(dict.fromkeys(place for place in found if place is not None))

    def row(self, place: Place) -> Row:
        return self.rows[place[0]][place[1]]

    def name(self, change: Change) -> str:
        """What the row of a change goes by; a new row goes by its own id."""
        if change.row is None:
            return str((change.after or {}).get("id") or "+")
        return self._identities[change.table].name(change.row, self.rows[change.table][change.row])

    def like(self, table: str, shared: Row, columns: Sequence[str]) -> tuple[Place, ...]:
        """The rows of a table that are as `shared` in these columns."""
        wanted = tuple(shared.get(column) for column in columns)
        return tuple(
            (table, number)
            for number, row in enumerate(self.rows[table])
            if tuple(row.get(column) for column in columns) == wanted
        )


def key_of(check: Check) -> Key:
    """A check as trials know it: they do not tell the breakdowns of one whole apart."""
    return check.rule, tuple((name, member) for name, member in check.key.items() if name != GROUP)
