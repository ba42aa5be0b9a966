"""Glyphs of a page brought together to lines, and what stands between the glyphs of a line.

All measures are points from the top left corner of the page; an em is the size of a line's largest glyph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from audit.documents.build import TextBuilder
from audit.documents.model import PagePlace
from audit.documents.superscripts import sign_before
from audit.model.frozen import frozen

TYPED_GAP = 0.1
WORD_GAP = 0.2
NUMBER_GAP = 0.4
BLANK_GAP = 0.9
COLUMN_GAP = 2.1
_RAISED_SIZE = 0.9
_RAISED_BY = 0.15


@frozen(guarded=False)
class Glyph:
    """A glyph as shown; `text` is more than one character for a ligature.

    `spaced`: the file has a blank before it. `sure` is how surely it was recognised in a picture; `None` where the file
    itself says it. `askew` is how far to the right and down of its place here the page shows it, where the picture had
    to be turned to be level.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    spaced: bool = False
    sure: float | None = None
    askew: tuple[float, float] = (0.0, 0.0)


@frozen
class Line:
    """A line of a page, made by `line_of`: its glyphs from left to right, blanks left out; there is at
    least one.

    `size`, `top` and `bottom` are those of its largest glyphs: one em, and the ends of the line. `cuts` are places, from
    left to right, where columns of the lines around it end, however narrow the gap is there.
    """

    page: int
    glyphs: tuple[Glyph, ...]
    size: float
    top: float
    bottom: float
    cuts: tuple[float, ...] = ()

    @property
    def x0(self) -> float:
        """The left end."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """The right end."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """The glyphs alone, without blanks between them."""
        return "".join(glyph.text for glyph in self.glyphs)

    def fields(self) -> list[Line]:
        """The parts of the line that a column gap or a cut sets apart; the line itself where there is none."""
        parts: list[list[Glyph]] = [[]]
        for glyph in self.glyphs:
            if parts[-1] and self._is_apart(parts[-1][-1].x1, glyph.x0):
                parts.append([])
            parts[-1].append(glyph)
        return [line_of(self.page, part) for part in parts] if len(parts) > 1 else [self]

    def _is_apart(self, left: float, right: float) -> bool:
        if right - left > COLUMN_GAP * self.size:
            return True
        return bool(self.cuts) and any(left <= cut <= right for cut in self.cuts)


def once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those printed again on the same spot, a point apart at most, which makes them look bold."""
    seen: dict[tuple[str, int], set[int]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        across, down = round(glyph.x0), round(glyph.top)
        spots = {across - 1, across, across + 1}
        if glyph.text.isspace() or all(
            (row := seen.get((glyph.text, y))) is None or spots.isdisjoint(row)
            for y in (down - 1, down, down + 1)
        ):
            kept.append(glyph)
            seen.setdefault((glyph.text, down), set()).add(across)
    return kept


def line_of(page: int, glyphs: Sequence[Glyph]) -> Line:
    """The line that glyphs in their order make; there is at least one."""
    size = max(glyph.size for glyph in glyphs)
    largest = [glyph for glyph in glyphs if glyph.size == size]
    top = min(glyph.top for glyph in largest)
    return Line(page, tuple(glyphs), size, top, max(glyph.bottom for glyph in largest))


def lines_of(page: int, glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that the glyphs make, from top to bottom.

    A glyph belongs to the line whose largest glyph it overlaps by half of its own height or more, so that
    raised and small glyphs stay with their line.
    """
    bands: list[tuple[float, float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda one: (-round(one.size, 1), one.top, one.x0)):
        above, below = glyph.top, glyph.bottom
        half = (below - above) / 2
        for top, bottom, members in bands:
            if bottom - above >= half and below - top >= half and bottom - top >= half:
                members.append(glyph)
                break
        else:
            bands.append((above, below, [glyph]))
    bands.sort(key=lambda band: band[0])
    rows = (_without_blanks(sorted(members, key=lambda one: one.x0)) for _, _, members in bands)
    return [line_of(page, row) for row in rows if row]


def _without_blanks(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs that show something; those after a blank remember it."""
    shown: list[Glyph] = []
    spaced = False
    for glyph in glyphs:
        if glyph.text.isspace():
            spaced = True
        else:
            shown.append(replace(glyph, spaced=True) if spaced and shown else glyph)
            spaced = False
    return tuple(shown)


def write_line(builder: TextBuilder, line: Line, *, continues: bool) -> None:
    """Writes a line; `continues` joins it to the line before, with a blank only between Latin words."""
    if continues and _is_latin(builder.last) and _is_latin(line.text[0]):
        builder.write(" ")
    em = line.size
    previous: Glyph | None = None
    for raised, group in groupby(line.glyphs, key=lambda glyph: _is_raised(glyph, line)):
        glyphs = list(group)
        if raised:
            builder.write(sign_before("".join(glyph.text for glyph in glyphs), builder.last))
        for glyph in glyphs:
            if previous:
                builder.write(_between(previous, glyph, em))
            builder.write(glyph.text, _place(line.page, glyph))
            previous = glyph


def _place(page: int, glyph: Glyph) -> PagePlace:
    """The place of a glyph; the characters of a ligature share its width evenly."""
    right, down = glyph.askew
    left, count = glyph.x0 + right, len(glyph.text)
    step = (glyph.x1 - glyph.x0) / count
    edges = (*[round(left + step * at, 2) for at in range(count)], round(glyph.x1 + right, 2))
    return PagePlace(page, round(glyph.top + down, 2), round(glyph.bottom + down, 2), edges, glyph.sure)


def _is_raised(glyph: Glyph, line: Line) -> bool:
    small = glyph.size < _RAISED_SIZE * line.size
    return small and line.bottom - glyph.bottom > _RAISED_BY * line.size


def _between(left: Glyph, right: Glyph, em: float) -> str:
    """The blank that a gap stands for: none in spaced-out Chinese, a word space in Latin, a tab between
    columns."""
    gap = (right.x0 - left.x1) / em
    if gap > COLUMN_GAP:
        return "\t"
    a, b = left.text[-1], right.text[0]
    if right.spaced and gap > TYPED_GAP and ((a.isascii() and a.isalnum()) or (b.isascii() and b.isalnum())):
        return " "
    if a.isdigit() and b.isdigit():
        return " " if gap > NUMBER_GAP else ""
    if a.isascii() and b.isascii():
        return " " if gap > WORD_GAP else ""
    return " " if gap > BLANK_GAP else ""


def _is_latin(sign: str) -> bool:
    return bool(sign) and sign.isalpha() and unicodedata.east_asian_width(sign) not in "WF"
