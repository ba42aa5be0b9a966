"""`audit rules`: list, show, test and check, on the library and on a rule file of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main

ROOT = Path(__file__).parents[2]
GOOD = """
- id: mine
  title: {zh: 数值为正, en: Values are positive}
  check: value > 0
  limits: {zh: 不检查零, en: does not look at zero}
  examples:
    holds: [{value: 1}]
    violated: [{value: -1}]
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments, "-C", str(ROOT)])


@pytest.fixture
def rules(tmp_path):
    def write(content: str) -> str:
        (tmp_path / "rules.yaml").write_text(content, "utf-8")
        return str(tmp_path / "rules.yaml")

    return write


def test_every_rule_of_the_library_passes_its_own_examples():
    result = run("test", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("examples, 0 not as they say\n")


def test_list_names_every_rule_with_its_place():
    result = run("list", "--lang", "en")
    assert result.exit_code == 0
    assert "arithmetic.region-sum" in result.stdout and "rules/arithmetic.yaml:" in result.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["What it checks", "What it does not check"]), ("zh", ["校验什么", "不校验什么"])],
)
def test_show_explains_a_rule(language, words):
    result = run("show", "arithmetic.region-sum", "--lang", language)
    assert result.exit_code == 0
    assert all(
        word in result.stdout
        for word in [*words, "whole == sum(parts)", "whole = 1650, parts = 650 / 1000", "自创区"]
    )


def test_show_suggests_the_nearest_rule():
    result = run("show", "arithmetic.region-smu", "--lang", "en")
    assert result.exit_code == 2
    assert "the nearest is “arithmetic.region-sum”" in result.stderr


def test_an_example_with_another_verdict_is_told_with_its_place(rules):
    result = run(
        "test",
        "--rules",
        rules(GOOD.replace("violated: [{value: -1}]", "violated: [{value: 2}]")),
        "--lang",
        "en",
    )
    assert result.exit_code == 1
    assert "rules.yaml:8:16: mine: the example value = 2 should be" in result.stdout


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("    holds: [{value: 1}]\n", "no example that holds"),
        ("    violated: [{value: -1}]\n", "no example that is violated"),
    ],
)
def test_a_rule_without_examples_of_both_kinds_is_refused(rules, line, expected):
    result = run("test", "--rules", rules(GOOD.replace(line, "")), "--lang", "en")
    assert result.exit_code == 2 and expected in result.stderr and "“mine”" in result.stderr


def test_check_only_reads_and_resolves(rules):
    assert run("check", rules(GOOD), "--lang", "en").stdout == "1 rules can be read and fit the workspace\n"
    result = run("check", rules(GOOD.replace("value > 0", "valeu > 0")), "--lang", "en")
    assert result.exit_code == 2 and "the nearest is “value”" in result.stderr
