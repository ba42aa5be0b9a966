"""Whether a line goes on in the next one: told by its length, the indents, sizes and gaps, and what
begins the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from audit.documents.clause_numbers import clause_number, typed_heading
from audit.documents.pdf.lines import Line
from audit.model.frozen import frozen

INDENT = 1.2
FULL_WITHIN = 2.0
BRIM = 1.3
RAGGED = 4.0
LEAST_SHARE = 0.1
LEAST_COLUMN = 8.0
SIZES_ALIKE = 1.15
WIDER = 1.18
MUCH_WIDER = 1.6
_ENDS = "。；;：:！？!?"


@frozen
class Layout:
    """How the text of a document is set, in points: its column, size and leading.

    `indent` is that of a paragraph's first line, `None` where paragraphs begin with none. `spaced`: without
    indents, paragraphs are set apart by more than the leading.
    """

    left: float
    right: float
    indent: float | None
    size: float
    leading: float
    spaced: bool


def layout_of(pages: Sequence[Sequence[Line]]) -> Layout:
    """The layout of running text; of the lines that there are, where they are few; all zero without a
    line."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Layout(0, 0, None, 0, 0, False)
    size = median(line.size for line in lines for _ in line.glyphs)
    body = [
        line for line in lines if line.size <= size * SIZES_ALIKE and line.size * SIZES_ALIKE >= size
    ] or lines
    left = _percentile([line.x0 for line in body], 0.1)
    right = _percentile([line.x1 for line in body], 0.9)
    indents = [line.x0 - left for line in body if INDENT * size < line.x0 - left < 3 * size]
    indent = median(indents) if len(indents) >= len(body) * LEAST_SHARE else None
    steps = [b.top - a.top for page in pages for a, b in pairwise(page) if size < b.top - a.top < 4 * size]
    leading = _leading(steps) if steps else size * 1.5
    wide = sum(1 for step in steps if step > leading * WIDER)
    return Layout(left, right, indent, size, leading, indent is None and wide >= len(steps) * LEAST_SHARE > 0)


def goes_on(line: Line, following: Line, layout: Layout) -> bool:
    """Whether `following` belongs to the same paragraph as the line before it."""
    em = line.size
    down = following.top - line.top if line.page == following.page else None
    if max(em, following.size) > SIZES_ALIKE * min(em, following.size):
        return False
    if down and down > max(layout.leading, em * 1.2) * MUCH_WIDER:
        return False
    if len(line.fields()) > 1 or len(following.fields()) > 1:
        return False
    numbered = clause_number(following.text) is not None
    if em > layout.size * SIZES_ALIKE and not numbered:
        return True
    if typed_heading(line.text) is not None and not _is_full(line, layout, RAGGED):
        return False
    ended = line.text[-1] in _ENDS
    step = following.x0 - layout.left
    if step > INDENT * em:
        begins = layout.indent is not None and abs(step - layout.indent) < em / 2
        return not (begins or ended or numbered) and _is_full(line, layout, BRIM)
    if layout.spaced and down:
        return down < layout.leading * WIDER and _is_full(line, layout, RAGGED)
    if layout.spaced:
        return not (ended or numbered) and _is_full(line, layout, RAGGED)
    if numbered and (ended or not _is_full(line, layout)):
        return False
    if layout.indent is None:
        return _is_full(line, layout)
    return not ended or _is_full(line, layout, RAGGED)


def _is_full(line: Line, layout: Layout, within: float = FULL_WITHIN) -> bool:
    """Whether a line ends within that many em of the right margin, if the text is wide enough to have one."""
    return line.x1 > layout.right - within * line.size and line.x1 - line.x0 > LEAST_COLUMN * line.size


def _leading(steps: Sequence[float]) -> float:
    """The least distance from line to line that is common, in half points; there is at least one."""
    counts = Counter(round(step * 2) / 2 for step in steps)
    return min(
        step for step, count in counts.items() if count >= min(len(steps) * 0.15, max(counts.values()))
    )


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
