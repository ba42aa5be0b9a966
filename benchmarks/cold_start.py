"""Cold start: `audit check` on the shipped tables with all rules, against `python -c "import pandas"` in the same run.

Whole processes, one after the other in turns; medians of wall time and of processor time. At most 1.5 times is wanted.

    python benchmarks/cold_start.py [ROUNDS]
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WANTED = 1.5
COMMANDS = {"import pandas": ["-c", "import pandas"], "audit check": ["-m", "audit", "check"]}


def seconds(arguments: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of one Python process, started in the repository."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int) -> int:
    """Print the medians and their ratio; 1 when the ratio is above what is wanted."""
    for arguments in COMMANDS.values():
        seconds(arguments)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    medians = {
        name: [statistics.median(column) for column in zip(*found, strict=True)]
        for name, found in times.items()
    }
    for name, (wall, processor) in medians.items():
        print(f"{name:14} {wall:6.3f} s   processor {processor:6.3f} s")
    ratios = [a / b for a, b in zip(medians["audit check"], medians["import pandas"], strict=True)]
    print(f"{'ratio':14} {ratios[0]:6.2f}     processor {ratios[1]:6.2f}     wanted at most {WANTED}")
    return int(ratios[0] > WANTED)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
