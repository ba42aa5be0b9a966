"""Plans confronted with tables: the rows are read once for all plans, then every check gets its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from audit.engine import exact
from audit.engine.evaluation import Compared
from audit.engine.exact import Booleans, Exact
from audit.engine.frames import Table
from audit.engine.groups import Groups
from audit.engine.intake import Rows, Written, look_through, take_in, ways_written
from audit.engine.keys import Integers
from audit.engine.operand_values import OperandValues, values_of
from audit.engine.others import others_of
from audit.engine.parts import parts
from audit.engine.plan_keys import Keys, groups_of, keys_of
from audit.engine.predicate import Sides, judge, sides_of, true_as_stated
from audit.engine.printed_floats import alike
from audit.engine.sharing import Asked, Memory, asked_by
from audit.engine.stretches import Stretch, divisions
from audit.engine.vocabulary import Vocabulary
from audit.language.expression import names
from audit.language.plan import Plan
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.report import VERDICTS, Verdict


@frozen(slots=False)
class Confrontation:
    """The checks of one plan, one a key, in the order of their keys (rows of the same key in theirs).

    `verdicts` are numbers of `VERDICTS`, `compared` what was compared as stated, `values` what each operand came to,
    `groups` the cells of each operand by key, where these are still held. `number` tells the plans of a run apart, in
    their order.
    """

    plan: Plan
    vocabulary: Vocabulary
    keys: Keys
    verdicts: NDArray[np.int8]
    compared: tuple[Compared, ...]
    values: dict[str, OperandValues]
    groups: tuple[Groups, ...]
    number: int = 0

    def __len__(self) -> int:
        return len(self.verdicts)

    def verdict(self, check: int) -> Verdict:
        """The verdict of a check."""
        return VERDICTS[int(self.verdicts[check])]

    @cached_property
    def sides(self) -> Sides | None:
        """The numbers that decided each check; None where none were compared."""
        rule = self.plan.rule
        return sides_of(rule.check, self.values, len(self), rule.tolerance, self.compared)

    def told_alone(self, checks: Integers) -> Confrontation:
        """What there is to tell of the given checks, without the cells and texts of any other; it can be pickled."""
        keys = self.keys.at(checks)
        values = {name: values.at(checks) for name, values in self.values.items()}
        texts = [
            one.codes for own in values.values() for one in (own.texts, own.texts_most) if one is not None
        ]
        vocabulary, code_of = self.vocabulary.of_only([*keys.dimensions.values(), *texts])
        return replace(
            self,
            vocabulary=vocabulary,
            keys=keys.recoded(code_of),
            verdicts=self.verdicts[checks],
            compared=tuple(one.at(checks) for one in self.compared),
            values={name: own.recoded(vocabulary, code_of) for name, own in values.items()},
            groups=(),
        )

    def keys_of(self, checks: Integers) -> dict[int, dict[str, str]]:
        """The keys of checks without their blank dimensions, in order."""
        checks = np.sort(checks)
        columns = [self.vocabulary.of(codes[checks]) for codes in self.keys.dimensions.values()]
        rows = zip(*columns, strict=True) if columns else ((),) * len(checks)
        dimensions = tuple(self.keys.dimensions)
        return {
            check: {name: text for name, text in zip(dimensions, row, strict=True) if text}
            for check, row in zip(checks.tolist(), rows, strict=True)
        }


def confront(plans: Iterable[Plan], tables: Mapping[str, Table]) -> tuple[Confrontation, ...]:
    """Check all plans against the tables, in the order of the plans.

    Raises `InputError` for a frame that cannot be used.
    """
    plans = tuple(plans)
    if not plans:
        return ()
    rows, vocabulary = take_in(plans, tables)
    memory = Memory()
    return tuple(
        _confronted(plan, asked, vocabulary, rows, memory, number)
        for number, (plan, asked) in enumerate(zip(plans, asked_by(plans), strict=True))
    )


@frozen
class Piece:
    """Plans of a run, by their numbers, and the rows with which they are confronted together."""

    plans: tuple[int, ...]
    stretch: Stretch


@frozen
class Work:
    """Plans, by their numbers in a run, in pieces that can be worked out apart, in any order; `written` as in `take_in`.

    Tables of many rows are taken in stretch by stretch (see `stretches`), and these are confronted part by part: what one
    came to need not be held while the next is worked out.
    """

    plans: Mapping[int, Plan]
    tables: Mapping[str, Table]
    pieces: tuple[Piece, ...]
    written: Written

    def confronted(self, pieces: Iterable[Piece]) -> Iterator[Confrontation]:
        """The checks of pieces. Raises `InputError` for a frame that cannot be used."""
        every = [*self.plans.values()]
        for piece in pieces:
            own = {number: self.plans[number] for number in piece.plans}
            yield from confronted_rows(own, *_taken_in(every, own, self.tables, piece.stretch, self.written))


def work_on(
    plans: Mapping[int, Plan], tables: Mapping[str, Table], written: Written = MappingProxyType({}), processes: int = 1
) -> Work:  # fmt: skip
    """Plans, by their numbers in a run, against the tables, in pieces for so many processes."""
    numbers, own = [*plans], [*plans.values()]
    divided = divisions(own, tables, processes)
    if any(len(division.stretches) > 1 for division in divided):
        written = {of: alike(ways) for of, ways in ways_written(own, tables).items()}
    pieces = (
        Piece(tuple(numbers[place] for place in division.plans), stretch)
        for division in divided
        for stretch in division.stretches
    )
    return Work(plans, tables, tuple(pieces), {**written})


def _taken_in(
    plans: Sequence[Plan],
    own: Mapping[int, Plan],
    tables: Mapping[str, Table],
    stretch: Stretch,
    written: Written,
) -> tuple[Mapping[str, Rows], Vocabulary]:
    """The rows of a stretch that some of the plans use; what is wrong with cells is told as of all rows at once."""
    try:
        return take_in([*own.values()], tables, stretch, written)
    except InputError:
        look_through(plans, tables)
        raise


def confronted_rows(
    plans: Mapping[int, Plan], rows: Mapping[str, Rows], vocabulary: Vocabulary
) -> Iterator[Confrontation]:
    """Check plans, by their numbers in a run, against rows that were taken in, many of them part by part (see `parts`).

    Plans with the same keys follow each other.
    """
    numbers, own = [*plans], [*plans.values()]
    asked = asked_by(own)
    for places, part in parts(own, rows):
        memory = Memory()
        for place in sorted(places, key=lambda n: (asked[n].keys, asked[n].values)):
            yield _confronted(own[place], asked[place], vocabulary, part, memory, numbers[place])


def confronted(plan: Plan, vocabulary: Vocabulary, rows: Mapping[str, Rows]) -> Confrontation:
    """Check one plan against rows that were taken in."""
    (asked,) = asked_by([plan])
    return _confronted(plan, asked, vocabulary, rows, Memory(), 0)


def _confronted(
    plan: Plan, asked: Asked, vocabulary: Vocabulary, rows: Mapping[str, Rows], memory: Memory, number: int
) -> Confrontation:
    """Check one plan, of a number in its run."""
    memory.keep(asked)
    groups = groups_of(plan, rows, asked, memory)
    keys = memory.of(asked.keys, lambda: keys_of(plan, groups, rows))
    keys, values = memory.of(asked.values, lambda: _values_at(plan, groups, keys))
    return replace(_judged(plan, vocabulary, groups, keys, values), number=number)


def judged(plan: Plan, vocabulary: Vocabulary, groups: tuple[Groups, ...], keys: Keys) -> Confrontation:
    """The verdicts of a plan at its keys: of the checks that apply and that no `missing: skip` leaves out."""
    return _judged(plan, vocabulary, groups, *_values_at(plan, groups, keys))


def _judged(
    plan: Plan,
    vocabulary: Vocabulary,
    groups: tuple[Groups, ...],
    keys: Keys,
    values: dict[str, OperandValues],
) -> Confrontation:
    judgement = judge(plan.check, values, len(keys), plan.rule.tolerance, plan.as_they_stand)
    return Confrontation(plan, vocabulary, keys, judgement.verdicts, judgement.compared, values, groups)


def _values_at(plan: Plan, groups: Sequence[Groups], keys: Keys) -> tuple[Keys, dict[str, OperandValues]]:
    """The keys of the checks that apply and that are not left out, and what every operand comes to there."""
    guards = frozenset(names(plan.rule.applies)) if plan.rule.applies is not None else frozenset()
    first = frozenset(o.name for o in plan.operands if o.policy == "skip" or o.name in guards)
    values, skipped = _values(plan, groups, keys, first)
    keep = ~skipped
    if plan.rule.applies is not None:
        keep &= true_as_stated(plan.rule.applies, values, len(keys))
    if not keep.all():
        keys, values = keys.at(np.flatnonzero(keep)), {}
    others = frozenset(o.name for o in plan.operands) - values.keys()
    return keys, values | _values(plan, groups, keys, others)[0]


def _values(
    plan: Plan, groups: Sequence[Groups], keys: Keys, wanted: Set[str]
) -> tuple[dict[str, OperandValues], Booleans]:
    """What the wanted operands come to at the keys, and the keys that they leave out."""
    skipped = np.zeros(len(keys), dtype=bool)
    values = {}
    for operand, own, places in zip(plan.operands, groups, keys.operands, strict=True):
        if operand.name not in wanted:
            continue
        if operand.others:
            found = others_of(operand, own, places, keys)
            values[operand.name], left_out = values_of(operand, found, np.arange(len(keys)), keys)
        else:
            values[operand.name], left_out = values_of(operand, own, places, keys)
        skipped |= left_out
    return values, skipped


def decimals(sides: Sides, check: int) -> Sequence[Decimal | None]:
    """Left, right as stated (None for a range), then their allowed ends (`ENDS`)."""
    found = []
    for side in (sides.left, sides.right):
        low, high = exact.decimal_at(side.low, check), exact.decimal_at(side.high, check)
        found.append(low if low == high else None)
    return [*found, *(exact.decimal_at(end, check) for end in _ends(sides))]


ENDS = ("left_low", "left_high", "right_low", "right_high")


def unreached(sides: Sides, check: int) -> tuple[str, ...]:
    """The allowed ends (of `ENDS`) that their interval does not hold itself."""
    return tuple(
        name
        for name, end in zip(ENDS, _ends(sides), strict=True)
        if end.beside is not None and end.beside[check]
    )


def _ends(sides: Sides) -> tuple[Exact, ...]:
    left, right = sides.left_allowed, sides.right_allowed
    return left.low, left.high, right.low, right.high
