"""What an operand comes to in every check of a plan: its cell or its aggregates, and where it is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from audit.engine import exact
from audit.engine.exact import Booleans, Floats
from audit.engine.figures import Ends
from audit.engine.groups import Groups
from audit.engine.intervals import Interval, single
from audit.engine.keys import Integers, Places, in_turn
from audit.engine.others import Others
from audit.engine.plan_keys import Keys
from audit.engine.printed_floats import Alike
from audit.engine.sums import Pair
from audit.engine.vocabulary import Recoding, Texts, Vocabulary
from audit.language.functions import FUNCTIONS, Total
from audit.language.plan import Operand
from audit.language.uses import Test
from audit.model.frozen import frozen


@frozen
class Passed:
    """How many cells of an operand surely and possibly pass a test, each (as stated, as allowed).

    `count` is how many cells there are; `unread` where some cell cannot be read, so that it might pass or fail.
    """

    sure: tuple[Floats, Floats]
    possible: tuple[Floats, Floats]
    count: Floats
    unread: Booleans

    def at(self, checks: Integers) -> Passed:
        """The counts at the given checks."""
        (sure, surely), (may, maybe) = self.sure, self.possible
        return Passed(
            (sure[checks], surely[checks]), (may[checks], maybe[checks]), self.count[checks], self.unread[checks]
        )  # fmt: skip


@frozen
class OperandValues:
    """What an operand comes to in every check.

    `cell` is the operand used bare, `aggregates` its totals and counts, `weighted` its sums by weight, each as (stated,
    allowed) pair;
    `texts` a text operand, blank where it is missing (of several the least), `texts_most` the greatest; `passed` its
    tests; `absent` says where the operand is missing, `supposed` where it is so only as stated, since what is blank lies
    within the limits of its column; `twice` where a cell is stated with two values, `count` how many cells are stated.
    """

    cell: Pair | None
    aggregates: dict[str, Pair]
    weighted: dict[str, Pair]
    texts: Texts | None
    texts_most: Texts | None
    passed: dict[Test, Passed]
    absent: Booleans
    supposed: Booleans
    twice: Booleans
    count: Floats
    alike: Alike | None = None

    def at(self, checks: Integers) -> OperandValues:
        """What the operand comes to in the given checks."""

        def pairs(named: dict[str, Pair]) -> dict[str, Pair]:
            return {
                name: (stated.at(checks), allowed.at(checks)) for name, (stated, allowed) in named.items()
            }

        aggregates = pairs(self.aggregates)
        return OperandValues(
            cell=self.cell and aggregates["sum"],
            aggregates=aggregates,
            weighted=pairs(self.weighted),
            texts=None if self.texts is None else self.texts.at(checks),
            texts_most=None if self.texts_most is None else self.texts_most.at(checks),
            passed={test: passed.at(checks) for test, passed in self.passed.items()},
            absent=self.absent[checks],
            supposed=self.supposed[checks],
            twice=self.twice[checks],
            count=self.count[checks],
            alike=self.alike,
        )

    def recoded(self, vocabulary: Vocabulary, code_of: Recoding) -> OperandValues:
        """The same, its texts by their codes in another vocabulary."""
        texts, most = (one and one.recoded(vocabulary, code_of) for one in (self.texts, self.texts_most))
        return replace(self, texts=texts, texts_most=most)


def values_of(
    operand: Operand, groups: Groups | Others, places: Integers, keys: Keys
) -> tuple[OperandValues, Booleans]:
    """What an operand comes to at each key, and the keys that its `missing: skip` leaves out."""
    at = in_turn(places)
    count, blank, twice = groups.count[at], groups.blank[at], groups.twice[at]
    due = _expected(operand, keys, groups.cells.vocabulary)
    lacking = _lacking(operand, count, blank, due)
    skipped = lacking if operand.policy == "skip" else np.zeros(len(places), dtype=bool)
    absent = twice | lacking
    within = groups.supposed[at]
    supposed = absent & ~twice & (within > 0) & ((count + blank >= due) | (operand.policy == "zero"))
    unread = twice | ((blank > 0) & (operand.policy != "known"))
    aggregates: dict[str, Pair] = {}
    asked = operand.aggregates or {"count", "expected", "mean"}
    if "count" in asked:
        aggregates["count"] = (single(exact.whole(count)),) * 2
    if "expected" in asked:
        aggregates["expected"] = (single(exact.whole(due)),) * 2
    if "mean" in asked:
        aggregates["averaged"] = single(exact.whole(count)), single(exact.whole(count + within))
    if "distinct" in asked:
        aggregates["distinct"] = (
            single(exact.blanked(exact.whole(groups.distinct[at]), unread & ~twice)),
        ) * 2
    passed = {}
    for test in operand.tests:
        sure, may, surely, maybe = (number[at] for number in groups.passing(test))
        passed[test] = Passed((sure, surely), (may, maybe), count, unread)
    if not isinstance(groups.cells.content, Ends):
        unknown = lacking | (count == 0) | (twice if operand.column else False)
        if operand.column:
            least, most = (texts.at(at, unknown) for texts in groups.texts)
        else:
            least = most = Texts(groups.cells.vocabulary, np.zeros(len(places), dtype=np.int32))
        nothing = np.zeros(len(places), dtype=bool)
        return OperandValues(
            None, aggregates, {}, least, most, passed, unknown, nothing, twice, count
        ), skipped
    hidden = absent, absent & ~supposed
    for kind in _totals_asked(operand):
        empty = (False, False) if kind == "sum" else (count == 0, count + within == 0)
        aggregates[kind] = _gathered(groups.totals(kind), at, (hidden[0] | empty[0], hidden[1] | empty[1]))
    weighted = {name: _gathered(groups.weighted(name), at, hidden) for name in operand.weights}
    cell = aggregates.get("sum")
    return OperandValues(
        cell,
        aggregates,
        weighted,
        None,
        None,
        passed,
        absent,
        supposed,
        twice,
        count,
        groups.cells.content.alike,
    ), skipped


def _lacking(operand: Operand, count: Floats, blank: Floats, due: Floats) -> Booleans:
    """Where an operand is missing, as its policy has it (see `Policy`).

    Cells may be absent (there is no row, or fewer than are due) or blank (a row that states nothing): two things.
    """
    match operand.policy:
        case "zero":
            return np.asarray(blank > 0)
        case "known":
            return np.asarray(count == 0)
        case _:
            return np.asarray((count == 0) | (count < due) | (blank > 0 if operand.many else False))


def _totals_asked(operand: Operand) -> list[Total]:
    """What is worked out of the cells of an operand; of one that stands alone its sum, which is its one cell."""
    asked = {total for function in operand.aggregates for total in FUNCTIONS[function].asks}
    return sorted(asked if operand.many else {"sum"})


def _gathered(pair: Pair, places: Places, hidden: tuple[Booleans, Booleans]) -> Pair:
    """Stated and allowed totals at the places of groups, each missing where hidden."""
    stated, allowed = (_at(interval, places, none) for interval, none in zip(pair, hidden, strict=True))
    return stated, allowed


def _at(interval: Interval, places: Places, hidden: Booleans) -> Interval:
    low = exact.blanked(exact.take(interval.low, places), hidden)
    if interval.high is interval.low:
        return single(low)
    return Interval(low, exact.blanked(exact.take(interval.high, places), hidden))


def _expected(operand: Operand, keys: Keys, vocabulary: Vocabulary) -> Floats:
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
