import json
from typing import Any

import jsonschema
import pytest

from audit.model.errors import InputError
from audit.reporting.ess import render
from tests.reporting.sample import sample

EVENT = {"type": "object", "required": ["time", "actor"], "properties": {"time": {"type": "string"}}}
KEYS = {"type": "array", "items": {"type": "array"}}
DATA = {"type": "object", "required": ["source", "target"], "properties": {"source": KEYS, "target": KEYS}}
RULE = {
    "type": "object",
    "required": ["language", "expression", "severity"],
    "properties": {"severity": {"enum": ["information", "warning", "error"]}},
}
STRUCTURE = {  # the published structure in short: ESSnet ValidatIntegration, validation report 1.0.1
    "type": "array",
    "items": {
        "oneOf": [
            {
                "required": ["id", "type", "event", "rule", "data", "value"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string"},
                    "type": {"const": "validation"},
                    "event": EVENT,
                    "rule": RULE,
                    "data": DATA,
                    "value": {"enum": ["0", "1", "NA"]},
                },
            },
            {
                "required": ["id", "type", "event", "aggregate", "data", "value"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string"},
                    "type": {"const": "aggregation"},
                    "event": EVENT,
                    "aggregate": {"required": ["language", "expression"]},
                    "data": DATA,
                    "value": {"type": "string"},
                },
            },
        ]
    },
}


def validations(**options: bool) -> dict[str, Any]:
    items = json.loads(render(sample(), language="en", **options))
    jsonschema.validate(items, STRUCTURE)
    return {item["id"]: item for item in items}


def test_findings_are_0_and_untestable_checks_are_NA() -> None:
    items = validations()
    assert items["sum03"]["value"] == "0"
    assert items["gap2021"]["value"] == "NA"
    assert "sum02" not in items


def test_with_all_checks_what_holds_is_1() -> None:
    assert validations(all_checks=True)["sum02"]["value"] == "1"


def test_totals_are_aggregations() -> None:
    items = validations()
    assert items["count-checks"]["value"] == "26"
    assert items["count-figures_covered"]["value"] == "62"


def test_the_time_is_that_of_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert validations()["sum03"]["event"]["time"] == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert validations()["sum03"]["event"]["time"] == "1970-01-02T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        render(sample(), language="en")
