"""A tree printed and read again is the same tree: brackets stand where it needs them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    rebuilt,
)  # fmt: skip
from audit.language.parsing import parse
from audit.language.printing import ATOM, told

AT = Position("rules.yaml", 1, 1)

numbers = st.recursive(
    st.sampled_from(["a", "自创区", "a b", "if"]).map(lambda name: Name(name, AT))
    | st.sampled_from(["0", "1.50", "12"]).map(lambda n: Number(Decimal(n))),
    lambda inner: st.one_of(
        st.builds(Calculation, st.sampled_from("+-*/^"), inner, inner),
        st.builds(Minus, inner),
        st.builds(lambda x, y: Call("max", (x, y), AT), inner, inner),
        st.builds(lambda p, x, y: Choice(Comparison("<", x, p), x, y), inner, inner, inner),
    ),
    max_leaves=8,
)
conditions = st.recursive(
    st.builds(Comparison, st.sampled_from(["==", "!=", "<=", ">=", "<", ">"]), numbers, numbers)
    | st.builds(Missing, numbers)
    | st.sampled_from([Truth(True), Truth(None), Comparison("==", Name("a", AT), Text('say "no"'))]),
    lambda inner: st.one_of(
        st.builds(Junction, st.sampled_from(["and", "or"]), inner, inner),
        st.builds(Not, inner),
        st.builds(Choice, inner, inner, inner),
    ),
    max_leaves=8,
)


def placeless(tree: Expression) -> Expression:
    """The tree without the places of its names and calls."""

    def forget(node: Expression) -> Expression:
        match node:
            case Name(name, _):
                return Name(name, AT)
            case Call(function, arguments, _):
                return Call(function, arguments, AT)
        return node

    return rebuilt(tree, forget)


@settings(deadline=None)
@given(conditions)
def test_what_is_printed_is_read_as_the_same_tree(tree):
    assert placeless(parse(told(tree), AT)) == tree


@pytest.mark.parametrize(
    "text",
    ["a - (b - c)", "a - b - c", "a / (b / c)", "(a + b) * c", "-(a + b)", "(-a) ^ 2", "-a ^ 2", "(a ^ b) ^ c", "a ^ b ^ c",
     "not (a == 1 or b == 2)", "(a == 1 or b == 2) and c == 3", "a is not missing", "a + b is missing",
     "if a > 0 then b > 0 else c > 0", "a == (if b > 0 then 1 else 2)", "sum(x * w) == 3", "`a b` == 1", "a == 'x \"y\"'"],
)  # fmt: skip
def test_brackets_stand_only_where_the_tree_needs_them(text):
    assert told(parse(text, AT)) == text


def test_operands_can_be_printed_as_what_they_stand_for():
    figures = {"a": ("3 + 4", 5), "b": ("9", ATOM)}
    own = lambda node: figures[node.name] if isinstance(node, Name) else None  # noqa: E731
    assert told(parse("b - a == a * b", AT), own) == "9 - (3 + 4) == (3 + 4) * 9"
