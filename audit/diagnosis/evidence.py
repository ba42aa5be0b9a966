"""How much of what a check used is told: a sum over half a million rows is no evidence that anybody reads.

Nothing that is said of a check depends on it: what it comes to, its documents and the members that are missing are of all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from audit.diagnosis.cut import FEW_CELLS, MANY_CELLS, MOST_CELLS
from audit.engine.cells_used import TooMany
from audit.engine.confront import Confrontation
from audit.engine.frames import Table
from audit.engine.keys import Integers
from audit.engine.vocabulary import Coded
from audit.language.plan import Operand
from audit.model.frozen import frozen
from audit.model.report import VERDICTS


@frozen
class Untold:
    """What a check says of the cells of an operand that are too many to be told: how many are not, the documents of all, and
    the members that were to be stated and are not."""

    count: int
    documents: frozenset[str]
    missing: tuple[str, ...]


class Evidence:
    """What is told of the cells of checks on some tables; `at` tells where rows stand among those that are here. Of the checks
    of a plan those tell few cells before which many are told, unless `each` is to tell what it would alone."""

    def __init__(
        self,
        tables: Mapping[str, Table],
        at: Callable[[str, Integers], Integers] = lambda table, rows: rows,
        each: bool = False,
    ) -> None:
        self._tables, self._at, self._each = tables, at, each
        self._documents: dict[str, Coded] = {}

    def most(self, verdicts: NDArray[np.int8], sizes: NDArray[np.float64]) -> Integers:
        """How many cells of each operand checks tell, by their verdicts and by how many cells each has, in the order of all
        of a plan."""
        found = np.full(len(verdicts), MOST_CELLS, dtype=np.int64)
        for verdict in range(0 if self._each else len(VERDICTS)):
            own = np.flatnonzero(verdicts == verdict)
            found[own[np.cumsum(sizes[own]) - sizes[own] >= MANY_CELLS]] = FEW_CELLS
        return found

    def untold(self, confrontation: Confrontation, check: int, operand: Operand, cells: TooMany) -> Untold:
        """What is told of the cells that a check used for an operand."""
        expected: tuple[str, ...] = ()
        if operand.expected:
            ((_, key),) = confrontation.keys_of(np.array([check])).items()
            expected = operand.members_expected(key)
        named = document_column(self._tables[operand.table])
        linked = {link.dimension for link in operand.links}
        alike = any(column == named and name not in linked for name, column in operand.matched)
        return Untold(
            len(cells.rows) - cells.told,
            frozenset() if alike else self._documents_of(operand.table, cells.rows),
            tuple(member for member in expected if member not in cells.members),
        )

    def _documents_of(self, table: str, rows: Integers) -> frozenset[str]:
        """The documents that rows are of; a blank one for none."""
        column = document_column(self._tables[table])
        if column is None:
            return frozenset(("",))
        if table not in self._documents:
            self._documents[table] = self._tables[table].backend.coded(column)
        own = self._documents[table]
        return frozenset(own.texts[code] for code in np.unique(own.codes[self._at(table, rows)]).tolist())


def document_column(table: Table) -> str | None:
    """The column that names the document of a row, as cells do; None where there is none."""
    if "document" in table.columns:
        return "document"
    return "id" if table.name == "documents" and "id" in table.columns else None
