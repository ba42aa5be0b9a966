"""The JSON Schema of rule files takes the rules that there are, and marks keys and words that there are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from audit.language.keys import RULE, SELECTION
from audit.language.schema import rules_schema

ROOT = Path(__file__).parents[2]
FILES = sorted((*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "examples").rglob("rules/*.yaml")))


class _Loader(yaml.SafeLoader):
    """Days stay as they are written, as a language server has them."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


def faults(rules: Any) -> list[str]:
    return [error.json_path for error in Draft202012Validator(rules_schema("en")).iter_errors(rules)]


def test_the_schema_is_one_and_tells_every_key() -> None:
    for language in ("en", "zh"):
        schema = rules_schema(language)  # type: ignore[arg-type]
        Draft202012Validator.check_schema(schema)
        assert schema["$defs"]["rule"]["properties"].keys() == RULE.keys()
        assert schema["$defs"]["selection"]["properties"].keys() == SELECTION.keys()
        assert all(one["description"] for one in schema["$defs"]["rule"]["properties"].values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_rules_that_there_are_fit_it(path: Path) -> None:
    assert faults(yaml.load(path.read_text("utf-8"), _Loader)) == []


RULE_TEXT = {"id": "a", "title": "t", "check": "a <= b"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"chek": "a <= b"},
        {"severity": "fatal"},
        {"id": "A b"},
        {"missing": "ignore"},
        {"missing": {"parts": "ignore"}},
        {"rounding": "up"},
        {"level": 7},
        {"where": {"region": {"relative": "parent"}}},
        {"let": {"a": {"region": {"relative": "previous", "by": 0}}}},
        {"let": {"a": {"as": "roman"}}},
        {"tolerance": {"absolut": 1}},
        {"title": {"en": "t"}},
        {"examples": {"holding": [{"a": 1}]}},
    ],
)
def test_what_a_rule_cannot_hold_is_marked(wrong: dict[str, Any]) -> None:
    assert faults([RULE_TEXT]) == []
    assert faults([RULE_TEXT | wrong])


def test_a_rule_without_its_check_is_marked() -> None:
    assert faults([{"id": "a", "title": "t"}]) == ["$[0]"]
