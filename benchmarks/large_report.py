"""How long and how large reports of very many findings get, in every format: `python -m benchmarks.large_report [CHECKS]`.

So many violated checks (500000), of one rule and of five hundred, and as many figures in one violated sum and in ten
thousand, through `audit check` in a process of its own for each format: processor time, most memory and the size of what is
written; `--most N` is handed on.

    python -m benchmarks.large_report [CHECKS] [--most N]

With `--open` how soon the html is open: size of the file, the time to write it, and from navigation to a page that
answers, in headless Chromium (playwright and a `chromium` on the path are needed). That report is of invented checks.

    python -m benchmarks.large_report --open [FINDINGS CHECKS]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

RULES = (1, 500)
SUMS = (1, 10_000)
FORMATS = ("txt", "md", "docx", "json", "sarif", "xml", "html", "xlsx")


def write(rows: int, rules: int, folder: Path) -> None:
    """A table of so many rows, and so many rules that none of them follows."""
    import polars as pl

    number = pl.int_range(rows)
    frame = pl.select(number.alias("n")).select(
        document=pl.lit("plan"), region=pl.format("district {}", pl.col("n") % 997), period=pl.lit("2019"),
        indicator=pl.format("indicator {}", pl.col("n") // 997), measure=pl.lit("level"), kind=pl.lit("target"),
        unit=pl.lit("家"), bound=pl.lit("exact"), literal=pl.format("-{}", pl.col("n") + 1), value=-pl.col("n") - 1,
        low=-pl.col("n") - 1, high=-pl.col("n") - 1,
    )  # fmt: skip
    frame.write_parquet(folder / "figures.parquet")
    told = "".join(
        f"- {{id: rule-{n}, title: A value is at least {n}, check: value >= {n}}}\n" for n in range(rules)
    )
    (folder / "rules.yaml").write_text(told, encoding="utf-8")


def write_sums(rows: int, sums: int, folder: Path) -> None:
    """A table of so many rows, and one rule by which so many sums over all of them are violated."""
    import polars as pl

    write(rows, 1, folder)
    frame = pl.read_parquet(folder / "figures.parquet").with_row_index("n")
    frame.with_columns(part=pl.format("{}", pl.col("n") % sums)).drop("n").write_parquet(
        folder / "figures.parquet"
    )
    rule = "{id: sums, title: Figures add up to one, for_each: [part], let: {all: {}}, check: sum(all) == 1}"
    (folder / "rules.yaml").write_text(f"- {rule}\n", encoding="utf-8")


def main(checks: int, options: list[str]) -> None:
    for rules in RULES:
        told = f"{checks // rules * rules} violated checks of {rules} rules"
        measure(partial(write, checks // rules, rules), told, options)
    for sums in SUMS:
        measure(partial(write_sums, checks, sums), f"{checks} figures in {sums} violated sums", options)


def measure(prepare: Callable[[Path], None], told: str, options: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        print(told, *options)
        for suffix in ("", *FORMATS):
            processor, memory, size = _run(folder, suffix, options)
            print(
                f"{suffix or '--quiet':8} processor {processor:6.1f} s   {memory:5.2f} GB   {size:7.1f} MB",
                flush=True,
            )


def _run(folder: Path, suffix: str, options: list[str]) -> tuple[float, float, float]:
    """Seconds of the processor, GB and MB written of one run."""
    output = folder / f"report.{suffix}"
    asked = ["-o", output.name] if suffix else []
    process = subprocess.Popen(
        [sys.executable, "-m", "audit", "check", "figures.parquet", "--rules", "rules.yaml", "--fail-on", "never", "-q",
         *asked, *options],
        cwd=folder, env={**os.environ, "PYTHONPATH": f"{Path(__file__).parents[1]}"}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{suffix}: ended with {status}")
    size = output.stat().st_size / 1e6 if suffix else 0.0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6, size


def main_of_opening(findings: int = 5_000, checks: int = 100_000) -> None:
    from playwright.sync_api import sync_playwright

    from audit.reporting.html import render
    from tests.reporting.sample import large

    started = time.perf_counter()
    content = render(large(findings, checks), language="zh")
    written = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as drive:
        path = Path(folder) / "large.html"
        path.write_text(content, "utf-8")
        browser = drive.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("h1")
        opened = page.evaluate("performance.now()") / 1000
        browser.close()
    size = len(content.encode()) / 1e6
    print(
        f"{findings} findings, {checks} checks: {size:.1f} MB, written in {written:.1f} s, open in {opened:.2f} s"
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[:1] == ["--open"]:
        main_of_opening(*map(int, given[1:3]))
    else:
        first = [one for one in given[:1] if one.isdigit()]
        main(int(first[0]) if first else 500_000, given[len(first) :])
