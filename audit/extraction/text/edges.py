"""Where a program broke the lines of a text that it wrote, as those of a page saved as text or of a PDF taken apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from unicodedata import east_asian_width

from audit.extraction.text.lines import Line
from audit.model.frozen import frozen

_LEAST = 60
_FEWEST = 8
_NEAR = 0.9
_BELOW = 0.7
_SENTENCE_ENDS = "。！？!?"


@frozen
class Edge:
    """The column from which on a line was broken, and whether blank lines or indents set paragraphs apart."""

    column: float
    apart: bool

    def broke(self, before: Line, after: Line) -> bool:
        """Whether a program broke the text between two lines: they adjoin, and the first reaches to the edge. Where
        nothing sets paragraphs apart, a line that ends a sentence may end one."""
        if not _adjoin(before, after) or text_columns(before.text) < self.column:
            return False
        return self.apart or before.text.rstrip()[-1:] not in _SENTENCE_ENDS


def edge_of(lines: Sequence[Line]) -> Edge | None:
    """The edge of a text; `None` where its lines have none.

    Many lines that another follows reach nearly to the same column, hardly any reach further, and few end shortly before.
    """
    followed = sorted(text_columns(line.text) for line, after in pairwise(lines) if _adjoin(line, after))
    wide = len(followed) - bisect_left(followed, _LEAST)
    for at in range(len(followed) - 1, -1, -1):
        width = followed[at]
        if width < _LEAST:
            return None
        near = at + 1 - bisect_right(followed, _NEAR * width)
        below = bisect_right(followed, _NEAR * width) - bisect_left(followed, _BELOW * width)
        if near >= max(_FEWEST, 3 * below, 3 * (len(followed) - at - 1)) and near * 2 >= wide:
            column = _NEAR * followed[at - near // 2]  # of the usual line: a few stick out
            return Edge(column, _sets_apart(lines, column))
    return None


def text_columns(text: str) -> int:
    """How many columns a line takes where every sign has one, or two as a wide one, without the blanks at its end."""
    return sum(map(_columns, text.rstrip()))


@cache
def _columns(sign: str) -> int:
    return 2 if east_asian_width(sign) in "WF" else 1


def _adjoin(before: Line, after: Line) -> bool:
    """Whether two lines with text follow each other, the second not set in further than the first."""
    if before.end + 1 != after.start or not before.text.strip() or not after.text.strip():
        return False
    return _indent(after) <= _indent(before)


def _indent(line: Line) -> int:
    return text_columns(line.text[: len(line.text) - len(line.text.lstrip())] + ".")


def _sets_apart(lines: Sequence[Line], edge: float) -> bool:
    """Whether most lines that end a sentence before the edge are followed by a blank line or an indent."""
    ends = [
        _adjoin(line, after)
        for line, after in pairwise(lines)
        if line.text.rstrip()[-1:] in _SENTENCE_ENDS and line.text.strip() and text_columns(line.text) < edge
    ]
    return sum(ends) * 4 <= len(ends)
