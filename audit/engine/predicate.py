"""The predicate of a plan over its checks: verdicts, and both sides of the comparison that decided.

The expression is evaluated twice (see `evaluation`): with the figures as stated (a range is the range it states), and
with the intervals that their words and their rounding allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from audit.engine.evaluation import Compared, OneReading, choose
from audit.engine.exact import Booleans
from audit.engine.intervals import Interval
from audit.engine.keys import Integers
from audit.engine.operand_values import OperandValues
from audit.language.expression import (
    Expression,
    names,
)  # fmt: skip
from audit.language.rule import Tolerance

HOLDS, RECONCILABLE, VIOLATED, UNTESTABLE = range(4)


@dataclass(frozen=True, slots=True)
class Sides:
    """Left and right of the deciding comparison, as stated and as allowed."""

    left: Interval
    right: Interval
    left_allowed: Interval
    right_allowed: Interval

    def at(self, checks: Integers) -> Sides:
        """The sides of the given checks."""
        both = self.left, self.right, self.left_allowed, self.right_allowed
        return Sides(*(side.at(checks) for side in both))


@dataclass(frozen=True, slots=True)
class Judgement:
    verdicts: np.ndarray[Any, np.dtype[np.int8]]
    sides: Sides | None


def judge(
    check: Expression, operands: Mapping[str, OperandValues], length: int, tolerance: Tolerance,
    as_they_stand: bool = False,
) -> Judgement:  # fmt: skip
    """The verdict of every check and the sides that were compared (None when nothing numeric is compared).

    What is not known as stated is untestable, but violated where a blank lies within limits that do not allow it: then
    nothing that might be filled in makes it true. Of numbers `as_they_stand` nothing is allowed that is not stated, but
    for what a program printed of a float behind its last meaning digit: what holds but for that holds.
    """
    stated = OneReading(operands, length, tolerance, reading=0)
    allowed = OneReading(operands, length, tolerance, reading=1)
    as_stated, as_allowed = stated.truth(check), allowed.truth(check)
    unknown = as_stated.can_be_true & as_stated.can_be_false & ~as_stated.known
    supposed = reduce(or_, (operands[name].supposed for name in names(check)), np.zeros(length, dtype=bool))
    impossible = supposed & as_allowed.known & ~as_allowed.can_be_true
    explained = HOLDS if as_they_stand else RECONCILABLE
    verdicts = np.where(
        unknown,
        np.where(impossible, VIOLATED, UNTESTABLE),
        np.where(as_stated.can_be_true, HOLDS, np.where(as_allowed.can_be_true, explained, VIOLATED)),
    ).astype(np.int8)
    return Judgement(verdicts, _deciding(stated.compared, allowed.compared))


def true_as_stated(condition: Expression, operands: Mapping[str, OperandValues], length: int) -> Booleans:
    """Where a condition is surely true as stated; a missing operand makes it not so."""
    truth = OneReading(operands, length, Tolerance(), reading=0).truth(condition)
    return truth.known & truth.can_be_true & ~truth.can_be_false


def _deciding(stated: list[Compared], allowed: list[Compared]) -> Sides | None:
    """In each check the first comparison that is false as stated, else the last one, of those that matter there."""
    if not stated:
        return None
    pairs = list(zip(stated, allowed, strict=True))
    sides = _sides(*pairs[0])
    for one, other in pairs[1:]:
        sides = _sides(one, other) if one.asked is None else _chosen(one.asked, _sides(one, other), sides)
    for one, other in reversed(pairs):
        wrong = one.truth.known & ~one.truth.can_be_true
        wrong |= ~one.truth.known & other.truth.known & ~other.truth.can_be_true
        sides = _chosen(wrong if one.asked is None else wrong & one.asked, _sides(one, other), sides)
    return sides


def _sides(stated: Compared, allowed: Compared) -> Sides:
    return Sides(stated.left, stated.right, allowed.left, allowed.right)


def _chosen(condition: Booleans, yes: Sides, no: Sides) -> Sides:
    return Sides(
        choose(condition, yes.left, no.left),
        choose(condition, yes.right, no.right),
        choose(condition, yes.left_allowed, no.left_allowed),
        choose(condition, yes.right_allowed, no.right_allowed),
    )
