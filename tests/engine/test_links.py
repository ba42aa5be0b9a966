"""Members that stand in no row: keys to which links lead keep their own name, and meet no other key."""

from __future__ import annotations

import polars as pl

from tests.engine.small import checks

CODES = {"region": pl.DataFrame({"code": ["a whole", "part", "z"], "parent": [None, "a whole", None]})}
PARTS = {"own": {}, "parts": {"region": {"relative": "children"}}}


def test_parts_of_a_whole_that_no_row_names_are_parts_of_no_other_member():
    rows = [
        {"year": "2030", "region": "z", "value": 1},
        {"year": "2031", "region": "part", "value": 5},
    ]
    found = checks(
        "sum(parts) == 0", rows, CODES, for_each=["year", "region"], let=PARTS, keys="own", missing={"parts": "zero"}
    )  # fmt: skip
    assert {(check.key["region"], check.verdict) for check in found} == {("z", "holds"), ("part", "holds")}


def test_a_whole_that_no_row_names_is_told_by_its_name():
    rows = [{"year": "2030", "region": "z", "value": 1}, {"year": "2031", "region": "part", "value": 5}]
    found = checks(
        "sum(parts) == 5", rows, CODES, for_each=["year", "region"], let={"parts": PARTS["parts"]}, keys="parts"
    )  # fmt: skip
    assert [(check.key, check.verdict) for check in found] == [
        ({"year": "2031", "region": "a whole"}, "holds")
    ]
