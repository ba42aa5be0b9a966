"""The expression of a rule as a tree; names and calls know where in the rule file they stand.

`parsing` makes the tree from text, `typing` tells what each part is, `audit.engine.predicate` evaluates it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

AGGREGATES = ("sum", "count", "min", "max", "mean", "distinct", "any", "all")
FUNCTIONS = ("abs", "round", "expected", *AGGREGATES)
Comparator = Literal["==", "!=", "<=", ">=", "<", ">"]
Arithmetic = Literal["+", "-", "*", "/", "^"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands in a rule file: path, 1-based line and column."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """`true`, `false`, or `unknown` (None): what cannot be decided from the data."""

    value: bool | None


@dataclass(frozen=True, slots=True)
class Name:
    """An operand (or a column, in a record rule)."""

    name: str
    at: Position


@dataclass(frozen=True, slots=True)
class Minus:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Calculation:
    operator: Arithmetic
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: Comparator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Missing:
    """`x is missing`; true when the operand has no cell, or none that can be read as one value."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Junction:
    """`left and right` or `left or right`, in three-valued logic."""

    operator: Literal["and", "or"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of numbers, or an aggregate over the cells of operands."""

    function: str
    arguments: tuple[Expression, ...]
    at: Position


Expression = Number | Text | Truth | Name | Minus | Calculation | Comparison | Missing | Not | Junction | Call


def children(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of a node, left to right."""
    match expression:
        case Minus(operand) | Missing(operand) | Not(operand):
            return (operand,)
        case Calculation(_, left, right) | Comparison(_, left, right) | Junction(_, left, right):
            return (left, right)
        case Call(_, arguments, _):
            return arguments
        case _:
            return ()


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


def asks_for_absence(expression: Expression) -> bool:
    """Whether an expression itself asks for what is missing, by `is missing` or `count`."""
    return any(
        isinstance(n, Missing) or (isinstance(n, Call) and n.function == "count") for n in walk(expression)
    )


def told(node: Expression) -> str:
    """An expression as text, near to how it was written."""
    match node:
        case Number(value):
            return f"{value:f}"
        case Text(value):
            return f'"{value}"'
        case Truth(value):
            return "unknown" if value is None else str(value).lower()
        case Name(name, _):
            return name
        case (
            Calculation(operator, left, right)
            | Comparison(operator, left, right)
            | Junction(operator, left, right)
        ):
            return f"{told(left)} {operator} {told(right)}"
        case Call(function, arguments, _):
            return f"{function}({', '.join(told(a) for a in arguments)})"
        case Minus():
            return "-" + told(children(node)[0])
        case Not():
            return "not " + told(children(node)[0])
        case Missing():
            return told(children(node)[0]) + " is missing"
