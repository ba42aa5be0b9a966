"""What a PDF has beside its text: running heads and feet, page numbers, a table of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from audit.documents.pdf.lines import Line

MARGIN = 0.13
LINES_LOOKED_AT = 2
_SAME_HEIGHT = 4.0
_SAME_SIZE = 0.05
_Key = tuple[str, int]
_PAGE_NUMBER = re.compile(
    r"[—–―\-－‐·•]+\d{1,4}[—–―\-－‐·•]+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}|Page\d+(?:of\d+)?"
)
_CONTENTS = re.compile(r"(?:(?<![.．…·‥⋯])[.．…·‥⋯]{3,}+|(?<!…)…{2,}+)[（(]?\d{1,4}[）)]?$")
LEAST_CONTENTS = 3


def without_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of every page (from top to bottom) without those of its margins.

    A line is in the margin if it is one of the first or last two of the page, within 13 % of the page's
    height from the edge, and either reads as a page number with its signs (— 3 —) or comes again, but for its
    digits, at the same height: on a third of the pages, and on three at least or on two in letters of another
    size than the text's.
    """
    sizes = [line.size for lines in pages for line in lines for _ in line.glyphs]
    size = median(sizes) if sizes else 0.0
    keys = [
        {line: _key(line) for line in _candidates(lines, height)}
        for lines, height in zip(pages, heights, strict=True)
    ]
    seen = Counter(key for page in keys for key in set(page.values()))

    def recurs(line: Line, key: _Key) -> bool:
        least = 3 if abs(line.size - size) < _SAME_SIZE * size else 2
        return seen[key] >= max(least, len(pages) / 3)

    return [
        [
            line
            for line in lines
            if line not in page or not (_is_page_number(line) or recurs(line, page[line]))
        ]
        for lines, page in zip(pages, keys, strict=True)
    ]


def without_contents(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of every page without a table of contents: three lines or more that end in dots and a page number."""
    contents = sum(1 for lines in pages for line in lines if _CONTENTS.search(line.text))
    if contents < LEAST_CONTENTS:
        return [list(lines) for lines in pages]
    return [[line for line in lines if not _CONTENTS.search(line.text)] for lines in pages]


def _candidates(lines: Sequence[Line], height: float) -> list[Line]:
    top = [line for line in lines[:LINES_LOOKED_AT] if line.bottom < height * MARGIN]
    bottom = [line for line in lines[-LINES_LOOKED_AT:] if line.top > height * (1 - MARGIN)]
    return top + bottom


def _key(line: Line) -> _Key:
    """What a line of the margin keeps from page to page: its words and its height."""
    return re.sub(r"\d+", "#", line.text), round(line.top / _SAME_HEIGHT)


def _is_page_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text))
