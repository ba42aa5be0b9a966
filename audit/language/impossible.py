"""What no data can make true: a division by nothing, a figure asked to be above ten and below five at once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.language.expression import (
    Calculation,
    Call,
    Comparator,
    Comparison,
    Expression,
    Junction,
    Minus,
    Name,
    Number,
    Position,
    fold,
    walk,
)  # fmt: skip
from audit.language.printing import told
from audit.model.errors import InputError
from audit.model.frozen import frozen

_TURNED: dict[Comparator, Comparator] = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


@frozen
class _Limit:
    """A number that a figure may reach, or, if `strict`, not quite."""

    number: Decimal
    strict: bool


def require_possible(check: Expression, at: Position) -> None:
    """Raise `InputError` for a check, which begins at `at`, that no data can fulfil or decide."""
    for node in walk(check):
        if isinstance(node, Calculation) and node.operator == "/" and _constant(node.right) == 0:
            raise InputError(
                "{at}: “{part}” divides by nothing and is never known; mend the divisor.",
                at=_place(node, at), part=told(node)[:60],
            )  # fmt: skip
    least: dict[str, _Limit] = {}
    most: dict[str, _Limit] = {}
    for part, operator, number in _demands(check):
        name = told(part)
        if operator in (">", ">=", "=="):
            own = _Limit(number, operator == ">")
            least[name] = max(least.get(name, own), own, key=lambda limit: (limit.number, limit.strict))
        if operator in ("<", "<=", "=="):
            own = _Limit(number, operator == "<")
            most[name] = min(most.get(name, own), own, key=lambda limit: (limit.number, not limit.strict))
        if name in least and name in most and _empty(least[name], most[name]):
            raise InputError(
                "{at}: “{part}” is asked to be at least {least} and at most {most}, which can never hold.",
                at=_place(part, at), part=name[:60], least=least[name].number, most=most[name].number,
            )  # fmt: skip


def _empty(least: _Limit, most: _Limit) -> bool:
    return least.number > most.number or (least.number == most.number and (least.strict or most.strict))


def _demands(check: Expression) -> Iterator[tuple[Expression, Comparator, Decimal]]:
    """The comparisons with a constant that must all hold: the part compared, the comparison, the constant."""
    match check:
        case Junction("and", left, right):
            yield from _demands(left)
            yield from _demands(right)
        case Comparison(operator, left, right):
            if (number := _constant(right)) is not None:
                yield left, operator, number
            elif (number := _constant(left)) is not None:
                yield right, _TURNED[operator], number


def _constant(expression: Expression) -> Decimal | None:
    """The number that an expression of numbers alone comes to by adding, taking off and multiplying."""

    def combine(node: Expression, parts: tuple[Decimal | None, ...]) -> Decimal | None:
        match node, parts:
            case Number(value), _:
                return value
            case Minus(), (Decimal() as a,):
                return -a
            case Calculation("+", _, _), (Decimal() as a, Decimal() as b):
                return a + b
            case Calculation("-", _, _), (Decimal() as a, Decimal() as b):
                return a - b
            case Calculation("*", _, _), (Decimal() as a, Decimal() as b):
                return a * b
        return None

    return fold(expression, combine)


def _place(node: Expression, at: Position) -> Position:
    return next((part.at for part in walk(node) if isinstance(part, Name | Call)), at)
