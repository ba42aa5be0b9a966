"""Cold start: `audit check --quiet` on the shipped tables with all rules, against `python -c "import pandas"` in the same run.

Whole processes, one after the other in turns; medians of wall time and of processor time, after a first turn that is not
counted. All of them may keep their byte code, as Python does unless it is told not to. What is wanted is judged by
processor time, which tells the same on a machine that is at other work too. What differs is what earlier runs left in the
cache:

- `empty cache`: nothing; rules and tables are read and looked at, every rule runs on every table;
- `one cell changed`: all of a run on the tables before one cell of a figure became another: what rules found that do not
  look at its row is told again;
- `all rules run`: rules that were read and resolved and tables that were found valid, nothing that rules found;
- `nothing changed`: all of a run on the same tables, also its report.

The causes behind findings, which a report tells, are not looked for.

    python benchmarks/cold_start.py [ROUNDS]
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
WANTED = {"empty cache": 1.5, "one cell changed": 1.0, "all rules run": 1.0}
"""How many times as long as pandas a run takes at most."""
REPORTS = ("checked-workspaces", "checked-plans")
CHECK = ("-m", "audit", "check", "--quiet")
PANDAS = "import pandas"
RUNS = (PANDAS, "empty cache", "one cell changed", "all rules run", "nothing changed")


def seconds(arguments: Sequence[str], folder: Path, cache: Path) -> tuple[float, float]:
    """Wall and processor seconds of one Python process, started in a folder; `SystemExit` where it did not do its work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    kept = {
        "XDG_CACHE_HOME": str(cache), "PYTHONPYCACHEPREFIX": str(folder.parent / "byte-code"), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    environment = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"} | kept
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)} ended with exit code {done.returncode}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def change_a_cell(workspace: Path, turn: int) -> None:
    """Another number in the first figure that has one, in each turn."""
    (path, *_) = sorted((workspace / "extracted" / "targets").glob("*.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    value, literal = head.index("value"), head.index("literal")
    row = next(row for row in rows if row[value].isdigit() and row[literal] == row[value])
    row[value] = row[literal] = str(int(row[value]) + turn + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def prepared(run: str, turn: int, folder: Path) -> tuple[Path, Path]:
    """The workspace and the cache of a run, as it finds them."""
    workspace, cache = folder / "workspace", folder / "cache"
    if run == "empty cache":
        return workspace, folder / f"empty-{turn}"
    if run == "one cell changed":
        change_a_cell(workspace, turn)
    if run == "all rules run":
        for kind in REPORTS:
            shutil.rmtree(cache / "audit" / kind, ignore_errors=True)
    return workspace, cache


def main(rounds: int) -> int:
    """Print the medians and their ratios; 1 when a run takes longer than is wanted."""
    times: dict[str, list[tuple[float, float]]] = {run: [] for run in RUNS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "extracted", folder / "workspace" / "extracted")
        for turn in range(rounds + 1):
            for run in RUNS:
                workspace, cache = prepared(run, turn, folder)
                found = seconds(("-c", PANDAS) if run == PANDAS else CHECK, workspace, cache)
                if turn:
                    times[run].append(found)
    medians = {
        run: [statistics.median(column) for column in zip(*found, strict=True)]
        for run, found in times.items()
    }
    pandas = medians[PANDAS]
    for run, (wall, processor) in medians.items():
        print(
            f"{run:16} {wall:6.3f} s {wall / pandas[0]:5.2f}   processor {processor:6.3f} s {processor / pandas[1]:5.2f}"
        )
    print("wanted, at most:", ", ".join(f"{run} {most}" for run, most in WANTED.items()))
    return int(any(medians[run][1] > most * pandas[1] for run, most in WANTED.items()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
