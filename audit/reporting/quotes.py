"""The words of a plan around a figure: the whole part of the clause, as written, with the figure marked."""

from __future__ import annotations

import re
from typing import NamedTuple

from audit.model.report import Cell
from audit.reporting.inert import excerpt, inert

LONG = 160
_END = re.compile(r"[。；;！？!?\n\r\v\f\u2028\u2029]")


class Quote(NamedTuple):
    """The words before the figure, the figure, and the words after it; where it is not found all stand before."""

    before: str
    figure: str
    after: str

    def __bool__(self) -> bool:
        return bool(self.before or self.figure)

    def __str__(self) -> str:
        return self.before + self.figure + self.after


def quote(cell: Cell, text: str | None = None, limit: int = LONG) -> Quote:
    """The words around a figure: out of the source `text` the part of the clause, else the evidence of its row.

    The text counts only where it says at that place what the cell says.
    """
    if text is not None and cell.start is not None and cell.end is not None:
        literal = text[cell.start : cell.end]
        if literal and (not cell.literal or literal == cell.literal):
            return _part(text, cell.start, cell.end, limit)
    words = inert(cell.evidence)
    literal = inert(cell.literal)
    at = figure_in(words, literal, inert(cell.unit))
    if at is None:
        return Quote(excerpt(words, "", limit), "", "")
    return _around(words[:at], literal, words[at + len(literal) :], limit)


def figure_in(words: str, literal: str, unit: str) -> int | None:
    """Where the figure stands in its evidence: before its unit, else as a number of its own, else where it occurs.

    The `3` of “2013年新增3家” is the second one.
    """
    if not literal or literal not in words:
        return None
    places = [found.start() for found in re.finditer(re.escape(literal), words)]

    def alone(at: int) -> bool:
        around = words[at - 1 : at] + words[at + len(literal) : at + len(literal) + 1]
        return not literal[0].isdigit() or not any(c.isdigit() or c in ".．" for c in around)

    own = [at for at in places if alone(at)]
    with_unit = [at for at in own if unit and words.startswith(unit, at + len(literal))]
    return (with_unit or own or places)[0]


def _part(text: str, start: int, end: int, limit: int) -> Quote:
    """The part of the clause between two stops."""
    begin = max((found.end() for found in _END.finditer(text, max(0, start - limit), start)), default=None)
    begin = max(0, start - limit) if begin is None else begin
    stop = _END.search(text, end, end + limit)
    after = text[end : stop.start() if stop else end + limit]
    return _around(inert(text[begin:start]).lstrip(), inert(text[start:end]), inert(after).rstrip(), limit)


def _around(before: str, figure: str, after: str, limit: int) -> Quote:
    """At most `limit` characters around the figure; `…` stands for what was cut."""
    figure = excerpt(figure, "", limit)
    room = max(limit - len(figure), 0)
    tail = min(len(after), max(room - len(before), room // 2))
    head = min(len(before), room - tail)
    return Quote(
        ("…" if head < len(before) else "") + before[len(before) - head :],
        figure,
        after[:tail] + ("…" if tail < len(after) else ""),
    )
