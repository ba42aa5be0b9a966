"""Every function has one record, and every use of functions knows all of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

import audit
from audit.engine.functions import NUMBERS, TRUTHS
from audit.language.expression import Name, Position, walk
from audit.language.functions import FUNCTIONS, Function
from audit.language.parsing import parse
from audit.language.printing import told
from audit.model.errors import InputError
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
     ("mad(x) == 1", ("1", "2", "3")), ("mad(x) == 0", ("7",)), ("mad(1, 1, 2, 9) == 0.5", ()), ("mad(x) == 15", ("10", "40")),
     ('convert(2.5, "亿元", "万元") == 25000', ()), ('convert(25, "万元", "亿元") == 0.0025', ()),
     ('convert(4, "吨", "公斤") == 4000', ()),
     ('convert(3, "km", "公里") == 3', ()), ('convert(sum(x), "万人", "人") == 60000', ("1", "2", "3")),
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


def test_the_deviation_of_intervals_lies_within_what_any_of_their_numbers_give():
    rows = [{"item": i, "value": v, "low": low, "high": high} for i, v, low, high in
            (("a", 1, 1, None), ("b", 5, 5, 6), ("c", 9, 8, 9))]  # fmt: skip
    let = {"x": {"item": list("abc")}}
    assert verdict("mad(x) == 4", rows, for_each=[], let=let) == "holds"
    for spread in ("3", "2", "1"):  # of 1, 5, 8; of 3, 5, 8 and of 5, 6, 8
        assert verdict(f"mad(x) == {spread}", rows, for_each=[], let=let) == "reconcilable"
    assert verdict("mad(x) == -1", rows, for_each=[], let=let) == "violated"


@pytest.mark.parametrize(
    "check",
    [
        'convert(x, "公顷", "亿元") > 1',
        'convert(x, "公顷") > 1',
        "convert(x, 1, 2) > 1",
        'convert(x, "", "人") > 1',
    ],
)
def test_units_of_two_kinds_are_not_converted(check):
    with pytest.raises(InputError, match="two units of one kind"):
        judged(check, ("1", "2"))


def test_a_conversion_is_told_by_what_it_multiplies_by_and_rounds_as_a_quotient_does():
    table = pl.DataFrame({"id": ["a", "b"], "yi": [Decimal("1.23")] * 2, "wan": [12345, 12445]})
    rules = """- {id: r, title: t, table: t, check: 'yi == convert(wan, "万元", "亿元")'}\n"""
    report = audit.check(tables={"t": table}, rules=rules)
    (finding,) = report.findings
    assert finding.check.equation.startswith("1.23 == 12445 / 10000")
