"""Pages that are pictures: what a reader of pictures recognises becomes glyphs that remember how surely they were read.

A reader of pictures is any function that takes a picture and gives what it saw in it (`Seen`); `recognition` has the one
of the extra `ocr`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from audit.documents.pdf.lines import Glyph
from audit.documents.pdf.tables import Box
from audit.model.frozen import frozen

LEAST_SURE = 0.5
"""A stretch that was recognised less surely is more likely a stamp or a stain than writing."""
_EM = 0.86
"""The em of a stretch, as a share of its height: the box of a line of Chinese stands out a little on both sides."""
_LEAST_STEPS = 3
_SAME_SIZE = 0.15
_NO_GAP = 1.0
_LONGEST_SIDE = 3300
_DOTS = 200 / 72


@frozen
class Stretch:
    """Writing that stands in one line of a picture: left and right end of every character of `text`, and how sure it
    is, from 0 to 1. All measures are pixels from the top left corner."""

    text: str
    ends: tuple[tuple[float, float], ...]
    top: float
    bottom: float
    sure: tuple[float, ...]

    @property
    def em(self) -> float:
        """The size of its letters: the usual step from one wide character to the next, which is told more exactly than
        the height; a share of the height where there are few, or where they stand apart."""
        height = _EM * (self.bottom - self.top)
        middles = [(left + right) / 2 for left, right in self.ends]
        steps = [
            after - before
            for (one, before), (other, after) in pairwise(zip(self.text, middles, strict=True))
            if _is_wide(one) and _is_wide(other)
        ]
        step = median(steps) if len(steps) >= _LEAST_STEPS else 0.0
        return step if 0.75 * height < step < 1.5 * height else height


@frozen
class Seen:
    """What was seen in a picture once it was turned clockwise by `turned` degrees to be level: writing, and the rules
    of tables (x0, top, x1, bottom)."""

    stretches: tuple[Stretch, ...]
    rules: tuple[Box, ...] = ()
    turned: float = 0.0


Recogniser = Callable[[Any], Seen]
"""A reader of pictures, which are arrays of rows of pixels, red, green and blue."""


@frozen
class Scan:
    """What was seen in the picture of a page, and how that picture lies on the page: pixels a point, its width and height
    in pixels, and its top left corner in points."""

    seen: Seen
    scale: float
    size: tuple[int, int]
    corner: tuple[float, float]

    @property
    def readable(self) -> tuple[Stretch, ...]:
        """The stretches that were recognised surely enough to be read."""
        return tuple(one for one in self.seen.stretches if _mean(one.sure) >= LEAST_SURE)

    @property
    def left_out(self) -> int:
        """How many stretches were not."""
        return len(self.seen.stretches) - len(self.readable)

    def rules(self) -> dict[str, list[dict[str, Any]]]:
        """The rules as lines that tables are found by, in points, level or upright; none where there is no table."""
        level, upright = [], []
        for x0, top, x1, bottom in self.seen.rules:
            left, above, right, below = self._placed(x0, top, x1, bottom)
            if x1 - x0 > bottom - top:
                level.append(_drawn(left, (above + below) / 2, right, (above + below) / 2))
            else:
                upright.append(_drawn((left + right) / 2, above, (left + right) / 2, below))
        if len(level) < 2 or len(upright) < 2:
            return {}
        return {"explicit_horizontal_lines": level, "explicit_vertical_lines": upright}

    def _placed(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        left, above = self.corner
        s = self.scale
        return left + x0 / s, above + top / s, left + x1 / s, above + bottom / s

    def glyphs(self, em: float) -> list[Glyph]:
        """The readable characters as glyphs; letters of about the size `em`, in points (`usual_em`), are of that size."""
        found: list[Glyph] = []
        for stretch in self.readable:
            size = stretch.em / self.scale
            size = em if abs(size - em) < _SAME_SIZE * em else size
            for sign, (x0, x1), sure in zip(stretch.text, _closed(stretch), stretch.sure, strict=True):
                left, top, right, bottom = self._placed(x0, stretch.top, x1, stretch.bottom)
                middle = (top + bottom) / 2
                askew = self._askew((x0 + x1) / 2, (stretch.top + stretch.bottom) / 2)
                found.append(
                    Glyph(
                        sign, left, right, middle - size / 2, middle + size / 2, size, sure=sure, askew=askew
                    )
                )
        return found

    def _askew(self, x: float, y: float) -> tuple[float, float]:
        """How far a point of the level picture stands from its place on the page, in points."""
        if not self.seen.turned:
            return 0.0, 0.0
        angle = math.radians(-self.seen.turned)
        from_middle = x - self.size[0] / 2, y - self.size[1] / 2
        across = from_middle[0] * math.cos(angle) - from_middle[1] * math.sin(angle)
        down = from_middle[0] * math.sin(angle) + from_middle[1] * math.cos(angle)
        return (across - from_middle[0]) / self.scale, (down - from_middle[1]) / self.scale


def usual_em(scans: Iterable[Scan]) -> float:
    """The size that most letters of the scans have, in points; 0 where there are none."""
    sizes = [
        size for scan in scans for one in scan.readable for size in (one.em / scan.scale,) for _ in one.text
    ]
    return median(sizes) if sizes else 0.0


class Pictures:
    """The pages of a PDF as pictures, of 200 dots an inch where they are no larger than ordinary pages."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._opened: Any = None

    def of(self, number: int) -> tuple[Any, float]:
        """The picture of a page (from 1), and how many pixels a point has in it."""
        import pypdfium2

        if self._opened is None:
            self._opened = pypdfium2.PdfDocument(self._content)
        page = self._opened[number - 1]
        scale = min(_DOTS, _LONGEST_SIDE / max(*page.get_size(), 1))
        picture = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
        page.close()
        return picture, scale


def _closed(stretch: Stretch) -> Iterator[tuple[float, float]]:
    """The ends of the characters, drawn up to the next one: what is between those of one word is no gap, since a reader
    of pictures knows only about where each of them stands."""
    near = _NO_GAP * stretch.em
    lefts = [left for left, _ in stretch.ends]
    rights = [right for _, right in stretch.ends]
    for at, ((_, right), (left, _)) in enumerate(pairwise(stretch.ends)):
        if left - right < near and not (stretch.text[at] + stretch.text[at + 1]).isspace():
            lefts[at + 1] = rights[at] = (left + right) / 2
    return zip(lefts, rights, strict=True)


def _drawn(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line", "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def _is_wide(sign: str) -> bool:
    return "一" <= sign <= "鿿"


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
