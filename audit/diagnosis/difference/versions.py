"""Everything that differs between two versions of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from audit.diagnosis.difference.clauses import Numbers, same_clauses
from audit.diagnosis.difference.figures import Pair, changes, matched, new_clause
from audit.diagnosis.difference.relations import relation_changes
from audit.diagnosis.difference.rows import Row, row_changes
from audit.diagnosis.figures import FIGURES
from audit.model.difference import ClauseMove, Difference
from audit.model.report import Report
from audit.model.rows import Clause

Rows = Mapping[str, tuple[Sequence[str], Sequence[Row]]]
"""By table: its key columns and its rows as texts."""


def difference(
    old: Report, new: Report, old_rows: Rows, new_rows: Rows, names: tuple[str, str]
) -> Difference:
    """What differs between two reports that have all their checks and figures, and between the rows behind them."""
    clauses = same_clauses(old.clauses, new.clauses)
    pairs = matched(old.figures, new.figures, clauses)
    nothing: tuple[Sequence[str], Sequence[Row]] = ((), ())
    rows = [
        change
        for table in dict.fromkeys((*new_rows, *old_rows))
        if not (table == FIGURES and (old.figures or new.figures))
        for before, after in [(old_rows.get(table, nothing), new_rows.get(table, nothing))]
        for change in row_changes(table, after[0] or before[0], before[1], after[1], clauses)
    ]
    return Difference(
        old=names[0],
        new=names[1],
        figures=tuple(changes(pairs, clauses)),
        rows=tuple(rows),
        moves=tuple(_moves(old.clauses, clauses, pairs)),
        relations=tuple(relation_changes(old, new)),
    )


def _moves(old: Sequence[Clause], clauses: Numbers, pairs: Sequence[Pair]) -> list[ClauseMove]:
    along = Counter(
        (before.cell.document, before.cell.clause)
        for before, after in pairs
        if before and after and new_clause(before, clauses) == after.cell.clause
    )
    return [
        ClauseMove(c.document, c.clause, clauses[place], c.heading or "", along[place])
        for c in old
        if (place := (c.document, c.clause)) in clauses and clauses[place] != c.clause
    ]
