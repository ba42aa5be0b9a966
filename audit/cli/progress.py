"""The step of a long run on standard error: one line that the next one takes the place of; on a terminal only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from audit.actions.progress import Step, silent
from audit.cli import options
from audit.reporting.inert import excerpt, inert
from audit.wording import words

_SOON = 0.4
"""Seconds from the begin of a run before which nothing is told: a short run stays quiet."""
_WIDTH = 76


@contextmanager
def progress(quiet: bool = False) -> Iterator[Step]:
    """A step to call; what it shows is gone when the run ends."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield silent
        return
    start, shown = time.monotonic(), False

    def step(message: str, /, **values: object) -> None:
        nonlocal shown
        if time.monotonic() - start < _SOON:
            return
        text = words(options.spoken())(message, **values)
        sys.stderr.write(f"\r\x1b[K{excerpt(inert(text), '', _WIDTH // 2)} …")
        sys.stderr.flush()
        shown = True

    try:
        yield step
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
