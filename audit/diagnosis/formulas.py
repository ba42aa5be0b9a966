"""The formula of a check: its relation as a text of the rule language, with the places of its cells as names.

Aggregates are written out; `0`, `1`, … are places of cells, `?` is what is missing and `3|5` a cell that is stated with
two values. All that reports print, draw or compute of a relation is made of it; `equations` fills it in.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from audit.language.expression import (
    ATOM,
    COMPARE,
    MINUS,
    Calculation,
    Call,
    Comparator,
    Comparison,
    Expression,
    Minus,
    Name,
    Number,
    Position,
    children,
)  # fmt: skip
from audit.language.parsing import parse
from audit.language.printing import Printed, told
from audit.model.report import Beyond, Cell

ABSENT = "?"
_SIDES: dict[Beyond, int] = {"above": 1, "below": -1, "": 0}
_HAIR = Fraction(1, 10**200)
"""Less than any difference between figures."""
HERE = Position("", 1, 1)


def quotable(text: str) -> str:
    """A text that can stand between quotes in an expression."""
    line = " ".join(text.split())
    return line.replace('"', "”") if '"' in line and "'" in line else line


@lru_cache(maxsize=4096)
def tree_of(formula: str) -> Expression:
    """A formula as a tree; `InputError` for one that cannot be read."""
    return parse(formula, HERE)


def equation(formula: str, cells: Sequence[Cell]) -> str:
    """A formula with what its cells state: `1650 == 650 + 1000`; `?` for what is missing, `(3 | 5)` for what is stated
    twice, `[3, 5]` for a range, and where order is asked `(>5)` for what is above 5."""

    def stated(node: Expression) -> Printed | None:
        if isinstance(node, Comparison) and heeds_beyond(node):
            return told(node, lambda part: stated_number(part, cells, beyond=True)), COMPARE
        return stated_number(node, cells)

    return told(tree_of(formula), stated)


def heeds_beyond(node: Comparison) -> bool:
    """Whether a comparison tells what is above 5 from 5: one of order does, while both are stated equal to 5."""
    return node.operator not in ("==", "!=")


def stated_number(node: Expression, cells: Sequence[Cell], *, beyond: bool = False) -> Printed | None:
    """A name of a formula as what its cells state, if wanted also that it is `beyond`; None for another part."""
    if not isinstance(node, Name):
        return None
    if node.name == ABSENT:
        return ABSENT, ATOM
    stated = [cells[int(place)] for place in node.name.split("|")]
    numbers = list(
        dict.fromkeys(_beyond(cell) if beyond and cell.beyond else number_of(cell) for cell in stated)
    )
    if len(numbers) > 1:
        return f"({' | '.join(numbers)})", ATOM
    return numbers[0], MINUS if numbers[0].startswith("-") else ATOM


def number_of(cell: Cell) -> str:
    """The number that a cell states, with all its digits; a range in brackets, a text in quotes, `?` for nothing."""
    if cell.value is not None:
        return _plain(cell.value)
    if cell.low is not None or cell.high is not None:
        low, high = ("" if end is None else _plain(end) for end in (cell.low, cell.high))
        return f"[{low}, {high}]"
    return f'"{quotable(cell.literal)}"' if cell.literal else ABSENT


def _beyond(cell: Cell) -> str:
    return f"({'>' if cell.beyond == 'above' else '<'}{number_of(cell)})"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def computed(node: Expression, cells: Sequence[Cell], beyond: Fraction = Fraction(0)) -> Fraction | None:
    """What a part of a formula comes to, exactly, of the numbers that its cells state; None where that is no number.

    What is stated as above or below a number is taken as `beyond` it by so much.
    """
    match node:
        case Number(value):
            return Fraction(value)
        case Name(name, _):
            cell = cells[int(name)] if name.isdecimal() else None
            if cell is None or cell.value is None:
                return None
            return Fraction(cell.value) + beyond * _SIDES[cell.beyond]
        case Minus() | Calculation() | Call():
            parts = [computed(part, cells, beyond) for part in children(node)]
            known = [part for part in parts if part is not None]
            return _come_to(node, known) if len(known) == len(parts) else None
        case _:
            return None


def _come_to(node: Minus | Calculation | Call, parts: list[Fraction]) -> Fraction | None:
    match node:
        case Minus():
            return -parts[0]
        case Calculation("+", _, _):
            return parts[0] + parts[1]
        case Calculation("-", _, _):
            return parts[0] - parts[1]
        case Calculation("*", _, _):
            return parts[0] * parts[1]
        case Calculation("/", _, _):
            return parts[0] / parts[1] if parts[1] else None
        case Call(function, _, _) if function in OF_NUMBERS:
            return OF_NUMBERS[function](parts)
        case _:
            return None


def _rounded(parts: list[Fraction]) -> Fraction:
    """Rounded to so many decimals, halves away from zero."""
    scale = Fraction(10) ** (int(parts[1]) if len(parts) > 1 else 0)
    size = (abs(parts[0]) * scale + Fraction(1, 2)).__floor__() / scale
    return size if parts[0] >= 0 else -size


def _median(parts: list[Fraction]) -> Fraction:
    """The middle one of the numbers, or what lies half between the middle two."""
    ordered, half = sorted(parts), len(parts) // 2
    return ordered[half] if len(parts) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _deviation(parts: list[Fraction]) -> Fraction:
    """The median of how far numbers lie from their median."""
    middle = _median(parts)
    return _median([abs(part - middle) for part in parts])


OF_NUMBERS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "abs": lambda parts: abs(parts[0]), "round": _rounded, "sum": lambda parts: sum(parts, Fraction(0)), "min": min,
    "max": max, "mean": lambda parts: sum(parts, Fraction(0)) / len(parts), "median": _median, "mad": _deviation,
}  # fmt: skip
"""The functions that a formula may hold; the others are numbers or conditions by then."""

_COMPARED: dict[Comparator, Callable[[Fraction, Fraction], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def is_true(node: Comparison, cells: Sequence[Cell]) -> bool | None:
    """Whether a comparison of a formula is true of what its cells state; None where that is not known."""
    beyond = _HAIR if heeds_beyond(node) else Fraction(0)
    left, right = computed(node.left, cells, beyond), computed(node.right, cells, beyond)
    return None if left is None or right is None else _COMPARED[node.operator](left, right)
