"""A revision of a git repository, laid out as a folder."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.model.errors import InputError
from audit.tables.description import FILE

TABLES, RULES = "extracted", "rules"


@contextmanager
def laid_out(revision: str, here: Path) -> Iterator[Path]:
    """A temporary folder with the tables and rules that the folder `here` had at `revision`.

    All of `here` where its tables do not stand in `extracted/`. Raises `InputError` when `here` is in no
    git clone, or there is no such revision.
    """
    if not _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"):
        raise InputError(
            "{name} is no file, no folder and no git revision here; check the spelling.", name=revision
        )
    packed = _git(here, "archive", "--format=zip", revision, *_parts(revision, here))
    with TemporaryDirectory(prefix="audit-") as folder:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(folder)
        yield Path(folder)


def _parts(revision: str, here: Path) -> list[str]:
    there = _git(here, "ls-tree", "-r", "--name-only", revision, "--", TABLES, RULES).decode(
        "utf-8", "replace"
    )
    names = there.splitlines()
    if f"{TABLES}/{FILE}" not in names:
        return []
    return [TABLES, *([RULES] if any(name.startswith(f"{RULES}/") for name in names) else [])]


def _git(here: Path, *arguments: str) -> bytes:
    """What git prints; nothing when it fails or is not installed."""
    try:
        return subprocess.run(["git", "-C", str(here), *arguments], capture_output=True, check=False).stdout
    except OSError:
        return b""
