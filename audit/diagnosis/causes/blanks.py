"""Figures that are left blank: the values, or the ranges, that the relations and the figures around leave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from audit.diagnosis.causes.figures import stated, text_of, with_number
from audit.diagnosis.causes.hypothesis import Hypothesis, one_a_row
from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.causes.situation import Place, Situation
from audit.diagnosis.systems.components import components
from audit.diagnosis.systems.conflicts import smallest_conflict
from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.systems.deduction import ranges
from audit.diagnosis.systems.feasibility import Feasibility
from audit.diagnosis.trials.trial import Change
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check

_LARGEST = 200
"""Systems of more relations are left to the reader."""
_SHOWN = 12
_MOST = 5_000
"""So many untestable checks are looked at."""
_Ends = tuple[Fraction | None, Fraction | None]


def proposals(situation: Situation, around: Sequence[Check]) -> Iterator[Hypothesis]:
    """The blanks that hang together and can have one value only, with their values; each other one with its range. Where
    no value does, the relations that cannot hold whatever stands there are a question.

    `around` are the checks that share figures with a finding, those that hold among them.
    """
    for system in _systems(situation, around):
        if system.conflict:
            yield _impossible(system)
            continue
        found = system.deduced
        fixed = {
            name: (cell, low)
            for name, (cell, _, (low, high)) in found.items()
            if low is not None and low == high
        }
        concerns = frozenset(check for name in fixed for check in found[name][1])
        values = [_filled(situation, cell, value) for cell, value in fixed.values()]
        changes = tuple(change for change in values if change is not None)
        if changes:
            told = [(_where(situation, cell), f"{text_of(v)}{cell.unit}") for cell, v in fixed.values()]
            zh = "、".join(f"{where.zh}为{value}" for where, value in told)
            en = ", ".join(f"{where.en} {value}" for where, value in told)
            about = Phrase(
                f"未写明的数由各项关系推得：{zh}", f"what is blank follows from the relations: {en}"
            )
            yield Hypothesis("blank", one_a_row(situation, changes), about, concerns=concerns)
        for name, (cell, missed, (low, high)) in found.items():
            if name not in fixed:
                told_range, where = _range(low, high, cell.unit), _where(situation, cell)
                about = Phrase(
                    f"{where.zh}未写明数值，由各项关系可知{told_range.zh}",
                    f"{where.en} states no value; it must be {told_range.en}",
                )
                yield Hypothesis("blank", (), about, concerns=missed)


def _where(situation: Situation, cell: Cell) -> Phrase:
    name = situation.called(cell)
    return name if cell.column == "value" else Phrase(f"{name.zh} {cell.column}", f"{name.en} {cell.column}")


def _filled(situation: Situation, cell: Cell, value: Fraction) -> Change | None:
    place = situation.place(cell)
    row = None if place is None else with_number(situation.row(place), cell, value)
    return None if place is None or row is None else Change(*place, row)


@frozen(slots=False)
class _System:
    """Relations that share blanks: of each blank of which something follows the cell, the untestable checks that miss it,
    and its ends; or the checks that cannot hold together whatever the blanks are, none of which is violated alone."""

    deduced: Mapping[str, tuple[Cell, frozenset[str], _Ends]]
    conflict: tuple[Check, ...] = ()


def _impossible(system: _System) -> Hypothesis:
    told = [check.equation for check in system.conflict[:_SHOWN]]
    concerns = frozenset(check.id for check in system.conflict if check.verdict == "untestable")
    zh, en = "；".join(told), "; ".join(told)
    about = Phrase(
        f"空缺处无论填什么数，这些关系都不能同时成立：{zh}",
        f"whatever number stands where one is missing, these relations cannot all hold: {en}",
    )
    return Hypothesis("question", (), about, concerns=concerns)


def _systems(situation: Situation, around: Sequence[Check]) -> Iterator[_System]:
    """The relations that share blanks, as far as something follows from them."""
    checks: dict[str, Check] = {}
    relations: dict[str, Constraint] = {}
    cells: dict[str, Cell] = {}
    missed: dict[str, set[str]] = defaultdict(set)
    for check in {check.id: check for check in (*situation.untestable[:_MOST], *around)}.values():
        whole = check if check.verdict != "untestable" else _with_blanks(situation, check)
        relation = constraint_of(whole, situation.rules[check.rule], blanks=True) if whole else None
        if whole is None or relation is None:
            continue
        relations[check.id], checks[check.id] = relation, check
        for cell in whole.cells:
            name = variable(cell)
            cells[name] = cell
            if _blank(cell) and name in relation.weights:
                missed[name].add(check.id)
    unknown = {
        name: [one for one in r.weights if one in missed] or [f"={name}"] for name, r in relations.items()
    }
    for group in components(unknown):
        blanks = list(dict.fromkeys(one for name in group for one in unknown[name] if one in missed))
        if not blanks or len(group) > _LARGEST:
            continue
        system = {name: relations[name] for name in group}
        known = {one for relation in system.values() for one in relation.weights} - set(blanks)
        figures = {f"={one}": stated(cells[one]) for one in sorted(known)}
        found = ranges({**system, **figures}, blanks)
        told = {name: ends for name, ends in found.items() if ends != (None, None)}
        if told:
            yield _System({name: (cells[name], frozenset(missed[name]), ends) for name, ends in told.items()})
        elif not found and all(checks[name].verdict != "violated" for name in group):
            yield _System({}, tuple(checks[name] for name in _conflict(system, figures)))


def _conflict(system: Mapping[str, Constraint], figures: Mapping[str, Constraint]) -> list[str]:
    """The smallest set of relations that cannot hold together with the figures as stated, in order."""
    together = Feasibility({**system, **figures})

    def possible(chosen: Collection[str]) -> bool:
        return together.conflict([*chosen, *figures]) is None

    found = smallest_conflict(list(system), possible) or frozenset()
    return [name for name in system if name in found]


def _with_blanks(situation: Situation, check: Check) -> Check | None:
    """An untestable check with the cells that are blank where it needs a number; None where a row is not there."""
    rule = situation.rules[check.rule]
    dimension = next((one[0] for one in (rule.along, rule.hierarchy) if one is not None), "")
    if not check.missing or rule.operands or rule.table not in situation.rows:
        return None
    found = list(check.cells)
    for name in check.missing:
        wanted = check.key if not dimension else {**check.key, dimension: name}
        place = _row(situation, check, rule.table, wanted, record=not dimension)
        if place is None:
            return None
        part = "whole" if name == check.key.get(dimension) else "parts"
        column = name if not dimension else rule.column[0] if rule.column else "value"
        if column not in situation.row(place):
            return None
        cell = situation.blank(place, part if rule.hierarchy is not None else name, column)
        if situation.row(place)[column] is not None:
            return None
        found.append(cell)
    return replace(check, cells=tuple(found))


def _row(
    situation: Situation, check: Check, table: str, wanted: dict[str, str], *, record: bool
) -> Place | None:
    """The one row that a check misses a number of: its own in a record rule, else that of its key."""
    if record:
        own = (situation.place(cell) for cell in check.cells if cell.table == table)
        if (place := next((one for one in own if one is not None), None)) is not None:
            return place
    if not situation.rows[table]:
        return None
    columns = tuple(name for name in wanted if name in situation.rows[table][0])
    rows = situation.like(table, wanted, columns)
    return rows[0] if len(rows) == 1 else None


def _blank(cell: Cell) -> bool:
    return cell.value is None and cell.low is None and cell.high is None


def _range(low: Fraction | None, high: Fraction | None, unit: str) -> Phrase:
    ends = tuple(None if end is None else f"{text_of(end)}{unit}" for end in (low, high))
    match ends:
        case (str() as least, str() as most):
            return Phrase(f"在{least}至{most}之间", f"from {least} to {most}")
        case (str() as least, None):
            return Phrase(f"不低于{least}", f"at least {least}")
        case _:
            return Phrase(f"不超过{ends[1]}", f"at most {ends[1]}")
