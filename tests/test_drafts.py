"""A drafter's way: read a plan, check it, get it back marked, compare it with the plans in force."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.actions.checking import Run, check
from audit.cli import main
from audit.workspace.configuration import Configuration

HERE = Path(__file__).parent
DRAFT = HERE / "data" / "draft"


def checked(name: str, against: Path | None = None) -> Run:
    return check(Configuration(sources=(DRAFT / name,)), against=against)


def found(run: Run) -> set[tuple[str, frozenset[str]]]:
    return {
        (f.check.rule, frozenset(c.literal for c in f.check.cells if c.literal)) for f in run.report.findings
    }


FINDINGS = {
    ("consistency.stated-twice", "65 60"),
    ("lists.stated-count", "5 4"),
    ("relations.parts-make-whole", "14500 4500 7000 2500"),
    ("relations.parts-make-whole", "6.5 2.4 3.1"),
    ("relations.parts-make-whole", "8 2 2 3"),
    ("relations.parts-within-whole", "120 45 38 47"),
    ("relations.shares-to-hundred", "15 30 65"),
    ("relations.share-of-whole", "50 360 800 0.5"),
    ("relations.multiple", "36 15 翻一番"),
    ("relations.growth", "25 26 20 0.5"),
    ("bounds.level-not-falling", "390 300 420"),
    ("structure.task-has-lead", "集聚创新人才"),
}
"""One finding for each of the mistakes in mistakes.csv, by rule and the figures in it."""


@pytest.mark.parametrize("name", ["draft.docx", "draft.html", "draft.pdf", "draft.txt"])
def test_every_format_gives_the_planted_mistakes_and_nothing_else(name: str) -> None:
    assert found(checked(name)) == {(rule, frozenset(literals.split())) for rule, literals in FINDINGS}


def test_the_figures_of_a_relation_go_by_what_they_are_about() -> None:
    of_relations = [
        cell
        for finding in checked("draft.txt").report.findings
        for cell in finding.check.cells
        if cell.table == "relations"
    ]
    assert of_relations
    assert {name for cell in of_relations for name in cell.dimensions} <= {
        "region", "industry", "indicator", "period", "measure",
    }  # fmt: skip
    assert all(cell.dimensions["indicator"] for cell in of_relations)


def planted() -> list[dict[str, str]]:
    with (DRAFT / "mistakes.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["figures"]]


@pytest.mark.parametrize("mistake", planted(), ids=lambda row: row["id"])
def test_every_planted_mistake_is_found(mistake: dict[str, str]) -> None:
    figures = set(mistake["figures"].split(";"))
    assert any(figures <= literals for _, literals in found(checked("draft.txt"))), mistake["zh"]


def test_a_guess_is_never_an_error() -> None:
    assert all(f.severity != "error" for f in checked("draft.txt").report.findings if not f.certain)


def test_against_a_workspace_only_the_draft_is_reported_and_unknown_names_are_told() -> None:
    run = checked("draft.txt", against=HERE.parent)
    assert all(any(c.document == "draft" for c in f.check.cells) for f in run.report.findings)
    assert any("indicators" in note.en for note in run.report.notes)


def test_a_plan_becomes_a_workspace_that_can_be_checked(tmp_path: Path) -> None:
    target = tmp_path / "new"
    read = CliRunner().invoke(main, ["extract", str(DRAFT / "draft.txt"), "-o", str(target), "--lang", "en"])
    assert read.exit_code == 0, read.output
    again = CliRunner().invoke(main, ["extract", str(DRAFT / "draft.txt"), "-o", str(target), "--lang", "en"])
    assert again.exit_code == 2 and "never overwritten" in again.output
    result = CliRunner().invoke(main, ["check", str(target), "--lang", "en"])
    assert result.exit_code == 1, result.output


def test_a_draft_is_told_from_the_document_of_its_name_in_force(tmp_path: Path) -> None:
    target = tmp_path / "in-force"
    read = CliRunner().invoke(main, ["extract", str(DRAFT / "draft.txt"), "-o", str(target), "--lang", "en"])
    assert read.exit_code == 0, read.output
    run = checked("draft.txt", against=target)
    assert run.draft is not None and run.draft.document.id == "draft-draft"
    assert not [
        f for f in run.report.findings if f.check.rule in ("lists.item-once", "structure.numbers-in-sequence")
    ]


def test_what_levels_were_before_they_grew_is_judged_with_a_literal_that_states_it(tmp_path: Path) -> None:
    path = tmp_path / "bulletin.txt"
    path.write_text(
        "云岭市2025年国民经济和社会发展统计公报\n零售总额120亿元，增长20%。按经营地分，城镇零售额70亿元，增长40%；"
        "乡村零售额50亿元，比上年减少30000万元。固定资产投资增长6.0%。其中，第一产业投资下降4%，第二产业投资增长9%，"
        "第三产业投资增长3%。\n",
        encoding="utf-8",
    )
    checks = {one.rule: one.verdict for one in check(Configuration(sources=(path,))).report.checks}
    assert checks["relations.former-parts-make-whole"] == "violated"
    assert checks["relations.mean-among-parts"] == "holds"
