"""A figure that is left blank: the value, or the range, that the relations and the figures around it leave it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from audit.diagnosis.causes.figures import stated, text_of, with_number
from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.systems.deduction import ranges
from audit.diagnosis.trials.trial import Change
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check

MOST = 50
"""How many blanks are looked at."""


def proposals(situation: Situation, around: Sequence[Check]) -> Iterator[Hypothesis]:
    """For every blank that checks miss the one value that it can have, as an edit.

    `around` are the checks that share figures with what is untestable, those that hold among them.
    """
    for cell, missed, value, (low, high) in _deduced(situation, around):
        where = cell.clause or cell.id
        if value is None:
            told = _range(low, high, cell.unit)
            about = Phrase(
                f"{where}未写明数值，由各项关系可知{told.zh}",
                f"{where} states no value; it must be {told.en}",
            )
            yield Hypothesis("blank", (), about, concerns=missed)
            continue
        place = situation.place(cell)
        row = None if place is None else with_number(situation.row(place), cell, value)
        if place is not None and row is not None:
            written = f"{text_of(value)}{cell.unit}"
            about = Phrase(
                f"{where}未写明数值，由各项关系推得{written}",
                f"{where} states no value; the relations give {written}",
            )
            yield Hypothesis("blank", (Change(*place, row),), about, concerns=missed)


_Ends = tuple[Fraction | None, Fraction | None]


def _deduced(
    situation: Situation, around: Sequence[Check]
) -> Iterator[tuple[Cell, frozenset[str], Fraction | None, _Ends]]:
    """The blanks with the untestable checks that miss them, and the value or the ends that follow."""
    blanks: dict[str, Cell] = {}
    relations: dict[str, Constraint] = {}
    cells: dict[str, Cell] = {}
    missed: dict[str, set[str]] = defaultdict(set)
    by_figure: dict[str, set[str]] = defaultdict(set)
    for check in {check.id: check for check in (*situation.untestable, *around)}.values():
        whole = check if check.verdict != "untestable" else _with_blanks(situation, check)
        relation = constraint_of(whole, situation.rules[check.rule], blanks=True) if whole else None
        if whole is None or relation is None:
            continue
        relations[check.id] = relation
        for cell in whole.cells:
            name = variable(cell)
            cells[name] = cell
            by_figure[name].add(check.id)
            if _blank(cell) and name in relation.weights:
                blanks[name] = cell
                missed[name].add(check.id)
    for name, cell in list(blanks.items())[:MOST]:
        reached, figures = _reached(name, relations, by_figure)
        known = {f"={figure}": stated(cells[figure]) for figure in figures if figure not in blanks}
        found = ranges({**{one: relations[one] for one in reached}, **known}, [name])
        if name in found and found[name] != (None, None):
            low, high = found[name]
            yield cell, frozenset(missed[name]), low if low == high else None, (low, high)


def _with_blanks(situation: Situation, check: Check) -> Check | None:
    """An untestable check with the rows that state nothing where it needs a number; None where a row is not there."""
    rule = situation.rules[check.rule]
    dimension = next((one[0] for one in (rule.along, rule.hierarchy) if one is not None), "")
    like = next((cell for cell in check.cells if cell.table == rule.table), None)
    place = None if like is None else situation.place(like)
    if not dimension or like is None or place is None or not check.missing:
        return None
    found = list(check.cells)
    for member in check.missing:
        wanted = {**situation.row(place), **check.key, dimension: member}
        columns = [name for name in (*check.key, dimension) if name in situation.row(place)]
        rows = situation.like(rule.table, wanted, tuple(dict.fromkeys(columns)))
        if len(rows) != 1:
            return None
        part = "whole" if member == check.key.get(dimension) else "parts"
        cell = situation.cell(rows[0], like)
        if not _blank(cell):
            return None
        line = situation.tables[rule.table].place(rows[0][1])
        operand = part if rule.hierarchy is not None else member
        found.append(replace(cell, operand=operand, literal="", source=line[0], line=line[1]))
    return replace(check, cells=tuple(found))


def _blank(cell: Cell) -> bool:
    return cell.value is None and cell.low is None and cell.high is None


def _reached(
    name: str, relations: dict[str, Constraint], by_figure: dict[str, set[str]]
) -> tuple[set[str], set[str]]:
    """The relations around a figure and those around their blanks, one step at a time, with all their figures."""
    reached, figures, new = set[str](), {name}, {name}
    while new:
        more = {one for figure in new for one in by_figure[figure] if one in relations} - reached
        reached |= more
        seen = {figure for one in more for figure in relations[one].weights}
        new, figures = seen - figures, figures | seen
        if len(reached) > 60:
            break
    return reached, figures


def _range(low: Fraction | None, high: Fraction | None, unit: str) -> Phrase:
    ends = tuple(None if end is None else f"{text_of(end)}{unit}" for end in (low, high))
    match ends:
        case (str() as least, str() as most):
            return Phrase(f"在{least}至{most}之间", f"from {least} to {most}")
        case (str() as least, None):
            return Phrase(f"不低于{least}", f"at least {least}")
        case _:
            return Phrase(f"不超过{ends[1]}", f"at most {ends[1]}")
