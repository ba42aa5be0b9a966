"""How the expressions of a rule use each operand: by what functions, tests and weights, and whether it may be absent."""

from __future__ import annotations

from decimal import Decimal

from audit.language.expression import (
    Calculation,
    Call,
    Comparator,
    Comparison,
    Expression,
    Missing,
    Name,
    Number,
    Text,
    Truth,
    Weighted,
    children,
    names,
    walk,
)  # fmt: skip
from audit.language.functions import FUNCTIONS
from audit.language.printing import told
from audit.model.frozen import frozen


@frozen
class Test:
    """A comparison of each cell of an operand with a constant: a number, or a text (`true` and `false` included)."""

    operator: Comparator
    constant: Decimal | str


@frozen
class Uses:
    """How expressions use an operand.

    `aggregates` are the functions applied to it (none for one that also stands alone, as a single cell), `tests` the
    comparisons of its cells with a constant inside count(), any() and all(), `weights` what it is weighed by.
    `absence_told` says that an expression itself tells of its absence, so that it may well be absent.
    """

    aggregates: frozenset[str] = frozenset()
    tests: tuple[Test, ...] = ()
    weights: tuple[Weighted, ...] = ()
    absence_told: bool = False


def uses_of(expressions: tuple[Expression, ...]) -> dict[str, Uses]:
    """How each operand is used by the expressions, the first of which is the check."""
    aggregates, tests, weights = _aggregates(expressions), _tests(expressions), _weights(expressions)
    told = {name for node in walk(expressions[0]) if _asks_for_absence(node) for name in names(node)}
    every = {name for expression in expressions for name in names(expression)}
    return {
        name: Uses(
            aggregates.get(name, frozenset()), tests.get(name, ()), weights.get(name, ()), name in told
        )
        for name in every
    }


def asks_for_absence(expression: Expression) -> bool:
    """Whether an expression itself asks for what is missing, by `is missing` or `count`."""
    return any(map(_asks_for_absence, walk(expression)))


def _asks_for_absence(node: Expression) -> bool:
    return isinstance(node, Missing) or (isinstance(node, Call) and node.function == "count")


def _aggregates(expressions: tuple[Expression, ...]) -> dict[str, frozenset[str]]:
    """The aggregate functions applied to each operand; none for one that also stands alone, as a single cell."""
    found: dict[str, set[str]] = {}
    alone: set[str] = set()

    def visit(node: Expression) -> None:
        match node:
            case Name(name, _):
                alone.add(name)
            case Missing(Name()):
                pass
            case Call(function, (Name(name, _) | Weighted(Name(name, _)),), _) if FUNCTIONS[
                function
            ].aggregates:
                found.setdefault(name, set()).add(function)
            case Call(function, (Comparison(_, Name(name, _), right),), _) if FUNCTIONS[function].aggregates:
                found.setdefault(name, set()).add(function)
                visit(right)
            case _:
                for child in children(node):
                    visit(child)

    for expression in expressions:
        visit(expression)
    return {name: frozenset(functions) for name, functions in found.items() if name not in alone}


def constant_of(node: Number | Text | Truth) -> Decimal | str:
    """The value of a constant as tests and text cells hold it."""
    return node.value if isinstance(node, Number | Text) else told(node)


def _tests(expressions: tuple[Expression, ...]) -> dict[str, tuple[Test, ...]]:
    """The comparisons of each operand's cells with a number or text as written, inside count(), any() and all()."""
    found: dict[str, dict[Test, None]] = {}
    for expression in expressions:
        for node in walk(expression):
            match node:
                case Call("count" | "any" | "all", (Comparison(operator, Name(name, _), constant),), _):
                    if isinstance(constant, Number | Text | Truth):
                        found.setdefault(name, {})[Test(operator, constant_of(constant))] = None
                case Call("any" | "all", (Name(name, _),), _):
                    found.setdefault(name, {})[Test("==", "true")] = None
    return {name: tuple(tests) for name, tests in found.items()}


def _weights(expressions: tuple[Expression, ...]) -> dict[str, tuple[Weighted, ...]]:
    """The weights that each operand is added up with, each once."""
    found: dict[str, dict[str, Weighted]] = {}
    for expression in expressions:
        for node in walk(expression):
            if isinstance(node, Weighted):
                found.setdefault(node.operand.name, {}).setdefault(node.weight, node)
    return {name: tuple(weights.values()) for name, weights in found.items()}


def divides(node: Expression) -> bool:
    """Whether a number is a quotient, or made of one: a share, a rate of growth, a mean, an amount in another unit; not a
    number of per cents."""
    match node:
        case Calculation("/", _, divisor):
            return any(True for _ in names(divisor))
        case Call("mean" | "convert", _, _):
            return True
        case Name() | Call():
            return False
        case _:
            return any(map(divides, children(node)))


def equals_quotients(*expressions: Expression | None) -> bool:
    """Whether expressions ask that a quotient is what is stated, so that it matters how finely that is written."""
    return any(
        isinstance(node, Comparison) and node.operator == "==" and (divides(node.left) or divides(node.right))
        for expression in expressions
        if expression is not None
        for node in walk(expression)
    )
