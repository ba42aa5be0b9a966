"""How every function of `audit.language.functions` is computed, under its name, and the test of `any` and `all`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Protocol

import numpy as np

from audit.engine import exact, intervals
from audit.engine.exact import Booleans, Exact
from audit.engine.intervals import Interval, Truth
from audit.engine.operand_values import OperandValues
from audit.language.expression import Call, Comparison, Expression, Name, Number, Text, Weighted
from audit.language.expression import Truth as TruthValue
from audit.language.typing import digits_of, factor_of
from audit.language.uses import Test, constant_of


class Evaluation(Protocol):
    """What a function is computed from: the parts of its call, in one reading (0 as stated, 1 as allowed) of all checks."""

    length: int
    reading: int

    def number(self, node: Expression) -> Interval:
        """A part that is a number."""

    def values(self, operand: str) -> OperandValues:
        """What an operand comes to."""

    def absent(self, node: Expression) -> Booleans:
        """Where a part is missing."""


def _abs(call: Call, of: Evaluation) -> Interval:
    return intervals.absolute(of.number(call.arguments[0]))


def _round(call: Call, of: Evaluation) -> Interval:
    operand, *digits = call.arguments
    kept = digits_of(digits[0]) if digits else 0
    assert kept is not None, "types are checked before"
    return intervals.round_half_away(of.number(operand), kept)


def _convert(call: Call, of: Evaluation) -> Interval:
    factors = factor_of(call)
    assert factors is not None, "types are checked before"
    times, divisor = (intervals.point(factor, of.length) for factor in factors)
    return intervals.divide(intervals.multiply(of.number(call.arguments[0]), times), divisor)


def _sum(call: Call, of: Evaluation) -> Interval:
    match call.arguments:
        case (Weighted(Name(name, _), weight, _),):
            return of.values(name).weighted[weight][of.reading]
        case (Name(name, _),):
            return of.values(name).aggregates["sum"][of.reading]
    return reduce(intervals.add, map(of.number, call.arguments))


def _mean(call: Call, of: Evaluation) -> Interval:
    if len(call.arguments) == 1:
        (operand,) = _operands(call, of)
        return intervals.divide(
            operand.aggregates["sum"][of.reading], operand.aggregates["averaged"][of.reading]
        )
    return intervals.divide(_sum(call, of), intervals.point(Decimal(len(call.arguments)), of.length))


def _total(
    name: str, combine: Callable[[Interval, Interval], Interval]
) -> Callable[[Call, Evaluation], Interval]:
    def total(call: Call, of: Evaluation) -> Interval:
        if len(call.arguments) == 1:
            (operand,) = _operands(call, of)
            return operand.aggregates[name][of.reading]
        return reduce(combine, map(of.number, call.arguments))

    return total


def _median(call: Call, of: Evaluation) -> Interval:
    """The median grows with each of its numbers, so its ends are the medians of their ends."""
    if len(call.arguments) == 1:
        (operand,) = _operands(call, of)
        return operand.aggregates["median"][of.reading]
    numbers = [of.number(argument) for argument in call.arguments]
    return Interval(_middle([n.low for n in numbers]), _middle([n.high for n in numbers]))


def _mad(call: Call, of: Evaluation) -> Interval:
    """Of intervals the bounds that follow from those of their median and of each distance from it."""
    if len(call.arguments) == 1:
        (operand,) = _operands(call, of)
        return operand.aggregates["mad"][of.reading]
    median = _median(call, of)
    apart = [
        intervals.absolute(intervals.subtract(of.number(argument), median)) for argument in call.arguments
    ]
    return Interval(_middle([n.low for n in apart]), _middle([n.high for n in apart]))


def _middle(columns: list[Exact]) -> Exact:
    """The median across columns of numbers, sorted by exchanging neighbours; missing where any is."""
    for turn in range(len(columns)):
        for n in range(turn % 2, len(columns) - 1, 2):
            one, other = columns[n : n + 2]
            columns[n : n + 2] = exact.minimum(one, other), exact.maximum(one, other)
    half = len(columns) // 2
    return columns[half] if len(columns) % 2 else exact.mean(columns[half - 1], columns[half])


def _count(call: Call, of: Evaluation) -> Interval:
    match call.arguments:
        case (Comparison(operator, Name(name, _), constant),):
            return _counted(of.values(name), Test(operator, constant_of(constant)), of)  # type: ignore[arg-type]
        case (Name(name, _),):
            return of.values(name).aggregates["count"][of.reading]
    stated = [(~of.absent(argument)).astype(float) for argument in call.arguments]
    return intervals.single(exact.whole(np.sum(stated, axis=0)))


def _counted(values: OperandValues, test: Test, of: Evaluation) -> Interval:
    """How many cells pass a test: from those that surely do to those that may; missing where any is unread."""
    passed = values.passed[test]
    counts = passed.sure[of.reading], passed.possible[of.reading]
    least, most = (exact.blanked(exact.whole(count), passed.unread) for count in counts)
    return Interval(least, most)


def _of_operand(name: str) -> Callable[[Call, Evaluation], Interval]:
    def found(call: Call, of: Evaluation) -> Interval:
        (operand,) = _operands(call, of)
        return operand.aggregates[name][of.reading]

    return found


def _operands(call: Call, of: Evaluation) -> list[OperandValues]:
    return [of.values(argument.name) for argument in call.arguments if isinstance(argument, Name)]


def _quantified(function: str) -> Callable[[Call, Evaluation], Truth]:
    """any/all of a comparison: by the counts of a test, or by the least and the greatest cell."""

    def found(call: Call, of: Evaluation) -> Truth:
        (condition,) = call.arguments
        if isinstance(condition, Name):
            return _tested(function, of.values(condition.name), Test("==", "true"), of)
        assert isinstance(condition, Comparison) and isinstance(condition.left, Name), (
            "types are checked before"
        )
        operator, operand, right = condition.operator, of.values(condition.left.name), condition.right
        if isinstance(right, Number | Text | TruthValue):
            return _tested(function, operand, Test(operator, constant_of(right)), of)
        other = of.number(right)
        least, most = (operand.aggregates[end][of.reading] for end in ("min", "max"))
        greater = operator in (">", ">=")
        cell = most if (function == "any") == greater else least
        compare = intervals.at_most if "=" in operator else intervals.below
        return compare(other, cell) if greater else compare(cell, other)

    return found


def _tested(function: str, values: OperandValues, test: Test, of: Evaluation) -> Truth:
    """Whether any or all cells pass a test. Without cells nothing is known; an unread cell might pass or fail."""
    passed = values.passed[test]
    sure, possible = passed.sure[of.reading], passed.possible[of.reading]
    nothing = passed.count == 0
    if function == "any":
        can_be_true, can_be_false = (possible > 0) | passed.unread, sure == 0
    else:
        can_be_true, can_be_false = possible == passed.count, (sure < passed.count) | passed.unread
    return Truth(can_be_true | nothing, can_be_false | nothing, ~(nothing | passed.unread))


NUMBERS: dict[str, Callable[[Call, Evaluation], Interval]] = {
    "abs": _abs, "round": _round, "sum": _sum, "mean": _mean, "median": _median, "mad": _mad,
    "convert": _convert,
    "min": _total("min", intervals.minimum), "max": _total("max", intervals.maximum), "count": _count,
    "distinct": _of_operand("distinct"), "expected": _of_operand("expected"),
}  # fmt: skip
"""The functions that give a number."""

TRUTHS: dict[str, Callable[[Call, Evaluation], Truth]] = {
    "any": _quantified("any"),
    "all": _quantified("all"),
}
"""The functions that give a condition."""
