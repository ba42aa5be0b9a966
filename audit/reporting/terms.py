"""The expression of a rule with the figures of one check in the places of its operands.

What a picture draws and a spreadsheet computes: words (operators, functions, numbers) and figures, in order.
"""

from __future__ import annotations

from functools import cache

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
    Position,
    Text,
    Weighted,
)
from audit.language.parsing import parse
from audit.language.printing import told
from audit.model.errors import InputError
from audit.model.report import Cell, Check
from audit.reporting.numbers import plain

Term = str | int
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
ABSENT = "?"
MOST = 60


def terms(check: Check, expression: str) -> tuple[Term, ...]:
    """Words, and places of cells in `check.cells`; empty when `expression` cannot be read or is too long."""
    tree = _parsed(expression)
    if tree is None:
        return ()
    found = _terms(tree, check.cells)
    return tuple(found) if len(found) <= MOST else ()


@cache
def _parsed(expression: str) -> Expression | None:
    try:
        return parse(expression, Position("", 1, 1))
    except InputError:
        return None


def _terms(tree: Expression, cells: tuple[Cell, ...]) -> list[Term]:
    match tree:
        case Number(value):
            return [plain(value)]
        case Text(value):
            return [f"“{value}”"]
        case Name(name, _):
            return _joined(_places(name, cells), "|") or [ABSENT]
        case Minus(operand):
            return ["-", *_grouped(operand, "*", cells)]
        case Calculation(operator, left, right):
            return [*_grouped(left, operator, cells), operator, *_grouped(right, operator, cells)]
        case Comparison(operator, left, right) | Junction(operator, left, right):
            return [*_terms(left, cells), operator, *_terms(right, cells)]
        case Not(Missing(operand)):
            return [*_terms(operand, cells), "is not missing"]
        case Not(operand):
            return ["not", "(", *_terms(operand, cells), ")"]
        case Missing(operand):
            return [*_terms(operand, cells), "is missing"]
        case Choice() | Weighted():
            return [told(tree)]
        case Call("sum", (Name(name, _),), _):
            return _joined(_places(name, cells), "+") or [ABSENT]
        case Call("count", (Name(name, _),), _):
            return [str(len(_places(name, cells)))]
        case Call(function, arguments, _):
            return _call(function, arguments, cells)
        case _:
            return [str(tree.value).lower()]


def _call(function: str, arguments: tuple[Expression, ...], cells: tuple[Cell, ...]) -> list[Term]:
    parts = [
        _joined(_places(argument.name, cells), ",") or [ABSENT]
        if isinstance(argument, Name)
        else _terms(argument, cells)
        for argument in arguments
    ]
    inside = [term for part in parts for term in (*part, ",")][:-1]
    if function in ("min", "max", "mean") and len(inside) == 1:
        return inside
    return [function, "(", *inside, ")"]


def _grouped(tree: Expression, operator: str, cells: tuple[Cell, ...]) -> list[Term]:
    inner = _terms(tree, cells)
    loose = isinstance(tree, Calculation | Minus) or (isinstance(tree, Call) and tree.function == "sum")
    if loose and len(inner) > 1 and not (operator == "+" and "-" not in inner):
        return ["(", *inner, ")"]
    return inner


def _places(operand: str, cells: tuple[Cell, ...]) -> list[int]:
    return [place for place, cell in enumerate(cells) if cell.operand == operand]


def _joined(places: list[int], word: str) -> list[Term]:
    found: list[Term] = []
    for place in places:
        found += [place] if not found else [word, place]
    return found
