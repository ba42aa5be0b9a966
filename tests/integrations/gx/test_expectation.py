"""`expect_figures_to_hold_together` on batches of pandas, files and databases, in GX's result format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import audit.gx
from audit.errors import InputError
from tests.integrations.gx.batches import BATCHES, CODES, ROWS, RULES, of_pandas

Expectation = audit.gx.ExpectFiguresToHoldTogether


def validated(rows: pd.DataFrame, folder: Path, kind: str = "pandas", **asked: Any) -> Any:
    format_ = asked.pop("result_format", "COMPLETE")
    rules = asked.pop("rules", RULES)
    expectation = Expectation(rules=rules, codes=CODES, keys=["period", "region"], **asked)
    return BATCHES[kind](rows, folder).validate(expectation, result_format=format_)


@pytest.mark.parametrize("kind", BATCHES)
def test_the_result_is_gx_own_and_the_same_from_every_source(kind: str, tmp_path: Path) -> None:
    result = validated(ROWS, tmp_path, kind)
    assert not result.success and not result.exception_info["raised_exception"]
    found = result.result
    assert found["verdicts"] == {"holds": 9, "reconcilable": 0, "violated": 1, "untestable": 1}
    assert (found["element_count"], found["unexpected_count"]) == (11, 1)
    (entry,) = found["unexpected_list"]
    assert entry["relation"] == "1560 ≠ 650 + 1000 = 1650" and entry["imbalance"] == "-90"
    assert entry["key"] == {"period": "2019", "region": "city"} and len(entry["operands"]) == 3
    named = [{name: row[name] for name in ("period", "region")} for row in found["unexpected_index_list"]]
    assert named == [{"period": "2019", "region": region} for region in ("city", "east", "west")]
    assert [one["verdict"] for one in found["untestable"]] == ["untestable"]
    assert [row["index"] for row in found["unexpected_index_list"] if "index" in row] == (
        [0, 1, 2] if kind in ("pandas", "files") else []
    )


def test_meta_tells_rule_level_and_verdicts(tmp_path: Path) -> None:
    told = validated(ROWS, tmp_path).meta["audit"]["rules"]
    assert [(rule["id"], rule["level"], rule["severity"], rule["violated"]) for rule in told] == [
        ("own.sum", 1, "error", 1),
        ("own.not-negative", 1, "warning", 0),
    ]


@pytest.mark.parametrize(
    ("format_", "there", "absent"),
    [
        ("BOOLEAN_ONLY", set(), {"element_count"}),
        ("BASIC", {"unexpected_count", "partial_unexpected_list"}, {"untestable", "unexpected_list"}),
        (
            "SUMMARY",
            {"untestable", "reconcilable", "partial_unexpected_index_list"},
            {"unexpected_index_list"},
        ),
        ("COMPLETE", {"unexpected_list", "unexpected_index_list"}, set()),
    ],
)
def test_result_formats_hold_what_gx_says(
    format_: str, there: set[str], absent: set[str], tmp_path: Path
) -> None:
    result = validated(ROWS, tmp_path, result_format=format_)
    assert not result.success
    assert there <= result.result.keys() and not absent & result.result.keys()
    json.dumps(result.to_json_dict())


def test_what_holds_succeeds_and_what_cannot_be_tested_fails_where_strict(tmp_path: Path) -> None:
    assert validated(ROWS.iloc[3:6], tmp_path).success
    assert validated(ROWS.iloc[3:9], tmp_path).success
    assert not validated(ROWS.iloc[3:9], tmp_path, strict=True).success


def test_nothing_tested_and_nothing_bound_are_no_success(tmp_path: Path) -> None:
    first = RULES.partition("- id: own.not")[0]
    assert not validated(ROWS.iloc[6:9], tmp_path, rules=first).success
    unbound = validated(ROWS.iloc[:0], tmp_path, rules=first)
    assert not unbound.success and unbound.result["unbound_rules"] == ["own.sum"]


def test_what_rounding_explains_is_kept_apart_and_no_failure(tmp_path: Path) -> None:
    rows = pd.DataFrame({"whole": [10.4], "part": [10.5]})
    rule = "- {id: near, title: t, check: whole == part, rounding: as_written}\n"
    result = of_pandas(rows, tmp_path).validate(Expectation(rules=rule), result_format="COMPLETE")
    assert result.success and len(result.result["reconcilable"]) == 1
    assert result.result["unexpected_list"] == []


def test_a_broken_rule_is_no_bad_data(tmp_path: Path) -> None:
    with pytest.raises((InputError, ValueError), match="cannot be read at “=”"):
        Expectation(rules="zone = east")
    result = of_pandas(ROWS, tmp_path).validate(Expectation(rules="valeu > 0"))
    assert not result.success and result.result == {}
    assert "the nearest is “value”" in json.dumps(result.to_json_dict()["exception_info"], ensure_ascii=False)
