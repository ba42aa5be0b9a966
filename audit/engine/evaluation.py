"""An expression evaluated over whole columns, in one reading of the figures: as stated, or as allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import numpy as np

from audit.engine import exact, intervals
from audit.engine.exact import Booleans, Exact
from audit.engine.functions import NUMBERS, TRUTHS
from audit.engine.intervals import Interval, Truth
from audit.engine.keys import Integers
from audit.engine.operand_values import OperandValues
from audit.engine.printed_floats import alike, meant_alike, ways
from audit.engine.vocabulary import BLANK, Texts
from audit.language.expression import (
    Calculation,
    Call,
    Choice,
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
from audit.language.uses import constant_of, divides
from audit.model.frozen import frozen


@frozen
class Compared:
    """A comparison of numbers and its truth; `asked` is where it matters, None for everywhere."""

    left: Interval
    right: Interval
    truth: Truth
    asked: Booleans | None = None

    def at(self, checks: Integers) -> Compared:
        """The comparison in the given checks."""
        asked = None if self.asked is None else self.asked[checks]
        return Compared(self.left.at(checks), self.right.at(checks), self.truth.at(checks), asked)


def choose(condition: Booleans, yes: Interval, no: Interval) -> Interval:
    return Interval(exact.where(condition, yes.low, no.low), exact.where(condition, yes.high, no.high))


class OneReading:
    """One reading of the figures. `compared` collects the numeric comparisons in the order of the expression."""

    def __init__(
        self, operands: Mapping[str, OperandValues], length: int, tolerance: Tolerance, reading: int
    ) -> None:
        self._operands = operands
        self.length = length
        self._tolerance = tolerance
        self.reading = reading
        self.compared: list[Compared] = []

    def values(self, operand: str) -> OperandValues:
        return self._operands[operand]

    def truth(self, node: Expression) -> Truth:
        match node:
            case Comparison(operator, left, right):
                return self._compare(operator, left, right)
            case Junction("and", left, right):
                return intervals.both(self.truth(left), self.truth(right))
            case Junction(_, left, right):
                return intervals.either(self.truth(left), self.truth(right))
            case Not(operand):
                return intervals.opposite(self._premise(operand))
            case Missing(operand):
                return intervals.certain(self.absent(operand))
            case TruthValue(None):
                return intervals.undecided(self.length)
            case TruthValue(value):
                return intervals.certain(np.full(self.length, value))
            case Choice(premise, chosen, otherwise):
                return self._chosen(premise, chosen, otherwise)
            case Call(function, _, _):
                return TRUTHS[function](node, self)
            case _:
                return self._texts_equal(self._texts(node), self._texts(TruthValue(True)), "==")

    def _chosen(self, premise: Expression, chosen: Expression, otherwise: Expression) -> Truth:
        """`chosen` where the premise is true, `otherwise` where it is false; what both say, where that is not known."""
        given = self._premise(premise)
        denied = intervals.opposite(given)
        one = self._within(chosen, given)
        other = self._within(otherwise, denied)
        decided = intervals.either(intervals.both(given, one), intervals.both(denied, other))
        return intervals.either(decided, intervals.both(one, other))

    def _premise(self, premise: Expression) -> Truth:
        """The truth of a premise; what is compared in it decides nothing."""
        kept = len(self.compared)
        truth = self.truth(premise)
        del self.compared[kept:]
        return truth

    def _within(self, branch: Expression, given: Truth) -> Truth:
        """The truth of a branch, whose comparisons matter only where its premise may be true."""
        kept = len(self.compared)
        truth = self.truth(branch)
        for place in range(kept, len(self.compared)):
            one = self.compared[place]
            asked = given.can_be_true if one.asked is None else one.asked & given.can_be_true
            self.compared[place] = replace(one, asked=asked)
        return truth

    def _compare(self, operator: str, left: Expression, right: Expression) -> Truth:
        if self._is_text(left) or self._is_text(right):
            return self._texts_equal(self._texts(left), self._texts(right), operator)
        a, b = self.number(left), self.number(right)
        if self.reading == 0 and operator in ("==", "!="):
            a, b = _said(a), _said(b)
        slack = self._slack(a, b)
        if self.reading == 0 and operator == "==":
            slack = self._with_rounding(left, right, slack)
        wide = intervals.widen(a, slack) if slack is not None else a
        match operator:
            case "==" | "!=":
                truth = intervals.equals(wide, b)
                if slack is not None:
                    surely = truth.can_be_false & ~self._same_point(a, b, slack)
                    truth = Truth(truth.can_be_true, surely, truth.known)
                if operator == "!=":
                    truth = intervals.opposite(truth)
            case "<=":
                truth = intervals.at_most(_lowered(a, slack), b)
            case ">=":
                truth = intervals.at_most(_lowered(b, slack), a)
            case "<":
                truth = intervals.below(a, b)
            case _:
                truth = intervals.below(b, a)
        self.compared.append(Compared(a, b, truth))
        return truth

    def _with_rounding(self, left: Expression, right: Expression, slack: Exact | None) -> Exact | None:
        """The tolerance with half a unit of the last digit of a figure that is compared with a quotient.

        A quotient has more digits than anyone states; one that rounds to the stated figure is what the figure says. Noughts
        at the end may be left out: a figure has the decimals that most of its column have, or its own where it has more.
        """
        stated = next((one for one, other in ((left, right), (right, left)) if divides(other)), None)
        operand = self._operands[stated.name] if isinstance(stated, Name) else None
        if operand is None or operand.cell is None or exact.decimals_needed(operand.cell[0].low) is None:
            return slack
        numbers = exact.closed(operand.cell[0].low)
        meant, which = np.unique(
            meant_alike(operand.alike or alike(ways(numbers)), numbers), return_inverse=True
        )
        half = exact.take(exact.of_decimals([Decimal((0, (5,), -n - 1)) for n in meant.tolist()]), which)
        return half if slack is None else exact.add(slack, half)

    def _same_point(self, a: Interval, b: Interval, slack: Exact) -> Booleans:
        point = exact.equal(a.low, a.high) & exact.equal(b.low, b.high)
        return point & exact.less_or_equal(exact.absolute(exact.subtract(a.low, b.low)), slack)

    def _slack(self, a: Interval, b: Interval) -> Exact | None:
        """The tolerance of each check: absolute plus a share of the larger side's size; None for none."""
        if not self._tolerance.absolute and not self._tolerance.relative:
            return None
        absolute = exact.constant(self._tolerance.absolute, self.length)
        if not self._tolerance.relative:
            return absolute
        size = exact.maximum(_size(a), _size(b))
        share = exact.multiply(size, exact.constant(self._tolerance.relative, self.length))
        return exact.add(
            absolute, exact.where(share.kinds == 0, share, exact.constant(Decimal(0), self.length))
        )

    def number(self, node: Expression) -> Interval:
        match node:
            case Number(value):
                return intervals.point(value, self.length)
            case Minus(operand):
                return intervals.negate(self.number(operand))
            case Calculation(operator, left, right):
                return _ARITHMETIC[operator](self.number(left), self.number(right))
            case Choice(premise, chosen, otherwise):
                return self._chosen_number(premise, chosen, otherwise)
            case Call(function, _, _):
                return NUMBERS[function](node, self)
            case Name(name, _):
                cell = self._operands[name].cell
                assert cell is not None, "types are checked before"
                return cell[self.reading]
        raise AssertionError("types are checked before")

    def _chosen_number(self, premise: Expression, chosen: Expression, otherwise: Expression) -> Interval:
        """One of two numbers; from the least to the greatest of both where either is allowed, none where it is not known."""
        given = self._premise(premise)
        yes, no = self.number(chosen), self.number(otherwise)
        either = given.can_be_true & given.can_be_false
        number = choose(given.can_be_true, yes, no)
        hull = Interval(exact.minimum(yes.low, no.low), exact.maximum(yes.high, no.high))
        found = choose(either, hull, number)
        return Interval(exact.blanked(found.low, ~given.known), exact.blanked(found.high, ~given.known))

    def absent(self, node: Expression) -> Booleans:
        if isinstance(node, Name):
            return self._operands[node.name].absent
        if self._is_text(node):
            texts = self._texts(node)
            return texts.codes == BLANK if isinstance(texts, Texts) else np.zeros(self.length, dtype=bool)
        return self.number(node).missing

    def _is_text(self, node: Expression) -> bool:
        match node:
            case Name(name, _):
                return self._operands[name].texts is not None
            case Call("min" | "max", (Name() as inner,), _):
                return self._is_text(inner)
            case _:
                return isinstance(node, Text | TruthValue)

    def _texts(self, node: Expression) -> Texts | str:
        """The texts of a part, or the one text that it is in all checks."""
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
                return str(constant_of(node))
        raise AssertionError("types are checked before")

    def _texts_equal(self, a: Texts | str, b: Texts | str, operator: str) -> Truth:
        """The truth of comparing texts; codes are ordered as their texts are."""
        if isinstance(a, Texts) and isinstance(b, Texts):
            known = (a.codes != BLANK) & (b.codes != BLANK)
            value = _COMPARED[operator](a.codes, b.codes)
        elif isinstance(a, Texts) and isinstance(b, str):
            known, value = a.codes != BLANK, a.vocabulary.span(operator, b)[a.codes]
        elif isinstance(a, str) and isinstance(b, Texts):
            return self._texts_equal(b, a, _TURNED.get(operator, operator))
        else:
            return intervals.certain(np.full(self.length, _COMPARED[operator](a, b)))
        return Truth(value | ~known, ~value | ~known, known)


_ARITHMETIC = {
    "+": intervals.add, "-": intervals.subtract, "*": intervals.multiply, "/": intervals.divide, "^": intervals.power,
}  # fmt: skip


def _said(a: Interval) -> Interval:
    """Numbers as they are said: what is stated as above 5 is stated as 5."""
    low = exact.closed(a.low)
    return intervals.single(low) if a.is_point else Interval(low, exact.closed(a.high))


def _size(a: Interval) -> Exact:
    return exact.maximum(exact.absolute(a.low), exact.absolute(a.high))


def _lowered(a: Interval, slack: Exact | None) -> Interval:
    if slack is None:
        return a
    return Interval(exact.subtract(a.low, slack), exact.subtract(a.high, slack))


_COMPARED: dict[str, Callable[[Any, Any], Any]] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""What an order is when its sides change places."""
