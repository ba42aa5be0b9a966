"""What standard output and standard error get: totals only when asked, colour and progress on a terminal only."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main, progress
from tests.diagnosis.causes.test_finding_causes import amended


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    return amended(tmp_path, _1650="1560")


def test_quiet_prints_the_totals_and_nothing_else(zone: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(zone), "--quiet", "--lang", "en"])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2 and result.stdout.startswith("1 error found")
    assert result.stderr == ""


def test_every_format_for_people_tells_the_cause(zone: Path, tmp_path: Path) -> None:
    out = [tmp_path / name for name in ("r.md", "r.html", "r.json", "r.docx", "r.annex.docx", "r.xlsx")]
    arguments = [part for path in out for part in ("-o", str(path))]
    result = CliRunner().invoke(main, ["check", str(zone), "--lang", "en", *arguments])
    assert "should be 1650亿元" in result.stdout
    (cause,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["causes"]
    assert cause["message"]["en"] in (tmp_path / "r.html").read_text("utf-8")
    assert "should be 1650" in (tmp_path / "r.md").read_text("utf-8")
    assert all(path.stat().st_size for path in out)


def test_causes_are_the_same_when_they_are_remembered(zone: Path) -> None:
    first, second = (
        CliRunner().invoke(main, ["check", str(zone), "--format", "json"]).stdout for _ in range(2)
    )
    assert first == second and json.loads(first)["causes"]


@pytest.mark.parametrize(
    ("variable", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_is_for_terminals_that_want_it(zone: Path, variable: dict[str, str], coloured: bool) -> None:
    ours, theirs = pty.openpty()
    environment = {**{n: v for n, v in os.environ.items() if n != "NO_COLOR"}, "TERM": "xterm", **variable}
    process = subprocess.Popen(
        [sys.executable, "-m", "audit", "check", str(zone)],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert process.wait(60) == 1
    os.close(ours)
    assert (b"\x1b[" in shown) is coloured


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_that_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SOON", 0)
    monkeypatch.setenv("TERM", "xterm")
    shown = {}
    for name, stream, quiet in (
        ("terminal", _Terminal(), False),
        ("quiet", _Terminal(), True),
        ("file", io.StringIO(), False),
    ):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress.progress(quiet) as step:
            step("looking for causes")
        shown[name] = stream.getvalue()
    assert shown["quiet"] == shown["file"] == ""
    assert shown["terminal"].startswith("\r\x1b[K") and shown["terminal"].endswith("\r\x1b[K")
    assert shown["terminal"].count("\r") == 2
