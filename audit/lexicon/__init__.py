"""The words of plans as tables: what a word means is data, so that it can be added to without touching code.

One CSV a kind of word: `bounds` (words that open an interval), `units`, `words` (verbs and fillers around a figure, by
their role), `partitions` (wholes and their complete parts), `regions` (places with their short names).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.csv`, in their order."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def words(role: str) -> str:
    """The words of a role as alternatives of a pattern, longest first."""
    return alternatives(row["word"] for row in rows("words") if row["role"] == role)


def alternatives(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, each once, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
