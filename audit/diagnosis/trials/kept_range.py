"""The values of one figure with which every relation that it stands in holds as stated, all others being as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.systems.constraint import Constraint, between
from audit.diagnosis.systems.feasibility import Feasibility
from audit.language.rule import Rule
from audit.model.frozen import frozen
from audit.model.report import Cell, Check


@frozen
class KeptRange:
    """From `low` to `high` (None: no end), an end that is open not being allowed itself.

    `checks` are the ids of the relations that say so, `beyond` counts those of the figure that are no comparison of
    sums, so that nothing can be said of them. Where no value keeps all of them, `conflict` names some that conflict.
    """

    cell: Cell
    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    checks: tuple[str, ...]
    beyond: int
    conflict: tuple[str, ...] = ()


def kept_range(cell: Cell, checks: Sequence[Check], rules: Mapping[str, Rule]) -> KeptRange | None:
    """The range of a figure; None where no relation compares it. `checks` are all checks that it takes part in."""
    name = variable(cell)
    relations: dict[str, Constraint] = {}
    figures: dict[str, Constraint] = {}
    beyond = 0
    for check in checks:
        relation = _relation(check, rules[check.rule])
        if relation is None or name not in relation.weights:
            beyond += check.verdict != "untestable"
            continue
        relations[check.id] = relation
        figures |= {variable(other): _as_stated(other) for other in check.cells if variable(other) != name}
    if not relations:
        return None
    tried = Feasibility({**relations, **{f"={figure}": one for figure, one in figures.items()}})
    conflict = tried.conflict([*relations, *(f"={figure}" for figure in figures)])
    if conflict is not None:
        against = tuple(one for one in relations if one in conflict)
        return KeptRange(cell, None, None, False, False, tuple(relations), beyond, against)
    low, high = tried.end(name, -1), tried.end(name, 1)
    return KeptRange(
        cell, low and low[0], high and high[0], low is not None and not low[1], high is not None and not high[1],
        tuple(relations), beyond,
    )  # fmt: skip


def _relation(check: Check, rule: Rule) -> Constraint | None:
    """What a check asks of its figures, where that is a comparison of sums and says what the verdict says."""
    relation = constraint_of(check, rule) if check.verdict != "untestable" else None
    if relation is None:
        return None
    values = {variable(cell): cell.value for cell in check.cells}
    stated = {name: Fraction(value) for name, value in values.items() if value is not None}
    if relation.weights.keys() <= stated.keys() and relation.holds(stated) != (check.verdict == "holds"):
        return None
    return relation


def _as_stated(cell: Cell) -> Constraint:
    """A figure is the number stated; one that is a range lies within it."""
    ends = (cell.low, cell.high) if cell.value is None else (cell.value, cell.value)
    low, high = (None if end is None else Fraction(end) for end in ends)
    return between(variable(cell), low, high)
