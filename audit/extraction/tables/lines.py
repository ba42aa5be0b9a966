"""What a row of a table tells by itself: its name, rank as a total, depth of its number, mark of a part and indent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from audit.extraction.tables.cells import bare_name, is_marked
from audit.extraction.tables.panels import Panel, Row
from audit.lexicon import meanings, pattern

_TOTALS = tuple((word, int(rank)) for word, rank in meanings("rank of a total").items())
_NUMBERS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、．.]"),
    re.compile(r"[(][一二三四五六七八九十]{1,3}[)]"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))"),
    re.compile(r"[(]\d{1,2}[)]"),
    re.compile(r"[①-⑳]"),
)
_MARK = pattern(r"<mark of a row>\s*[:：]?\s*")
_MOST_STEPS = 5
STEP = 2


@dataclass(slots=True)
class Line:
    """What is known of a row: its total's rank, depth of its number, and the row that it is a part of.

    `parent` is `None` at the top; `open` says that it may be a part or not.
    """

    row: Row
    name: str
    rank: int
    depth: int | None
    marked: bool
    indent: int
    parent: int | None = None
    open: bool = False
    children: list[int] = field(default_factory=list)


def lines_of(panel: Panel) -> list[Line]:
    """The rows with what is known of each alone; indents count only where they are steps, as centred names make none."""
    lines = [_line(row) for row in panel.rows]
    labels = [row.label for row in panel.rows if row.label]
    middles = [label.indent + len(label.text) for label in labels]
    least = min((label.indent for label in labels), default=0)
    longest = {len(label.text) for label in labels if label.indent == least}
    centred = len(longest) == 1 and max(middles) - min(middles) <= STEP
    if centred or len({line.indent for line in lines}) > _MOST_STEPS:
        for line in lines:
            line.indent = 0
    return lines


def _line(row: Row) -> Line:
    label = row.label.text if row.label else row.name
    name = bare_name(label)
    stripped = _MARK.sub("", label, count=1) if is_marked(label) else label
    depth = next((at for at, number in enumerate(_NUMBERS) if number.match(stripped)), None)
    rank = next((rank for word, rank in _TOTALS if name.endswith(word)), 0) if depth is None else 0
    indent = row.label.indent if row.label else 0
    return Line(row, name, 0 if is_marked(label) else rank, depth, is_marked(label), indent)
