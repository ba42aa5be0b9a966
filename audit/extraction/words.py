"""The word lists of phrases (`lexicon/words.csv`): verbs of reaching and change, openings, verbs of building."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path


@cache
def words(role: str) -> str:
    """The words of a role as alternatives of a pattern, longest first."""
    with (Path(__file__).parent / "lexicon" / "words.csv").open(encoding="utf-8", newline="") as lines:
        words = {row["word"] for row in csv.DictReader(lines) if row["role"] == role}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
