"""Checks that run again and again, side by side, and checks that are killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.workspace.command import as_process, environment
from tests.workspace.zone import make, state

AUDIT = [sys.executable, "-m", "audit"]


def _start(root: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen([*AUDIT, *arguments], cwd=root, env=environment(PYTHONUNBUFFERED="1", **more), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip


def test_two_processes_at_once_give_the_same_whole_files(tmp_path: Path) -> None:
    root = make(tmp_path / "repository")
    state(root, "创新区", "销售收入", "2032", 1560)
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    arguments = ("check", "--baseline", "b.json", "--update-baseline", "-o", "r.json", "--format", "json")
    running = [_start(root, *arguments, **cache) for _ in range(2)]
    outputs = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0, 0]
    assert len(outputs) == 1 and json.loads(outputs.pop())["summary"]["violated"] == 1
    assert json.loads((root / "b.json").read_text("utf-8"))["summary"]["violated"] == 1
    assert as_process(root, "check", "--baseline", "b.json", **cache).returncode == 0


def test_a_run_killed_in_the_middle_leaves_no_broken_file(tmp_path: Path) -> None:
    root = make(tmp_path / "repository")
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    arguments = ("check", "--baseline", "b.json", "--update-baseline", "-o", "r.json", "-o", "r.md")
    for step in range(8):
        process = _start(root, *arguments, **cache)
        time.sleep(0.1 + 0.1 * step)
        process.kill()
        process.communicate()
        for name in ("b.json", "r.json"):
            if (root / name).exists():
                assert json.loads((root / name).read_text("utf-8"))["schema"] == "audit-report/1"
        if (root / "r.md").exists():
            assert (root / "r.md").read_text("utf-8").endswith("\n")
    done = as_process(root, "check", "--baseline", "b.json", "--update-baseline", **cache)
    assert done.returncode == 0, done.stderr


def test_a_damaged_or_deleted_cache_changes_no_answer(tmp_path: Path) -> None:
    root = make(tmp_path / "repository")
    state(root, "创新区", "销售收入", "2032", 1560)
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = as_process(root, "check", "--format", "json", **cache)
    assert as_process(root, "check", "--format", "json", **cache).stdout == first.stdout
    for damage in (b"", b"{}", b"\x00" * 64):
        for path in (tmp_path / "cache").rglob("*"):
            if path.is_file():
                path.write_bytes(damage)
        again = as_process(root, "check", "--format", "json", **cache)
        assert (again.stdout, again.returncode) == (first.stdout, 1)


def test_the_same_bytes_whatever_the_locale_hash_seed_or_place(tmp_path: Path) -> None:
    outputs = set()
    for number, variables in enumerate(
        ({"LC_ALL": "C", "PYTHONHASHSEED": "1"}, {"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"})
    ):
        root = make(tmp_path / str(number))
        state(root, "创新区", "销售收入", "2032", 1560)
        outputs.add(
            as_process(
                root, "check", "--all", "--format", "json", SOURCE_DATE_EPOCH="1924905600", **variables
            ).stdout
        )
    (output,) = outputs
    report = json.loads(output)
    assert report["tool"]["version"]
    assert {source["path"] for source in report["inputs"]} >= {
        "extracted/targets/zone-plan.csv",
        "rules/sums.yaml",
    }
    assert all(len(source["sha256"]) == 64 for source in report["inputs"])


def _until(process: subprocess.Popen[str], words: str) -> str:
    """The output up to the first line with `words`."""
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_watching_checks_again_on_every_save_and_lives_through_wrong_input(tmp_path: Path) -> None:
    root = make(tmp_path)
    process = _start(root, "check", "--watch", "--lang", "en", "-o", "r.json")
    try:
        assert "4 hold" in _until(process, "Waiting")
        state(root, "创新区", "销售收入", "2032", 1560)
        assert "1 violated" in _until(process, "Waiting")
        rules = root / "rules" / "sums.yaml"
        text = rules.read_text("utf-8")
        rules.write_text(text.replace("along: region", "along: regoin"), "utf-8")
        assert "regoin" in _until(process, "Waiting")
        rules.write_text(text, "utf-8")
        state(root, "创新区", "销售收入", "2032", 1650)
        while "4 hold" not in (told := _until(process, "Waiting")):
            assert "Traceback" not in told
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    finally:
        process.kill()
    assert json.loads((root / "r.json").read_text("utf-8"))["summary"]["holds"] == 4
