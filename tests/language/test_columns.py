"""`for_columns`: one rule for several columns, each check told with its column."""

from __future__ import annotations

import polars as pl
import pytest

import audit
from audit.model.errors import InputError

MONEY = {
    "money": pl.DataFrame(
        {"item": ["all", "a", "b"], "y2019": [3, 1, 2], "y2020": [9, 4, 4], "rate": [1, 1, 1]}
    )
}
ALONG = """
- id: total
  title: t
  table: money
  along: item
  for_columns: {columns}
  check: all == a + b
"""
ROWS = """
- id: least
  title: t
  table: money
  for_columns: ["y20*"]
  applies: column > 1
  check: column < 9
"""


@pytest.mark.parametrize("columns", ["[y2019, y2020]", '["y20*"]', '[y2020, "y2*"]'])
def test_a_rule_is_one_for_each_of_the_columns(columns: str) -> None:
    report = audit.check(MONEY, ALONG.format(columns=columns), everything=True)
    assert [(check.key, check.verdict) for check in report.checks] == [
        ({"group": "y2019"}, "holds"), ({"group": "y2020"}, "violated"),
    ]  # fmt: skip
    assert len({check.id for check in report.checks}) == 2


def test_column_stands_for_each_of_them_row_by_row() -> None:
    report = audit.check(MONEY, ROWS, everything=True)
    assert [(check.cells[0].column, check.verdict) for check in report.checks] == [
        ("y2019", "holds"), ("y2019", "holds"), ("y2020", "violated"), ("y2020", "holds"), ("y2020", "holds"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "told"),
    [(ALONG.format(columns='["x*"]'), "rules:6:18: the table “money” has no column “x*”"),
     (ALONG.format(columns="[y2019]") + "  column: y2020\n", "a rule has either column or for_columns")],
)  # fmt: skip
def test_a_slip_is_told_at_its_place(rule: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        audit.check(MONEY, rule)
    assert told in str(refused.value)


def test_a_pattern_means_number_columns_only() -> None:
    table = pl.DataFrame({"id": ["a", "b"], "y2019": [1, 2], "y_note": ["x", "y"]})
    rules = '- {id: r, title: t, table: t, for_columns: ["*"], check: column > 0, missing: skip}\n'
    found = audit.check(tables={"t": table}, rules=rules, everything=True)
    assert {cell.column for check in found.checks for cell in check.cells} == {"y2019"}
