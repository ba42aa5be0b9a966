"""The known name that a mistyped one most probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The closest known name in quotes (difflib ratio 0.5 or more), else the first few names that there are."""
    import difflib

    names = sorted(known)
    if matches := difflib.get_close_matches(name, names, n=1, cutoff=0.5):
        return f"“{matches[0]}”"
    return ", ".join(f"“{name}”" for name in names[:8]) + (" …" if len(names) > 8 else "")
