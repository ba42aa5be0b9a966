"""A check as a linear constraint over the figures that it compares, where it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from audit.diagnosis.systems.constraint import Constraint
from audit.language.expression import Calculation, Call, Comparison, Expression, Minus, Name, Number
from audit.language.rule import Rule
from audit.model.report import Cell, Check

Form = tuple[dict[str, Fraction], Fraction]
"""Weights by variable, and a constant."""


def variable(cell: Cell) -> str:
    """The name of a figure as a variable: rows that state one figure in one unit, in whatever table, are one."""
    return f"{cell.document}|{cell.id}|{cell.column}|{cell.unit}|{cell.value}|{cell.low}|{cell.high}"


def is_linear(rule: Rule) -> bool:
    """Whether a rule compares two weighted sums, so that its checks are linear constraints."""
    check = rule.check
    if not isinstance(check, Comparison) or rule.tolerance.relative or check.operator == "!=":
        return False
    return all(map(_is_sum, (check.left, check.right)))


def _is_sum(node: Expression) -> bool:
    match node:
        case Number() | Name() | Call("sum" | "mean", (Name(),), _):
            return True
        case Minus(operand):
            return _is_sum(operand)
        case Calculation("+" | "-" | "*" | "/", left, right):
            return _is_sum(left) and _is_sum(right)
        case _:
            return False


def constraint_of(check: Check, rule: Rule, *, blanks: bool = False) -> Constraint | None:
    """What the figures of a check must meet; None where the rule is no linear comparison, or a figure is missing or not told.

    With `blanks` a row that states no number is a figure that is not known.
    """
    if check.untold or not is_linear(rule) or not isinstance(rule.check, Comparison):
        return None
    cells: dict[str, list[Cell]] = {}
    for cell in check.cells:
        cells.setdefault(cell.operand, []).append(cell)
    left, right = (_form(side, cells, blanks) for side in (rule.check.left, rule.check.right))
    if left is None or right is None:
        return None
    weights, constant = _added(left, _times(right, Fraction(-1)))
    weights = {name: weight for name, weight in weights.items() if weight}
    slack = Fraction(rule.tolerance.absolute)
    end = -constant
    match rule.check.operator:
        case "==":
            return Constraint(weights, end - slack, end + slack)
        case ">=":
            return Constraint(weights, low=end - slack)
        case "<=":
            return Constraint(weights, high=end + slack)
        case ">":
            return Constraint(weights, low=end, low_open=True)
        case "<":
            return Constraint(weights, high=end, high_open=True)
        case _:
            return None


def _form(node: Expression, cells: Mapping[str, Sequence[Cell]], blanks: bool) -> Form | None:
    match node:
        case Number(value):
            return {}, Fraction(value)
        case Name(name, _):
            own = cells.get(name, ())
            return (
                ({variable(own[0]): Fraction(1)}, Fraction(0)) if own and (blanks or _numeric(own)) else None
            )
        case Minus(operand):
            inner = _form(operand, cells, blanks)
            return None if inner is None else _times(inner, Fraction(-1))
        case Call("sum" | "mean" as function, (Name(name, _),), _):
            own = cells.get(name, ())
            if not own or not (blanks or _numeric(own)):
                return None
            weight = Fraction(1) if function == "sum" else Fraction(1, len(own))
            return dict.fromkeys(map(variable, own), weight), Fraction(0)
        case Calculation(operator, left, right):
            return _calculated(operator, _form(left, cells, blanks), _form(right, cells, blanks))
        case _:
            return None


def _calculated(operator: str, left: Form | None, right: Form | None) -> Form | None:
    if left is None or right is None:
        return None
    match operator:
        case "+":
            return _added(left, right)
        case "-":
            return _added(left, _times(right, Fraction(-1)))
        case "*" if not left[0]:
            return _times(right, left[1])
        case "*" if not right[0]:
            return _times(left, right[1])
        case "/" if not right[0] and right[1]:
            return _times(left, 1 / right[1])
        case _:
            return None


def _numeric(cells: Sequence[Cell]) -> bool:
    return all(cell.value is not None or cell.low is not None or cell.high is not None for cell in cells)


def _added(a: Form, b: Form) -> Form:
    weights = dict(a[0])
    for name, weight in b[0].items():
        weights[name] = weights.get(name, Fraction(0)) + weight
    return weights, a[1] + b[1]


def _times(form: Form, factor: Fraction) -> Form:
    return {name: weight * factor for name, weight in form[0].items()}, form[1] * factor
