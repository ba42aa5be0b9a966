"""A headless Chromium for tests; they are skipped with the reason where there is none."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest


@cache
def browser() -> Any:
    """The browser, started once in a process and closed with it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = os.environ.get("AUDIT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("no Chromium on this machine")
    engine = playwright.sync_playwright().start()
    atexit.register(engine.stop)
    return engine.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A page with the file at `path`; it must not write to the console nor ask for the network."""
    complaints: list[str] = []
    page = browser().new_page(viewport={"width": 1280, "height": 900})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(dialog.message) or dialog.dismiss())
    page.goto(path.as_uri())
    page.wait_for_selector("#main section")
    yield page
    page.close()
    assert complaints == []
