"""Broken rule files: one sentence with file, line and column, the nearest known name, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

import audit
from audit.cli import main
from audit.model.errors import InputError, InputErrors

TABLES = {
    "targets": pl.DataFrame(
        {"id": ["a"], "region": ["north"], "period": ["2018"], "value": [1.5], "note": ["x"]}
    ),
    "lists": pl.DataFrame({"id": ["1"], "done": [True], "n": [1], "items": ["a;b"]}),
}
CODES = {"region": {"zone": None, "north": "zone", "south": "zone"}}


def refusal(rules: str) -> str:
    with pytest.raises(InputError) as error:
        audit.check(tables=TABLES, rules=rules, codes=CODES)
    return str(error.value)


def rule(**entries: str) -> str:
    lines = {"id": "r", "title": "t", "check": "x == 1"} | entries
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in lines.items()) + "\n"


LET = {"for_each": "[region]", "let": "{x: {}}"}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"check": "valu == 1"}, "rules:3:10: the table “targets” has no column “valu”; the nearest is “value”."),
        ({**LET, "check": "y == 1"}, "rules:3:10: there is no operand “y”; the nearest is “x”."),
        ({**LET, "for_each": "[regoin]"}, "rules:4:14: the table “targets” has no column “regoin”; the nearest is “region”."),
        ({"table": "targest"}, "there is no table “targest”; the nearest is “targets”."),
        ({"check": "value == 1", "where": "{region: nroth}"},
         "rules:4:19: “nroth” is no member of region; the nearest is “north”."),
        ({"check": "value == 1", "where": "{region: {depth: 1}}"}, "has no attribute “depth”"),
        ({"check": "value == 1", "where": "{region: {below: nroth}}"}, "“nroth” is no member of region"),
        ({**LET, "let": "{x: {region: {relative: parnet}}}"}, "there is no relation “parnet”; the nearest is “parent”."),
        ({**LET, "let": "{x: {period: {relative: previous}}}"}, "for_each does not name it"),
        ({**LET, "let": "{x: {region: {relative: parent, by: 2}}}"}, "counts steps of previous, next, year_before"),
        ({**LET, "let": "{x: {period: {relative: previous, by: 0}}}"}, "a whole number of steps"),
        ({"check": "value == 1", "where": "{region: {relative: parent}}"}, "belongs to an operand of let"),
        ({**LET, "let": "{x: {note: {relative: children}}}"}, "no code list for “note”"),
        ({"for_each": "[]", "hierarchy": "period", "check": "whole == sum(parts)"}, "no code list for “period”"),
        ({"for_each": "[region]", "along": "region", "check": "north == south"}, "“region” is in for_each too"),
        ({"for_each": "[]", "along": "region", "check": "north == suoth"},
         "“suoth” is no member of region; the nearest is “south”."),
        ({**LET, "along": "region"}, "a rule has one of along, hierarchy and let"),
        ({**LET, "keys": "y"}, "there is no operand “y”"),
        ({**LET, "missing": "{y: skip}"}, "missing: names “y”, which is no operand"),
        ({**LET, "missing": "ignore"}, "“ignore” is not allowed here"),
        ({**LET, "severity": "fatal"}, "“fatal” is not allowed here"),
        ({**LET, "level": "6"}, "“6” is not allowed here"),
        ({**LET, "tolerance": "many"}, "expected a number, found “many”"),
        ({**LET, "tolerance": "-1"}, "expected a number that is not negative"),
        ({**LET, "title": "{zh: 只有中文}"}, "expected both zh and en, found zh"),
        ({**LET, "chekc": "x == 1"}, "rules:6:3: there is no key “chekc” here; the nearest is “check”."),
        ({**LET, "id": "Not An Id"}, "must be of small letters"),
        ({**LET, "examples": "{holds: [{z: 1}]}"}, "the example gives “z”, which is no operand"),
        ({**LET, "check": "x"}, "“x” is a number where a condition is needed"),
        ({**LET, "check": "x == '1'"}, "“x” is a number and “\"1\"” a text; compare like with like"),
        ({**LET, "check": "x and x == 1"}, "“x” is a number where a condition is needed"),
        ({**LET, "check": "(x == 1) + 1 == 2"}, "is a condition where a number is needed"),
        ({**LET, "let": "{x: {column: note}}", "check": "x + 1 == 2"}, "“x” is a text where a number is needed"),
        ({**LET, "let": "{x: {column: note}}", "check": "sum(x) == 2"}, "“x” is a text where a number is needed"),
        ({**LET, "check": "round(x, y) == 2", "let": "{x: {}, y: {}}"}, "needs a whole number of digits"),
        ({**LET, "check": "round(x, 1.5) == 2"}, "needs a whole number of digits"),
        ({**LET, "check": "any(x)"}, "any() needs one comparison"),
        ({**LET, "check": "all(1 < x)"}, "all() needs one comparison that begins with an operand"),
        ({**LET, "check": "count(x == max(y)) == 1", "let": "{x: {}, y: {}}"}, "compares every cell with something that varies"),
        ({**LET, "check": "any(x > x)"}, "compares an operand with itself"),
        ({**LET, "check": "sum(x + 1) == 2"}, "sum() takes one operand, or several numbers"),
        ({**LET, "check": "distinct(x, x) == 2"}, "distinct() was given 2 arguments"),
        ({"table": "lists", "check": "done > n"}, "compare like with like"),
        ({"table": "lists", "check": "done == unknown"}, "compare like with like"),
        ({"check": "1 == 1"}, "the check names no column"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_sentence(entries, expected):
    told = refusal(rule(**entries))
    assert expected in told
    assert told.startswith("rules:") and "\n" not in told


def test_a_hierarchy_that_goes_round_in_a_circle_is_refused():
    rules = rule(for_each="[]", hierarchy="region", check="whole == sum(parts)")
    with pytest.raises(InputError, match="circle"):
        audit.check(tables=TABLES, rules=rules, codes={"region": {"north": "south", "south": "north"}})


def test_all_faults_of_all_rules_are_told_at_once():
    with pytest.raises(InputErrors) as error:
        audit.check(
            tables=TABLES, rules=rule(check="valu == 1") + rule(id="s", check="note == 3"), codes=CODES
        )
    assert len(error.value.faults) == 2


def test_an_id_used_twice_is_refused():
    assert "the id “r” is taken by the rule at rules:1:7" in refusal(rule(check="value == 1") * 2)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("- [a: b\n c", "is not YAML"), ("just words", "expected a list of rules"), ("{a: b}", "expected a list of rules"),
        ("- {id: r, id: s}", "“id” is given twice"), ("- {title: t}", "the rule has no “id”; add it"),
        ("- [1, 2]", "expected a mapping"), ("\x00\x01", "is not YAML"), ("- id: r\n\tx: 1", "is not YAML"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases (*name) are not used"),
        ("[" * 10_000 + "]" * 10_000, "nested more than 40 deep"), ("- " * 10_000, "nested more than 40 deep"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_rule_file_ends_the_command_with_2(tmp_path, content, expected):
    told = run(tmp_path, content)
    assert expected in told and told.count("\n") == 1


def test_a_file_that_is_no_text_or_too_large_or_not_there(tmp_path):
    assert "is not UTF-8" in run(tmp_path, b"- id: \xff\xfe")
    assert "split it" in run(tmp_path, "# " + "x" * 6_000_000)
    (tmp_path / "rules.yaml").unlink()
    assert "there is no such rule file" in run(tmp_path, None)


def run(folder: Path, content: str | bytes | None) -> str:
    """What `audit check` says to a rule file; the command must end with 2 and print nothing else."""
    path = folder / "rules.yaml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = folder / "targets.csv"
    table.write_text("id,indicator,value\na,x,1\n", "utf-8")
    result = CliRunner().invoke(main, ["check", str(table), "--rules", str(path), "--lang", "en"])
    assert result.exit_code == 2 and result.stdout == "", (result.exit_code, result.output)
    return result.stderr


@pytest.mark.parametrize(
    ("content", "expected"),
    [("", "is empty"), ("id,value\n" + "x" * 50_000_000, "a line has"), ("id,value\na,1,2\n", "has 3 cells, the header has 2"),
     ("id,id\na,b\n", "stands twice"), ('id,value\n"a,1\n', "is not CSV")],
)  # fmt: skip
def test_a_table_that_is_none_ends_the_command_with_2(tmp_path, content, expected):
    table, rules = tmp_path / "targets.csv", tmp_path / "rules.yaml"
    table.write_text(content, "utf-8")
    rules.write_text(rule(check="value == 1"), "utf-8")
    result = CliRunner().invoke(main, ["check", str(table), "--rules", str(rules), "--lang", "en"])
    assert result.exit_code == 2 and expected in result.stderr and result.stderr.count("\n") == 1


def test_a_table_that_lacks_a_column_of_a_rule(tmp_path):
    table, rules = tmp_path / "targets.csv", tmp_path / "rules.yaml"
    table.write_text("id,indicator,worth\na,x,1\n", "utf-8")
    rules.write_text(rule(check="value == 1"), "utf-8")
    result = CliRunner().invoke(main, ["check", str(table), "--rules", str(rules), "--lang", "en"])
    assert result.exit_code == 2
    assert "rules.yaml:3:10: the table “targets” has no column “value”" in result.stderr


def test_mistakes_are_told_in_chinese(tmp_path):
    table, rules = tmp_path / "targets.csv", tmp_path / "rules.yaml"
    table.write_text("id,indicator,value\na,x,1\n", "utf-8")
    rules.write_text(rule(check="value =="), "utf-8")
    result = CliRunner().invoke(main, ["check", str(table), "--rules", str(rules), "--lang", "zh"])
    assert "结尾" in result.stderr and "名称、数字" in result.stderr


def test_a_choice_within_a_choice_within_a_choice_takes_no_time():
    nested = "if x > 1 then (" * 40 + "x == 1" + ") else x == 2" * 40
    assert audit.check(tables=TABLES, rules=rule(**LET | {"check": nested}), codes=CODES).summary.checks == 1
