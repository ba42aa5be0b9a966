"""Figures that stand in each other's place: two rows exchanged, or a whole column of them moved by a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from audit.diagnosis.causes.figures import with_number
from audit.diagnosis.causes.hypothesis import Hypothesis, one_a_row
from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.causes.situation import Place, Situation
from audit.diagnosis.trials.trial import Change
from audit.model.period import period_of
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check

_MOST = 8
_SERIES = ("document", "region", "industry", "indicator", "measure")


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """For every linear relation that does not hold: two of its figures exchanged, all of them moved by a row, and a
    series of years that it takes part in moved by a year."""
    seen: set[str] = set()
    said = (one for one in situation.findings if one.severity != "info" and one.check.verdict == "violated")
    for check in (finding.check for finding in said):
        relation = constraint_of(check, situation.rules[check.rule])
        cells = _cells(situation, check)
        if relation is None or not 2 <= len(cells) <= _MOST:
            continue
        values = {variable(cell): Fraction(cell.value or 0) for cell in cells.values()}
        for chosen, about in _moves(list(cells)):
            moved = {variable(cells[to]): values[variable(cells[source])] for to, source in chosen}
            if set(relation.weights) <= values.keys() and relation.holds(values | moved):
                yield from _hypothesis(
                    situation, [(cells[to], cells[source]) for to, source in chosen], about, seen
                )
        for (place, _), cell in cells.items():
            series = _series(situation, check, place, cell)
            for chosen, about in _turns(list(series)):
                yield from _hypothesis(
                    situation, [(series[to], series[source]) for to, source in chosen], about, seen
                )


_At = tuple[Place, str]
"""A cell: its row, and its column."""
_Move = list[tuple[_At, _At]]
"""Cells, each with the one whose number it gets."""


def _cells(situation: Situation, check: Check) -> dict[_At, Cell]:
    """The figures of a check in the order of the table; none where a row cannot be told."""
    found = [(situation.place(cell), cell) for cell in check.cells if cell.value is not None]
    known = {(place, cell.column): cell for place, cell in found if place is not None}
    return dict(sorted(known.items())) if all(place is not None for place, _ in found) else {}


def _moves(places: Sequence[_At]) -> Iterator[tuple[_Move, Phrase]]:
    for a, b in combinations(places, 2):
        yield [(a, b), (b, a)], Phrase("两个数互换了位置", "two figures stand in each other's place")
    if len({place for place, _ in places}) == len(places) > 2:
        yield from _turns(places)


def _turns(places: Sequence[_At]) -> Iterator[tuple[_Move, Phrase]]:
    if len(places) < 3:
        return
    about = Phrase("各行的数错开了一行", "the figures are moved by one row")
    yield list(zip(places, [*places[1:], places[0]], strict=True)), about
    yield list(zip(places, [places[-1], *places[:-1]], strict=True)), about


def _series(situation: Situation, check: Check, place: Place, cell: Cell) -> dict[_At, Cell]:
    """The figures of one series by time; none where the row is in none."""
    row, rule = situation.row(place), situation.rules[check.rule]
    time = next(
        (name for name, value in check.key.items() if name in row and period_of(value) is not None), ""
    )
    along = [dimension[0] for dimension in (rule.along, rule.hierarchy) if dimension is not None]
    columns = [name for name in dict.fromkeys((*_SERIES, *check.key, *along)) if name in row and name != time]
    if not time or not columns:
        return {}
    places = sorted(
        situation.like(place[0], row, columns), key=lambda one: situation.row(one).get(time) or ""
    )
    cells = {(one, cell.column): situation.cell(one, cell) for one in places}
    return cells if len(cells) <= _MOST and all(one.value is not None for one in cells.values()) else {}


def _hypothesis(
    situation: Situation, moved: Sequence[tuple[Cell, Cell]], about: Phrase, seen: set[str]
) -> Iterator[Hypothesis]:
    changes = []
    for cell, source in moved:
        place = situation.place(cell)
        row = (
            None
            if place is None or source.value is None
            else with_number(situation.row(place), cell, source.value)
        )
        if place is None or row is None:
            return
        changes.append(Change(*place, row))
    together = one_a_row(situation, changes)
    if together and str(together) not in seen:
        seen.add(str(together))
        values = "、".join(f"{cell.literal.removesuffix(cell.unit)}{cell.unit}" for cell, _ in moved)
        yield Hypothesis(
            "figure",
            together,
            Phrase(f"{about.zh}：{values}", f"{about.en}: {values}"),
            prior=4,
            cells=len(moved),
        )
