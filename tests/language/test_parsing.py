"""Expressions read into trees, and mistakes told at their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.language.expression import (
    Calculation,
    Call,
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
)  # fmt: skip
from audit.language.parsing import parse
from audit.model.errors import InputError

AT = Position("rules.yaml", 7, 10)


def shape(node: Expression) -> str:
    """A tree with all its brackets."""
    match node:
        case Number(value):
            return f"{value}"
        case Text(value):
            return f"'{value}'"
        case Truth(value):
            return "unknown" if value is None else str(value).lower()
        case Name(name, _):
            return name
        case Minus(operand):
            return f"(-{shape(operand)})"
        case Missing(operand):
            return f"({shape(operand)} is missing)"
        case Not(operand):
            return f"(not {shape(operand)})"
        case Call(function, arguments, _):
            return f"{function}({', '.join(map(shape, arguments))})"
        case (
            Calculation(operator, left, right)
            | Comparison(operator, left, right)
            | Junction(operator, left, right)
        ):
            return f"({shape(left)} {operator} {shape(right)})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * c", "(a + (b * c))"), ("a - b - c", "((a - b) - c)"), ("a / b * c", "((a / b) * c)"),
        ("-a ^ 2", "(-(a ^ 2))"), ("a ^ b ^ c", "(a ^ (b ^ c))"), ("a ^ -b", "(a ^ (-b))"), ("-a * b", "((-a) * b)"),
        ("(a + b) * c", "((a + b) * c)"), ("a + b == c", "((a + b) == c)"), ("0 <= a < 5", "((0 <= a) and (a < 5))"),
        ("not a == b and c == d", "((not (a == b)) and (c == d))"),
        ("a == 1 or b == 2 and c == 3", "((a == 1) or ((b == 2) and (c == 3)))"),
        ("if a > 0 then b > 0", "((not (a > 0)) or (b > 0))"),
        ("if a > 0 then if b > 0 then c > 0", "((not (a > 0)) or ((not (b > 0)) or (c > 0)))"),
        ("a + b is missing", "((a + b) is missing)"), ("a is not missing", "(not (a is missing))"),
        ("a is stated", "(not (a is missing))"), ("a is not stated", "(a is missing)"),
        ("sum(parts) >= count(a, b)", "(sum(parts) >= count(a, b))"), ("any(x > 5)", "any((x > 5))"),
        ("`a b` == '甲'", "(a b == '甲')"), ('自创区 != "x"', "(自创区 != 'x')"), ("true or unknown", "(true or unknown)"),
        ("1.50 == a", "(1.50 == a)"), ("a\n  ==\n b", "(a == b)"),
    ],
)  # fmt: skip
def test_operators_bind_as_documented(text, expected):
    assert shape(parse(text, AT)) == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("a ==", 7, 14, "at “the end”; expected a name, a number"), ("a == = b", 7, 15, "at “=”"),
        ("a b", 7, 12, "at “b”; expected an operator"), ("(a + b", 7, 16, "a comma or )"), ("a)", 7, 11, "at “)”"),
        ("a == b == c == d", 7, 22, "expected and, or, or the end"), ("a == 3家", 7, 16, "at “家”"),
        ("if a > 1 b", 7, 19, "expected the word then"), ("a is b", 7, 15, "expected missing or stated"),
        ("a +\n   * b", 8, 4, "at “*”"), ("smu(a) == 1", 7, 10, "no function “smu”; the nearest is “sum”"),
        ("abs(a, b)", 7, 10, "abs() was given 2 arguments"), ("sum()", 7, 10, "sum() was given 0 arguments"),
        ("1 + if a then b", 7, 14, "at “if”"), ("a == 'x", 7, 15, "at “'”"), ("a; b", 7, 11, "at “;”"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_and_column(text, line, column, expected):
    with pytest.raises(InputError) as error:
        parse(text, AT)
    assert str(error.value).startswith(f"rules.yaml:{line}:{column}: ")
    assert expected in str(error.value)


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000 + "a" + ")" * 10_000, "(" * 5_000 + "a" + ")" * 5_000, "not " * 4_000 + "a == b", "-" * 9_000 + "a",
     "+".join(["a"] * 5_000), "if a > 0 then " * 1_000 + "a > 0", "abs(" * 2_000 + "a" + ")" * 2_000, "a ^ " * 3_000 + "a"],
)  # fmt: skip
def test_deep_nesting_is_refused_in_one_sentence(text):
    with pytest.raises(InputError, match=r"nested more than 100 deep|has \d+ characters") as error:
        parse(text, AT)
    assert "\n" not in str(error.value)


@given(st.text(alphabet=st.sampled_from("ab1.() +-*/^=<>!'\"`,家\n andotrisfhemg"), max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        parse(text, AT)
    except InputError as error:
        assert str(error).startswith("rules.yaml:")


leaves = st.sampled_from(["a", "b1", "自创区", "0", "12.5", "sum(parts)"])
totals = st.recursive(
    leaves,
    lambda inner: st.tuples(inner, st.sampled_from("+-*/^"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
)


@given(totals, st.sampled_from(["==", "!=", "<=", ">=", "<", ">"]), totals)
def test_what_is_in_brackets_stays_as_it_is(left, operator, right):
    text = f"({left} {operator} {right})"
    assert shape(parse(text, AT)) == text
