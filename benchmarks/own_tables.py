"""From a table to its first findings: `python benchmarks/own_tables.py [ROWS]` (100,000 rows of a table made up).

For each of the examples, as whole processes, the median of three: the processor time that `audit init` takes to look at its
files, and `audit check` to hold the workspace that it wrote against them. Beside it what that workspace holds and finds without a
word added, and what the example's own rules and settings come to in lines. Then the same for a long table of so many rows.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ("votes", "jobs", "budget", "epidemic", "debt", "flows")
ROWS = 100_000
RUNS = 3


@dataclass(frozen=True)
class Measured:
    """What was measured of the files of one example: seconds of processor time, suggested rules, and their findings."""

    init: float
    check: float
    rules: int
    findings: int


def measured(files: Sequence[Path], runs: int = RUNS) -> Measured:
    """Look at files, and check them by the workspace that this gives."""
    inits, checks = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            cache = {"XDG_CACHE_HOME": str(Path(folder) / "cache")}  # so that nothing is remembered
            inits.append(_run(["init", *map(str, files), "-o", f"{folder}/made"], cache)[0])
            seconds, told = _run(["check", f"{folder}/made", "--format", "json", "--fail-on", "never"], cache)
            checks.append(seconds)
    summary = json.loads(told)["summary"]
    return Measured(
        statistics.median(inits), statistics.median(checks), summary["rules"],
        summary["violated"] + summary["reconcilable"],
    )  # fmt: skip


def _run(arguments: Sequence[str], environment: dict[str, str]) -> tuple[float, str]:
    command = [sys.executable, "-m", "audit", *arguments, "--lang", "en"]
    before = _processor_time()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr or done.stdout)
    return _processor_time() - before, done.stdout


def _processor_time() -> float:
    """That of all processes that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def files_of(example: str) -> list[Path]:
    """The files that the settings of an example name."""
    settings = tomllib.loads((ROOT / "examples" / example / "audit.toml").read_text("utf-8"))
    names = dict.fromkeys(table["file"] for table in settings["tables"].values())
    return [ROOT / "examples" / example / name for name in names]


def lines_of(example: str) -> tuple[int, int]:
    """The lines of rules and of settings that an example has, without blank ones and comments."""
    folder = ROOT / "examples" / example
    rules = sum(_lines(path) for path in sorted((folder / "rules").glob("*.yaml")))
    return rules, _lines(folder / "audit.toml")


def _lines(path: Path) -> int:
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#")
        for line in path.read_text("utf-8").splitlines()
    )


def long_table(rows: int) -> Iterator[str]:
    """People by year, place and age, men and women, with one slip in a thousand rows."""
    drawn = random.Random(1)
    yield "year,place,age,men,women,people,share"
    places = max(rows // 400, 1)
    for number in range(rows):
        men, women = drawn.randint(1, 90_000), drawn.randint(1, 90_000)
        slip = 10 * (number % 1000 == 7)
        key = f"{2015 + number % 20},place {number // 20 % places},{number // (20 * places)}"
        yield f"{key},{men},{women},{men + women + slip},{100 * women / (men + women):.1f}"


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print("| table | init, s | check, s | rules suggested | their findings | lines of own rules, settings |")
    print("| --- | --- | --- | --- | --- | --- |")
    for example in EXAMPLES:
        one, lines = measured(files_of(example)), lines_of(example)
        print(
            f"| {example} | {one.init:.1f} | {one.check:.1f} | {one.rules} | {one.findings} | {lines[0]}, {lines[1]} |"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_text("\n".join(long_table(rows)) + "\n", "utf-8")
        one = measured([path], 1)
    print(f"| {rows:,} rows | {one.init:.1f} | {one.check:.1f} | {one.rules} | {one.findings} | |")


if __name__ == "__main__":
    main()
