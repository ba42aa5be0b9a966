"""What plans ask of the rows of a part, so that plans which ask the same share what it comes to.

Many rules stand at the same keys: their rows are put in order, grouped and added up once, for as long as one plan after
the other asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from audit.engine.intake import reading_of
from audit.language.plan import Operand, Plan
from audit.language.printing import told
from audit.language.uses import asks_for_absence
from audit.model.frozen import frozen

T = TypeVar("T")


@frozen
class Asked:
    """What a plan asks: of each operand the order of its cells and its groups, its keys, and what the operands come to
    there. Each is a number, the same for all plans of a run that ask the same."""

    orders: tuple[int, ...]
    groups: tuple[int, ...]
    keys: int
    values: int


def asked_by(plans: Sequence[Plan]) -> list[Asked]:
    """What each of the plans of a run asks."""
    numbers: dict[Hashable, int] = {}

    def number(*what: Hashable) -> int:
        return numbers.setdefault(what, len(numbers))

    found = []
    for plan in plans:
        orders = tuple(number("order", plan.record, *_order(one)) for one in plan.operands)
        groups = tuple(
            number("groups", order, *_content(one, plan))
            for order, one in zip(orders, plan.operands, strict=True)
        )
        matched = tuple((tuple(d for d, _ in one.matched), one.keyed) for one in plan.operands)
        absence = not plan.key and asks_for_absence(plan.check)
        keys = number("keys", plan.rule.table if plan.record else "", plan.key, orders, matched, absence)
        applies = "" if plan.rule.applies is None else told(plan.rule.applies)
        values = number("values", keys, groups, applies, *map(_use, plan.operands))
        found.append(Asked(orders, groups, keys, values))
    return found


def _order(operand: Operand) -> tuple[Hashable, ...]:
    """What tells which rows an operand takes, and which of them are of one cell and of one key."""
    return (
        operand.table, operand.filters, operand.key_filters, tuple(column for _, column in operand.matched),
        operand.links, operand.many, operand.members, operand.translation and (operand.column, operand.translation),
        operand.others,
    )  # fmt: skip


def _content(operand: Operand, plan: Plan) -> tuple[Hashable, ...]:
    """What tells what its cells state."""
    return operand.column, reading_of(operand, plan), tuple(operand.weights.items()), operand.limits


def _use(operand: Operand) -> tuple[Hashable, ...]:
    """What tells what is worked out of its groups."""
    return (
        operand.name, operand.type, operand.aggregates, operand.tests, tuple(operand.expected.items()), operand.policy,
    )  # fmt: skip


class Memory:
    """What was worked out for the plan at hand, by number."""

    def __init__(self) -> None:
        self._known: dict[int, Any] = {}

    def keep(self, asked: Asked) -> None:
        """Forget what a plan does not ask for."""
        wanted: Iterable[int] = (*asked.orders, *asked.groups, asked.keys, asked.values)
        self._known = {number: self._known[number] for number in wanted if number in self._known}

    def of(self, number: int, work_out: Callable[[], T]) -> T:
        """What is remembered under a number, else what is worked out now."""
        if number not in self._known:
            self._known[number] = work_out()
        found: T = self._known[number]
        return found
