"""Figures that stand in each other's place: two rows exchanged, or a whole column of them moved by a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

from audit.diagnosis.causes.figures import EXCHANGED, exchanged, in_place, with_number
from audit.diagnosis.causes.figures import written as written_out
from audit.diagnosis.causes.hypothesis import Hypothesis, one_a_row
from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.causes.situation import Place, Situation
from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.trials.trial import Change
from audit.model.period import period_of
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check
from audit.numbers.numerals import number_of

_MOST = 8
_MOVED = 0.005
"""How likely a whole series stands a row too high or low, where a number is wrong."""
_NEAR = 2
"""So many rows apart numbers are taken for each other."""
_FOLLOWING = ("low", "high", "literal", "evidence")
"""Columns of a row of figures that say again what its value says."""
_SERIES = ("document", "region", "industry", "indicator", "measure")


def proposals(situation: Situation, corrected: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
    """For every linear relation that does not hold: two of its figures exchanged, all of them moved by a row, and a
    series of years that it takes part in moved by a year. Of what is `corrected` already, two figures that each should
    have the other's number."""
    yield from _crossed(situation, corrected)
    seen: set[str] = set()
    said = (one for one in situation.findings if one.severity != "info" and one.check.verdict == "violated")
    for check in (finding.check for finding in said):
        relation = constraint_of(check, situation.rules[check.rule])
        if relation is None or not 2 <= len(relation.weights) <= _MOST:
            continue
        yield from _exchanged(situation, check, relation)
        cells = _cells(situation, check)
        values = {variable(cell): Fraction(cell.value or 0) for cell in cells.values()}
        for chosen in _turns(list(cells)) if len({place for place, _ in cells}) == len(cells) else ():
            moved = {variable(cells[to]): values[variable(cells[source])] for to, source in chosen}
            if set(relation.weights) <= values.keys() and relation.holds(values | moved):
                yield from _moved(situation, [(cells[to], cells[source]) for to, source in chosen], seen)
        for (place, _), cell in cells.items():
            series = _series(situation, check, place, cell)
            for chosen in _turns(list(series)):
                yield from _moved(situation, [(series[to], series[source]) for to, source in chosen], seen)


def _exchanged(situation: Situation, check: Check, relation: Constraint) -> Iterator[Hypothesis]:
    cells: dict[str, list[Cell]] = {}
    for cell in check.cells:
        cells.setdefault(variable(cell), []).append(cell)
    values = {name: Fraction(own[0].value) for name, own in cells.items() if own[0].value is not None}
    if not relation.weights.keys() <= values.keys():
        return
    for a, b in combinations(relation.weights, 2):
        if values[a] != values[b] and relation.holds({**values, a: values[b], b: values[a]}):
            yield from exchanged(situation, {a: values[a], b: values[b]}, cells, len(relation.weights))


def _crossed(situation: Situation, corrected: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
    """Pairs of corrections of one figure each, in rows that are near each other, by which each gets the other's number."""
    made: dict[tuple[str, str, Decimal, Decimal], dict[int, tuple[Change, str]]] = {}
    for change in (one.changes[0] for one in corrected if len(one.changes) == 1):
        assert change.row is not None and change.after is not None
        before = situation.row((change.table, change.row))
        for column, cell in change.after.items():
            old, new = number_of(before.get(column)), number_of(cell)
            if column not in _FOLLOWING and old is not None and new is not None and old != new:
                rows = made.setdefault((change.table, column, old, new), {})
                rows[change.row] = change, before.get(column) or ""
    for (table, column, old, new), own in made.items():
        others = made.get((table, column, new, old), {}) if old < new else {}
        for (row, (change, written)), (beside, (other, there)) in product(own.items(), others.items()):
            if abs(row - beside) <= _NEAR:
                both = one_a_row(situation, (change, other))
                yield Hypothesis(
                    "figure", both, in_place(f"{written}、{there}"), likelihood=EXCHANGED, cells=1
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


def _turns(places: Sequence[_At]) -> Iterator[_Move]:
    """The figures of all places moved by one, in either direction."""
    if len(places) >= 3:
        yield list(zip(places, [*places[1:], places[0]], strict=True))
        yield list(zip(places, [places[-1], *places[:-1]], strict=True))


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


def _moved(situation: Situation, moved: Sequence[tuple[Cell, Cell]], seen: set[str]) -> Iterator[Hypothesis]:
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
        values = "、".join(written_out(cell) for cell, _ in moved)
        about = Phrase(f"各行的数错开了一行：{values}", f"the figures are moved by one row: {values}")
        yield Hypothesis("figure", together, about, likelihood=_MOVED, cells=1)
