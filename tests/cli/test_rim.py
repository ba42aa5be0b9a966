"""However a command ends: one exit code, one sentence, and nothing in it acts on a terminal or on CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from audit.cli.rim import Rim
from audit.model.errors import CellError, InputError, InputErrors
from audit.reporting.inert import inert
from tests.workspace.command import audit, environment
from tests.workspace.zone import make, state

HOSTILE = "a\n::error file=x::y\x1b]0;title\x07\u202egnp.csv"


class Panic(BaseException):
    """As the libraries below raise them, which are no `Exception`."""


def ended(error: BaseException, monkeypatch: pytest.MonkeyPatch, **environment: str) -> tuple[int, str]:
    """Exit code and standard error of a command that raises `error`."""

    @click.group(cls=Rim)
    def main() -> None:
        pass

    @main.command()
    def act() -> None:
        raise error

    monkeypatch.delenv("AUDIT_TRACEBACK", raising=False)
    done = CliRunner().invoke(main, ["act"], env={"LC_ALL": "C.UTF-8", **environment})
    assert done.stdout == ""
    return done.exit_code, done.stderr


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (InputError("{path}: is bad.", path="x"), "x: is bad."),
        (MemoryError(), "not enough memory"),
        (RecursionError(), "nested deeper"),
        (OSError(13, "Permission denied", "x.csv"), "Permission denied x.csv"),
        (ModuleNotFoundError(name="polars"), "the library “polars” is missing"),
        (ValueError("boom"), "(ValueError in audit/cli/rim.py:"),
        (KeyError("x"), "this is a fault of the program"),
        (Panic("index out of bounds"), "Panic"),
        (click.UsageError("no such option"), "no such option"),
        (click.FileError("x", "hint"), "hint"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_every_end_without_an_answer_is_2_and_a_sentence(error, told, monkeypatch) -> None:
    code, stderr = ended(error, monkeypatch)
    assert code == 2 and told in stderr and "Traceback" not in stderr
    assert stderr.count("\n") == 1 or isinstance(error, click.UsageError)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_the_users_interrupt_is_130(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(error, monkeypatch)[0] == 130


def test_the_program_says_how_its_own_fault_is_reported_and_shows_it_when_asked(monkeypatch) -> None:
    assert "AUDIT_TRACEBACK=1" in ended(ValueError("boom"), monkeypatch)[1]
    code, stderr = ended(ValueError("boom"), monkeypatch, AUDIT_TRACEBACK="1")
    assert code == 2 and stderr.startswith("Traceback")


@pytest.mark.parametrize(
    "error",
    [
        InputError("{path}: there is no such file.", path=HOSTILE),
        CellError("t.csv", 2, "region", HOSTILE, "is none of {members}", members=HOSTILE),
        InputErrors([InputError("{path}: one.", path="::warning::x"), InputError("##[error]two")]),
        ValueError(HOSTILE),
        click.UsageError(HOSTILE),
    ],
)
def test_nothing_that_is_told_acts_on_a_terminal_or_a_runner_of_ci(error, monkeypatch) -> None:
    _, stderr = ended(error, monkeypatch, AUDIT_TRACEBACK="1")
    for line in stderr.split("\n"):
        assert line == inert(line)
        assert not line.lstrip().startswith(("::", "##["))


def test_a_sentence_stays_one_where_a_cell_is_endless(monkeypatch) -> None:
    error = CellError("t.csv", 2, "region", "长" * 1_000_000, "is none of {members}", members="a")
    _, stderr = ended(error, monkeypatch)
    assert len(stderr) < 1000 and stderr.endswith("is none of a.\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one violated relation."""
    root = make(tmp_path_factory.mktemp("rim"))
    state(root, "创新区", "销售收入", "2032", 1560)
    return root


def shell(folder: Path, line: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which $audit is the command."""
    words = {"audit": f"{sys.executable} -m audit", **more}
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], cwd=folder, env=environment(**words), capture_output=True,
        encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("$audit check --all --lang zh >&-", 1),
        ("$audit check --all --lang zh 2>&- >&-", 1),
        ("$audit check --all --lang zh | head -1", 1),
        ("$audit check --all --format json | true", 1),
        ("$audit check --nonsense 2>&-", 2),
    ],
)
def test_the_exit_code_is_right_though_nobody_reads(folder: Path, line: str, code: int) -> None:
    done = shell(folder, line)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_answer_that_could_not_be_written_is_none(folder: Path) -> None:
    done = shell(folder, "$audit check --lang en > /dev/full")
    assert done.returncode == 2
    assert done.stderr == (
        "standard output cannot be written to (No space left on device); the answer is not whole.\n"
    )


Told = tuple[str, str, int]


def _told(folder: Path, **locale: str) -> Told:
    """What a report and a sentence look like: standard output, standard error, exit code."""
    (folder / "年度计划 草案.txt").write_text("全市建设研发机构30家。\n", "utf-8")
    line = "$audit check '年度计划 草案.txt' --format json; $audit check '无此文件.csv' --lang zh"
    done = shell(folder, line, **locale)
    return done.stdout, done.stderr, done.returncode


@pytest.fixture(scope="module")
def told_in_utf8(tmp_path_factory: pytest.TempPathFactory) -> Told:
    told = _told(tmp_path_factory.mktemp("utf8"))
    assert told[1] == "无此文件.csv：没有这个文件或目录。\n" and "年度计划" in told[0]
    return told


@pytest.mark.parametrize(
    "locale",
    [
        {"PYTHONIOENCODING": "cp936"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX"},
    ],
    ids=str,
)
def test_output_is_utf8_and_the_same_whatever_the_locale(
    tmp_path: Path, locale: dict[str, str], told_in_utf8: Told
) -> None:
    assert _told(tmp_path, **{"PYTHONUTF8": "", **locale}) == told_in_utf8


def test_output_is_utf8_in_a_locale_of_gbk(tmp_path: Path, told_in_utf8: Told) -> None:
    made = shell(tmp_path, "localedef -i zh_CN -f GBK ./zh_CN.GBK")
    if made.returncode != 0:
        pytest.skip("localedef cannot make a locale here")
    told = _told(tmp_path, PYTHONUTF8="", LC_ALL="zh_CN.GBK", LOCPATH=str(tmp_path))
    assert told == told_in_utf8


OUTPUTS = {
    "check -o the description": "check -o extracted/datapackage.json",
    "check -o a table": "check -o extracted/targets/zone-plan.html",
    "check -o the baseline": "check --baseline b.json -o b.json",
    "check -o a new baseline": "check --baseline new.json --update-baseline -o ./new.json",
    "check -o a rule": "check --rules rules/own.md -o rules/own.md",
    "check -o twice": "check -o r.json -o ./r.json",
    "check -o the draft": "check draft.html -o draft.html",
    "check -o a plan of a folder": "check plans -o plans/two.html",
    "check -o one of several plans": "check plans/one.txt plans/two.html -o plans/one.txt",
    "check -o a link to a plan": "check plans -o link.html",
    "check -o of the plans in force": "check draft.html --against . -o extracted/datapackage.json",
    "check baseline over a table": "check --baseline extracted/datapackage.json --update-baseline",
    "report -o itself": "report b.json -o b.json",
    "report -o the template": "report b.json --template t.docx -o t.docx",
    "diff -o a version": "diff draft.html plans/one.txt -o draft.html",
    "diff -o a workspace": "diff . . -o extracted/datapackage.json",
    "coverage -o a table": "coverage --mutate -o extracted/targets/zone-plan.csv",
    "waive into a rule": "waive abcd --reason r --until 2999-01-01 --by me --waivers rules/sums.yaml",
    "waive into the settings": "waive abcd --reason r --until 2999-01-01 --by me --waivers audit.toml",
    "extract over a workspace": "extract draft.html -o .",
    "init over a workspace": "init .",
}


@pytest.fixture
def full(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with drafts, reports and rules, as the folder that commands run in."""
    root = make(tmp_path / "full")
    text = "<html><body><p>全市建设研发机构30家。</p></body></html>"
    (root / "plans").mkdir()
    for name in ("draft.html", "plans/two.html"):
        (root / name).write_text(text, "utf-8")
    (root / "plans" / "one.txt").write_text("全市建设研发机构30家。\n", "utf-8")
    (root / "link.html").symlink_to("plans/two.html")
    (root / "rules" / "own.md").write_text((root / "rules" / "sums.yaml").read_text("utf-8"), "utf-8")
    (root / "t.docx").write_bytes(b"template")
    table = root / "extracted" / "targets" / "zone-plan.csv"
    os.link(table, root / "extracted" / "targets" / "zone-plan.html")
    monkeypatch.chdir(root)
    from audit.cli import main

    assert CliRunner().invoke(main, ["check", "-o", "b.json"]).exit_code == 0
    return root


@pytest.mark.parametrize("line", OUTPUTS.values(), ids=OUTPUTS)
def test_no_output_is_an_input(full: Path, line: str) -> None:
    from audit.cli import main

    before = {path: path.read_bytes() for path in full.rglob("*") if path.is_file()}
    done = CliRunner().invoke(main, [*line.split(), "--lang", "en"])
    assert done.exit_code == 2, done.output
    assert ("never overwritten" in done.stderr) or ("are the same file" in done.stderr), done.stderr
    assert {path: path.read_bytes() for path in full.rglob("*") if path.is_file()} == before


def test_a_fault_is_told_in_the_language_that_the_settings_ask_for(tmp_path: Path) -> None:
    root = make(tmp_path)
    (root / "audit.toml").write_text('language = "zh"\nrules = ["rules"]\n', "utf-8")
    (root / "rules" / "sums.yaml").write_text("- id: x\n", "utf-8")
    assert "规则" in audit(root, "check", LC_ALL="C.UTF-8").stderr
