"""What a page draws: its letters with no more measures than are asked of them, its paths and pictures as the library has
them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value

from audit.documents.pdf.lines import Glyph
from audit.documents.pdf.operations import Operation, operations_of
from audit.model.frozen import frozen

ASCENT = 0.86
_ASKEW = 0.2
"""How far letters may rise along their line, as part of how far they go: what stands across a page is no text of it."""
_PAINT = "CS G K RG SC SCN cs g k rg sc scn ri sh gs i j J M d w"
_MARKS = "BDC BMC DP EMC MP BX EX W d0 d1"
_PICTURE = "BI ID EI"
_NEEDLESS = frozenset(f"{_PAINT} {_MARKS} {_PICTURE}".split())
_SPELT = {"a": "*", "q": "'", "w": '"'}


@frozen
class Drawing:
    """What a page draws: its layout without letters, the letters that stand upright, from its top left corner, and how many
    others there are."""

    layout: LTPage
    glyphs: Sequence[Glyph]
    turned: int


def drawn(resources: Any, page: Any, number: int) -> Drawing:
    """What a page draws."""
    canvas = _Canvas(resources, number)
    _Interpreter(resources, canvas).process_page(page)
    return Drawing(canvas.get_result(), canvas.glyphs, canvas.turned)


class _Canvas(PDFPageAggregator):
    """Takes letters as glyphs in a box around their base line: what fonts say of their height differs too much.

    `running` are the contents that are being carried out: one that shows itself would never end.
    """

    def __init__(self, resources: Any, number: int) -> None:
        super().__init__(resources, pageno=number)
        self.glyphs: list[Glyph] = []
        self.turned = 0
        self.running: set[object] = set()
        self.height = 0.0

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Begins a page."""
        super().begin_page(page, ctm)
        self.height = self.cur_item.height

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, paint: Any
    ) -> float:  # fmt: skip
        """Takes a letter that shows something and stands upright; how far it moves the next one."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, cid)
        moves: float = font.char_width(cid) * fontsize * scaling
        a, b, _, d, left, base = matrix
        if text and a * d * scaling > 0 and abs(b) < _ASKEW * abs(a):
            right, size = left + a * moves, abs(d) * fontsize
            if font.is_vertical():
                middle, _ = font.char_disp(cid)
                left -= a * fontsize * (0.5 if middle is None else middle * 0.001)
                right, size = left + a * fontsize, abs(a) * fontsize
            top = self.height - base - d * rise - ASCENT * size
            self.glyphs.append(Glyph(text, min(left, right), max(left, right), top, top + size, size))
        elif not text.isspace():
            self.turned += 1
        return moves


class _Interpreter(PDFPageInterpreter):
    """Carries out what moves or shows something; the library reads those contents that are not read here."""

    device: _Canvas

    def execute(self, streams: Sequence[object]) -> None:
        """Carries out the operations of a content that stands in some streams."""
        running = self.device.running
        given = [stream for stream in map(stream_value, streams) if stream.objid not in running]
        here = {stream.objid for stream in given} - {None}
        running |= here
        operations = operations_of(b"\n".join(stream.get_data() for stream in given), _METHODS)
        if operations is None:
            super().execute(given)
        else:
            self._carry_out(operations)
        running -= here

    def _carry_out(self, operations: Sequence[Operation]) -> None:
        methods = {operator: getattr(self, name) for operator, (name, _) in _METHODS.items()}
        for operator, operands in operations:
            taken = _METHODS[operator][1]
            if len(operands) >= taken:
                methods[operator](*operands[len(operands) - taken :])

    def do_TJ(self, seq: Any) -> None:
        """Shows letters, without the copy of all that is set that the library takes along with each."""
        if self.textstate.font is not None:
            paint: Any = None
            self.device.render_string(self.textstate, seq, paint, paint)


def _methods() -> dict[bytes, tuple[str, int]]:
    """For every operator that moves or shows something the library's method, and how many operands it takes."""
    methods: dict[bytes, tuple[str, int]] = {}
    for name in dir(PDFPageInterpreter):
        operator, _, sign = name.removeprefix("do_").partition("_")
        if name.startswith("do_") and operator not in _NEEDLESS:
            taken = getattr(PDFPageInterpreter, name).__code__.co_argcount - 1
            methods[(operator + _SPELT.get(sign, "")).encode()] = name, taken
    return methods


_METHODS = _methods()
