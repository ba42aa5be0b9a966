"""The known name that a mistyped one most probably meant, and whether it is one slip of the pen away."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The closest known name in quotes (difflib ratio 0.5 or more), else the first few names that there are."""
    import difflib

    names = sorted(known)
    if matches := difflib.get_close_matches(name, names, n=1, cutoff=0.5):
        return f"“{matches[0]}”"
    return ", ".join(f"“{name}”" for name in names[:8]) + (" …" if len(names) > 8 else "")


def slip_of(name: str, known: Iterable[str]) -> str | None:
    """The known name that differs from this one by a single slip: a letter more, less, wrong, or two in wrong order.

    Names in which a digit differs, and short ones, are two things: 2018 is no slip of 2019.
    """
    from rapidfuzz.distance import OSA

    shortest = 3 if name.isascii() else 4
    if len(name) < shortest:
        return None
    own = [c for c in name if c.isdigit()]
    for other in sorted(known):
        alike = len(other) >= shortest and own == [c for c in other if c.isdigit()]
        if alike and OSA.distance(name, other, score_cutoff=1) == 1:
            return other
    return None
