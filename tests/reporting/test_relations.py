from dataclasses import replace
from decimal import Decimal

import pytest

from audit.reporting.quotes import LONG, quote
from audit.reporting.relations import difference, relation, sides
from audit.wording import words
from tests.reporting.sample import figure, sample

CHECKS = {check.id: check for check in sample().checks}


@pytest.mark.parametrize(
    ("formula", "verdict", "shown"),
    [
        ("`0` == `1` + `2`", "violated", "90 ≠ 50 + 30 = 80"),
        ("`0` == `1`", "violated", "90 ≠ 50"),
        ("`0` <= `1` + `2`", "violated", "90 > 50 + 30 = 80"),
        ("`0` == `1` + 40", "holds", "90 = 50 + 40"),
        ("0 < `0` and `0` <= `1` + `2`", "violated", "0 < 90; 90 > 50 + 30"),
        ("not `0` == 90", "violated", "90 = 90"),
        ("`0` == `1` and `0` == `?`", "untestable", "90 ≠ 50; 90 = ?"),
        ("`1|2` == `0`", "untestable", "(50 | 30) = 90"),
        ("1 >= 2", "violated", ""),
        ("`0` ==", "violated", ""),
        ("", "violated", ""),
    ],
)
def test_a_relation_is_true_as_told(formula: str, verdict: str, shown: str) -> None:
    check = replace(CHECKS["sum03"], formula=formula, verdict=verdict)  # type: ignore[arg-type]
    assert relation(check) == shown


def test_no_number_of_a_long_relation_is_cut() -> None:
    cells = (*CHECKS["sum03"].cells, *(figure("parts", "12345678", line=n) for n in range(60)))
    formula = "`0` == " + " + ".join(f"`{n}`" for n in range(3, 60))
    shown = relation(replace(CHECKS["sum03"], formula=formula, cells=cells))
    assert shown.endswith(" …") and set(shown.split()[2:-1]) == {"12345678", "+"}


def test_a_count_of_rows_is_not_told_as_a_relation() -> None:
    check = replace(CHECKS["lead-14"], formula="0 >= 1", imbalance=Decimal(-1))
    assert (relation(check), difference(check)) == ("", "")


def test_the_imbalance_has_its_unit() -> None:
    assert difference(CHECKS["sum10"]) == "−90 亿元"
    assert difference(CHECKS["lead-14"]) == ""
    assert difference(CHECKS["sum13"]) == "+999999999999997.1234 万平方米"


def test_sides_are_told_only_where_they_are_intervals() -> None:
    assert sides(CHECKS["sum03"], words("en")) == ""
    assert sides(CHECKS["sum11"], words("en")) == "left side [57.5, 58.5], right side [56, 58]"


def test_the_figure_is_found_in_the_words_of_the_plan() -> None:
    assert quote(figure("南区", "50")) == ("研发机构达到", "50", "家")
    assert quote(figure("南区", "50", evidence="五十家")) == ("五十家", "", "")
    long = figure("南区", "50", evidence="前" * 500 + "50" + "后" * 500)
    assert quote(long)[1] == "50"
    assert sum(map(len, quote(long))) <= LONG + 2
    assert Decimal(quote(long)[1]) == long.value
