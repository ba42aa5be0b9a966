import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema

from audit.model.report import Input, Report
from audit.reporting.sarif import render, uri
from tests.reporting.sample import sample

SCHEMA = json.loads((Path(__file__).parent.parent / "data/sarif/sarif-2.1.0-rtm.5.json").read_text("utf-8"))


def run_of(report: Report) -> Any:
    return json.loads(render(report, language="en"))["runs"][0]


def test_validates_against_the_oasis_schema() -> None:
    for language in ("zh", "en"):
        jsonschema.validate(json.loads(render(sample(), language=language)), SCHEMA)


def test_a_result_stands_at_the_row_of_its_first_figure_and_names_the_others() -> None:
    result = run_of(sample())["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "extracted/targets/zone-plan.csv"
    assert place["region"]["startLine"] == 9
    assert [r["physicalLocation"]["region"]["startLine"] for r in result["relatedLocations"]] == [10, 11]
    assert result["level"] == "error"


def test_figures_are_located_in_the_plan_when_its_text_was_read() -> None:
    report = sample()
    report = replace(report, inputs=(*report.inputs, Input("plans/zone-plan.txt", "0" * 64)))
    related = run_of(report)["results"][0]["relatedLocations"]
    passages = [
        r for r in related if r["physicalLocation"]["artifactLocation"]["uri"] == "plans/zone-plan.txt"
    ]
    assert passages[0]["physicalLocation"]["region"] == {"charOffset": 1300, "charLength": 2}
    jsonschema.validate(json.loads(render(report, language="en")), SCHEMA)


def test_fingerprints_depend_on_the_finding_only() -> None:
    report = sample()
    turned = replace(report, findings=tuple(reversed(report.findings)))
    prints = {tuple(r["partialFingerprints"].items()) for r in run_of(report)["results"]}
    assert prints == {tuple(r["partialFingerprints"].items()) for r in run_of(turned)["results"]}
    assert len(prints) == len(report.findings)


def test_rules_carry_help_and_results_point_at_them() -> None:
    run = run_of(sample())
    rules = run["tool"]["driver"]["rules"]
    assert all(rule["help"]["text"] and "**Why**" in rule["help"]["markdown"] for rule in rules)
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])


def test_a_waived_finding_is_suppressed_with_its_reason() -> None:
    suppressed = [r for r in run_of(sample())["results"] if "suppressions" in r]
    assert len(suppressed) == 1
    assert "两处口径不同" in suppressed[0]["suppressions"][0]["justification"]


def test_messages_hold_no_link_and_no_place() -> None:
    texts = [r["message"]["text"] for r in run_of(sample())["results"]]
    hostile = next(text for text in texts if "javascript" in text)
    assert r"\[x\](javascript" in hostile
    assert any("{{{{ 7*7 }}}}" in text for text in texts)


def test_paths_become_uris() -> None:
    assert uri("a b/计.csv") == "a%20b/%E8%AE%A1.csv"
    assert uri("/x/y") == "file:///x/y"
