"""The predicate of a plan over its checks: verdicts, and both sides of the comparison that decided.

The expression is evaluated twice over whole columns: with the figures as stated (a range is the range it states), and
with the intervals that their words and their rounding allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from audit.engine import exact, intervals
from audit.engine.exact import Booleans, Exact
from audit.engine.intervals import Interval, Truth
from audit.engine.operand_values import OperandValues
from audit.engine.vocabulary import Texts
from audit.language.expression import (
    Calculation,
    Call,
    Comparison,
    Expression,
    Junction,
    Minus,
    Missing,
    Name,
    Not,
    Number,
    Text,
)  # fmt: skip
from audit.language.expression import Truth as TruthValue
from audit.language.rule import Tolerance
from audit.language.typing import Test, constant_of, digits_of

HOLDS, RECONCILABLE, VIOLATED, UNTESTABLE = range(4)


@dataclass(frozen=True, slots=True)
class Sides:
    """Left and right of the deciding comparison, as stated and as allowed."""

    left: Interval
    right: Interval
    left_allowed: Interval
    right_allowed: Interval


@dataclass(frozen=True, slots=True)
class Judgement:
    verdicts: np.ndarray[Any, np.dtype[np.int8]]
    sides: Sides | None


def judge(
    check: Expression, operands: Mapping[str, OperandValues], length: int, tolerance: Tolerance
) -> Judgement:
    """The verdict of every check and the sides that were compared (None when nothing numeric is compared)."""
    stated = _Evaluation(operands, length, tolerance, reading=0)
    allowed = _Evaluation(operands, length, tolerance, reading=1)
    as_stated, as_allowed = stated.truth(check), allowed.truth(check)
    unknown = as_stated.can_be_true & as_stated.can_be_false & ~as_stated.known
    verdicts = np.where(
        unknown,
        UNTESTABLE,
        np.where(as_stated.can_be_true, HOLDS, np.where(as_allowed.can_be_true, RECONCILABLE, VIOLATED)),
    ).astype(np.int8)
    return Judgement(verdicts, _deciding(stated.compared, allowed.compared))


def true_as_stated(condition: Expression, operands: Mapping[str, OperandValues], length: int) -> Booleans:
    """Where a condition is surely true as stated; a missing operand makes it not so."""
    truth = _Evaluation(operands, length, Tolerance(), reading=0).truth(condition)
    return truth.known & truth.can_be_true & ~truth.can_be_false


def _deciding(
    stated: list[tuple[Interval, Interval, Truth]], allowed: list[tuple[Interval, Interval, Truth]]
) -> Sides | None:
    """In each check the first comparison that is false as stated, else the last one."""
    if not stated:
        return None
    left, right, _ = stated[-1]
    left_allowed, right_allowed, _ = allowed[-1]
    for (a, b, t), (c, d, _) in zip(reversed(stated[:-1]), reversed(allowed[:-1]), strict=True):
        chosen = t.known & ~t.can_be_true
        left, right = _choose(chosen, a, left), _choose(chosen, b, right)
        left_allowed, right_allowed = _choose(chosen, c, left_allowed), _choose(chosen, d, right_allowed)
    return Sides(left, right, left_allowed, right_allowed)


def _choose(condition: Booleans, yes: Interval, no: Interval) -> Interval:
    return Interval(exact.where(condition, yes.low, no.low), exact.where(condition, yes.high, no.high))


class _Evaluation:
    """One reading of the figures. `compared` collects the numeric comparisons in the order of the expression."""

    def __init__(
        self, operands: Mapping[str, OperandValues], length: int, tolerance: Tolerance, reading: int
    ) -> None:
        self._operands = operands
        self._length = length
        self._tolerance = tolerance
        self._reading = reading
        self.compared: list[tuple[Interval, Interval, Truth]] = []

    def truth(self, node: Expression) -> Truth:
        match node:
            case Comparison(operator, left, right):
                return self._compare(operator, left, right)
            case Junction("and", left, right):
                return intervals.both(self.truth(left), self.truth(right))
            case Junction(_, left, right):
                return intervals.either(self.truth(left), self.truth(right))
            case Not(operand):
                kept = len(self.compared)
                truth = intervals.opposite(self.truth(operand))
                del self.compared[kept:]
                return truth
            case Missing(operand):
                return intervals.certain(self._absent(operand))
            case TruthValue(None):
                return intervals.undecided(self._length)
            case TruthValue(value):
                return intervals.certain(np.full(self._length, value))
            case Call(function, (condition,), _):
                return self._quantified(function, condition)
            case _:
                return self._texts_equal(self._texts(node), self._texts(TruthValue(True)), "==")

    def _compare(self, operator: str, left: Expression, right: Expression) -> Truth:
        if self._is_text(left) or self._is_text(right):
            return self._texts_equal(self._texts(left), self._texts(right), operator)
        a, b = self.number(left), self.number(right)
        slack = self._slack(a, b)
        wide = intervals.widen(a, slack) if slack is not None else a
        match operator:
            case "==":
                truth = intervals.equals(wide, b)
                if slack is not None:
                    truth = Truth(
                        truth.can_be_true, truth.can_be_false & ~self._same_point(a, b, slack), truth.known
                    )
            case "!=":
                truth = intervals.opposite(intervals.equals(wide, b))
            case "<=":
                truth = intervals.at_most(_lowered(a, slack), b)
            case ">=":
                truth = intervals.at_most(_lowered(b, slack), a)
            case "<":
                truth = intervals.below(a, b)
            case _:
                truth = intervals.below(b, a)
        self.compared.append((a, b, truth))
        return truth

    def _same_point(self, a: Interval, b: Interval, slack: Exact) -> Booleans:
        point = exact.equal(a.low, a.high) & exact.equal(b.low, b.high)
        return point & exact.less_or_equal(exact.absolute(exact.subtract(a.low, b.low)), slack)

    def _slack(self, a: Interval, b: Interval) -> Exact | None:
        """The tolerance of each check: absolute plus a share of the larger side's size; None for none."""
        if not self._tolerance.absolute and not self._tolerance.relative:
            return None
        absolute = exact.constant(self._tolerance.absolute, self._length)
        if not self._tolerance.relative:
            return absolute
        size = exact.maximum(_size(a), _size(b))
        share = exact.multiply(size, exact.constant(self._tolerance.relative, self._length))
        return exact.add(
            absolute, exact.where(share.kinds == 0, share, exact.constant(Decimal(0), self._length))
        )

    def number(self, node: Expression) -> Interval:
        match node:
            case Number(value):
                return intervals.point(value, self._length)
            case Minus(operand):
                return intervals.negate(self.number(operand))
            case Calculation(operator, left, right):
                return _ARITHMETIC[operator](self.number(left), self.number(right))
            case Call("abs", (operand,), _):
                return intervals.absolute(self.number(operand))
            case Call("round", (operand, *digits), _):
                return intervals.round_half_away(
                    self.number(operand), (digits_of(digits[0]) if digits else 0) or 0
                )
            case Call("count", (Comparison(operator, Name(name, _), constant),), _):
                return self._counted(name, Test(operator, constant_of(constant)))  # type: ignore[arg-type]
            case Call(function, (Name(name, _),), _):
                return self._aggregate(function, self._operands[name])
            case Call(function, arguments, _):
                return self._among(function, arguments)
            case Name(name, _):
                cell = self._operands[name].cell
                assert cell is not None, "types are checked before"
                return cell[self._reading]
        raise AssertionError("types are checked before")

    def _counted(self, name: str, test: Test) -> Interval:
        """How many cells pass a test: from those that surely do to those that may; missing where any is unread."""
        passed = self._operands[name].passed[test]
        least, most = passed.sure[self._reading], passed.possible[self._reading]
        return Interval(*(exact.blanked(exact.whole(n), passed.unread) for n in (least, most)))

    def _aggregate(self, function: str, values: OperandValues) -> Interval:
        if function != "mean":
            return values.aggregates[function][self._reading]
        return intervals.divide(
            values.aggregates["sum"][self._reading], values.aggregates["count"][self._reading]
        )

    def _among(self, function: str, arguments: tuple[Expression, ...]) -> Interval:
        """An aggregate of several single numbers: sum(a, b), min(a, b), count(a, b), …"""
        if function == "count":
            stated = [(~self._absent(argument)).astype(float) for argument in arguments]
            total = exact.whole(np.sum(stated, axis=0))
            return Interval(total, total)
        values = [self.number(argument) for argument in arguments]
        combine = {"min": intervals.minimum, "max": intervals.maximum}.get(function, intervals.add)
        result = values[0]
        for value in values[1:]:
            result = combine(result, value)
        return (
            intervals.divide(result, intervals.point(Decimal(len(values)), self._length))
            if function == "mean"
            else result
        )

    def _quantified(self, function: str, condition: Expression) -> Truth:
        """any/all of a comparison: by the counts of a test, or by the least and the greatest cell."""
        if isinstance(condition, Name):
            return self._tested(function, condition.name, Test("==", "true"))
        assert isinstance(condition, Comparison) and isinstance(condition.left, Name), (
            "types are checked before"
        )
        operator, name, right = condition.operator, condition.left.name, condition.right
        if isinstance(right, Number | Text | TruthValue):
            return self._tested(function, name, Test(operator, constant_of(right)))
        other = self.number(right)
        least, most = (self._operands[name].aggregates[end][self._reading] for end in ("min", "max"))
        greater = operator in (">", ">=")
        cell = most if (function == "any") == greater else least
        compare = intervals.at_most if "=" in operator else intervals.below
        return compare(other, cell) if greater else compare(cell, other)

    def _tested(self, function: str, name: str, test: Test) -> Truth:
        """Whether any or all cells pass a test. Without cells nothing is known; an unread cell might pass or fail."""
        passed = self._operands[name].passed[test]
        sure, possible = passed.sure[self._reading], passed.possible[self._reading]
        nothing = passed.count == 0
        if function == "any":
            can_be_true, can_be_false = (possible > 0) | passed.unread, sure == 0
        else:
            can_be_true, can_be_false = possible == passed.count, (sure < passed.count) | passed.unread
        return Truth(can_be_true | nothing, can_be_false | nothing, ~(nothing | passed.unread))

    def _absent(self, node: Expression) -> Booleans:
        if isinstance(node, Name):
            return self._operands[node.name].absent
        if self._is_text(node):
            return _blank(self._texts(node))
        return self.number(node).missing

    def _is_text(self, node: Expression) -> bool:
        match node:
            case Name(name, _):
                return self._operands[name].texts is not None
            case Call("min" | "max", (Name() as inner,), _):
                return self._is_text(inner)
            case _:
                return isinstance(node, Text | TruthValue)

    def _texts(self, node: Expression) -> Texts:
        """The texts of a part; None where it is missing."""
        match node:
            case Name(name, _):
                texts = self._operands[name].texts
                assert texts is not None, "types are checked before"
                return texts
            case Call(function, (Name(name, _),), _):
                values = self._operands[name]
                texts = values.texts if function == "min" else values.texts_most
                assert texts is not None, "types are checked before"
                return texts
            case Text() | TruthValue():
                return np.full(self._length, constant_of(node), dtype=object)
        raise AssertionError("types are checked before")

    def _texts_equal(self, a: Texts, b: Texts, operator: str) -> Truth:
        known = ~(_blank(a) | _blank(b))
        left, right = np.where(known, a, ""), np.where(known, b, "")
        comparisons = {"==": left == right, "!=": left != right, "<": left < right, "<=": left <= right,
                       ">": left > right, ">=": left >= right}  # fmt: skip
        value = np.asarray(comparisons[operator], dtype=bool)
        return Truth(value | ~known, ~value | ~known, known)


_ARITHMETIC = {
    "+": intervals.add, "-": intervals.subtract, "*": intervals.multiply, "/": intervals.divide, "^": intervals.power,
}  # fmt: skip


def _size(a: Interval) -> Exact:
    return exact.maximum(exact.absolute(a.low), exact.absolute(a.high))


def _lowered(a: Interval, slack: Exact | None) -> Interval:
    if slack is None:
        return a
    return Interval(exact.subtract(a.low, slack), exact.subtract(a.high, slack))


def _blank(texts: Texts) -> Booleans:
    """Where there is no text."""
    return np.asarray(np.equal(texts, np.array(None, dtype=object)), dtype=bool)
