"""What a figure states and what its literal, its unit and its rounding allow, as the verdicts show it."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

import audit
from audit.model.errors import InputError
from tests.engine.small import checks, verdict


def stated(value, literal=None, unit="亿元", item="a", **more):
    number = None if value is None else Decimal(value)
    return {"item": item, "value": number, "literal": literal, "unit": unit} | more


def ends(row, rounding=None):
    """The ends that a figure is allowed, as a comparison with 0 shows them."""
    rule = {"rounding": rounding} if rounding else {}
    (check,) = checks("x == 0", [row], for_each=["item"], let={"x": {}}, **rule)
    return check.left_low, check.left_high


@pytest.mark.parametrize(
    ("literal", "value", "unit", "half"),
    [
        ("100亿元", 100, "亿元", "0.5"), ("100亿", 100, "亿元", "0.5"), ("1.5亿元", "1.5", "亿元", "0.05"),
        ("263.70", "263.7", "亿元", "0.005"), ("308.00", 308, "亿元", "0.005"), ("1.5万", 15000, "家", 500),
        ("150家以上", 150, "家", 0), ("6e+05", 600000, "家", 50000), (None, "263.7", "亿元", "0.05"),
    ],
)  # fmt: skip
def test_half_a_unit_of_the_last_written_digit_is_allowed(literal, value, unit, half):
    number, half = Decimal(value), Decimal(half)
    assert ends(stated(value, literal, unit)) == (number - half, number + half)


@pytest.mark.parametrize(("literal", "unit"), [("120亿元", "亿元"), ("100", "家"), ("around ten", "亿元")])
def test_a_literal_that_states_something_else_is_refused_at_its_row(literal, unit):
    rows = [stated(100, "100"), stated(100 if literal != "100" else 90, literal, unit, item="b")]
    with pytest.raises(InputError, match=r"^targets:2: literal “.*” does not state what the row gives"):
        verdict("x == 0", rows, for_each=["item"], let={"x": {}})


def test_a_table_without_rows_has_no_figures():
    empty = pl.DataFrame([stated(1, "1")]).clear()
    assert (
        audit.check(
            tables={"targets": empty}, rules="- {id: r, title: t, check: value > 0}\n", everything=True
        ).checks
        == ()
    )


def test_where_figures_are_exact_their_literals_are_not_asked():
    assert ends(stated(100, "around ten"), "exact") == (100, 100)


def test_every_number_column_is_rounded_as_written_where_a_rule_says_so():
    rows = [{"item": "a", "given": Decimal("0.33"), "worked_out": Decimal("0.334")}]
    rule = {"table": "shares"}
    assert verdict("given == worked_out", {"shares": rows}, **rule) == "violated"
    assert verdict("given == worked_out", {"shares": rows}, rounding="as_written", **rule) == "reconcilable"
    wide = [{"item": "a", "given": Decimal("0.33"), "worked_out": Decimal("0.336")}]
    assert verdict("given == worked_out", {"shares": wide}, rounding="as_written", **rule) == "violated"


@pytest.mark.parametrize(
    ("left", "right"),
    [("0.12345678901", "0.12345678909"), ("0.12345678901234", "0.12345678909999"),
     ("12345678901234567890123456789012", "12345678901234567890123456789013")],
)  # fmt: skip
def test_no_digit_of_a_figure_is_lost(left, right):
    values = pl.Series([Decimal(left), Decimal(right)], dtype=pl.Decimal(38, 14 if "." in left else 0))
    frame = pl.DataFrame({"item": ["a", "b"], "value": values})
    rules = "- {id: r, title: t, along: item, rounding: exact, check: a == b}\n"
    (check,) = audit.check(tables={"targets": frame}, rules=rules, everything=True).checks
    assert check.verdict == "violated" and check.imbalance == Decimal(left) - Decimal(right)


def test_what_rounding_explains_is_a_warning_at_most():
    rows = [stated("10.4", item="a"), stated("10.5", item="b"), stated(30, item="c")]
    frame = pl.DataFrame(rows)
    rules = "- {id: r, title: t, along: item, rounding: as_written, check: a == b}\n"
    rules += "- {id: s, title: t, along: item, check: a == c}\n"
    report = audit.check(tables={"targets": frame}, rules=rules)
    assert {(f.check.verdict, f.severity) for f in report.findings} == {
        ("reconcilable", "warning"),
        ("violated", "error"),
    }


def test_an_open_bound_keeps_a_greatest_number_open():
    rows = [stated(5, low=Decimal(5), high=None), stated(8, item="b", low=Decimal(8), high=Decimal(8))]
    assert verdict("max(a, b) == 20", rows, along="item", rounding="exact") == "reconcilable"
    assert verdict("min(a, b) == 20", rows, along="item", rounding="exact") == "violated"
