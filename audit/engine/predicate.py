"""The predicate of a plan over its checks: verdicts, and both sides of the comparison that decided.

The expression is evaluated twice (see `evaluation`): with the figures as stated (a range is the range it states), and
with the intervals that their words and their rounding allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from audit.engine.evaluation import Compared, OneReading, choose
from audit.engine.exact import Booleans
from audit.engine.intervals import Interval
from audit.engine.operand_values import OperandValues
from audit.language.expression import (
    Expression,
    names,
)  # fmt: skip
from audit.language.rule import Tolerance
from audit.model.frozen import frozen

HOLDS, RECONCILABLE, VIOLATED, UNTESTABLE = range(4)


@frozen
class Sides:
    """Left and right of the deciding comparison, as stated and as allowed."""

    left: Interval
    right: Interval
    left_allowed: Interval
    right_allowed: Interval


@frozen
class Judgement:
    """The verdict of every check, and what was compared as stated."""

    verdicts: np.ndarray[Any, np.dtype[np.int8]]
    compared: tuple[Compared, ...]


def judge(
    check: Expression, operands: Mapping[str, OperandValues], length: int, tolerance: Tolerance,
    as_they_stand: bool = False,
) -> Judgement:  # fmt: skip
    """The verdict of every check.

    What is not known as stated is untestable, but violated where a blank lies within limits that do not allow it: then
    nothing that might be filled in makes it true. Of numbers `as_they_stand` nothing is allowed that is not stated, but
    for what a program printed of a float behind its last meaning digit: what holds but for that holds.
    """
    reading = OneReading(operands, length, tolerance, reading=0)
    stated = reading.truth(check)
    verdicts = np.full(length, HOLDS, dtype=np.int8)
    left = np.flatnonzero(~stated.can_be_true | (stated.can_be_false & ~stated.known))
    if len(left):
        own = {name: operands[name].at(left) for name in set(names(check))}
        allowed = OneReading(own, len(left), tolerance, reading=1).truth(check)
        supposed = reduce(or_, (values.supposed for values in own.values()), np.zeros(len(left), dtype=bool))
        impossible = supposed & allowed.known & ~allowed.can_be_true
        verdicts[left] = np.where(
            stated.can_be_true[left],
            np.where(impossible, VIOLATED, UNTESTABLE),
            np.where(allowed.can_be_true, HOLDS if as_they_stand else RECONCILABLE, VIOLATED),
        )
    return Judgement(verdicts, tuple(reading.compared))


def sides_of(
    check: Expression, operands: Mapping[str, OperandValues], length: int, tolerance: Tolerance,
    stated: Sequence[Compared],
) -> Sides | None:  # fmt: skip
    """Both sides of the comparison that decided each check, `stated` being what was compared as stated; None where
    nothing numeric is compared."""
    if not stated:
        return None
    allowed = OneReading(operands, length, tolerance, reading=1)
    allowed.truth(check)
    return _deciding(list(zip(stated, allowed.compared, strict=True)))


def true_as_stated(condition: Expression, operands: Mapping[str, OperandValues], length: int) -> Booleans:
    """Where a condition is surely true as stated; a missing operand makes it not so."""
    truth = OneReading(operands, length, Tolerance(), reading=0).truth(condition)
    return truth.known & truth.can_be_true & ~truth.can_be_false


def _deciding(pairs: Sequence[tuple[Compared, Compared]]) -> Sides:
    """In each check the first comparison that is false as stated, else the last one, of those that matter there."""
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
