"""Coverage counts a figure once a check decided on it, and names every other figure with its place."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

from audit.actions.checking import check
from audit.diagnosis.coverage import coverage
from audit.model.report import Report
from audit.reporting.coverage import render_json, render_text
from audit.workspace.configuration import Configuration
from tests.tables.workspace import REPOSITORY, make

RULE = """
- id: own.sum
  title: {zh: 各区之和, en: The parts add up}
  severity: error
  level: 1
  where: {indicator: {additive: true}, region: {breakdown: full}}
  for_each: [document, indicator, period]
  hierarchy: region
  check: whole == sum(parts)
  because: {zh: 由各区组成, en: it consists of the parts}
- id: own.none
  title: {zh: 没有对象, en: Nothing to check}
  severity: error
  level: 1
  where: {document: plan, unit: {like: 吨}}
  for_each: [document, region, indicator, period]
  check: value > 0
  because: {zh: 无, en: none}
"""


def report(root: Path, *rows: str) -> Report:
    """The report on a package whose regions are 全市 = 东区 + 西区, with these further figures."""
    (make(root) / "own.yaml").write_text(RULE, encoding="utf-8")
    with (root / "targets.csv").open("a", encoding="utf-8") as out:
        out.writelines(f"{row}\n" for row in rows)
    return check(Configuration(sources=(root,), rules=(root / "own.yaml",)), everything=True).complete


WEST = (
    "plan/西区/-/产值/2032/level,plan,一(一),西区,,产值,2032,level,"
    "17.5,17.5,17.5,17.5,亿元,exact,target,17.5亿元,70,74"
)


def test_figures_without_a_verdict_are_unused(tmp_path: Path) -> None:
    found = coverage(report(tmp_path))
    assert (found.total.figures, found.total.covered, found.total.share) == (3, 0, Fraction(0))
    assert [unused.use.cell.id for unused in found.unused] == [
        "plan/全市/-/产值/2032/level",
        "plan/东区/-/产值/2032/level",
        "plan/西区/-/增速/2030-2032/rate",
    ]
    assert [unused.tried for unused in found.unused] == [("own.sum",), ("own.sum",), ()]


def test_figures_of_a_decided_check_are_used_and_counted_where_they_stand(tmp_path: Path) -> None:
    found = coverage(report(tmp_path, WEST))
    assert [(s.document, s.clause, s.heading, s.figures, s.covered) for s in found.clauses] == [
        ("plan", "一", "Goals", 3, 2),
        ("plan", "一(一)", "Output", 1, 1),
    ]
    assert [(s.document, s.figures, s.covered, s.share) for s in found.documents] == [
        ("plan", 4, 3, Fraction(3, 4))
    ]
    assert [unused.use.indicator for unused in found.unused] == ["增速"]


def test_rules_that_bound_nothing_are_named(tmp_path: Path) -> None:
    assert coverage(report(tmp_path)).unbound_rules == ("own.none",)


def test_a_report_without_figures_has_no_share(tmp_path: Path) -> None:
    found = coverage(report(tmp_path, WEST))
    assert found.total.share is not None
    (tmp_path / "targets.csv").write_text(
        (tmp_path / "targets.csv").read_text("utf-8").split("\n")[0] + "\n", "utf-8"
    )
    empty = check(
        Configuration(sources=(tmp_path,), rules=(tmp_path / "own.yaml",)), everything=True
    ).complete
    assert coverage(empty).total.share is None
    assert json.loads(render_json(coverage(empty), empty))["summary"]["share"] is None


def test_the_text_names_the_figure_its_words_and_what_was_tried(tmp_path: Path) -> None:
    built = report(tmp_path)
    text = render_text(coverage(built), built, language="en")
    assert "plan 一 Goals: 0 of 3 checked" in text
    (growth,) = (line.split("  ") for line in text.splitlines() if "增速" in line)
    assert [part.strip() for part in growth if part] == [
        "3-5%",
        "西区 · 增速 · 2030/2032 · rate",
        "“增长3-5%”",
    ]
    assert "untestable in own.sum" in text
    assert text.endswith("0 of 3 figures checked (0.0%); 1 of 2 rules found nothing to check\n")


def test_the_json_counts_as_the_report_does() -> None:
    command = [sys.executable, "-m", "audit", "coverage", "--format", "json"]
    found = json.loads(
        subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    )
    built = check(Configuration(sources=(REPOSITORY,)), everything=False).complete
    assert found["summary"]["figures"] == built.summary.figures
    assert found["summary"]["figures_compared"] == built.summary.figures_compared
    assert found["unbound_rules"] == list(built.unbound_rules)
    assert len(found["unused"]) == built.summary.figures - built.summary.figures_compared
    assert sum(clause["figures"] for clause in found["clauses"]) == built.summary.figures
