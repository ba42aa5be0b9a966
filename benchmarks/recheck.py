"""How long a second `audit check` of many plans takes after one of them changed, against the first.

`python benchmarks/recheck.py [COUNT]` (default 200) makes COUNT Word files from the sample draft, each with figures of
its own, checks them with an empty cache, changes one, checks again, and exits with 1 when that took more than a fifth.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

REPOSITORY = Path(__file__).parents[1]
SAMPLE = REPOSITORY / "tests" / "data" / "draft" / "draft.docx"
MOST = 0.2


def write_plan(path: Path, number: int) -> None:
    """The sample draft with one more paragraph, so that every file has words of its own."""
    document = docx.Document(str(SAMPLE))
    document.add_paragraph(f"到2026年，新增充电桩{1000 + number}个。")
    document.save(str(path))


def check(folder: Path, cache: Path) -> float:
    """Seconds that one whole process of `audit check` takes."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-m", "audit", "check", str(folder), "--fail-on", "never"]
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(count: int) -> int:
    """Measure, print one line, and say whether the second check was fast enough."""
    with tempfile.TemporaryDirectory() as root:
        folder, cache = Path(root, "plans"), Path(root, "cache")
        folder.mkdir()
        for number in range(count):
            write_plan(folder / f"plan-{number:03d}.docx", number)
        first = check(folder, cache)
        write_plan(folder / f"plan-{count // 2:03d}.docx", count)
        second = check(folder, cache)
    print(
        f"{count} plans: first {first:.1f} s, after one change {second:.1f} s, ratio {second / first:.3f} (most {MOST})"
    )
    return 0 if second <= MOST * first else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
