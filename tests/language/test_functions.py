"""Every function has one record, and every use of functions knows all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.engine.functions import NUMBERS, TRUTHS
from audit.language.expression import Name, Position, walk
from audit.language.functions import FUNCTIONS, Function
from audit.language.parsing import parse
from audit.language.printing import told
from tests.engine.small import verdict

ROOT = Path(__file__).parents[2]
AT = Position("rules.yaml", 1, 1)
EVERY = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=list(FUNCTIONS))


def judged(check: str, cells: tuple[str, ...]) -> str:
    """The verdict of a check over the cells of the operand x, if it names one."""
    if not any(isinstance(node, Name) for node in walk(parse(check, AT))):
        check = f"{check} and count(x) >= 0"
    rows = [{"item": f"{place}", "value": int(cell)} for place, cell in enumerate(cells or ("1",))]
    let = {"x": {"item": [row["item"] for row in rows]}}
    return verdict(check, rows, for_each=[], let=let)


def test_the_engine_computes_exactly_the_functions_that_there_are():
    assert NUMBERS.keys() | TRUTHS.keys() == FUNCTIONS.keys()
    assert {f.name for f in FUNCTIONS.values() if f.form == "test"} == TRUTHS.keys()


@EVERY
def test_the_example_of_a_function_holds_and_its_denial_does_not(function: Function):
    assert judged(function.example, function.cells) == "holds"
    assert judged(f"not ({function.example})", function.cells) == "violated"


@EVERY
def test_a_function_is_printed_as_it_is_read(function: Function):
    tree = parse(function.example, AT)
    assert function.name in told(tree)
    assert told(parse(told(tree), AT)) == told(tree)


@EVERY
def test_the_manual_tells_of_every_function(function: Function):
    for manual, about in (("README.md", function.about.en), ("README.zh-CN.md", function.about.zh)):
        assert f"| `{function.name}` | {about} |\n" in (ROOT / manual).read_text("utf-8")


@EVERY
def test_an_aggregate_over_several_numbers_is_that_over_their_cells(function: Function):
    if function.form != "numbers":
        pytest.skip("takes no several numbers")
    rows = [{"item": i, "value": v} for i, v in (("a", 7), ("b", 1), ("c", 4), ("d", 30))]
    let = {i: {"item": i} for i in "abcd"} | {"x": {"item": list("abcd")}}
    check = f"{function.name}(x) == {function.name}(a, b, c, d)"
    assert verdict(check, rows, for_each=[], let=let) == "holds"


@pytest.mark.parametrize(
    ("check", "cells"),
    [("median(x) == 60", ("100", "60", "30")), ("median(x) == 45", ("100", "60", "30", "1")), ("median(x) == 5", ("5",)),
     ("median(100, 60, 30) == 60", ()), ("median(4, 1) == 2.5", ()), ("round(1234.5, -2) == 1200", ()),
     ("round(-2.5) == -3", ()), ("round(0.1 + 0.2, 1) == 0.3", ()), ("mean(x) == 2", ("1", "3"))],
)  # fmt: skip
def test_what_functions_come_to(check, cells):
    assert judged(check, cells) == "holds"


def test_the_median_of_intervals_is_that_of_their_ends():
    rows = [{"item": i, "value": v, "low": low, "high": high} for i, v, low, high in
            (("a", 1, 1, None), ("b", 5, 5, 6), ("c", 9, 8, 9))]  # fmt: skip
    let = {"x": {"item": list("abc")}}
    assert verdict("median(x) == 5", rows, for_each=[], let=let) == "holds"
    assert verdict("median(x) == 8", rows, for_each=[], let=let) == "reconcilable"
    assert verdict("median(x) == 9.5", rows, for_each=[], let=let) == "violated"
    assert verdict("median(x) == 4.9", rows, for_each=[], let=let) == "violated"
