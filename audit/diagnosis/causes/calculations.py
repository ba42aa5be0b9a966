"""A figure that slipped in an equation that is no sum: a growth, a share, a multiple.

Such an equation is no linear constraint, so each number that a slip of the pen may have made is tried in its formula.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from audit.diagnosis.causes.figures import MOST_MEANT, correction, slips_of
from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.causes.linear import constraint_of, variable
from audit.diagnosis.causes.number_slips import mistaken
from audit.diagnosis.causes.situation import Situation
from audit.diagnosis.formulas import computed, tree_of
from audit.language.expression import Calculation, Call, Comparison, Expression, Name, children
from audit.language.rule import Rule
from audit.model.frozen import frozen
from audit.model.report import Cell, Check
from audit.numbers.reading import written_step

_MOST = 8


def proposals(situation: Situation) -> Iterator[Hypothesis]:
    """For every such equation that does not hold, the numbers with which it would, as far as its figures are rounded."""
    for check in (one.check for one in situation.findings if one.severity != "info"):
        rule = situation.rules[check.rule]
        if check.verdict == "violated" and check.formula and constraint_of(check, rule) is None:
            equation = _equation(check, rule)
            if equation is not None:
                yield from _corrections(situation, equation)


@frozen(slots=False)
class _Equation:
    """Two sides that are to be the same, or to differ by no more than `slack`, and by no more than rounding makes them."""

    check: Check
    left: Expression
    right: Expression
    slack: Fraction
    relative: Fraction

    def misses(self, values: Mapping[str, Fraction]) -> Fraction | None:
        """How far its sides are apart, as a part of how far they may be for the rounding of figures; None for more."""
        sides = self._sides(values)
        if sides is None:
            return None
        gap = sides[0] - sides[1]
        slack = self.slack + self.relative * max(map(abs, sides))
        for cell in self.check.cells:
            moved = self._sides({**values, variable(cell): values[variable(cell)] + _half(cell)})
            slack += abs(moved[0] - moved[1] - gap) if moved is not None else 0
        return abs(gap) / (slack or 1) if abs(gap) <= slack else None

    def result(self, values: Mapping[str, Fraction]) -> tuple[str, Fraction] | None:
        """The figure that stands alone on the left, with what the right side comes to, rounded as it is written."""
        if not isinstance(self.left, Name) or (sides := self._sides(values)) is None:
            return None
        cell = self.check.cells[int(self.left.name)]
        step = 2 * _half(cell) or Fraction(1)
        return variable(cell), round(sides[1] / step) * step

    def _sides(self, values: Mapping[str, Fraction]) -> tuple[Fraction, Fraction] | None:
        cells = [_stating(cell, values[variable(cell)]) for cell in self.check.cells]
        left, right = computed(self.left, cells), computed(self.right, cells)
        return None if left is None or right is None else (left, right)


def _equation(check: Check, rule: Rule) -> _Equation | None:
    """A check as an equation with a product or a quotient in it: `a == b`, or `abs(a - b) <= c`."""
    if any(cell.value is None for cell in check.cells):
        return None
    slack = Fraction(rule.tolerance.absolute)
    match tree_of(check.formula):
        case Comparison("==", left, right):
            pass
        case Comparison("<=", Call("abs", (Calculation("-", left, right),), _), bound):
            slack += computed(bound, check.cells) or 0
        case _:
            return None
    multiplies = _multiplies(left) or _multiplies(right)
    return _Equation(check, left, right, slack, Fraction(rule.tolerance.relative)) if multiplies else None


def _multiplies(node: Expression) -> bool:
    """Whether a part of a formula is a product or a quotient."""
    if isinstance(node, Calculation) and node.operator in ("*", "/"):
        return True
    return any(map(_multiplies, children(node)))


def _corrections(situation: Situation, equation: _Equation) -> Iterator[Hypothesis]:
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in equation.check.cells:
        cells[variable(cell)].append(cell)
    values = {name: Fraction(own[0].value or 0) for name, own in cells.items()}
    if len(cells) > _MOST:
        return
    result = equation.result(values)
    for name, own in cells.items():
        tried = [
            (slip, equation.misses(values | {name: slip.value}))
            for slip in slips_of(own, None, None)
            if _as_fine(slip.value, values[name])
        ]
        fitting = [(-slip.likelihood, missed, slip) for slip, missed in tried if missed is not None]
        slips = [slip for *_, slip in sorted(fitting, key=lambda one: one[:2])]
        beside = sum(slip.likelihood for slip in slips[MOST_MEANT:])
        for slip in slips[:MOST_MEANT]:
            yield from correction(situation, {name: slip.value}, cells, slip.likelihood, beside=beside)
        if not slips and result is not None and result[0] == name:
            wanted = result[1]
            likelihood = mistaken(values[name], wanted)
            yield from correction(situation, {name: wanted}, cells, likelihood, computed=True)


def _stating(cell: Cell, value: Fraction) -> Cell:
    return replace(cell, value=Decimal(value.numerator) / Decimal(value.denominator))


def _half(cell: Cell) -> Fraction:
    """Half of the last place that a figure writes; whether it was rounded at all is for the trial to say."""
    step = written_step(cell.literal, cell.unit or None, cell.value, cell.low, cell.high)
    return Fraction(0) if step is None else Fraction(step) / 2


def _as_fine(value: Fraction, stated: Fraction) -> bool:
    """Whether a number has no more decimals than the one stated: figures of one kind are stated alike."""
    return value.denominator <= stated.denominator
