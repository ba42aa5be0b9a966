"""An expression as text that reads as the tree was built: brackets stand exactly where the tree needs them."""

from __future__ import annotations

import re
from collections.abc import Callable

from audit.language.expression import (
    AND,
    ATOM,
    COMPARE,
    CONDITION,
    MINUS,
    NOT,
    OR,
    POWER,
    POWERS,
    PRODUCT,
    SUM,
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
    Text,
    Truth,
    Weighted,
    fold,
)  # fmt: skip

KEYWORDS = frozenset(
    ("if", "then", "else", "or", "and", "not", "is", "missing", "stated", "true", "false", "unknown")
)
_PLAIN = re.compile(r"[^\W\d]\w*")

Printed = tuple[str, int]
"""A text and how tightly it binds (`ATOM` for what never needs brackets)."""


def told(expression: Expression, own: Callable[[Expression], Printed | None] = lambda _: None) -> str:
    """The expression as text; reading it again gives the same tree.

    `own` prints a node, with all below it, in its own way (an operand as the figures that it stands for), or gives
    None for the usual way.
    """

    def printed(node: Expression, below: tuple[Printed, ...]) -> Printed:
        return own(node) or _printed(node, below)

    return fold(expression, printed)[0]


def quoted(name: str) -> str:
    """A name as it stands in an expression: in back-quotes where it is no plain word."""
    return name if _PLAIN.fullmatch(name) and name not in KEYWORDS else f"`{name}`"


def _printed(node: Expression, below: tuple[Printed, ...]) -> Printed:
    match node:
        case Number(value):
            return f"{value:f}", ATOM if value >= 0 else MINUS
        case Text(value):
            return (f"'{value}'" if '"' in value else f'"{value}"'), ATOM
        case Truth(value):
            return "unknown" if value is None else str(value).lower(), ATOM
        case Name(name, _):
            return quoted(name), ATOM
        case Weighted(_, weight, _):
            return f"{below[0][0]} * {quoted(weight)}", PRODUCT
        case Call(function, _, _):
            return f"{function}({', '.join(text for text, _ in below)})", ATOM
        case Choice():
            premise, chosen, otherwise = below
            texts = _within(premise, OR), _within(chosen, OR), otherwise[0]
            return "if {} then {} else {}".format(*texts), CONDITION
        case Minus():
            return f"-{_within(below[0], MINUS)}", MINUS
        case Not(Missing()):
            return below[0][0].removesuffix("missing") + "not missing", COMPARE
        case Not():
            return f"not {_within(below[0], NOT)}", NOT
        case Missing():
            return f"{_within(below[0], SUM)} is missing", COMPARE
        case Comparison(operator, _, _):
            return f"{_within(below[0], SUM)} {operator} {_within(below[1], SUM)}", COMPARE
        case Calculation("^", _, _):
            return f"{_within(below[0], ATOM)} ^ {_within(below[1], MINUS)}", POWER
        case Calculation(operator, _, _):
            power = POWERS[operator]
            return f"{_within(below[0], power)} {operator} {_within(below[1], power + 1)}", power
        case Junction(operator, _, _):
            power = AND if operator == "and" else OR
            return f"{_within(below[0], power)} {operator} {_within(below[1], power + 1)}", power


def _within(part: Printed, least: int) -> str:
    """A part where nothing that binds less tightly than `least` may stand without brackets."""
    text, power = part
    return text if power >= least else f"({text})"
