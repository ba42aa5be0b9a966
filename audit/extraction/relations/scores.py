"""Points of an assessment: a heading's points (`一、政务服务(30分)`) are those of the headings right below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from audit.extraction.figures.figures import Reading
from audit.extraction.relations.ties import Tied, sum_of
from audit.lexicon import only
from audit.numbers.numerals import parse_number

_STEP = re.compile(r"[(（]?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?")


def scored_headings(clean: str, readings: Sequence[Reading]) -> list[Tied]:
    """The points of each heading with those of the headings below it, where these count on from one, each with its own."""
    scored = {reading.clause: reading for reading in readings if reading.clause and _is_score(clean, reading)}
    below: dict[str, list[tuple[str, Reading]]] = {}
    for clause, reading in scored.items():
        above = max(
            (name for name in scored if clause.startswith(name) and name != clause), key=len, default=None
        )
        if above is not None:
            below.setdefault(above, []).append((clause[len(above) :], reading))
    found = []
    for clause, parts in below.items():
        if len(parts) >= 2 and all(_ordinal(step) == n for n, (step, _) in zip(count(1), parts)):
            found.append(sum_of(scored[clause], [part for _, part in parts], told=True))
    return [tied for tied in found if tied is not None]


def _is_score(clean: str, reading: Reading) -> bool:
    """Whether points stand in a bracket that ends a line."""
    start, end = reading.quantity.span_start, reading.quantity.span_end
    closed = clean[start - 1 : start] == "(" and clean[end : end + 1] == ")"
    return reading.quantity.unit == only("unit of points") and closed and end + 1 >= reading.block.end - 1


def _ordinal(step: str) -> int:
    match = _STEP.fullmatch(step)
    number = parse_number(match["number"]) if match else None
    return int(number.value) if number else 0
