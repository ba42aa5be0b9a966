"""Cold start: `audit check --quiet` on the shipped tables with all rules, against `python -c "import pandas"` in the same run.

Whole processes, one after the other in turns; medians of wall time and of processor time, after a first turn that is not
counted. All of them may keep their byte code, as Python does unless it is told not to. `all rules run` is measured with
tables that an earlier run found valid and rules that it has read, but without its report: every rule runs on every table.
The causes behind findings, which a report tells, are not
looked for. `nothing changed` may take that report from the cache. At most 1.5 times pandas is wanted of the first.

    python benchmarks/cold_start.py [ROUNDS]
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WANTED = 1.5
REPORTS = ("checked-workspaces", "checked-plans")
CHECK = ["-m", "audit", "check", "--quiet"]
COMMANDS = {"import pandas": ["-c", "import pandas"], "all rules run": CHECK, "nothing changed": CHECK}


def seconds(arguments: list[str], cache: Path) -> tuple[float, float]:
    """Wall and processor seconds of one Python process, started in the repository."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    kept = {"XDG_CACHE_HOME": str(cache), "PYTHONPYCACHEPREFIX": str(cache / "byte-code")}
    environment = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"} | kept
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> int:
    """Print the medians and their ratios; 1 when all rules take longer than is wanted."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        for turn in range(rounds + 1):
            for kind in REPORTS:
                shutil.rmtree(cache / "audit" / kind, ignore_errors=True)
            for name, arguments in COMMANDS.items():
                found = seconds(arguments, cache)
                if turn:
                    times[name].append(found)
    medians = {
        name: [statistics.median(column) for column in zip(*t, strict=True)] for name, t in times.items()
    }
    pandas = medians["import pandas"]
    for name, (wall, processor) in medians.items():
        print(
            f"{name:16} {wall:6.3f} s {wall / pandas[0]:5.2f}   processor {processor:6.3f} s {processor / pandas[1]:5.2f}"
        )
    print(f"wanted: all rules in at most {WANTED} times pandas")
    return int(medians["all rules run"][0] > WANTED * pandas[0])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
