"""Figures of two versions, matched by what they are about: document, region, industry, indicator, period, measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from audit.diagnosis.difference.clauses import Numbers
from audit.model.difference import FigureChange
from audit.model.report import Cell, FigureUse

Pair = tuple[FigureUse | None, FigureUse | None]
_Sameness = Callable[[FigureUse], Hashable]


def matched(old: Sequence[FigureUse], new: Sequence[FigureUse], clauses: Numbers) -> list[Pair]:
    """All figures of both versions, each with its like; alone where there is none.

    Several figures about the same thing are matched by number and clause, then by number, by clause, and in
    order. Two versions that are one document each are compared whatever the documents are called.
    """
    documents = {figure.cell.document for figure in old}, {figure.cell.document for figure in new}
    renamed = len(documents[0]) == len(documents[1]) == 1 and documents[0] != documents[1]
    groups: dict[Hashable, tuple[list[FigureUse], list[FigureUse]]] = defaultdict(lambda: ([], []))
    for side, figures in enumerate((old, new)):
        for figure in figures:
            groups[_key(figure, "" if renamed else figure.cell.document)][side].append(figure)
    return [pair for left, right in groups.values() for pair in _paired(left, right, clauses)]


def _key(figure: FigureUse, document: str) -> Hashable:
    return document, figure.region, figure.industry, figure.indicator, figure.period, figure.measure


def _paired(left: list[FigureUse], right: list[FigureUse], clauses: Numbers) -> Iterable[Pair]:
    if len(left) == len(right) == 1:
        return [(left[0], right[0])]
    pairs: list[Pair] = []
    for sameness in _samenesses(clauses, {id(figure) for figure in left}):
        waiting: dict[Hashable, list[FigureUse]] = defaultdict(list)
        for figure in right:
            waiting[sameness(figure)].append(figure)
        rest = []
        for figure in left:
            if like := waiting[sameness(figure)]:
                pairs.append((figure, like.pop(0)))
            else:
                rest.append(figure)
        left, right = (
            rest,
            [figure for figure in right if any(figure is f for f in waiting[sameness(figure)])],
        )
    return [*pairs, *((figure, None) for figure in left), *((None, figure) for figure in right)]


def _samenesses(clauses: Numbers, old: set[int]) -> tuple[_Sameness, ...]:
    def place(figure: FigureUse) -> Hashable:
        return new_clause(figure, clauses) if id(figure) in old else figure.cell.clause

    def number(figure: FigureUse) -> Hashable:
        return _number(figure.cell)

    return (lambda f: (number(f), place(f))), number, place, lambda f: None


def new_clause(figure: FigureUse, clauses: Numbers) -> str:
    """The number that an old figure's clause has in the new version, or had when it is gone."""
    clause = figure.cell.clause
    return clauses.get((figure.cell.document, clause), clause)


def changes(pairs: Iterable[Pair], clauses: Numbers) -> list[FigureChange]:
    """What differs, in the order of `pairs`; a figure that moved with its clause does not."""
    return [change for pair in pairs if (change := _change(*pair, clauses)) is not None]


def _change(before: FigureUse | None, after: FigureUse | None, clauses: Numbers) -> FigureChange | None:
    if before is None or after is None:
        return FigureChange("added" if before is None else "removed", before, after)
    old, new = before.cell, after.cell
    if _number(old) != _number(new):
        comparable = old.value is not None and new.value is not None and old.unit == new.unit
        delta = new.value - old.value if comparable else None  # type: ignore[operator]
        return FigureChange("changed", before, after, delta)
    if old.literal != new.literal:
        return FigureChange("reworded", before, after)
    return FigureChange("moved", before, after) if new_clause(before, clauses) != new.clause else None


def _number(cell: Cell) -> tuple[object, ...]:
    return cell.value, cell.low, cell.high, cell.unit
