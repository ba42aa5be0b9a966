from dataclasses import replace

import pytest

from audit.reporting.terms import terms
from audit.reporting.xlsx.formulas import sides
from tests.reporting.sample import figure, sum_check

WHOLE = figure("whole", "90", region="创新区")
PARTS = (figure("parts", "50", region="南区"), figure("parts", "30", region="北区"))
CHECK = sum_check("violated", WHOLE, *PARTS)
PLACES = ["F!A1", "F!A2", "F!A3"]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("whole == sum(parts)", (0, "==", 1, "+", 2)),
        ("whole >= max(parts)", (0, ">=", "max", "(", 1, ",", 2, ")")),
        ("min(whole) <= 100", (0, "<=", "100")),
        ("whole - sum(parts) == 0", (0, "-", "(", 1, "+", 2, ")", "==", "0")),
        ("whole == 2 * sum(parts) + 1", (0, "==", "2", "*", "(", 1, "+", 2, ")", "+", "1")),
        ("whole == (whole - 1) * 2", (0, "==", "(", 0, "-", "1", ")", "*", "2")),
        ("whole == other", (0, "==", "?")),
        ("count(parts) >= 1", ("2", ">=", "1")),
        ("whole is not missing", (0, "is not missing")),
        ("whole == = parts", ()),
    ],
)
def test_figures_take_the_places_of_operands(expression: str, found: tuple[object, ...]) -> None:
    assert terms(CHECK, expression) == found


def test_a_relation_of_a_thousand_figures_is_not_spelled_out() -> None:
    assert terms(replace(CHECK, cells=(WHOLE, *PARTS * 500)), "whole == sum(parts)") == ()


@pytest.mark.parametrize(
    ("expression", "left", "sign", "right"),
    [
        ("whole == sum(parts)", "F!A1", "=", "F!A2+F!A3"),
        ("whole >= max(parts)", "F!A1", ">=", "MAX(F!A2,F!A3)"),
        ("abs(whole - mean(parts)) < 0.5", "ABS(F!A1-AVERAGE(F!A2,F!A3))", "<", "0.5"),
    ],
)
def test_a_relation_becomes_formulas(expression: str, left: str, sign: str, right: str) -> None:
    found = sides(terms(CHECK, expression), PLACES)
    assert found is not None
    assert (found.left, found.comparison, found.right) == (left, sign, right)


@pytest.mark.parametrize(
    "expression",
    ["whole == other", "count(parts) >= 1", "whole is missing", "0 <= whole <= 1", 'whole == "x"'],
)
def test_what_a_spreadsheet_cannot_compute_has_no_formula(expression: str) -> None:
    assert sides(terms(CHECK, expression), PLACES) is None


def test_a_figure_without_a_number_has_no_formula() -> None:
    assert sides(terms(CHECK, "whole == sum(parts)"), ["F!A1", None, "F!A3"]) is None
