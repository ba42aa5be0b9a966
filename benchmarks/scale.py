"""Five rules over generated figures in a parquet file, through `audit check`, against the same checks written by hand.

Rules: parts of a hierarchy on all levels, agreement of documents, no fall from year to year, a row schema, a unique key.
By hand (see `by_hand`): DuckDB SQL on the file, Polars (lazy, streaming), pandas, and pandera and Great Expectations on frames of
pandas; all must count the verdicts that audit counts. Every tool runs for itself, one after the other in turns; told are medians
of processor time, of time and of the most memory, each of all processes that a tool starts. `audit check` also tells every
finding with its evidence, which those by hand do not. Without names all are run whose library is there.

    python benchmarks/scale.py [FIGURES] [ROUNDS] [duckdb] [polars] [pandas] [pandera] [gx]

More than memory should hold, beside what needs not hold it either:

    python benchmarks/scale.py 50000000 1 duckdb

With `--database`, the same figures in a table of a DuckDB file too, through `audit check`:

    python benchmarks/scale.py --database [FIGURES] [ROUNDS]

With `--rules`, so many rules (500) at five sets of keys against one rule a set of keys, both through `audit check`:

    python benchmarks/scale.py --rules [RULES] [FIGURES] [ROUNDS]
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from benchmarks.by_hand import BY_HAND
from benchmarks.scale_data import SAME_KEYS, rules_of_same_keys, write, write_database

WANTED, MEMORY, SHARED = 1.5, 2.5, 3.0
FILES = {"audit": "figures.parquet", "database": "figures.duckdb"}
"""What `audit check` is given, by the name under which it is told."""
VERDICTS = ("holds", "reconcilable", "violated", "untestable")


def run(tool: str, folder: Path, rules: str = "rules.yaml") -> tuple[float, float, float, Counter[str]]:
    """Seconds of the processor and of the clock, GB, and the verdicts counted, in the folder."""
    check = [
        "-m", "audit", "check", FILES.get(tool, ""), "--rules", rules, "--fail-on", "never", "--lang", "en", "-q",
    ]  # fmt: skip
    arguments = check if tool in FILES else [os.path.abspath(__file__), "--by-hand", tool]
    start = time.perf_counter()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{Path(__file__).parents[1]}",
        "GX_ANALYTICS_ENABLED": "false",
    }
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    watched = Watched(process.pid)
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{tool}: ended with {status}")
    if tool in FILES:
        totals = re.search(
            rb"checks: (\d+) hold, (\d+) reconcilable, (\d+) violated, (\d+) untestable", output
        )
        assert totals is not None, output
        counts = Counter(dict(zip(VERDICTS, map(int, totals.groups()), strict=True)))
    else:
        counts = Counter(json.loads(output))
    return used.ru_utime + used.ru_stime, wall, max(used.ru_maxrss * 1e3, watched.most()) / 1e9, counts


class Watched(threading.Thread):
    """Looks, where the system tells, at what memory a process and those it started hold together."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process, self._most = process, 0
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.05):
            with suppress(OSError, IndexError):
                self._most = max(self._most, _held(self._process))

    def most(self) -> int:
        """The most bytes that were held at any look."""
        self._over.set()
        return self._most


def _held(process: int) -> int:
    """The bytes that a process and those it started hold, as Linux tells."""
    folder = Path(f"/proc/{process}")
    others = (folder / "task" / str(process) / "children").read_text().split()
    own = int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return own + sum(_held(int(other)) for other in others)


def main(count: int, rounds: int, by_hand: Sequence[str], files: Sequence[str]) -> int:
    """Print medians and ratios to the first of those by hand; 1 when verdicts differ, or audit takes more than is wanted."""
    tools = (by_hand[0], *files, *by_hand[1:])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, os.path.abspath(__file__), "--write", str(count), name, *files], check=True
        )
        found: dict[str, list[tuple[float, float, float]]] = {tool: [] for tool in tools}
        counts: dict[str, Counter[str]] = {}
        for _ in range(rounds):
            for tool in tools:
                *used, verdicts = run(tool, folder)
                found[tool].append((used[0], used[1], used[2]))
                counts[tool] = verdicts
    medians = {
        tool: [statistics.median(column) for column in zip(*own, strict=True)] for tool, own in found.items()
    }
    basis = medians[by_hand[0]]
    print(f"{count} figures, five rules, {rounds} rounds, against {by_hand[0]}")
    for tool, (processor, wall, memory) in medians.items():
        ratios = f"{processor / basis[0]:5.2f}   clock {wall:7.2f} s {wall / basis[1]:5.2f}"
        print(f"{tool:8} processor {processor:7.2f} s {ratios}   {memory:5.2f} GB")
    same = all(own == counts["audit"] for own in counts.values())
    told = "the same verdicts" if same else f"VERDICTS DIFFER: {counts}"
    print(f"wanted of audit: at most {WANTED} times {by_hand[0]}, {MEMORY} GB; {told}")
    return int(not same or medians["audit"][0] > WANTED * basis[0] or medians["audit"][2] > MEMORY)


def main_of_same_keys(rules: int, count: int, rounds: int) -> int:
    """Print medians and their ratio; 1 where many rules take more than is wanted, or checks are left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, os.path.abspath(__file__), "--write", str(count), name], check=True)
        found: dict[int, list[tuple[float, float, float, int]]] = {len(SAME_KEYS): [], rules: []}
        for own in found:
            (folder / f"{own}.yaml").write_text(rules_of_same_keys(own), encoding="utf-8")
        for _ in range(rounds):
            for own, figures in found.items():
                *used, verdicts = run("audit", folder, f"{own}.yaml")
                figures.append((used[0], used[1], used[2], verdicts.total()))
    print(f"{count} figures, {rules} rules at {len(SAME_KEYS)} sets of keys, {rounds} rounds")
    medians = {
        own: [statistics.median(column) for column in zip(*figures, strict=True)]
        for own, figures in found.items()
    }
    for own, (processor, wall, memory, checks) in medians.items():
        told = f"processor {processor:7.2f} s   clock {wall:7.2f} s   {memory:5.2f} GB   {checks:.0f} checks"
        print(f"{own:4} rules   {told}")
    few, many = medians.values()
    print(
        f"many rules take {many[0] / few[0]:.2f} times what one a set of keys takes; wanted at most {SHARED}"
    )
    return int(many[0] > SHARED * few[0] or many[3] * len(SAME_KEYS) != few[3] * rules)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--by-hand"]:
        counted = BY_HAND[sys.argv[2]][1]
        print(json.dumps(sum(map(Counter, counted()), Counter())))
    elif sys.argv[1:2] == ["--write"]:
        write(int(sys.argv[2]), Path(sys.argv[3]))
        if "database" in sys.argv:
            write_database(Path(sys.argv[3]))
    else:
        given = [int(one) for one in sys.argv[1:] if one.isdigit()]
        if sys.argv[1:2] == ["--rules"]:
            sys.exit(main_of_same_keys(*given, *(500, 1_000_000, 3)[len(given) :]))
        there = [tool for tool, (library, _) in BY_HAND.items() if find_spec(library)]
        tools = [tool for tool in BY_HAND if tool in sys.argv] or there
        files = [*FILES] if "--database" in sys.argv else ["audit"]
        sys.exit(main(*given, *(1_000_000, 3)[len(given) :], by_hand=tools, files=files))
