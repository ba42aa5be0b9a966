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
from audit.language.expression import (
    AGGREGATES, Calculation, Call, Comparison, Expression, Junction, Minus, Missing, Name, Not, Number, Text, children,
)  # fmt: skip
from audit.language.expression import Truth as TruthValue
from audit.language.rule import Tolerance
from audit.model.errors import InputError

HOLDS, RECONCILABLE, VIOLATED, UNTESTABLE = range(4)
Texts = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True, slots=True)
class Bound:
    """What an operand comes to in every check.

    `cell` is the operand used bare, `aggregates` it under each aggregate function, each as (stated, allowed) pair;
    `texts` a text operand; `count` and `absent` say how many cells there are and whether the operand is missing.
    """

    cell: tuple[Interval, Interval] | None
    aggregates: dict[str, tuple[Interval, Interval]]
    texts: Texts | None
    texts_most: Texts | None
    absent: Booleans


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


def judge(check: Expression, operands: Mapping[str, Bound], length: int, tolerance: Tolerance) -> Judgement:
    """The verdict of every check and the sides that were compared (None when nothing numeric is compared)."""
    stated = _Evaluation(operands, length, tolerance, reading=0)
    allowed = _Evaluation(operands, length, tolerance, reading=1)
    as_stated, as_allowed = stated.truth(check), allowed.truth(check)
    unknown = as_stated.can_be_true & as_stated.can_be_false & ~as_stated.known
    verdicts = np.where(
        unknown, UNTESTABLE, np.where(as_stated.can_be_true, HOLDS, np.where(as_allowed.can_be_true, RECONCILABLE, VIOLATED))
    ).astype(np.int8)
    return Judgement(verdicts, _deciding(stated.compared, allowed.compared))


def true_as_stated(condition: Expression, operands: Mapping[str, Bound], length: int) -> Booleans:
    """Where a condition is surely true as stated; a missing operand makes it not so."""
    truth = _Evaluation(operands, length, Tolerance(), reading=0).truth(condition)
    return truth.known & truth.can_be_true & ~truth.can_be_false


def _deciding(stated: list[tuple[Interval, Interval, Truth]], allowed: list[tuple[Interval, Interval, Truth]]) -> Sides | None:
    """In each check the first comparison that is false as stated, else the last one."""
    if not stated:
        return None
    left, right, truth = stated[-1]
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

    def __init__(self, operands: Mapping[str, Bound], length: int, tolerance: Tolerance, reading: int) -> None:
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
            case TruthValue(value):
                return intervals.certain(np.full(self._length, value))
            case Call(function, arguments, _) if function in ("any", "all"):
                return self._quantified(function, arguments[0])
            case Name(name, _) if self._operands[name].texts is not None:
                return self._texts_equal(self._texts(node), self._texts(Text("true")), "==")
            case _:
                raise InputError("“{part}” is a number where a condition is needed; compare it.", part=told(node))

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
                    truth = Truth(truth.can_be_true, truth.can_be_false & ~self._same_point(a, b, slack), truth.known)
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
        return exact.add(absolute, exact.where(np.isfinite(share.high), share, exact.constant(Decimal(0), self._length)))

    def number(self, node: Expression) -> Interval:
        match node:
            case Number(value):
                return intervals.point(value, self._length)
            case Name(name, _):
                return self._cell(name)
            case Minus(operand):
                return intervals.negate(self.number(operand))
            case Calculation(operator, left, right):
                combine = {"+": intervals.add, "-": intervals.subtract, "*": intervals.multiply, "/": intervals.divide,
                           "^": intervals.power}  # fmt: skip
                return combine[operator](self.number(left), self.number(right))
            case Call("abs", (operand,), _):
                return intervals.absolute(self.number(operand))
            case Call("round", (operand, *digits), _):
                return intervals.round_half_away(self.number(operand), _digits(digits))
            case Call(function, arguments, _) if function in AGGREGATES or function == "expected":
                return self._aggregate(function, arguments)
            case _:
                raise InputError("“{part}” is a condition where a number is needed.", part=told(node))

    def _cell(self, name: str) -> Interval:
        bound = self._operands[name]
        if bound.cell is None:
            raise InputError("“{name}” is a text where a number is needed.", name=name)
        return bound.cell[self._reading]

    def _aggregate(self, function: str, arguments: tuple[Expression, ...]) -> Interval:
        """An aggregate of one operand's cells, or of several single numbers: sum(a, b), min(a, b), …"""
        if len(arguments) == 1 and isinstance(arguments[0], Name):
            found = self._operands[arguments[0].name].aggregates.get(function)
            if found is None:
                raise InputError("{name}() has no meaning for the text “{operand}”.", name=function, operand=arguments[0].name)
            return found[self._reading]
        if function == "count":
            present = [(~self._absent(argument)).astype(float) for argument in arguments]
            total = Exact(np.sum(present, axis=0), np.zeros(self._length))
            return Interval(total, total)
        values = [self._aggregate(function, (a,)) if isinstance(a, Name) and self._is_many(a) else self.number(a) for a in arguments]
        combine = {"sum": intervals.add, "mean": intervals.add, "min": intervals.minimum, "max": intervals.maximum}.get(function)
        if combine is None:
            raise InputError("{name}() takes one operand.", name=function)
        result = values[0]
        for value in values[1:]:
            result = combine(result, value)
        return intervals.divide(result, intervals.point(Decimal(len(values)), self._length)) if function == "mean" else result

    def _is_many(self, name: Name) -> bool:
        return "sum" in self._operands[name.name].aggregates

    def _quantified(self, function: str, condition: Expression) -> Truth:
        """any/all of a comparison of an operand's cells with something else, by their least and greatest cell."""
        if isinstance(condition, Name):
            bound = self._operands[condition.name]
            texts = bound.texts_most if function == "any" else bound.texts
            if texts is not None:
                return self._texts_equal(texts, self._texts(Text("true")), "==")
        if not isinstance(condition, Comparison) or not isinstance(condition.left, Name):
            raise InputError("{name}() needs a comparison that begins with an operand, e.g. {name}(x > 0).", name=function)
        least, most = self._ends(condition.left.name)
        other = self.number(condition.right)
        operator = condition.operator
        if operator in ("==", "!="):
            inside = intervals.both(intervals.equals(least, other), intervals.equals(most, other))
            if (function, operator) == ("all", "=="):
                return inside
            if (function, operator) == ("any", "!="):
                return intervals.opposite(inside)
            raise InputError("{name}(x {operator} …) is not told by the least and the greatest cell; count a selection instead.",
                             name=function, operator=operator)  # fmt: skip
        greater = operator in (">", ">=")
        cell = most if (function == "any") == greater else least
        compare = intervals.at_most if "=" in operator else intervals.below
        return compare(other, cell) if greater else compare(cell, other)

    def _ends(self, name: str) -> tuple[Interval, Interval]:
        bound = self._operands[name]
        return bound.aggregates["min"][self._reading], bound.aggregates["max"][self._reading]

    def _absent(self, node: Expression) -> Booleans:
        if isinstance(node, Name):
            return self._operands[node.name].absent
        if self._is_text(node):
            return np.equal(self._texts(node), None)
        return self.number(node).missing

    def _is_text(self, node: Expression) -> bool:
        if isinstance(node, Name):
            return self._operands[node.name].texts is not None
        if isinstance(node, Call) and node.function in ("min", "max") and len(node.arguments) == 1:
            return self._is_text(node.arguments[0])
        return isinstance(node, Text | TruthValue)

    def _texts(self, node: Expression) -> Texts:
        match node:
            case Text(value):
                return np.full(self._length, value, dtype=object)
            case TruthValue(value):
                return np.full(self._length, str(value).lower(), dtype=object)
            case Name(name, _) if (texts := self._operands[name].texts) is not None:
                return texts
            case Call("min", (Name() as inner,), _):
                return self._texts(inner)
            case Call("max", (Name(name, _),), _) if (texts := self._operands[name].texts_most) is not None:
                return texts
            case _:
                raise InputError("“{part}” is a number compared with a text.", part=told(node))

    def _texts_equal(self, a: Texts, b: Texts, operator: str) -> Truth:
        known = ~(np.equal(a, None) | np.equal(b, None))
        left, right = np.where(known, a, ""), np.where(known, b, "")
        comparisons = {"==": left == right, "!=": left != right, "<": left < right, "<=": left <= right,
                       ">": left > right, ">=": left >= right}  # fmt: skip
        value = np.asarray(comparisons[operator], dtype=bool)
        return Truth(value | ~known, ~value | ~known, known)


def told(node: Expression) -> str:
    """An expression as text, near to how it was written."""
    match node:
        case Number(value):
            return f"{value:f}"
        case Text(value):
            return f'"{value}"'
        case TruthValue(value):
            return str(value).lower()
        case Name(name, _):
            return name
        case Calculation(operator, left, right) | Comparison(operator, left, right) | Junction(operator, left, right):
            return f"{told(left)} {operator} {told(right)}"
        case Call(function, arguments, _):
            return f"{function}({', '.join(told(a) for a in arguments)})"
        case Minus():
            return "-" + told(children(node)[0])
        case Not():
            return "not " + told(children(node)[0])
        case Missing():
            return told(children(node)[0]) + " is missing"


def _digits(arguments: list[Expression]) -> int:
    if not arguments:
        return 0
    if isinstance(arguments[0], Number) and arguments[0].value == int(arguments[0].value):
        return int(arguments[0].value)
    raise InputError("round(x, n) needs a whole number of digits, not “{part}”.", part=told(arguments[0]))


def _size(a: Interval) -> Exact:
    return exact.maximum(exact.absolute(a.low), exact.absolute(a.high))


def _lowered(a: Interval, slack: Exact | None) -> Interval:
    if slack is None:
        return a
    return Interval(exact.subtract(a.low, slack), exact.subtract(a.high, slack))
