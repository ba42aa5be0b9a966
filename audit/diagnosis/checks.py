"""The checks of confrontations as a reader is told them: key, cells, both sides, what is missing, and one identity.

A check goes by its rule, its key and its documents; the check of a row by its row too, where the key does not name it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from audit.diagnosis.cells import cell_of
from audit.diagnosis.equations import Filling, Stated, formula_of
from audit.diagnosis.evidence import Evidence, Untold
from audit.diagnosis.formulas import equation
from audit.diagnosis.telling import places_of
from audit.engine.cells_used import CellUsed, TooMany, cells_used
from audit.engine.confront import Confrontation, decimals, unreached
from audit.engine.exact import Booleans, Floats
from audit.engine.identity import Identities, as_text
from audit.engine.keys import Integers
from audit.engine.predicate import HOLDS
from audit.language.expression import names
from audit.language.plan import Plan
from audit.model.frozen import frozen
from audit.model.report import SEVERAL_VALUES, Cell, Check
from audit.numbers.numerals import EXACT

GROUP = "group"
"""The part of a key that names one of several breakdowns of one whole."""
_JSON = json.JSONEncoder(ensure_ascii=False).encode
_Rows = Mapping[str, Mapping[int, Mapping[str, object]]]
"""Rows by table and number."""
Naming = Callable[[str, Collection[int]], Mapping[int, Mapping[str, object]]]
"""The figures that rows of a table name, by the numbers of these rows."""


@frozen
class _Used:
    """A cell that a check used: the number of its operand in the plan, and its member of an aggregate."""

    operand: int
    member: str | None
    cell: Cell
    weights: Mapping[str, Decimal | None]


Rows = Mapping[str, frozenset[int]]
"""Numbers of rows by table."""


@frozen
class Told:
    """Checks of one plan that are told, alone, and the cells that each of them used, by its place among them; `untold`
    tells by check and operand of which there are too many."""

    checks: Confrontation
    used: Sequence[CellUsed]
    untold: Mapping[tuple[int, int], Untold]

    def __len__(self) -> int:
        """How much there is to hold."""
        return len(self.checks) + len(self.used)

    def only(self, checks: Integers) -> Told:
        """Those of these numbers (ascending)."""
        if len(checks) == len(self.checks):
            return self
        places = {check: place for place, check in enumerate(checks.tolist())}
        used = [replace(one, check=places[one.check]) for one in self.used if one.check in places]
        untold = {
            (places[check], operand): one for (check, operand), one in self.untold.items() if check in places
        }
        return Told(self.checks.told_alone(checks), used, untold)


def to_tell(confrontation: Confrontation, checks: Integers, evidence: Evidence | None = None) -> Told:
    """What there is to tell of the checks of these numbers (ascending); all their cells, where `evidence` bounds nothing."""
    plan, most = confrontation.plan, None
    if evidence is not None:
        most = evidence.most(confrontation.verdicts[checks], sizes_of(confrontation)[checks])
    used = cells_used(confrontation, checks, told_operands(plan) if len(checks) else [], most)
    untold = {}
    if evidence is not None:
        for (check, operand), cells in used.too_many.items():
            of = plan.operands[operand]
            untold[check, operand] = evidence.untold(confrontation, int(checks[check]), of, cells)
    return Told(confrontation.told_alone(checks), used.told, untold)


def sizes_of(confrontation: Confrontation) -> Floats:
    """How many cells every check has."""
    operands = [confrontation.plan.operands[number] for number in told_operands(confrontation.plan)]
    counts = [confrontation.values[operand.name].count for operand in operands if not operand.others]
    return np.sum(counts, axis=0) if counts else np.zeros(len(confrontation))


def with_fewer_cells(told: Told, most: Integers, evidence: Evidence) -> Told:
    """Checks that tell at most so many cells each of an operand."""
    bounds = most.tolist()
    if all(one.rank < bounds[one.check] for one in told.used):
        return told
    every: dict[tuple[int, int], list[CellUsed]] = defaultdict(list)
    for one in told.used:
        every[one.check, one.operand].append(one)
    untold = dict(told.untold)
    for (check, operand), used in every.items():
        if (cut := sum(one.rank >= bounds[check] for one in used)) and (check, operand) in untold:
            untold[check, operand] = replace(untold[check, operand], count=untold[check, operand].count + cut)
        elif cut:
            rows, members = np.array([one.row for one in used]), frozenset(one.member or "" for one in used)
            cells = TooMany(rows, members, len(used) - cut)
            untold[check, operand] = evidence.untold(
                told.checks, check, told.checks.plan.operands[operand], cells
            )
    return Told(told.checks, [one for one in told.used if one.rank < bounds[one.check]], untold)


def told_checks(told: Sequence[Told], identities: Identities, named: Naming) -> list[list[Check]]:
    """The checks that are told, in their order; their rows are fetched together, and the figures that these name."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for part in told:
        plan, rows = part.checks.plan, part.checks.keys.rows
        for one in part.used:
            wanted[plan.operands[one.operand].table].add(one.row)
        if rows is not None:
            wanted[plan.rule.table].update(rows.tolist())
    stored = {
        name: identities[name].table.rows(sorted(numbers)) for name, numbers in wanted.items() if numbers
    }
    figures = {name: named(name, numbers) for name, numbers in wanted.items()}
    return [_checks(part, identities, stored, figures) for part in told]


def not_held(confrontation: Confrontation) -> Integers:
    """The numbers of the checks that do not hold."""
    return np.flatnonzero(confrontation.verdicts != HOLDS)


def taking_part(confrontation: Confrontation, checks: Integers, rows: Rows) -> Integers:
    """Those checks in which one of the rows takes part; all of a rule whose operands are not listed check by check."""
    plan = confrontation.plan
    if any(operand.others for operand in plan.operands):
        return checks
    taking = np.zeros(len(checks), dtype=bool)
    for number, operand in enumerate(plan.operands):
        groups = confrontation.groups[number]
        entries, check = groups.entries(confrontation.keys.operands[number][checks])
        own = _among(groups.cells.rows[entries], rows.get(operand.table, frozenset()))
        taking[check[own]] = True
    if confrontation.keys.rows is not None:
        taking |= _among(confrontation.keys.rows[checks], rows.get(plan.rule.table, frozenset()))
    return checks[taking]


def _among(numbers: Integers, rows: Collection[int]) -> Booleans:
    return np.isin(numbers, np.fromiter(rows, dtype=np.int64, count=len(rows)))


def told_operands(plan: Plan) -> list[int]:
    """The numbers of the operands that a reader needs: all but those that only decide whether the rule applies."""
    guards = set(names(plan.rule.applies)) if plan.rule.applies is not None else set()
    told = set(names(plan.check)) | (places_of(plan.rule.message) if plan.rule.message is not None else set())
    return [number for number, operand in enumerate(plan.operands) if operand.name not in guards - told]


def _checks(told: Told, identities: Identities, stored: _Rows, figures: _Rows) -> list[Check]:
    confrontation, operands = told.checks, told.checks.plan.operands
    cells: dict[int, dict[tuple[int, int], _Used]] = defaultdict(dict)
    for one in told.used:
        operand = operands[one.operand]
        values, figure = stored[operand.table][one.row], figures[operand.table].get(one.row)
        cell = cell_of(operand, identities[operand.table], one.row, values, one.beside, figure)
        cells[one.check].setdefault(
            (one.operand, one.row), _Used(one.operand, one.member, cell, dict(one.weights))
        )
    return [
        _check(told, number, key, list(cells[number].values()), identities, stored)
        for number, key in confrontation.keys_of(np.arange(len(confrontation))).items()
    ]


def _check(
    told: Told, number: int, key: dict[str, str], used: list[_Used], identities: Identities, stored: _Rows
) -> Check:  # fmt: skip
    confrontation, plan = told.checks, told.checks.plan
    untold = {
        place: told.untold[number, place]
        for place in range(len(plan.operands))
        if (number, place) in told.untold
    }
    cells = tuple(one.cell for one in used)
    numbers: Sequence[Decimal | None] = (
        decimals(confrontation.sides, number) if confrontation.sides else (None,) * 6
    )
    left, right = numbers[0], numbers[1]
    formula = formula_of(plan.check, _fillings(confrontation, number, used, untold), plan.rule.tolerance)
    missing = tuple(_missing(confrontation, number, key, used, untold))
    key, row = _whole_key(confrontation, number, key, identities, stored)
    documents = {cell.document for cell in cells}.union(*(one.documents for one in untold.values()))
    return Check(
        id=identity(plan.rule.id, key, documents, row),
        rule=plan.rule.id,
        key=key,
        verdict=confrontation.verdict(number),
        left=left,
        right=right,
        imbalance=EXACT.subtract(left, right) if left is not None and right is not None else None,
        left_low=numbers[2],
        left_high=numbers[3],
        right_low=numbers[4],
        right_high=numbers[5],
        equation=equation(formula, cells),
        formula=formula,
        cells=cells,
        missing=missing,
        unreached=unreached(confrontation.sides, number) if confrontation.sides else (),
        untold={plan.operands[place].name: one.count for place, one in untold.items()},
    )


def _fillings(
    confrontation: Confrontation, number: int, used: Sequence[_Used], untold: Collection[int]
) -> dict[str, Filling]:
    """What every operand has at a check, by name; of rows that state one thing alike only the first."""
    found = {}
    for place, operand in enumerate(confrontation.plan.operands):
        things: dict[object, dict[object, int]] = defaultdict(dict)
        for index, one in enumerate(used):
            if one.operand == place:
                cell = one.cell
                thing = "" if not operand.many else index if one.member is None else one.member
                things[thing].setdefault((cell.value, cell.low, cell.high, cell.literal), index)
        alike = not confrontation.values[operand.name].twice[number]
        stated = (list(places.values())[: 1 if alike else None] for places in things.values())
        found[operand.name] = Filling(
            operand,
            confrontation.values[operand.name],
            number,
            tuple(Stated(tuple(places), used[places[0]].cell, used[places[0]].weights) for places in stated),
            whole=place not in untold,
        )
    return found


def _whole_key(
    confrontation: Confrontation, number: int, key: dict[str, str], identities: Identities, stored: _Rows
) -> tuple[dict[str, str], tuple[str, int]]:
    """The key of a check with all that names it, and its row: the row's name where the key does not hold it, and the
    row's number among those that are alike (0 for none)."""
    plan, rows = confrontation.plan, confrontation.keys.rows
    if plan.breakdown:
        key = {**key, GROUP: plan.breakdown}
    if rows is None:
        return key, ("", 0)
    row, own = int(rows[number]), identities[plan.rule.table]
    values = stored[plan.rule.table][row]
    if not plan.key:
        key = {name: text for name in own.told if (text := as_text(values[name]))}
    in_key = own.columns and set(own.columns) <= (set(plan.key) or set(own.columns))
    return key, ("" if in_key else own.shared_name(values), own.alike.get(row, 0))


def identity(rule: str, key: Mapping[str, str], documents: set[str], row: tuple[str, int] = ("", 0)) -> str:
    """The identity of a check: it depends on rule, key, documents and row, not on order, wording or numbers.

    `row` is a name that the key does not hold, and the number among rows that are alike, which ends the identity.
    """
    name, number = row
    content = _JSON([rule, sorted(key.items()), sorted(documents), *([name] if name else [])])
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    return f"{digest}-{number}" if number else digest


def _missing(
    confrontation: Confrontation, number: int, key: Mapping[str, str], used: Sequence[_Used],
    untold: Mapping[int, Untold],
) -> Iterable[str]:  # fmt: skip
    """The operands, or members of an aggregate, that are not stated, or are stated twice with different values."""
    for place, operand in enumerate(confrontation.plan.operands):
        present = {one.member for one in used if one.operand == place}
        values = confrontation.values[operand.name]
        if values.twice[number]:
            yield operand.name + SEVERAL_VALUES
        elif place in untold:
            yield from untold[place].missing
        elif operand.many and (expected := operand.members_expected(key)):
            yield from (member for member in expected if member not in present)
        elif not values.count[number]:
            hierarchy = confrontation.plan.rule.hierarchy
            yield key.get(hierarchy[0], operand.name) if hierarchy else operand.name
