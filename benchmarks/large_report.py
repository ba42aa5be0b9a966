"""How soon a large HTML report is open: `python -m benchmarks.large_report [FINDINGS CHECKS]` (default 5000 100000).

Prints the size of the file, the time to write it, and the time from navigation to a page that answers, in headless
Chromium (playwright and a `chromium` on the path are needed). The report is made of invented checks.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from audit.reporting.html import render
from tests.reporting.sample import large


def main(findings: int = 5_000, checks: int = 100_000) -> None:
    started = time.perf_counter()
    content = render(large(findings, checks), language="zh")
    written = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as drive:
        path = Path(folder) / "large.html"
        path.write_text(content if isinstance(content, str) else content.decode(), "utf-8")
        browser = drive.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("h1")
        opened = page.evaluate("performance.now()") / 1000
        browser.close()
    print(
        f"{findings} findings, {checks} checks: {len(content) / 1e6:.1f} MB, written in {written:.1f} s, open in {opened:.2f} s"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
