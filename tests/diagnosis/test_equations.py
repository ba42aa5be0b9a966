"""The printed equation is the computed one: read again and computed from its own numbers it has the verdict of its check."""

from __future__ import annotations

import re
import statistics
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import audit
from audit.diagnosis.formulas import OF_NUMBERS
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
    Truth,
)
from audit.language.functions import FUNCTIONS
from audit.language.parsing import parse
from audit.model.report import Check
from audit.reporting.relations import relation
from tests.engine.small import yaml

ABSENT = re.compile(r"\([^()|]*\|[^()]*\)|\?")


def read(equation: str) -> Expression:
    return parse(ABSENT.sub("`?`", equation), Position("", 1, 1))


def computed(node: Expression) -> Any:
    """The value of a printed expression: a number, a text, a truth, or None for what is not known."""
    match node:
        case Number(value):
            return Fraction(value)
        case Text(value):
            return value
        case Truth(value):
            return value
        case Name():
            return None
        case Missing(Name()):
            return True
        case Missing():
            return False
        case Not(operand):
            truth = computed(operand)
            return None if truth is None else not truth
        case Junction(operator, left, right):
            truths = [computed(left), computed(right)]
            decisive = operator == "or"
            return decisive if decisive in truths else None if None in truths else not decisive
        case Choice(premise, chosen, otherwise):
            truth = computed(premise)
            return None if truth is None else computed(chosen if truth else otherwise)
        case Minus(operand):
            value = computed(operand)
            return None if value is None else -value
        case Calculation(operator, left, right):
            a, b = computed(left), computed(right)
            if a is None or b is None or (operator == "/" and b == 0):
                return None
            return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[
                operator
            ]()
        case Comparison(operator, left, right):
            a, b = computed(left), computed(right)
            if a is None or b is None:
                return None
            return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]
        case Call(function, arguments, _):
            values = [computed(argument) for argument in arguments]
            if None in values:
                return None
            if function == "round":
                digits = int(values[1]) if len(values) > 1 else 0
                scaled = abs(values[0]) * Fraction(10) ** digits
                return (
                    Fraction(int(scaled + Fraction(1, 2)))
                    / Fraction(10) ** digits
                    * (1 if values[0] >= 0 else -1)
                )
            return {
                "abs": lambda: abs(values[0]), "sum": lambda: sum(values), "min": lambda: min(values),
                "max": lambda: max(values), "mean": lambda: sum(values) / len(values),
                "median": lambda: statistics.median(values),
                "mad": lambda: statistics.median(abs(value - statistics.median(values)) for value in values),
            }[function]()  # fmt: skip
    raise AssertionError(node)


def holds_as_told(check: Check) -> None:
    truth = computed(read(check.equation))
    expected = {True: ("holds",), False: ("violated", "reconcilable"), None: ("untestable",)}[truth]
    assert check.verdict in expected, check.equation


numbers = st.sampled_from(["0", "1", "2", "3", "-2", "0.5", "10", "2.25", "1000000000000", "0.000000001"])
bare = st.sampled_from(["a", "b"])
comparators = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
aggregates = st.sampled_from(["sum", "min", "max", "mean", "median", "mad", "count", "distinct"])
counts = st.builds("count(xs {} {})".format, comparators, st.sampled_from(["1", "2"]))
atoms = st.one_of(
    bare, st.sampled_from(["0", "2", "0.5"]), st.builds("{}(xs)".format, aggregates), counts,
    st.builds("min({}, {})".format, bare, bare), st.just("count(a, b)"),
)  # fmt: skip
terms = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*"]), inner),
        st.builds("-{}".format, inner), st.builds("abs({})".format, inner), st.builds("round({}, 1)".format, inner),
    ),
    max_leaves=4,
)  # fmt: skip
comparisons = st.one_of(
    st.builds("{} {} {}".format, terms, comparators, terms),
    st.builds("{}(xs {} {})".format, st.sampled_from(["any", "all"]), comparators, st.sampled_from(["1", "2"])),
    st.builds("{} is missing".format, bare), st.builds("{} is stated".format, bare),
)  # fmt: skip
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("not ({})".format, inner), st.builds("(if {} then {})".format, inner, inner),
    ),
    max_leaves=3,
)  # fmt: skip
cells = st.lists(st.tuples(st.sampled_from("aabbxxyz"), numbers | st.none()), min_size=1, max_size=7)


def checks_of(condition: str, rows: list[tuple[str, str | None]], **rule: Any) -> tuple[Check, ...]:
    """The checks of a rule over operands a and b, each one cell, and xs, the cells of x, y and z."""
    frame = pl.DataFrame(
        {"id": [str(n) for n in range(len(rows))], "item": [item for item, _ in rows],
         "value": pl.Series([None if value is None else Decimal(value) for _, value in rows], dtype=pl.Decimal(38, 9))}
    )  # fmt: skip
    given = {"a": {"item": "a"}, "b": {"item": "b"}, "xs": {"item": ["x", "y", "z"]}}
    let = {name: own for name, own in given.items() if re.search(rf"\b{name}\b", condition)}
    lines = [
        "- id: rule",
        "  title: rule",
        f"  check: {yaml(condition)}",
        f"  let: {yaml(let)}",
        "  for_each: []",
    ]
    lines += [f"  {name}: {yaml(value)}" for name, value in rule.items()]
    everything = pl.DataFrame(
        {"code": list("abxyz"), "parent": [None] * 5}, schema={"code": pl.String, "parent": pl.String}
    )
    return audit.check(
        {"targets": frame}, "\n".join(lines) + "\n", {"item": everything}, everything=True
    ).checks


@settings(deadline=None, max_examples=150)
@given(conditions.filter(lambda text: re.search(r"\b(a|b|xs)\b", text)), cells)
def test_an_equation_read_again_has_the_verdict_of_its_check(condition, rows) -> None:
    for check in checks_of(condition, rows):
        holds_as_told(check)


@settings(deadline=None, max_examples=60)
@given(
    st.builds("{} {} {}".format, terms, comparators, terms).filter(lambda text: re.search(r"\b(a|b|xs)\b", text)), cells,
    st.sampled_from(["0.5", "1"]), st.sampled_from(["0.1", "0"]),
)  # fmt: skip
def test_an_equation_says_its_tolerance(condition, rows, absolute, relative) -> None:
    for check in checks_of(condition, rows, tolerance={"absolute": absolute, "relative": relative}):
        holds_as_told(check)


@pytest.mark.parametrize(
    ("condition", "rows", "equation", "told"),
    [
        ("a == b and a == sum(xs)", [("a", "40"), ("b", "100"), ("x", "100"), ("y", "0"), ("z", "0")],
         "40 == 100 and 40 == 100 + 0 + 0", "40 ≠ 100; 40 ≠ 100 + 0 + 0"),
        ("a == b or not a < b", [("a", "3"), ("b", "7")], "3 == 7 or not 3 < 7", "3 ≠ 7; 3 < 7"),
        ("if a > 1 then b == 2", [("a", "3"), ("b", "7")], "not 3 > 1 or 7 == 2", "3 > 1; 7 ≠ 2"),
        ("a == sum(xs)", [("a", "3"), *[(item, "1") for item in "xxyz"]], "3 == 1 + 1 + 1", "3 = 1 + 1 + 1"),
        ("a == sum(xs)", [("a", "1"), ("x", "1")], "1 == 1 + ?", "1 = 1 + ?"),
        ("a > max(xs)", [("a", "9"), ("x", "9"), ("y", "9"), ("z", "9")], "9 > max(9, 9, 9)", "9 ≤ max(9, 9, 9) = 9"),
        ("a == b", [("a", "1"), ("a", "2"), ("b", "1")], "(1 | 2) == 1", "(1 | 2) = 1"),
        ("any(xs != 1)", [("x", "2"), ("x", "3")], "(2 | 3) != 1 or ? != 1", "(2 | 3) ≠ 1; ? ≠ 1"),
        ("a - b == 5", [("a", "1"), ("b", "-2")], "1 - -2 == 5", "1 - -2 ≠ 5"),
        ("a * (b + 1) == -a", [("a", "2"), ("b", "3")], "2 * (3 + 1) == -2", "2 * (3 + 1) ≠ -2"),
        ("a == 0.1234567894", [("a", "0.123456789")], "0.123456789 == 0.1234567894", "0.123456789 ≠ 0.1234567894"),
    ],
)  # fmt: skip
def test_what_is_printed(condition, rows, equation, told) -> None:
    (check,) = checks_of(condition, rows)
    assert (check.equation, relation(check)) == (equation, told)
    holds_as_told(check)


def test_formulas_know_every_function_of_numbers() -> None:
    of_numbers = {f.name for f in FUNCTIONS.values() if f.form in ("number", "rounding", "numbers")}
    assert OF_NUMBERS.keys() == of_numbers
