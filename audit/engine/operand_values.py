"""What an operand comes to in every check of a plan: its cell or its aggregates, and where it is missing."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from audit.engine import exact
from audit.engine.exact import Booleans, Floats
from audit.engine.groups import Groups, Pair
from audit.engine.intake import Ends
from audit.engine.intervals import Interval
from audit.engine.keys import Integers
from audit.engine.plan_keys import Keys
from audit.engine.vocabulary import Texts, Vocabulary
from audit.language.plan import Operand, Plan
from audit.language.typing import Test

_ASKING: dict[str, Set[str]] = {
    "sum": {"sum", "mean"}, "min": {"min", "any", "all"}, "max": {"max", "any", "all"},
}  # fmt: skip
"""What is worked out of the cells of an aggregate, and the functions that ask for it."""


@dataclass(frozen=True, slots=True)
class Passed:
    """How many cells of an operand surely and possibly pass a test, each (as stated, as allowed).

    `count` is how many cells there are; `unread` where some cell cannot be read, so that it might pass or fail.
    """

    sure: tuple[Floats, Floats]
    possible: tuple[Floats, Floats]
    count: Floats
    unread: Booleans


@dataclass(frozen=True, slots=True)
class OperandValues:
    """What an operand comes to in every check.

    `cell` is the operand used bare, `aggregates` it under each aggregate function, each as (stated, allowed) pair;
    `texts` a text operand, None where it is missing (of several the least), `texts_most` the greatest; `passed` its
    tests; `absent` says where the operand is missing, `twice` where a cell is stated with two values, `count` how many
    cells are stated.
    """

    cell: tuple[Interval, Interval] | None
    aggregates: dict[str, tuple[Interval, Interval]]
    texts: Texts | None
    texts_most: Texts | None
    passed: dict[Test, Passed]
    absent: Booleans
    twice: Booleans
    count: Floats


def values_of(
    operand: Operand, groups: Groups, places: Integers, keys: Keys, plan: Plan
) -> tuple[OperandValues, Booleans]:
    """What an operand comes to at each key, and the keys that its `missing: skip` leaves out.

    An operand is missing when it has no cell, when one that it should have is not there, or, in an aggregate, when a
    cell's row states nothing. `missing: zero` takes what is not there as nothing; stated twice is never resolved.
    """
    count, blank, twice = groups.count[places], groups.blank[places], groups.twice[places]
    due = _expected(operand, keys, plan, groups.cells.vocabulary)
    lacking = (count == 0) | (count < due) | ((blank > 0) if operand.many else False)
    skipped = lacking if operand.policy == "skip" else np.zeros(len(places), dtype=bool)
    absent = twice | (lacking if operand.policy != "zero" else np.zeros(len(places), dtype=bool))
    unread = twice | ((blank > 0) & (operand.policy != "zero"))
    counted = {"count": exact.whole(count), "expected": exact.whole(due)}
    aggregates: dict[str, Pair] = {name: (Interval(n, n),) * 2 for name, n in counted.items()}
    if "distinct" in operand.aggregates:
        distinct = exact.blanked(
            exact.whole(groups.distinct[places]), (blank > 0) & (operand.policy != "zero")
        )
        aggregates["distinct"] = (Interval(distinct, distinct),) * 2
    passed = {}
    for test in operand.tests:
        sure, may, surely, maybe = (number[places] for number in groups.passing(test))
        passed[test] = Passed((sure, surely), (may, maybe), count, unread)
    if not isinstance(groups.cells.content, Ends):
        unknown = lacking | twice if operand.column else lacking
        if operand.column:
            least, most = (_unless(unknown, texts[places]) for texts in groups.texts)
        else:
            least = most = np.full(len(places), None, dtype=object)
        return OperandValues(None, aggregates, least, most, passed, unknown, twice, count), skipped
    for kind, functions in _ASKING.items():
        if operand.aggregates & functions or (kind == "sum" and not operand.many):
            hidden = absent if kind == "sum" else absent | (count == 0)
            aggregates[kind] = tuple(_gathered(i, places, hidden) for i in groups.totals(kind))  # type: ignore[assignment]
    return OperandValues(aggregates.get("sum"), aggregates, None, None, passed, absent, twice, count), skipped


def _gathered(interval: Interval, places: Integers, hidden: Booleans) -> Interval:
    low = exact.blanked(exact.take(interval.low, places), hidden)
    return Interval(
        low,
        low if interval.high is interval.low else exact.blanked(exact.take(interval.high, places), hidden),
    )


def _expected(operand: Operand, keys: Keys, plan: Plan, vocabulary: Vocabulary) -> Floats:
    """How many cells an operand must have at each key."""
    if None in operand.expected:
        return np.full(len(keys), float(len(operand.expected[None])))
    if not operand.expected or not operand.many:
        return np.zeros(len(keys))
    members = [member for member in operand.expected if member is not None]
    sizes = np.zeros(len(vocabulary) + 1)
    sizes[vocabulary.codes(members)] = [len(operand.expected[member]) for member in members]
    sizes[-1] = 0
    return sizes[keys.dimensions[operand.links[0].dimension]]


def _unless(unknown: Booleans, texts: Texts) -> Texts:
    """The texts, None where they are unknown."""
    known = texts.copy()
    known[unknown] = None
    return known
