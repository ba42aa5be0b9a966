"""Whether a line goes on in the next one: told by its length, the indents, sizes and gaps, and what
begins the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from statistics import median

from audit.documents.clause_numbers import clause_number, typed_heading
from audit.documents.pdf.lines import Line
from audit.model.frozen import frozen

INDENT = 1.2
SLACK = 0.1
BRIM = 1.3
MOST_INDENT = 3.0
LONG = 15.0
LEAST_LONG = 5
LEAST_SHARE = 0.1
LEAST_COLUMN = 8.0
SIZES_ALIKE = 1.15
WIDER = 1.18
WIDER_BY_MARKS = 1.4
MUCH_WIDER = 1.6
SMALL = 0.9
RAGGED = 0.7
Column = tuple[float, float]
_HANGING = "，。、；：！？）》”’】,.;:"
_ENDED = re.compile(r"(?:[。；;：:！？!?]|[。；;！？!?][（(][^（()）]*[）)])[”’」』）)]?$")
_UNBROKEN = re.compile(
    r"[（(《〈“‘「『【〔]*(?:[A-Za-z\d.．,:%％‰+\-/~]+|.)[，。；、：！？）)》〉”’」』】〕%％‰]*"
)


@frozen
class Layout:
    """How the text of a document is set, in points: the column of every page, size and leading.

    `indent` is that of a paragraph's first line, `None` where paragraphs begin with none. `spaced`: without
    indents, paragraphs are set apart by more than the leading.
    """

    columns: Mapping[int, Column]
    indent: float | None
    size: float
    leading: float
    spaced: bool


def layout_of(pages: Sequence[Sequence[Line]]) -> Layout:
    """The layout of running text; of the lines that there are, where they are few; all zero without a
    line."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Layout({}, None, 0, 0, False)
    size = median(line.size for line in lines for _ in line.glyphs)
    body = [
        line for line in lines if line.size <= size * SIZES_ALIKE and line.size * SIZES_ALIKE >= size
    ] or lines
    usual = _left_end(body), _right_end(body, size)
    columns = dict.fromkeys((line.page for line in lines), usual)
    for page, group in groupby(body, key=lambda one: one.page):
        columns[page] = _column(list(group), size, usual)
    offsets = (line.x0 - columns[line.page][0] for line in body)
    indents = [step for step in offsets if INDENT * size < step < MOST_INDENT * size]
    indent = median(indents) if len(indents) >= len(body) * LEAST_SHARE else None
    steps = [b.top - a.top for page in pages for a, b in pairwise(page) if size < b.top - a.top < 4 * size]
    leading = _leading(steps) if steps else size * 1.5
    wide = sum(1 for step in steps if step > leading * WIDER)
    return Layout(columns, indent, size, leading, indent is None and wide >= len(steps) * LEAST_SHARE > 0)


def _column(lines: Sequence[Line], size: float, usual: Column) -> Column:
    """The left and right end of the text on a page: its own where it has running text enough to tell, else the usual."""
    long = [line for line in lines if line.x1 - line.x0 > LONG * size]
    if len(long) < LEAST_LONG:
        return usual
    right = _right_end(long, size)
    full = sum(line.x1 > right - 2 * size for line in long)
    return (_left_end(lines), right) if full * 2 > len(long) else usual


def _left_end(lines: Sequence[Line]) -> float:
    return _percentile([line.x0 for line in lines], 0.1)


def _right_end(lines: Sequence[Line], size: float) -> float:
    """Where the longest lines end that are no exceptions; marks may hang over it."""
    ends = [
        line.glyphs[-2 if line.text[-1] in _HANGING and len(line.glyphs) > 1 else -1].x1 for line in lines
    ]
    usual = _percentile(ends, 0.9)
    return max(end for end in ends if end <= usual + size)


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
        return not following.text.startswith("—")
    full = _is_full(line, following, layout)
    if typed_heading(line.text) is not None and (numbered or not full):
        return False
    ended = bool(_ENDED.search(line.text))
    left, right = layout.columns[line.page]
    step = following.x0 - layout.columns[following.page][0]
    if step > INDENT * em:
        begins = layout.indent is not None and abs(step - layout.indent) < em / 2
        return not (begins or ended or numbered) and (full or line.x1 > right - BRIM * em)
    if layout.spaced and down:
        wider = WIDER_BY_MARKS if _has_marks(following) else WIDER
        return down < layout.leading * wider and full
    if layout.spaced:
        return not (ended or numbered) and full
    if numbered and (ended or not full):
        return False
    return full or (layout.indent is not None and not ended and line.x1 - left > RAGGED * (right - left))


def _has_marks(line: Line) -> bool:
    """Whether a line has small signs: where they are raised, it stands lower."""
    return any(glyph.size < SMALL * line.size for glyph in line.glyphs)


def _is_full(line: Line, following: Line, layout: Layout) -> bool:
    """Whether a line has no room for what the next one begins with and cannot be broken, if the text is wide enough to
    have a right margin."""
    room = layout.columns[line.page][1] - SLACK * line.size - line.x1
    return _first_piece(following) > room and line.x1 - line.x0 > LEAST_COLUMN * line.size


def _first_piece(line: Line) -> float:
    """The width of what a line begins with and cannot be broken: a number, a word or a sign, with the marks beside it."""
    piece = _UNBROKEN.match(line.text)
    left = piece.end() if piece else 1
    end = line.x0
    for glyph in line.glyphs:
        if left <= 0 or (glyph.spaced and end > line.x0):
            break
        left -= len(glyph.text)
        end = glyph.x1
    return end - line.x0


def _leading(steps: Sequence[float]) -> float:
    """The least distance from line to line that is common, in half points; there is at least one."""
    counts = Counter(round(step * 2) / 2 for step in steps)
    return min(
        step for step, count in counts.items() if count >= min(len(steps) * 0.15, max(counts.values()))
    )


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
