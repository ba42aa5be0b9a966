"""A check of very many figures: the least and the greatest are told, all are counted, and what it comes to is of all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.diagnosis import evidence
from audit.reporting.reading import read_report

RULES = """
- {id: total, title: t, for_each: [year], let: {parts: {}}, check: sum(parts) == 0 and mean(parts) == 0}
- {id: whole, title: t, for_each: [year], hierarchy: region, check: whole == sum(parts)}
- {id: one, title: t, for_each: [year], let: {all: {}}, check: all == 1}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "codes").mkdir()
    parts = [f"p{n}" for n in range(9)]
    (tmp_path / "codes/region.csv").write_text(
        "\n".join(["code,parent", "city,", *(f"{part},city" for part in parts)]) + "\n", "utf-8"
    )
    rows = [f"d{n % 3},{part},2020,{5 - n}" for n, part in enumerate(parts[:-1])]
    (tmp_path / "t.csv").write_text(
        "\n".join(["document,region,year,value", "d7,city,2020,1", *rows]) + "\n", "utf-8"
    )
    (tmp_path / "r.yaml").write_text(RULES, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(evidence, "MOST_CELLS", 4)
    return tmp_path


def run(*arguments: str) -> str:
    command = ["check", "t.csv", "--rules", "r.yaml", "--fail-on", "never", *arguments]
    return CliRunner().invoke(main, command, catch_exceptions=False).stdout


def told(*arguments: str) -> dict[str, dict]:
    report = json.loads(run("--format", "json", *arguments))
    return {check["rule"]: check for check in [*report["findings"], *report["untestable"]]}


def test_the_least_and_the_greatest_are_told_and_the_numbers_are_of_all(folder: Path) -> None:
    cut_short, whole = told(), told("--most", "0")
    for rule, check in cut_short.items():
        other = whole[rule]
        same = ("id", "verdict", "left", "right", "imbalance", "missing")
        assert [check[name] for name in same] == [other[name] for name in same]
        assert "untold" not in other
        assert len(check["cells"]) + sum(check["untold"].values()) == len(other["cells"])
    assert [cell["value"] for cell in cut_short["total"]["cells"]] == [5, 4, -1, -2]
    assert cut_short["total"]["untold"] == {"parts": 5}
    assert cut_short["total"]["equation"] == "13 == 0 and 13 / 9 == 0"
    assert cut_short["whole"]["missing"] == ["p8"] and cut_short["whole"]["untold"] == {"parts": 4}


def test_rows_that_contradict_each_other_are_told_before_others(folder: Path) -> None:
    rows = "".join(f"d1,p{n},2020,{n}\n" for n in range(9)) + "d2,p4,2020,7\n"
    (folder / "t.csv").write_text("document,region,year,value\nd1,city,2020,36\n" + rows, "utf-8")
    (check,) = (one for rule, one in told().items() if rule == "whole")
    assert check["missing"] == ["parts (≠)"]
    assert {("p4", 4), ("p4", 7)} <= {(c["dimensions"]["region"], c["value"]) for c in check["cells"]}


def test_checks_after_many_cells_tell_few(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MANY_CELLS", 4)
    rows = [f"d1,p{n},{year},{n}" for year in (2020, 2021, 2022) for n in (3, 1, 2)]
    (folder / "t.csv").write_text("\n".join(["document,region,year,value", *rows]) + "\n", "utf-8")
    found = json.loads(run("--format", "json", "--only", "total"))["findings"]
    assert [[cell["value"] for cell in check["cells"]] for check in found] == [[3, 1, 2], [3, 1, 2], [3, 1]]
    assert [check.get("untold") for check in found] == [None, None, {"parts": 1}]


@pytest.mark.parametrize("name", ["text", "markdown", "sarif", "junit", "github", "html"])
def test_every_format_tells_that_figures_are_not_told(folder: Path, name: str) -> None:
    if name == "html":
        run("-o", "r.html", "--lang", "en")
        found = Path("r.html").read_text("utf-8")
    else:
        found = run("--format", name, "--lang", "en")
    assert "total: of 1 check only the least and the greatest figures are told" in found
    if name in ("text", "markdown", "junit"):
        assert "5 more figures are only counted" in found


def test_a_figure_whose_checks_do_not_tell_it_is_not_one_that_no_rule_looked_at(folder: Path) -> None:
    (folder / "targets.csv").write_text(Path("t.csv").read_text("utf-8"), "utf-8")
    report = read_report(
        CliRunner()
        .invoke(
            main,
            ["check", "targets.csv", "--rules", "r.yaml", "--only", "total", "--all", "--format", "json"],
        )
        .stdout
    )
    assert [bool(use.checks) for use in report.figures] == [not use.untold for use in report.figures]
    assert sum(use.untold for use in report.figures) == 5
