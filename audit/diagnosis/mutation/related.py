"""Which figures stand in a relation with another number; the others no arithmetic can guard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from audit.diagnosis.mutation.variants import FIGURES
from audit.engine.cells_used import cells_used
from audit.engine.confront import Confrontation
from audit.engine.frames import Table
from audit.engine.predicate import UNTESTABLE
from audit.language.plan import Operand

_OF_NUMBERS = frozenset(("sum", "min", "max", "mean", "any", "all"))


Place = tuple[str, str]


def related(confrontations: Sequence[Confrontation], tables: Mapping[str, Table]) -> frozenset[int]:
    """The rows of the figures' table whose number is compared with another number of the plans.

    Counts of rows, years taken out of texts and checks without a verdict relate nothing, nor do rules below warning;
    nor do two tables that hold the same number of the same place in a document.
    """
    places_of = {name: _places(table) for name, table in tables.items()}
    found: set[int] = set()
    for confrontation in confrontations:
        operands = confrontation.plan.operands
        compared = [number for number, operand in enumerate(operands) if _compared(operand)]
        if confrontation.plan.rule.severity == "info" or not compared:
            continue
        numbers: dict[int, set[Place]] = defaultdict(set)
        figures: dict[int, set[int]] = defaultdict(set)
        for one in cells_used(confrontation, np.flatnonzero(confrontation.verdicts != UNTESTABLE), compared):
            table = operands[one.operand].table
            numbers[one.check].add(places_of[table][one.row])
            if table == FIGURES:
                figures[one.check].add(one.row)
        for check, own in numbers.items():
            found |= figures[check] if len(own) > 1 else set()
    return frozenset(found)


def _places(table: Table) -> list[Place]:
    """Where the number of each row stands: document and offset; a row without them is a place of its own."""
    if not {"document", "start"} <= set(table.columns):
        return [(table.name, str(row)) for row in range(table.length)]
    return [
        (str(row["document"]), str(row["start"])) if row["start"] else (table.name, str(place))
        for place, row in table.rows(range(table.length)).items()
    ]


def _compared(operand: Operand) -> bool:
    """Whether the numbers of an operand are compared or added up, not only counted."""
    numeric = operand.type == "number" and bool(operand.column) and operand.translation is None
    return numeric and (not operand.aggregates or bool(operand.aggregates & _OF_NUMBERS))
