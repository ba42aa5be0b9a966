"""Whether a line goes on in the next one: told by its length, the indents, sizes and gaps, and what
begins the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from audit.documents.clause_numbers import clause_number
from audit.documents.pdf.lines import Line

INDENT = 1.2
FULL_WITHIN = 2.0
BRIM = 1.3
LEAST_COLUMN = 8.0
SIZES_ALIKE = 1.15
WIDE_LEADING = 1.6
_ENDS = "。；;：:！？!?"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text of a document is set, in points: its column, size and leading.

    `indented`: paragraphs begin with an indent.
    """

    left: float
    right: float
    size: float
    leading: float
    indented: bool


def layout_of(pages: Sequence[Sequence[Line]]) -> Layout:
    """The layout of running text; of the lines that there are, where they are few. There is at least one
    line."""
    lines = [line for page in pages for line in page]
    size = median(line.size for line in lines for _ in line.glyphs)
    body = [
        line for line in lines if line.size <= size * SIZES_ALIKE and line.size * SIZES_ALIKE >= size
    ] or lines
    left = _percentile([line.x0 for line in body], 0.1)
    right = _percentile([line.x1 for line in body], 0.9)
    steps = [b.top - a.top for page in pages for a, b in pairwise(page) if b.top > a.top]
    indents = sum(1 for line in body if INDENT * size < line.x0 - left < 3 * size)
    return Layout(left, right, size, median(steps) if steps else size * 1.5, indents >= len(body) * 0.1)


def goes_on(line: Line, following: Line, layout: Layout) -> bool:
    """Whether `following` belongs to the same paragraph as the line before it."""
    em = line.size
    if max(em, following.size) > SIZES_ALIKE * min(em, following.size):
        return False
    if (
        line.page == following.page
        and following.top - line.top > max(layout.leading, em * 1.2) * WIDE_LEADING
    ):
        return False
    if len(line.fields()) > 1 or len(following.fields()) > 1:
        return False
    if em > layout.size * SIZES_ALIKE and not clause_number(following.text):
        return True
    ended = line.text[-1] in _ENDS
    if following.x0 - layout.left > INDENT * em:
        return _is_full(line, layout, BRIM) and not ended and not clause_number(following.text)
    if clause_number(following.text) and (ended or not _is_full(line, layout)):
        return False
    return _is_full(line, layout) or (layout.indented and not ended and not _is_heading(line))


def _is_full(line: Line, layout: Layout, within: float = FULL_WITHIN) -> bool:
    """Whether a line ends within that many em of the right margin, if the text is wide enough to have one."""
    return line.x1 > layout.right - within * line.size and line.x1 - line.x0 > LEAST_COLUMN * line.size


def _is_heading(line: Line) -> bool:
    return clause_number(line.text) is not None and len(line.text) < 30


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
