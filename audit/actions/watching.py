"""Waits for a file to be saved: sizes and times of the files that a run may read, looked at in turns."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from audit.documents.kinds import SUFFIXES
from audit.tables.formats.kinds import SUFFIXES as TABLES

_SUFFIXES = frozenset((".json", ".yaml", ".yml", ".toml", *SUFFIXES, *TABLES))
INTERVAL = 0.3

Snapshot = dict[str, tuple[int, int]]


def snapshot(sources: Iterable[Path], ignored: Collection[Path] = ()) -> Snapshot:
    """Time and size of every file in `sources` that a run may read; hidden folders are left out."""
    left_out = {os.path.abspath(path) for path in ignored}
    found: Snapshot = {}
    for path in _files(sources):
        if os.path.abspath(path) not in left_out:
            try:
                status = os.stat(path)
            except OSError:
                continue
            found[path] = status.st_mtime_ns, status.st_size
    return found


def _files(sources: Iterable[Path]) -> Iterator[str]:
    for source in sources:
        if not source.is_dir():
            yield str(source)
            continue
        for folder, below, names in os.walk(source):
            below[:] = [name for name in below if not name.startswith(".")]
            yield from (
                os.path.join(folder, name) for name in names if Path(name).suffix.lower() in _SUFFIXES
            )


def changed(before: Snapshot, sources: Collection[Path], ignored: Collection[Path] = ()) -> tuple[str, ...]:
    """Wait until a file differs from `before`; the files that do, sorted."""
    while (now := snapshot(sources, ignored)) == before:
        time.sleep(INTERVAL)
    return tuple(sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path)))
