"""What a page does not bear of a report stands beside it, in a table of its own that comes and goes with the page."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from audit.cli import main
from audit.reporting import html, xlsx
from audit.reporting.html import data
from audit.reporting.outline import groups
from audit.reporting.reading import read_report
from audit.reporting.rest import Bounds
from audit.reporting.xlsx import sheets
from audit.workspace.table_files import tables_in

RULES = "- {id: small, title: 不超过三, check: value <= 3}\n- {id: even, title: t, severity: warning, check: value != 7}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, 8)
    (tmp_path / "r.yaml").write_text(RULES, "utf-8")
    monkeypatch.chdir(tmp_path)
    for module in (html, data):
        monkeypatch.setattr(module, "BOUNDS", Bounds(findings=2, checks=10, untestable=2))
    monkeypatch.setattr(xlsx, "BOUNDS", Bounds(findings=2, checks=10))
    monkeypatch.setattr(sheets, "ROWS", 2)
    return tmp_path


def write(folder: Path, rows: int) -> None:
    lines = [f"=k{n},{n}" for n in range(rows)]
    (folder / "t.csv").write_text("\n".join(["id,value", *lines]) + "\n", "utf-8")


def run(*arguments: str):
    command = ["check", "t.csv", "--rules", "r.yaml", "--fail-on", "never", "--quiet", *arguments]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def rest(name: str) -> list[dict[str, str]]:
    content = Path(name).read_bytes()
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_holds_the_findings_and_checks_that_the_page_does_not(folder: Path) -> None:
    done = run("-o", "r.html", "-o", "all.json", "--lang", "en")
    assert "r.html holds not all that is told; the rest is in r.html.rest.csv." in done.stderr
    assert "findings: 2 of the 5 told one by one are here, the others in r.html.rest.csv" in Path(
        "r.html"
    ).read_text("utf-8")
    report = read_report(Path("all.json").read_text("utf-8"))
    in_order = [finding for group in groups(report) for finding in group.findings]
    rows = rest("r.html.rest.csv")
    found = [row for row in rows if row["severity"]]
    assert [(row["finding id"], row["rule id"], row["left side"]) for row in found] == [
        (finding.id, finding.check.rule, str(finding.check.left)) for finding in in_order[2:]
    ]
    assert {
        (row["verdict"], row["right side"], row["imbalance"]) for row in found if row["left side"] == "5"
    } == {("violated", "3", "2")}
    assert all(
        row["key"].startswith(" =k") and "t.csv:" in row["figures and words of the plan"] for row in found
    )
    others = [row for row in rows if not row["severity"]]
    assert [(row["rule id"], row["verdict"], row["key"]) for row in others] == [
        ("even", "holds", f" =k{n}") for n in range(2, 7)
    ]


def test_it_goes_again_with_its_reason(folder: Path) -> None:
    run("-o", "r.html", "-o", "r.xlsx", "--lang", "zh")
    assert Path("r.html.rest.csv").exists() and Path("r.xlsx.rest.csv").exists()
    summary = openpyxl.load_workbook("r.xlsx").worksheets[0]
    assert any("其余在 r.xlsx.rest.csv 中" in str(row[1]) for row in summary.iter_rows(values_only=True))
    write(folder, 4)
    assert run("-o", "r.html", "--lang", "en").stderr == ""
    assert not Path("r.html.rest.csv").exists() and Path("r.xlsx.rest.csv").exists()


def test_what_is_not_ours_is_neither_overwritten_nor_taken_away(folder: Path) -> None:
    Path("r.html.rest.csv").write_text("mine\n", "utf-8")
    refused = run("-o", "r.html", "--lang", "en")
    assert refused.exit_code == 2 and "r.html.rest.csv is no list that audit wrote" in refused.stderr
    assert not Path("r.html").exists()
    write(folder, 3)
    assert run("-o", "r.html").exit_code == 0
    assert Path("r.html.rest.csv").read_text("utf-8") == "mine\n"


def test_a_report_made_of_json_has_it_too_and_it_is_no_table_of_the_folder(folder: Path) -> None:
    run("-o", "all.json", "--all")
    CliRunner().invoke(main, ["report", "all.json", "-o", "r.html", "--lang", "zh"], catch_exceptions=False)
    assert len([row["规则编号"] for row in rest("r.html.rest.csv") if row["严重程度"]]) == 3
    assert [path.name for path in tables_in(folder)] == ["t.csv"]
