"""A code list that stands alone is checked as one of a package is, whether a file or a frame."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import audit
from audit.model.errors import InputError, InputErrors
from audit.tables.code_lists import read_code_list
from audit.tables.reading import read_csv

CASES = [
    ("code,parent\n甲,\n乙,丙\n", 3, "is not in the column code of region"),
    ("code,parent\n甲,\n乙,甲\n乙,甲\n", 4, "stands here again"),
    ("code,parent\n甲,乙\n乙,甲\n", 2, "leads back to the row itself"),
    ("code,parent\n甲,\n,甲\n", 3, "is blank"),
    ("code,aliases\n甲,大\n乙,小;大\n", 2, "also belongs to another code"),
    ("code,broader\n甲,乙\n", 2, "is not in the column code"),
    ("name,parent\n甲,\n", 1, "the column “code” is missing"),
]


@pytest.mark.parametrize(("text", "line", "reason"), CASES)
def test_a_bad_list_is_told_with_the_line_of_its_cell(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_code_list("region", read_csv(path, "regions.csv"))
    told = raised.value.faults[0] if isinstance(raised.value, InputErrors) else raised.value
    assert str(told).startswith(f"regions.csv:{line}:")
    assert reason in str(told)


@pytest.mark.parametrize(
    "text",
    [
        "code\n甲\n乙\n",
        "code,parent,aliases,colour\n甲,,大,\n乙,甲,小;中,red\n",
        "code,parent,from,to\n甲,,,\n丙,,,\n乙,甲,,2018\n乙,丙,2019,\n",
    ],
)
def test_a_good_list_is_taken(tmp_path: Path, text: str) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(text, encoding="utf-8")
    assert "甲" in read_code_list("region", read_csv(path, "regions.csv"))


RULE = """
- id: own.total
  title: 甲等于乙加丙
  table: targets
  for_each: [indicator]
  along: region
  check: 甲 == 乙 + 丙
"""


@pytest.mark.parametrize(
    "codes",
    [
        {"甲": None, "乙": "丁", "丙": "甲"},
        pl.DataFrame({"code": ["甲", "乙", "丙", "丙"], "parent": [None, "甲", "甲", "甲"]}),
    ],
)
def test_a_list_from_python_is_checked_the_same(codes: object) -> None:
    rows = {
        "id": ["1", "2", "3"],
        "indicator": ["企业"] * 3,
        "region": ["甲", "乙", "丙"],
        "value": [3, 1, 2],
    }
    with pytest.raises(InputError, match=r"codes\[region\]:"):
        audit.check({"targets": pl.DataFrame(rows)}, RULE, {"region": codes})
    assert audit.check(
        {"targets": pl.DataFrame(rows)}, RULE, {"region": {"甲": None, "乙": "甲", "丙": "甲"}}
    )
