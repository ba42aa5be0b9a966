"""The expression of a rule as a tree; names and calls know where in the rule file they stand.

`parsing` makes the tree from text, `printing` text from the tree, `typing` tells what each part is, `audit.engine`
evaluates it. All of them see the parts of a node through `children` and work their way up by `fold`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal, TypeVar

from audit.model.frozen import frozen

Comparator = Literal["==", "!=", "<=", ">=", "<", ">"]
Arithmetic = Literal["+", "-", "*", "/", "^"]
T = TypeVar("T")

CONDITION, OR, AND, NOT, COMPARE, SUM, PRODUCT, MINUS, POWER, ATOM = range(10)
"""How tightly the parts of an expression bind, from loose to tight."""
POWERS = {
    "or": OR, "and": AND, "is": COMPARE, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER,
}  # fmt: skip


@frozen(guarded=False)
class Position:
    """Where something stands in a rule file: path, 1-based line and column."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@frozen
class Number:
    value: Decimal


@frozen
class Text:
    value: str


@frozen
class Truth:
    """`true`, `false`, or `unknown` (None): what cannot be decided from the data."""

    value: bool | None


@frozen
class Name:
    """An operand (or a column, in a record rule)."""

    name: str
    at: Position


@frozen
class Weighted:
    """`x * w` inside an aggregate: every cell of the operand times its weight, a column or a code-list attribute."""

    operand: Name
    weight: str
    at: Position


@frozen
class Minus:
    operand: Expression


@frozen
class Calculation:
    operator: Arithmetic
    left: Expression
    right: Expression


@frozen
class Comparison:
    operator: Comparator
    left: Expression
    right: Expression


@frozen
class Missing:
    """`x is missing`; true when the operand has no cell, or none that can be read as one value."""

    operand: Expression


@frozen
class Not:
    operand: Expression


@frozen
class Junction:
    """`left and right` or `left or right`, in three-valued logic."""

    operator: Literal["and", "or"]
    left: Expression
    right: Expression


@frozen
class Choice:
    """`if premise then chosen else otherwise`: of two conditions, or of two numbers."""

    premise: Expression
    chosen: Expression
    otherwise: Expression


@frozen
class Call:
    """A function of numbers, or an aggregate over the cells of operands; see `functions`."""

    function: str
    arguments: tuple[Expression, ...]
    at: Position


Expression = (
    Number | Text | Truth | Name | Weighted | Minus | Calculation | Comparison | Missing | Not | Junction
    | Choice | Call
)  # fmt: skip


def children(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of a node, left to right."""
    match expression:
        case Minus(operand) | Missing(operand) | Not(operand) | Weighted(operand):
            return (operand,)
        case Calculation(_, left, right) | Comparison(_, left, right) | Junction(_, left, right):
            return (left, right)
        case Choice(premise, chosen, otherwise):
            return (premise, chosen, otherwise)
        case Call(_, arguments, _):
            return arguments
        case Number() | Text() | Truth() | Name():
            return ()


def fold(expression: Expression, combine: Callable[[Expression, tuple[T, ...]], T]) -> T:
    """What `combine` makes of a node and of what it made of the node's parts, from the leaves up."""
    return combine(expression, tuple(fold(child, combine) for child in children(expression)))


def rebuilt(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The tree with every node replaced by what `change` makes of it, from the leaves up."""

    def combine(node: Expression, parts: tuple[Expression, ...]) -> Expression:
        return change(with_children(node, parts))

    return fold(expression, combine)


def with_children(node: Expression, parts: tuple[Expression, ...]) -> Expression:
    """The node with these parts in the places of its own (see `children`)."""
    match node:
        case Minus() | Missing() | Not():
            return replace(node, operand=parts[0])
        case Calculation() | Comparison() | Junction():
            return replace(node, left=parts[0], right=parts[1])
        case Choice():
            return Choice(*parts)
        case Call():
            return replace(node, arguments=parts)
        case _:
            return node


def walk(expression: Expression) -> Iterator[Expression]:
    """Every node, the outer before the inner, left to right."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def names(expression: Expression) -> dict[str, Position]:
    """The operands that an expression names, in order of first appearance, with their first positions."""
    found: dict[str, Position] = {}
    for node in walk(expression):
        if isinstance(node, Name):
            found.setdefault(node.name, node.at)
    return found
