"""Rules are tried on their examples where there are no tables at all; a slip in one is told all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/rules"))
LET = """
- id: never-falls
  title: t
  table: jobs
  where: {kind: [goal, target], region: {level: city}}
  for_each: [region, period]
  let: {now: {column: amount}, before: {column: amount, period: {relative: previous}}}
  check: now >= before
  examples: {holds: [{now: 3, before: 2}], violated: [{now: 2, before: 3}]}
- id: names
  title: t
  check: 'status == "open" and count_of > 0'
  examples: {holds: [{status: open, count_of: 1}], violated: [{status: shut, count_of: 1}]}
"""


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments, "-C", str(folder), "--lang", "en"])


@pytest.mark.parametrize("rules", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_rules_of_an_example_are_tried_without_its_tables(tmp_path: Path, rules: Path) -> None:
    done = run(tmp_path, "test", "--rules", str(rules))
    assert done.exit_code == 0 and "0 not as they say" in done.stdout, done.output


def test_every_form_of_a_rule_is_tried_without_tables(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(LET, "utf-8")
    done = run(tmp_path, "test", "--rules", str(tmp_path / "own.yaml"))
    assert done.stdout == "2 rules, 4 examples, 0 not as they say\n", done.output
    assert (
        "now >= before" in run(tmp_path, "show", "never-falls", "--rules", str(tmp_path / "own.yaml")).stdout
    )
    assert "never-falls" in run(tmp_path, "list", "--rules", str(tmp_path / "own.yaml")).stdout


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ("now >= befor", "“befor”"),
        ("now >= before + `", "own.yaml:8"),
        ("summ(now) > 1", "own.yaml:8"),
    ],
)
def test_a_slip_is_told_without_tables(tmp_path: Path, slip: str, told: str) -> None:
    (tmp_path / "own.yaml").write_text(LET.replace("now >= before\n", f"{slip}\n"), "utf-8")
    done = run(tmp_path, "test", "--rules", str(tmp_path / "own.yaml"))
    assert done.exit_code == 2 and told in done.stderr


def test_an_example_that_says_otherwise_is_told_without_tables(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(LET.replace("{now: 2, before: 3}", "{now: 4, before: 3}"), "utf-8")
    assert run(tmp_path, "test", "--rules", str(tmp_path / "own.yaml")).exit_code == 1
