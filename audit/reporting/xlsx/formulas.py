"""The relation of a check as formulas of a spreadsheet over the cells that hold its figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

from audit.diagnosis.formulas import computed
from audit.language.expression import Calculation, Call, Comparison, Expression, Minus, Name, Number, walk
from audit.model.frozen import frozen
from audit.model.report import Check
from audit.reporting.terms import formula_tree

_FUNCTIONS = {
    "min": "MIN", "max": "MAX", "mean": "AVERAGE", "median": "MEDIAN", "sum": "SUM", "abs": "ABS", "round": "ROUND",
}  # fmt: skip
_SIGNS = {"==": "=", "!=": "<>", "<=": "<=", ">=": ">=", "<": "<", ">": ">"}
PLACES = 8
"""Decimals to which a spreadsheet, which computes in binary, rounds what it compares."""
_EXACT = Context(prec=200)
DIGITS = 15
"""Digits that a number of a spreadsheet keeps."""


def fits(number: Decimal) -> bool:
    """Whether a spreadsheet keeps, and shows, all digits of a number."""
    exact = number.normalize(_EXACT)
    exponent = exact.as_tuple().exponent
    return len(exact.as_tuple().digits) <= DIGITS and isinstance(exponent, int) and exponent >= -PLACES


@frozen
class Sides:
    """The two sides of a relation as formulas without `=`, and the comparison as a spreadsheet writes it."""

    left: str
    comparison: str
    right: str


def sides(check: Check, references: Sequence[str | None]) -> Sides | None:
    """The formulas of a relation of one comparison; `references` hold the place of each figure, None without number.

    None where a spreadsheet can't compute from these figures what was compared.
    """
    tree = formula_tree(check)
    if not isinstance(tree, Comparison) or not any(isinstance(node, Name) for node in walk(tree)):
        return None
    for node, side in ((tree.left, check.left), (tree.right, check.right)):
        if side is None or computed(node, check.cells) != Fraction(side):
            return None
    left, right = _formula(tree.left, references), _formula(tree.right, references)
    return None if left is None or right is None else Sides(left, _SIGNS[tree.operator], right)


def _formula(node: Expression, references: Sequence[str | None]) -> str | None:
    match node:
        case Number(value):
            return f"{value:f}" if fits(value) else None
        case Name(name, _):
            return references[int(name)] if name.isdecimal() else None
        case Minus(operand):
            inner = _within(operand, references)
            return None if inner is None else f"(-{inner})"
        case Calculation(operator, left, right):
            chained = operator in "+-" and isinstance(left, Calculation) and left.operator in "+-"
            first = _formula(left, references) if chained else _within(left, references)
            second = _within(right, references)
            return None if first is None or second is None else f"{first}{operator}{second}"
        case Call(function, arguments, _) if function in _FUNCTIONS:
            parts = [_formula(argument, references) for argument in arguments]
            parts += ["0"] if function == "round" and len(parts) == 1 else []
            known = [part for part in parts if part is not None]
            return f"{_FUNCTIONS[function]}({','.join(known)})" if len(known) == len(parts) else None
        case _:
            return None


def _within(node: Expression, references: Sequence[str | None]) -> str | None:
    """A part of a calculation: one that is calculated itself stands in brackets."""
    text = _formula(node, references)
    return f"({text})" if text is not None and isinstance(node, Calculation) else text
