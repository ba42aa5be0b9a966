"""A figure that slipped: the smallest sets of figures to blame for relations that do not hold, and what was meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import prod

from audit.diagnosis.causes.hypothesis import Hypothesis, one_a_row
from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.causes.number_slips import Meant, meant, mistaken
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
from audit.numbers.units import unit_class
from audit.tables.amending import amended

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3})")
_WORDS = ("evidence", "start", "end")
"""Columns of a row that tell the words of the document."""
_MOST_BLAMED = 2
MOST_MEANT = 3
EXCHANGED = 0.05
"""How likely two figures are exchanged, where a number is wrong."""
_TWO_SLIPS = 0.1
"""How likely a second slip is where one was made."""
_MOST_APART = 8
"""Of so many relations that do not hold each is tried alone too."""
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
        cells: dict[str, list[Cell]] = defaultdict(list)
        for cell in (cell for check, _ in checks for cell in check.cells):
            cells[variable(cell)].append(cell)
        for relations in _to_be_met(checks):
            used = {name for constraint in relations.values() for name in constraint.weights}
            for blame in blamed(relations, {name: stated(cells[name][0]) for name in sorted(used)}):
                if not blame.figures or len(blame.figures) > _MOST_BLAMED:
                    break
                yield from _corrections(situation, blame, cells)


def _to_be_met(checks: Sequence[tuple[Check, Constraint]]) -> Iterator[dict[str, Constraint]]:
    """What a correction is to meet: all relations of a system; and of several that do not hold each alone with those that
    do, since they need not come of one slip."""
    relations = {check.id: constraint for check, constraint in checks}
    yield relations
    broken = [check.id for check, _ in checks if check.verdict == "violated"]
    if 1 < len(broken) <= _MOST_APART:
        for one in broken:
            yield {name: own for name, own in relations.items() if name == one or name not in broken}


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
        (low, high) = blame.values[name]
        slips = slips_of(cells[name], low, high)
        for slip in slips[:MOST_MEANT]:
            beside = sum(one.likelihood for one in slips[MOST_MEANT:])
            yield from correction(situation, {name: slip.value}, cells, slip.likelihood, beside=beside)
        if not slips and low is not None and low == high:
            yield from _computed(situation, {name: low}, cells)
        return
    left = {name: low for name, (low, high) in blame.values.items() if low is not None and low == high}
    if len(left) < len(blame.figures):
        return
    stated = {name: Fraction(cells[name][0].value or 0) for name in left}
    if sorted(left.values()) == sorted(stated.values()):
        yield from exchanged(situation, stated, cells)
    else:
        yield from _computed(situation, left, cells)


def exchanged(
    situation: Situation, stated: Mapping[str, Fraction], cells: Mapping[str, Sequence[Cell]], among: int = 2
) -> Iterator[Hypothesis]:
    """Two figures, of so many that could have been, in each other's place."""
    (a, b), pairs = stated, among * (among - 1) // 2
    wanted = {a: stated[b], b: stated[a]}
    for one in correction(situation, wanted, cells, EXCHANGED / pairs):
        yield replace(one, cells=1, about=in_place("、".join(map(written, (cells[a][0], cells[b][0])))))


def written(cell: Cell) -> str:
    """A figure as it is written, with its unit."""
    return f"{cell.literal.removesuffix(cell.unit)}{cell.unit}"


def in_place(values: str) -> Phrase:
    """What is said of figures that are exchanged."""
    return Phrase(f"两个数互换了位置：{values}", f"two figures stand in each other's place: {values}")


def slips_of(cells: Sequence[Cell], low: Fraction | None, high: Fraction | None) -> tuple[Meant, ...]:
    """What a figure may have been meant as, of the numbers that its relations leave it."""
    digits = _DIGITS.search(_THOUSANDS.sub("", cells[0].literal))
    value = Fraction(cells[0].value or 0)
    whole = unit_class(cells[0].unit) == "count" and value.denominator == 1
    return meant(digits[0], value, low, high, whole=whole) if digits else ()


def _computed(
    situation: Situation, values: Mapping[str, Fraction], cells: Mapping[str, Sequence[Cell]]
) -> Iterator[Hypothesis]:
    """Numbers that the relations leave to several figures, or to one that no slip explains."""
    likelihoods = [_likelihood(cells[name], value) for name, value in values.items()]
    sure = all(slip for slip, _ in likelihoods)
    likelihood = prod(one for _, one in likelihoods) * _TWO_SLIPS ** (len(values) - 1)
    yield from correction(situation, values, cells, likelihood, computed=not sure)


def _likelihood(cells: Sequence[Cell], wanted: Fraction) -> tuple[bool, float]:
    """Whether a slip of the pen makes of a number what is written, and how likely it was made so."""
    slips = slips_of(cells, wanted, wanted)
    return bool(slips), slips[0].likelihood if slips else mistaken(Fraction(cells[0].value or 0), wanted)


def correction(
    situation: Situation, values: Mapping[str, Fraction], cells: Mapping[str, Sequence[Cell]], likelihood: float,
    *, beside: float = 0.0, computed: bool = False,
) -> Iterator[Hypothesis]:  # fmt: skip
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
        stated, wanted = written(first), f"{text_of(value)}{first.unit}"
        where = situation.called(first)
        zh.append(f"{where.zh}的{stated}应为{wanted}")
        en.append(f"{stated} at {where.en} should be {wanted}")
    about = Phrase("，".join(zh), ", ".join(en))
    yield Hypothesis(
        "figure",
        one_a_row(situation, changes),
        about,
        likelihood=likelihood,
        beside=beside,
        cells=len(values),
        computed=computed,
    )


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
