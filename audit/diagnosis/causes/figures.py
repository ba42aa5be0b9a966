"""A figure that slipped: the smallest sets of figures to blame for relations that do not hold, and what was meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.causes.number_slips import LIKELIHOOD, meant
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.systems.blame import Blame, blamed
from audit.diagnosis.systems.components import components
from audit.diagnosis.systems.constraint import Constraint, between
from audit.diagnosis.trials.trial import Change, Row
from audit.language.rule import Rule
from audit.model.phrase import Phrase
from audit.model.report import Cell, Check
from audit.numbers.numerals import number_of
from audit.numbers.reading import written_step
from audit.numbers.rounding import Rounding, spread
from audit.tables.amending import amended

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_WORDS = ("evidence", "start", "end")
"""Columns of a row that tell the words of the document."""
_MOST_BLAMED = 2
_MOST_MEANT = 3
_ONLY_FITS = Decimal("-0.25")
"""What a number has against it from which no slip of the pen leads to what is written."""
_LARGEST = 60
"""Systems of more relations are parted no further and left to the reader."""


def proposals(situation: Situation, around: Sequence[Check]) -> Iterator[Hypothesis]:
    """For the violated relations of `around`, the corrections with which they and all relations around them hold.

    `around` are the checks that share figures with a finding, those that hold among them. A figure that a slip of the
    pen explains comes with what was meant; one that none explains with the one value that all relations leave it.
    """
    for checks in systems(around, situation.rules):
        if all(check.verdict != "violated" for check, _ in checks):
            continue
        relations = {check.id: constraint for check, constraint in checks}
        cells: dict[str, list[Cell]] = defaultdict(list)
        for cell in (cell for check, _ in checks for cell in check.cells):
            cells[variable(cell)].append(cell)
        used = {name for constraint in relations.values() for name in constraint.weights}
        figures = {name: stated(cells[name][0]) for name in sorted(used)}
        for blame in blamed(relations, figures):
            if not blame.figures or len(blame.figures) > _MOST_BLAMED:
                break
            yield from _corrections(situation, blame, cells)


def systems(around: Sequence[Check], rules: Mapping[str, Rule]) -> Iterator[list[tuple[Check, Constraint]]]:
    """The linear relations in groups that share figures; what is only noted is left out, since it says of no figure that
    it is wrong."""
    found: dict[str, tuple[Check, Constraint]] = {}
    for check in around:
        rule = rules[check.rule]
        told = check.verdict != "untestable" and rule.severity != "info"
        constraint = constraint_of(check, rule) if told else None
        if constraint is not None:
            found[check.id] = (check, constraint)
    for group in components({name: constraint.weights.keys() for name, (_, constraint) in found.items()}):
        if len(group) <= _LARGEST:
            yield [found[name] for name in group]


def stated(cell: Cell) -> Constraint:
    """A figure lies where it is stated to."""
    low, high = (None if end is None else Fraction(end) for end in (cell.low, cell.high))
    return between(variable(cell), low, high)


def allowed(cell: Cell, rounding: Rounding | None) -> Constraint:
    """A figure lies as far from where it is stated to as its rounding allows, on both sides."""
    step = written_step(cell.literal, cell.unit or None, cell.value, cell.low, cell.high)
    by = Fraction(0) if step is None else Fraction(spread(step, cell.unit or None, rounding))
    low, high = (None if end is None else Fraction(end) for end in (cell.low, cell.high))
    return between(variable(cell), None if low is None else low - by, None if high is None else high + by)


def _corrections(
    situation: Situation, blame: Blame, cells: Mapping[str, Sequence[Cell]]
) -> Iterator[Hypothesis]:
    """One figure to blame with each number that may have been meant; several only where each has one value left."""
    if any(cells[name][0].value is None for name in blame.figures):
        return
    if len(blame.figures) == 1:
        (name,) = blame.figures
        cell, (low, high) = cells[name][0], blame.values[name]
        digits = _DIGITS.search(cell.literal)
        slips = meant(digits[0], Fraction(cell.value or 0), low, high) if digits else ()
        for slip in slips[:_MOST_MEANT]:
            yield from _hypothesis(situation, {name: slip.value}, cells, LIKELIHOOD[slip.kind])
        if not slips and low is not None and low == high:
            yield from _hypothesis(situation, {name: low}, cells)
        return
    left = {name: low for name, (low, high) in blame.values.items() if low is not None and low == high}
    if len(left) == len(blame.figures):
        yield from _hypothesis(situation, left, cells)


def _hypothesis(
    situation: Situation, values: Mapping[str, Fraction], cells: Mapping[str, Sequence[Cell]], prior: int = 0
) -> Iterator[Hypothesis]:
    """Every row that states a figure gets its other value; nothing where a row cannot."""
    changes, zh, en = [], [], []
    for name, value in values.items():
        places = {place: cell for cell in cells[name] for place in situation.places_stating(cell)}
        for place, cell in places.items():
            row = with_number(situation.row(place), cell, value)
            if row is None:
                return
            changes.append(Change(*place, row))
        if not places:
            return
        first = cells[name][0]
        stated, wanted = (
            f"{first.literal.removesuffix(first.unit)}{first.unit}",
            f"{text_of(value)}{first.unit}",
        )
        where = situation.called(first)
        zh.append(f"{where.zh}的{stated}应为{wanted}")
        en.append(f"{stated} at {where.en} should be {wanted}")
    evidence = Decimal(0) if prior else _ONLY_FITS
    about = Phrase("，".join(zh), ", ".join(en))
    yield Hypothesis("figure", tuple(changes), about, prior=prior, evidence=evidence)


def with_number(row: Row, cell: Cell, value: Fraction | Decimal) -> Row | None:
    """The row with another number in the cell's column, and what follows from it but for the words of the document.

    None for a number that was read out of a text, which is no cell to correct.
    """
    if number_of(row.get(cell.column)) != cell.value:
        return None
    after = amended(row, {cell.column: text_of(Fraction(value))})
    return {**after, **{name: row[name] for name in _WORDS if name in row}}


def text_of(value: Fraction) -> str:
    """A number in decimals, at most nine of them."""
    text = f"{float(value):.9f}" if value.denominator > 10**9 else _exact(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: Fraction) -> str:
    scaled = value * 10**9
    whole, sign = abs(round(scaled)), "-" if value < 0 else ""
    return f"{sign}{whole // 10**9}.{whole % 10**9:09d}"
