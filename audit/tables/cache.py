"""What earlier runs worked out, kept by the digest of what it was worked out from.

Entries are files in the user's cache folder: written whole or not at all, so several processes may share it, and safe
to delete at any time. What was long not asked for goes, and the oldest while there is too much. Nothing here is needed:
where the folder cannot be used, every `get` is `None`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from audit.model.frozen import frozen

LARGEST = 256 * 2**20
"""Bytes of all entries together, above which the oldest go."""
OLDEST = 60 * 86_400
"""Seconds after which an entry that nobody asked for goes."""
_DAY = 86_400
_PRUNING = ("00", "01", "02", "03")
"""How the digests begin whose keeping prunes: one entry of 64, without anything being counted."""
LIBRARIES = (
    "charset_normalizer", "click", "jinja2", "lxml", "narwhals", "numpy", "openpyxl", "pandas", "pandera",
    "pdfminer.six", "pdfplumber", "polars", "pypdf", "pypdfium2", "python_calamine", "python_docx", "pyyaml", "rapidfuzz",
    "tabulate", "wcwidth", "xlsxwriter",
)  # fmt: skip
"""What an answer may depend on besides this program's own files."""


@frozen
class Cache:
    """Entries below `folder`, or none at all when it is `None`."""

    folder: Path | None

    def get(self, kind: str, digest: str) -> bytes | None:
        """The entry of `kind` kept under a hexadecimal `digest`; `None` when there is none or it cannot be read."""
        if self.folder is None:
            return None
        path = self._path(self.folder, kind, digest)
        try:
            content = path.read_bytes()
            if time.time() - path.stat().st_mtime > _DAY:
                os.utime(path)  # it is still asked for
            return content
        except OSError:
            return None

    def put(self, kind: str, digest: str, content: bytes) -> None:
        """Keep `content`; a folder that cannot be written to is left alone."""
        if self.folder is None:
            return
        path = self._path(self.folder, kind, digest)
        temporary = path.with_name(f"{os.urandom(8).hex()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(content)
            os.replace(temporary, path)
            if digest[:2] in _PRUNING:
                self.prune()
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary)

    def prune(self, largest: int = LARGEST, oldest: float = OLDEST) -> None:
        """Take out what nobody asked for in `oldest` seconds, then the oldest until `largest` bytes are kept."""
        kept = 0
        for asked, size, path in sorted(self._entries(), reverse=True):
            kept += size
            if kept > largest or time.time() - asked > oldest:
                kept -= size
                with contextlib.suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Of every file: when it was last asked for, its size, and where it is."""
        for path in self.folder.rglob("*") if self.folder is not None else ():
            with contextlib.suppress(OSError):
                if path.is_file():
                    status = path.stat()
                    yield status.st_mtime, status.st_size, path

    @staticmethod
    def _path(folder: Path, kind: str, digest: str) -> Path:
        return folder / kind / digest[:2] / digest[2:]


def user_cache(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Cache:
    """The user's cache: `audit/` in $XDG_CACHE_HOME, else where the platform keeps such folders.

    A relative $XDG_CACHE_HOME is ignored (XDG Base Directory Specification 0.8); without a home there is no cache.
    """
    base = environment.get("XDG_CACHE_HOME") or ""
    if not Path(base).is_absolute():
        if platform == "win32":
            base = environment.get("LOCALAPPDATA") or ""
        elif home := environment.get("HOME"):
            base = f"{home}/Library/Caches" if platform == "darwin" else f"{home}/.cache"
    return Cache(Path(base) / "audit" if base and Path(base).is_absolute() else None)


@cache
def libraries() -> str:
    """The versions of Python and of the libraries that an answer may depend on, as they are installed."""
    names = {name.replace(".", "_") for name in LIBRARIES}
    found = [sys.version]
    for folder in dict.fromkeys(sys.path):
        with contextlib.suppress(OSError):
            found += sorted(
                entry for entry in os.listdir(folder or ".")
                if entry.endswith(".dist-info")
                and entry.partition("-")[0].lower().replace(".", "_") in names
            )  # fmt: skip
    return " ".join(found)
