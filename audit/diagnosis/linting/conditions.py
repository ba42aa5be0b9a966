"""The check of a rule as a condition over figures: alternatives, each of linear constraints that all hold."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from audit.diagnosis.linting.terms import Terms, added, times
from audit.diagnosis.systems.constraint import Constraint, between
from audit.diagnosis.systems.rule_sets import MOST_ALTERNATIVES, Alternatives
from audit.language.expression import (
    Call,
    Choice,
    Comparator,
    Comparison,
    Expression,
    Junction,
    Minus,
    Not,
    Truth,
)  # fmt: skip

ALWAYS: Alternatives = ((),)
NEVER: Alternatives = ()
_TURNED: dict[Comparator, Comparator] = {"==": "==", "!=": "!=", "<=": ">=", ">": "<", ">=": "<=", "<": ">"}
_OPPOSITE: dict[Comparator, Comparator] = {"==": "!=", "!=": "==", "<=": ">", ">": "<=", ">=": "<", "<": ">="}


class TooMany(Exception):
    """A condition has more alternatives than are followed."""


def condition(node: Expression, terms: Terms, holds: bool = True) -> Alternatives:
    """What must be for `node` to hold, or with `holds` False not to; raises `TooMany`."""
    match node:
        case Truth(bool() as value):
            return ALWAYS if value == holds else NEVER
        case Not(inner):
            return condition(inner, terms, not holds)
        case Junction(operator, left, right):
            both = condition(left, terms, holds), condition(right, terms, holds)
            return all_of(*both) if (operator == "and") == holds else any_of(*both)
        case Choice(premise, chosen, otherwise):
            return any_of(
                all_of(condition(premise, terms), condition(chosen, terms, holds)),
                all_of(condition(premise, terms, False), condition(otherwise, terms, holds)),
            )
        case Comparison():
            return _compared(node, terms, holds)
        case _:
            return _asked(terms.key(node), holds)


def all_of(*conditions: Alternatives) -> Alternatives:
    """The condition that all of some hold."""
    size = 1
    for one in conditions:
        size *= len(one)
    if size > MOST_ALTERNATIVES:
        raise TooMany
    return tuple(tuple(c for alternative in chosen for c in alternative) for chosen in product(*conditions))


def any_of(*conditions: Alternatives) -> Alternatives:
    """The condition that at least one of some holds."""
    found = tuple(alternative for one in conditions for alternative in one)
    if len(found) > MOST_ALTERNATIVES:
        raise TooMany
    return found


def _asked(question: str, holds: bool) -> Alternatives:
    """A condition that is no comparison of numbers: yes is 1, no is 0."""
    end = Fraction(1 if holds else 0)
    return ((between(f"?{question}", end, end),),)


def _compared(node: Comparison, terms: Terms, holds: bool) -> Alternatives:
    operator = node.operator if holds else _OPPOSITE[node.operator]
    tolerance = terms.rule.tolerance
    if tolerance.relative:
        return _asked(f"{terms.key(node)}±{tolerance}", holds)
    if not _among(node.left) and _among(node.right):
        return _related(node.right, node.left, _TURNED[operator], terms)
    return _related(node.left, node.right, operator, terms)


def _related(left: Expression, right: Expression, operator: Comparator, terms: Terms) -> Alternatives:
    """`left operator right`; of the greatest or least of several on the left, what that says of each of them."""
    if several := _among(left):
        if operator == "==":
            return all_of(*(_related(left, right, one, terms) for one in ("<=", ">=")))
        if operator == "!=":
            return any_of(*(_related(left, right, one, terms) for one in ("<", ">")))
        least = isinstance(left, Call) and left.function == "min"
        every = operator in ((">=", ">") if least else ("<=", "<"))
        return (all_of if every else any_of)(*(_related(one, right, operator, terms) for one in several))
    weights, constant = added(terms.form(left), times(terms.form(right), Fraction(-1)))
    return _linear(weights, -constant, operator, Fraction(terms.rule.tolerance.absolute))


def _among(node: Expression) -> tuple[Expression, ...]:
    """The numbers of which an expression is the greatest or the least; none where it is not of several."""
    match node:
        case Call("abs", (inner,), _):
            return inner, Minus(inner)
        case Call("min" | "max", arguments, _) if len(arguments) > 1:
            return arguments
        case _:
            return ()


def _linear(
    weights: dict[str, Fraction], end: Fraction, operator: Comparator, slack: Fraction
) -> Alternatives:
    """`weights operator end`; the tolerance widens what is asked and narrows what is asked not to be."""
    match operator:
        case "==":
            return ((Constraint(weights, end - slack, end + slack),),)
        case "!=":
            above = Constraint(weights, low=end + slack, low_open=True)
            return ((Constraint(weights, high=end - slack, high_open=True),), (above,))
        case "<=":
            return ((Constraint(weights, high=end + slack),),)
        case ">=":
            return ((Constraint(weights, low=end - slack),),)
        case "<":
            return ((Constraint(weights, high=end - slack, high_open=True),),)
        case ">":
            return ((Constraint(weights, low=end + slack, low_open=True),),)
