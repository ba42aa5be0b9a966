"""The expression of a rule: its grammar, its tree, and where in the rule file each part stands.

An expression is read by a LALR grammar (`expression.lark`) and never run as Python. Every node knows the column at
which it begins, so that a mistake can be shown in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from audit.model.errors import InputError

LONGEST = 20_000
DEEPEST = 100

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
    value: bool


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


def parse(text: str, at: Position) -> Expression:
    """Read an expression that begins at `at`; `InputError` with file, line and column when it cannot be read."""
    if len(text) > LONGEST:
        raise InputError(
            "{at}: the expression has {length} characters; write it with at most {most}.",
            at=at, length=len(text), most=LONGEST,
        )  # fmt: skip
    _refuse_deep_brackets(text, at)
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken, VisitError

    try:
        tree = _parser().parse(text)
    except UnexpectedCharacters as error:
        raise _unexpected(text, at, error.pos_in_stream, text[error.pos_in_stream]) from None
    except UnexpectedToken as error:
        end = error.token.type == "$END"
        position = len(text) if end else (error.pos_in_stream or 0)
        raise _unexpected(text, at, position, "the end" if end else str(error.token), error.accepts) from None
    except UnexpectedEOF:
        raise _unexpected(text, at, len(text), "the end") from None
    try:
        expression = _Builder(text, at).transform_start(tree)
    except VisitError as error:  # pragma: no cover - the builder raises InputError itself
        raise error.orig_exc from None
    return expression


def _refuse_deep_brackets(text: str, at: Position) -> None:
    depth = 0
    for offset, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth > DEEPEST:
            raise InputError(
                "{at}: the expression is nested more than {most} deep; split it into several rules.",
                at=_moved(text, at, offset), most=DEEPEST,
            )  # fmt: skip


_READABLE = {
    "COMPARE": "== != <= >= < >", "NUMBER": "a number", "NAME": "a name", "TEXT": "a text in quotes",
    "LPAR": "(", "RPAR": ")", "PLUS": "+", "MINUS": "-", "STAR": "*", "SLASH": "/", "CIRCUMFLEX": "^", "COMMA": ",", "$END": "the end",
    "AND": "and", "OR": "or", "NOT": "not", "IF": "if", "THEN": "then", "IS": "is", "MISSING": "missing",
}  # fmt: skip


def _unexpected(text: str, at: Position, offset: int, found: str, expected: set[str] | None = None) -> InputError:
    wanted = [_READABLE[name] for name in sorted(expected or ()) if name in _READABLE]
    return InputError(
        "{at}: the expression cannot be read at “{found}”; expected {expected}.",
        at=_moved(text, at, offset), found=found[:40], expected=", ".join(wanted) or "a name, a number or an operator",
    )  # fmt: skip


def _moved(text: str, at: Position, offset: int) -> Position:
    before = text[:offset]
    if "\n" not in before:
        return Position(at.path, at.line, at.column + offset)
    return Position(at.path, at.line + before.count("\n"), offset - before.rfind("\n"))


@cache
def _parser() -> Any:
    from lark import Lark

    grammar = (Path(__file__).parent / "expression.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True)


class _Builder:
    """Turns lark's tree into `Expression` nodes, bottom up and without recursion deeper than `DEEPEST`."""

    def __init__(self, text: str, at: Position) -> None:
        self._text = text
        self._at = at

    def transform_start(self, tree: Any) -> Expression:
        return self._build(tree.children[0], 0)

    def _build(self, tree: Any, depth: int) -> Expression:
        if depth > DEEPEST:
            raise InputError(
                "{at}: the expression is nested more than {most} deep; split it into several rules.",
                at=self._at, most=DEEPEST,
            )  # fmt: skip
        at = _moved(self._text, self._at, tree.meta.start_pos)
        parts = [
            child if not hasattr(child, "data") else self._build(child, depth + 1)
            for child in tree.children
            if child is not None
        ]
        return self._node(str(tree.data), parts, at)

    def _node(self, kind: str, parts: list[Any], at: Position) -> Expression:
        match kind:
            case "number":
                return Number(Decimal(str(parts[0])))
            case "text":
                return Text(str(parts[0])[1:-1])
            case "yes" | "no":
                return Truth(kind == "yes")
            case "name":
                return Name(str(parts[0]), at)
            case "quoted":
                return Name(str(parts[0])[1:-1], at)
            case "minus":
                return Minus(parts[0])
            case "add" | "subtract" | "multiply" | "divide" | "raise":
                operator: Any = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "raise": "^"}[kind]
                return Calculation(operator, parts[0], parts[1])
            case "compare":
                return Comparison(str(parts[1]), parts[0], parts[2])  # type: ignore[arg-type]
            case "between":
                first = Comparison(str(parts[1]), parts[0], parts[2])  # type: ignore[arg-type]
                return Junction("and", first, Comparison(str(parts[3]), parts[2], parts[4]))  # type: ignore[arg-type]
            case "missing":
                return Missing(parts[0])
            case "stated":
                return Not(Missing(parts[0]))
            case "negate":
                return Not(parts[0])
            case "both":
                return Junction("and", parts[0], parts[1])
            case "either":
                return Junction("or", parts[0], parts[1])
            case "implies":
                return Junction("or", Not(parts[0]), parts[1])
            case _:
                return self._call(str(parts[0]), tuple(parts[1:]), at)

    def _call(self, function: str, arguments: tuple[Expression, ...], at: Position) -> Expression:
        from audit.model.nearest import nearest

        if function not in FUNCTIONS:
            raise InputError(
                "{at}: there is no function “{name}”; the nearest is {nearest}.",
                at=at, name=function, nearest=nearest(function, FUNCTIONS),
            )  # fmt: skip
        if not arguments or (function == "abs" and len(arguments) > 1) or (function == "round" and len(arguments) > 2):
            raise InputError(
                "{at}: {name}() was given {count} arguments; give it its operand.",
                at=at, name=function, count=len(arguments),
            )  # fmt: skip
        return Call(function, arguments, at)


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
