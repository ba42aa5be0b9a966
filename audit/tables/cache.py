"""What earlier runs worked out, kept by the digest of what it was worked out from.

Entries are files in the user's cache folder: written whole or not at all, so several processes may share it, and safe
to delete at any time. Nothing here is needed: where the folder cannot be used, every `get` is `None`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries below `folder`, or none at all when it is `None`."""

    folder: Path | None

    def get(self, kind: str, digest: str) -> bytes | None:
        """The entry of `kind` kept under a hexadecimal `digest`; `None` when there is none or it cannot be read."""
        if self.folder is None:
            return None
        try:
            return self._path(self.folder, kind, digest).read_bytes()
        except OSError:
            return None

    def put(self, kind: str, digest: str, content: bytes) -> None:
        """Keep `content`; a folder that cannot be written to is left alone."""
        if self.folder is None:
            return
        path = self._path(self.folder, kind, digest)
        temporary = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(temporary, path)
        except OSError:
            if temporary is not None:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)

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
