from dataclasses import replace
from decimal import Decimal

import pytest

from audit.model.report import Check
from audit.reporting.terms import terms
from audit.reporting.xlsx.formulas import sides
from tests.reporting.sample import figure, sum_check

WHOLE = figure("whole", "90", region="创新区")
PARTS = (figure("parts", "50", region="南区"), figure("parts", "30", region="北区"))
CHECK = sum_check("violated", WHOLE, *PARTS)
PLACES = ["F!A1", "F!A2", "F!A3"]


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("`0` == `1` + `2`", (0, "==", 1, "+", 2)),
        ("`0` >= max(`1`, `2`)", (0, ">=", "max", "(", 1, ",", 2, ")")),
        ("`0` <= 100", (0, "<=", "100")),
        ("`0` - (`1` + `2`) == 0", (0, "-", "(", 1, "+", 2, ")", "==", "0")),
        ("`0` == `?`", (0, "==", "?")),
        ("`1|2` == `0`", ("(", 1, "|", 2, ")", "==", 0)),
        ("2 >= 1", ("2", ">=", "1")),
        ('`0` is not missing or "a b" == "c"', (0, "is", "not", "missing", "or", '"a b"', "==", '"c"')),
        ("`0` == = parts", ()),
        ("", ()),
    ],
)
def test_figures_take_the_places_of_operands(formula: str, found: tuple[object, ...]) -> None:
    assert terms(replace(CHECK, formula=formula)) == found


def test_a_relation_of_a_thousand_figures_is_not_spelled_out() -> None:
    formula = "`0` == " + " + ".join(f"`{n}`" for n in range(1, 1001))
    assert terms(replace(CHECK, formula=formula, cells=(WHOLE, *PARTS * 500))) == ()


def made(formula: str, left: str, right: str) -> Check:
    return replace(CHECK, formula=formula, left=Decimal(left), right=Decimal(right))


@pytest.mark.parametrize(
    ("check", "left", "sign", "right"),
    [
        (made("`0` == `1` + `2`", "90", "80"), "F!A1", "=", "F!A2+F!A3"),
        (made("`0` >= max(`1`, `2`)", "90", "50"), "F!A1", ">=", "MAX(F!A2,F!A3)"),
        (made("abs(`0` - mean(`1`, `2`)) < 0.5", "50", "0.5"), "ABS(F!A1-AVERAGE(F!A2,F!A3))", "<", "0.5"),
        (made("`0` * (`1` - -`2`) == -(`0` + 1)", "7200", "-91"), "F!A1*(F!A2-(-F!A3))", "=", "(-(F!A1+1))"),
        (made("`0` - (`1` - `2`) == round(`0` / 7)", "70", "13"), "F!A1-(F!A2-F!A3)", "=", "ROUND(F!A1/7,0)"),
    ],
)
def test_a_relation_becomes_formulas(check: Check, left: str, sign: str, right: str) -> None:
    found = sides(check, PLACES)
    assert found is not None
    assert (found.left, found.comparison, found.right) == (left, sign, right)


@pytest.mark.parametrize(
    "formula",
    [
        "`0` == `?`",
        "2 >= 1",
        "`0` is missing",
        "0 <= `0` and `0` <= 1",
        "`0` == `1` + `2` + 1",
        "`0` == 0.123456789",
    ],
)
def test_what_a_spreadsheet_cannot_compute_has_no_formula(formula: str) -> None:
    assert sides(made(formula, "90", "80"), PLACES) is None


def test_a_figure_without_a_number_has_no_formula() -> None:
    assert sides(CHECK, ["F!A1", None, "F!A3"]) is None
