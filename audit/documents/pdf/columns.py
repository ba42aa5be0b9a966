"""Columns of a table that no rule sets apart: what stands under each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from audit.documents.grid import is_value
from audit.documents.pdf.lines import Line

CHANNEL = 0.1
"""How wide the blank between two columns is at least, in em."""
_PIECE_GAP = 0.3
_SAME_START = 0.2
_LEAST_ROWS = 3
_FAR = 4.0
_MOST_NAMES = 3
_SENTENCE = re.compile("[。；，]")
_BLANKS = frozenset("-—–―/－…")
Channel = tuple[float, float]
"""The left and right end of a blank that goes down through lines."""
Fields = Sequence[Line]
"""The parts of a line that column gaps set apart, from left to right."""


def with_cuts(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of every page; three and more under each other that hold numbers are cut where a blank goes down through
    all of them, and so are the line of heads above and rows beside them whose name leaves no blank before its number."""
    cut: list[Line] = []
    channels: list[Sequence[Channel]] = []
    for run in _runs([line for lines in pages for line in lines]):
        found = channels_through(run) if len(run) >= _LEAST_ROWS else []
        middles = tuple((left + right) / 2 for left, right in found)
        cut += [replace(line, cuts=middles) for line in run]
        channels += [found] * len(run)
    for step, order in ((1, range(1, len(cut))), (-1, range(len(cut) - 2, -1, -1))):
        for at in order:
            first, second = sorted((at, at - step))
            if channels[at - step] and not channels[at] and _is_near(cut[first], cut[second]):
                row = _cut_as(cut[at], channels[at - step])
                if row is not None and (step < 0 or holds_number(row.fields()[-1].text)):
                    cut[at] = row
                    channels[at] = channels[at - step] if holds_number(row.fields()[-1].text) else []
    flow = iter(cut)
    return [list(islice(flow, len(lines))) for lines in pages]


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines one by one, those together that are rows with numbers under each other."""
    run: list[Line] = []
    for line in lines:
        if run and not (_has_numbers(run[-1]) and _has_numbers(line) and _is_near(run[-1], line)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_near(line: Line, following: Line) -> bool:
    """Whether a line follows closely on the same page, or on the next."""
    if line.page == following.page:
        return following.top - line.top < _FAR * line.size
    return following.page == line.page + 1


def _has_numbers(line: Line) -> bool:
    """Whether a line without a sentence has a number, or a dash for none, after a blank."""
    pieces = pieces_of(line)
    return not _SENTENCE.search(line.text) and any(holds_number(text) for text in pieces[1:])


def pieces_of(line: Line) -> list[str]:
    """What blanks set apart in a line."""
    texts = [line.glyphs[0].text]
    for left, right in pairwise(line.glyphs):
        if right.x0 - left.x1 > _PIECE_GAP * line.size:
            texts.append("")
        texts[-1] += right.text
    return texts


def holds_number(text: str) -> bool:
    """Whether a text is a number, or a dash for none."""
    return is_value(text) or _BLANKS.issuperset(text)


def channels_through(lines: Sequence[Line]) -> list[Channel]:
    """The blanks that go down through all lines, those left out that only set the signs of names apart (`合　计`)."""
    blanks = list(_blanks(lines))
    ends = [left for left, _ in blanks[1:]] + [max(line.x1 for line in lines)]
    kept: list[Channel] = []
    start = min(line.x0 for line in lines)
    for (left, right), end in zip(blanks, ends, strict=True):
        texts = (*_between(lines, start, left), *_between(lines, right, end))
        if not all(len(text) <= 1 and not text.isdigit() for text in texts):
            kept.append((left, right))
            start = right
    return kept


def _between(lines: Sequence[Line], left: float, right: float) -> list[str]:
    return [
        "".join(glyph.text for glyph in line.glyphs if left <= (glyph.x0 + glyph.x1) / 2 <= right)
        for line in lines
    ]


def _blanks(lines: Sequence[Line]) -> Iterator[Channel]:
    """The blanks between what the lines cover together."""
    least = CHANNEL * max(line.size for line in lines)
    reached: float | None = None
    for left, right in sorted((glyph.x0, glyph.x1) for line in lines for glyph in line.glyphs):
        if reached is not None and left - reached > least:
            yield reached, left
        reached = right if reached is None else max(reached, right)


def _cut_as(line: Line, channels: Sequence[Channel]) -> Line | None:
    """A line cut as the rows beside it; `None` for a sentence, and for a line that has, in some channel, neither a blank
    nor a sign that begins where the column after it does."""
    cuts = [_cut(line, channel) for channel in channels]
    if _SENTENCE.search(line.text) or None in cuts:
        return None
    row = replace(line, cuts=tuple(cut for cut in cuts if cut is not None))
    return row if len(row.fields()) > 1 else None


def _cut(line: Line, channel: Channel) -> float | None:
    """Where a line can be cut in a channel."""
    left, right = channel
    slack = _SAME_START * line.size
    gaps = [
        (b.x0 - a.x1, (a.x1 + b.x0) / 2)
        for a, b in pairwise(line.glyphs)
        if b.x0 > left and a.x1 < right + slack and b.x0 - a.x1 > _PIECE_GAP * line.size
    ]
    if gaps:
        return max(gaps)[1]
    if line.x1 <= right or line.x0 >= left:
        return (left + right) / 2
    starts = [(a.x1 + b.x0) / 2 for a, b in pairwise(line.glyphs) if abs(b.x0 - right) < slack]
    return starts[0] if starts else None


def are_rows(line: Line, following: Line) -> bool:
    """Whether two lines are rows of one table: several fields each, as many, or each of the fewer under one of the others
    (a blank cell). On the next page a table only goes on under its own columns.
    """
    fields, others = line.fields(), following.fields()
    if min(len(fields), len(others)) < 2 or following.page - line.page not in (0, 1):
        return False
    if len(fields) == len(others) and line.page == following.page:
        return True
    fewer, more = sorted((fields, others), key=len)
    places = [_over(one, more) for one in fewer]
    return all(len(place) == 1 for place in places) and len({place[0] for place in places}) == len(places)


def are_between(names: Sequence[Line], above: Line, below: Line) -> bool:
    """Whether a few lines are names alone in the first column of a table that has rows with numbers close above and below
    them."""
    if not are_rows(above, below) or not (_has_numbers(above) and _has_numbers(below)):
        return False
    second = above.fields()[1].x0
    alone = all(name.x1 < second and not _SENTENCE.search(name.text) for name in names)
    return len(names) <= _MOST_NAMES and alone and all(map(_is_near, (above, *names), (*names, below)))


def columns_of(rows: Sequence[Fields]) -> list[list[int]]:
    """For every field of the rows its column, counted as in the rows that have the most fields."""
    most = max(len(fields) for fields in rows)
    full = [fields for fields in rows if len(fields) == most]
    bands = [(min(f[at].x0 for f in full), max(f[at].x1 for f in full)) for at in range(most)]
    return [_placed(fields, bands) for fields in rows]


def _placed(fields: Fields, bands: Sequence[tuple[float, float]]) -> list[int]:
    """A column for each field of a row, one after the other where two of them would share one."""
    nearest = [_nearest(field, bands) for field in fields]
    apart = len(set(nearest)) == len(fields) < len(bands)
    return nearest if apart else list(range(len(fields)))


def _over(field: Line, others: Fields) -> list[int]:
    """The places of the fields that one stands above or below."""
    return [at for at, other in enumerate(others) if field.x0 < other.x1 and other.x0 < field.x1]


def _nearest(field: Line, bands: Sequence[tuple[float, float]]) -> int:
    """The column that a field lies over for the longest stretch, or else the nearest one."""
    reach = [min(field.x1, right) - max(field.x0, left) for left, right in bands]
    return reach.index(max(reach))
