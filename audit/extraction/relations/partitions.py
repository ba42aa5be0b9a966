"""Which parts make up a whole: pairs of opposites (`非国有` and `国有`) and the known divisions of
`audit/lexicon/partitions.csv`.

A division that the lexicon does not know may still be complete; then the text says so (`由…组成`, `合计`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from audit.lexicon import meanings, rows
from audit.model.frozen import frozen


@frozen
class Division:
    """A whole and its complete parts, as patterns of their nouns."""

    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]


@cache
def divisions() -> tuple[Division, ...]:
    """The known divisions, in the order of the list."""
    return tuple(
        Division(
            re.compile(row["whole"]),
            tuple(re.compile(rf"^(?:{part})") for part in row["parts"].split(";")),
        )
        for row in rows("partitions")
    )


@cache
def _wholes() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['whole']})" for row in rows("partitions")))


@lru_cache(1024)
def divisions_of(whole: str) -> tuple[Division, ...]:
    """The known divisions of a whole by its noun; most nouns have none, which one search tells."""
    if _wholes().search(whole) is None:
        return ()
    return tuple(division for division in divisions() if division.whole.search(whole))


def is_complete(whole: str, parts: Sequence[str]) -> bool:
    """Whether the named parts are known to be all of the whole: a division of the list, or a noun and its opposite."""
    return are_opposites(parts) or any(
        len(division.parts) == len(parts) and _one_each(division.parts, parts)
        for division in divisions_of(whole)
    )


def _one_each(patterns: Sequence[re.Pattern[str]], parts: Sequence[str]) -> bool:
    return all(any(pattern.search(part) for part in parts) for pattern in patterns) and all(
        sum(bool(pattern.search(part)) for pattern in patterns) == 1 for part in parts
    )


def are_opposites(parts: Sequence[str]) -> bool:
    """Two nouns of which one is the other with `非` before it (`国有…`, `非国有…`), or with the opposite end of one
    measure in it (`限额以上…`, `限额以下…`).
    """
    if len(parts) != 2:
        return False
    first, second = sorted(parts, key=lambda part: part.startswith("非"))
    if second.startswith("非"):
        return not first.startswith("非") and first[:1] == second[1:2]
    return any(
        above in a and a.replace(above, below) == b
        for above, below in _ENDS
        for a, b in ((first, second), (second, first))
    )


_ENDS = tuple(meanings("opposite end").items())
