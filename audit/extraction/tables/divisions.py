"""Rows that are known to be all of another row by what they are called: sectors, town and country, ages from 0 up."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extraction.relations.partitions import are_opposites, is_complete
from audit.extraction.tables.lines import Line
from audit.lexicon import only, pattern
from audit.model.frozen import frozen
from audit.model.relation import RelationSureness

_AGES = pattern(r"(\d{1,2})[-—~至](\d{1,2})(?:周?岁)|(\d{1,2})周?岁(?:及)?<and over>")
_LONGEST_DIVISION = 6


@frozen
class PartRows:
    """Rows that are parts of a row, as positions in the panel; `complete` if they are all of it.

    `unless` are rows among them that may be parts too: where one has a number, nothing is known.
    """

    whole: int
    parts: tuple[int, ...]
    complete: bool
    sure: RelationSureness = "certain"
    unless: tuple[int, ...] = ()


def known_divisions(lines: Sequence[Line]) -> list[PartRows]:
    """Rows that follow their whole and are known to be all of it (`第一产业` to `第三产业`, `城镇` and `乡村`, ages
    from 0 up); several such divisions of a whole may follow each other."""
    found: list[PartRows] = []
    whole = 0
    at = 1
    while at < len(lines):
        length = 0
        for candidate in dict.fromkeys((whole, at - 1)):
            length = _division_length(lines, candidate, at)
            if length:
                found.append(PartRows(candidate, tuple(range(at, at + length)), True))
                whole = candidate
                break
        if not length:
            whole = at if lines[at].parent is None and not lines[at].marked else whole
        at += length or 1
    return found


def _division_length(lines: Sequence[Line], whole: int, start: int) -> int:
    """How many rows from `start` on are a known division of a row; 0 where none."""
    for length in range(min(_LONGEST_DIVISION, len(lines) - start), 1, -1):
        group = lines[start : start + length]
        marks = [line.marked for line in group]
        if any(line.rank for line in group) or (any(marks[1:]) and not all(marks)):
            continue
        names = [line.name for line in group]
        if are_opposites(names) and not group[0].marked:
            continue
        if is_complete(lines[whole].name, names) or _all_ages(lines[whole].name, names):
            return length
    return 0


def _all_ages(whole: str, names: Sequence[str]) -> bool:
    """Whether the parts of a population are ages that follow each other from 0 to an open end."""
    spans = [_AGES.match(name) for name in names]
    if only("population") not in whole or not all(spans):
        return False
    starts = [int(match[1] or match[3]) for match in spans if match]
    ends = [int(match[2]) if match[2] else None for match in spans if match]
    follow = all(end is not None and start == end + 1 for end, start in zip(ends, starts[1:], strict=False))
    return starts[0] == 0 and follow and ends[-1] is None
