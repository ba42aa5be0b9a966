"""`audit rules show` tells all that a rule says: every key of a rule and of a selection, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.language.keys import RULE, SELECTION
from audit.model.phrase import places_in
from tests.engine.small import yaml

BASE = {
    "id": "r",
    "title": "the title",
    "table": "amounts",
    "for_each": ["region"],
    "let": {"x": {}},
    "check": "x > 1",
}


def shown(folder: Path, rule: dict[str, object], language: str = "en") -> str:
    (folder / "amounts.csv").write_text("region,value,other,note\neast,5,1,a;b\nwest,4,2,c\n", "utf-8")
    (folder / "codes").mkdir(exist_ok=True)
    (folder / "codes/regions.csv").write_text("code,parent,weight\neast,west,-1\nwest,,\n", "utf-8")
    (folder / "rule.yaml").write_text(f"- {yaml(rule)}\n", "utf-8")
    command = [
        "rules",
        "show",
        "r",
        "-C",
        str(folder / "amounts.csv"),
        "--rules",
        str(folder / "rule.yaml"),
        "--lang",
        language,
    ]
    run = CliRunner().invoke(main, command)
    assert run.exit_code == 0, run.stderr
    return run.stdout


TOLD: dict[str, tuple[dict[str, object], str]] = {
    "id": ({}, "r: the title"),
    "title": ({"title": {"zh": "名", "en": "a name"}}, "r: a name"),
    "severity": ({"severity": "warning"}, "warning (validation level 1)"),
    "level": ({"level": 3}, "error (validation level 3)"),
    "table": ({}, "amounts\n"),
    "where": ({"where": {"region": {"not": "west"}}}, "Rows                    region ≠ west"),
    "for_each": ({}, "For each                region"),
    "along": (
        {"along": "region", "let": None, "for_each": [], "check": "east > west"},
        "Operands are members of  region",
    ),
    "hierarchy": (
        {"hierarchy": "region", "let": None, "check": "whole >= sum(parts)"},
        "by the code list of  region",
    ),
    "column": ({"column": "other"}, "x: amounts.other"),
    "for_columns": ({"for_columns": ["other"]}, "x: amounts.other"),
    "let": ({"let": {"x": {"region": "east"}}, "for_each": []}, "x: amounts.value; region = east"),
    "keys": ({"keys": ["x"]}, "Keys from the operands  x"),
    "check": ({"check": "x > 123"}, "x > 123"),
    "applies": ({"applies": "x > 77"}, "Only where              x > 77"),
    "missing": ({"missing": {"x": "zero"}}, "x: a row that is not there is zero"),
    "tolerance": ({"tolerance": {"absolute": "0.5", "relative": "1%"}}, "0.5 + 1% of the larger side"),
    "rounding": ({"rounding": "truncated"}, "all numbers cut off behind their last written digit"),
    "because": ({"because": "of a reason"}, "of a reason"),
    "limits": ({"limits": "not that"}, "not that"),
    "message": ({"message": "told {x}"}, "told {x}"),
    "examples": (
        {"examples": {"holds": [{"x": 3}], "violated": [{"x": "不到1家"}]}},
        "violated: x = 不到1家",
    ),
}
SELECTIONS: dict[str, tuple[dict[str, object], str]] = {
    "table": ({"table": "amounts"}, "x: amounts.value"),
    "column": ({"column": "other"}, "x: amounts.other"),
    "as": ({"column": "note", "as": "ordinal"}, "read as ordinal"),
    "split": ({"column": "note", "split": ";"}, "split at “;”"),
    "on": ({"on": {"region": "note"}}, "note is the key's region"),
}


@pytest.mark.parametrize("key", RULE)
def test_every_key_of_a_rule_is_told(tmp_path, key):
    more, expected = TOLD[key]
    rule = {name: value for name, value in {**BASE, **more}.items() if value is not None}
    assert expected in shown(tmp_path, rule)
    assert places_in(shown(tmp_path, rule, "zh").replace("{x}", "")) == ()


@pytest.mark.parametrize("key", SELECTION)
def test_every_key_of_a_selection_is_told(tmp_path, key):
    more, expected = SELECTIONS[key]
    check = 'any(x == "a")' if key == "split" else "x > 1"
    assert expected in shown(tmp_path, {**BASE, "let": {"x": more}, "check": check})


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"note": {"is": "missing"}}, "note is blank"),
        ({"note": {"like": "a*"}}, "note = a*"),
        ({"note": {"unlike": "a*"}}, "note ≠ a*"),
        ({"region": {"parent": "west"}}, "region.parent = west"),
        ({"region": "any"}, "any region"),
        ({"region": {"relative": "children"}}, "region = children"),
    ],
)
def test_the_conditions_of_a_rule_that_does_not_fit_are_told_as_declared(tmp_path, conditions, expected):
    from audit.language.reading import read_rules_text
    from audit.reporting.rules import description

    (rule,) = read_rules_text(f"- {yaml({**BASE, 'let': {'x': conditions}})}\n")
    assert expected in description(rule, None, "en")


def test_weights_and_limits_of_an_operand_are_told(tmp_path):
    rule = {**BASE, "let": None, "hierarchy": "region", "check": "whole == sum(parts)"}
    assert "weighed by weight of region" in shown(tmp_path, {k: v for k, v in rule.items() if v is not None})
