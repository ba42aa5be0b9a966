"""The words of plans as tables: what a word means is data, so that it can be added to without touching code.

`words/` has the words by their role (one CSV a field; a role stands in one of them): `entries`, `words` and `pattern`
read these. The other files are tables of their own: `bounds` (words that open an interval), `units`, `partitions`
(wholes and their complete parts), `regions` (places with their short names), read by `rows`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import zip_longest
from pathlib import Path

_HERE = Path(__file__).parent
_ROLE = re.compile(r"(?<!\(\?P)<([a-z][a-z _]*)>")
"""A role in a pattern's text: `<up>`; the name of a group (`(?P<verb>…)`) is none."""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.csv`, in their order."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        head, *found = filter(None, csv.reader(lines))
    return tuple(dict(zip_longest(head, row)) for row in found)


@cache
def _roles() -> Mapping[str, tuple[dict[str, str], ...]]:
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted(_HERE.glob("words/*.csv")):
        for row in rows(f"words/{path.stem}"):
            found.setdefault(row["role"], []).append(row)
    return {role: tuple(listed) for role, listed in found.items()}


@cache
def entries(role: str) -> tuple[str, ...]:
    """The words of a role, in the order of its file. Raises `KeyError` for a role that no file has."""
    return tuple(row["word"] for row in _roles()[role])


@cache
def only(role: str) -> str:
    """The word of a role that has one word."""
    (word,) = entries(role)
    return word


@cache
def meanings(role: str) -> dict[str, str]:
    """The words of a role with what each of them means (the column `means`)."""
    return {row["word"]: row["means"] for row in _roles()[role]}


def initials(*roles: str) -> str:
    """The first characters of the words of some roles, for a class of characters in a pattern.

    A pattern that begins with `(?=[…])` passes over all other characters of a text at once.
    """
    return "".join(sorted({re.escape(word[0]) for role in roles for word in entries(role)}))


@cache
def words(role: str) -> str:
    """The words of a role as alternatives of a pattern, longest first."""
    return alternatives(entries(role))


def alternatives(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, each once, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def pattern(template: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which `<role>` stands for any word of that role (`<up>(?:了|约)?`), as one group, longest first."""
    return re.compile(_ROLE.sub(lambda role: f"(?:{words(role[1])})", template), flags)


def called(name: str, role: str) -> bool:
    """Whether a column or member is called by a word of a role: `cityCode` by code, `Total votes` by total, 行政区划代码 by
    代码 at its end."""
    parts = {part.casefold() for part in _PARTS.findall(name)}
    return any(word in parts or (not word.isascii() and name.endswith(word)) for word in entries(role))


_PARTS = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+")
