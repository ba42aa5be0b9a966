from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audit.cli import main
from audit.reporting.docx import TEMPLATE
from audit.reporting.json import render
from tests.reporting.sample import sample


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(render(sample(), all_checks=True), "utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def test_every_file_format_comes_from_one_json_report(saved: Path, tmp_path: Path) -> None:
    names = ["a.html", "a.xlsx", "a.docx", "a.md", "a.json", "a.sarif", "a.xml", "a.txt"]
    outputs = [argument for name in names for argument in ("-o", tmp_path / name)]
    assert run(saved, *outputs, "--lang", "zh", "--all").exit_code == 0
    assert all((tmp_path / name).stat().st_size > 1_000 for name in names)
    assert (tmp_path / "a.json").read_text("utf-8") == saved.read_text("utf-8")


def test_without_a_file_the_text_is_printed(saved: Path) -> None:
    result = run(saved, "--lang", "en")
    assert result.exit_code == 0
    assert "3 errors found" in result.output


def test_a_word_template_of_ones_own_is_used(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(TEMPLATE.read_bytes())
    assert run(saved, "-o", tmp_path / "a.docx", "--template", tmp_path / "own.docx").exit_code == 0
    refused = run(saved, "-o", tmp_path / "b.docx", "--template", tmp_path / "none.docx")
    assert refused.exit_code == 2
    assert not (tmp_path / "b.docx").exists()


@pytest.mark.parametrize(
    "arguments", [("none.json",), ("report.json", "-o", "x.odt"), ("report.json", "--format", "pdf")]
)
def test_wrong_use_is_one_sentence_and_exit_2(saved: Path, arguments: tuple[str, ...]) -> None:
    result = run(saved.parent / arguments[0], *arguments[1:], "--lang", "en")
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
