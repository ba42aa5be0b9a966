"""Counts what a Word file shows as a picture and no reader reads, so that it is not passed over in
silence."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from audit.documents.docx.names import name
from audit.model.phrase import Phrase

_KINDS = {
    "picture": (("张图片", "picture"), ("pic:pic", "v:imagedata")),
    "chart": (("个图表", "chart"), ("c:chart",)),
    "diagram": (("个图示", "diagram"), ("dgm:relIds",)),
    "object": (("个嵌入对象", "embedded object"), ("o:OLEObject",)),
    "insert": (("个插入的文件", "inserted file"), ("w:altChunk",)),
}
_FRAMES = frozenset({"w:drawing", "w:pict", "w:object"})


class Pictures:
    """The kinds of unreadable things met so far, with how many of each."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def meet(self, element: etree._Element) -> None:
        """Counts a frame by the most telling thing in it; other elements are passed over."""
        if name(element) not in _FRAMES:
            return
        inside = {name(one) for one in element.iter()}
        for kind in ("object", "chart", "diagram", "picture"):
            if inside.intersection(_KINDS[kind][1]):
                self._met[kind] += 1
                return

    def insert(self) -> None:
        """Counts a file inserted whole."""
        self._met["insert"] += 1

    def phrases(self) -> tuple[Phrase, ...]:
        """One phrase a kind, e.g. `2 pictures`."""
        return tuple(
            Phrase(f"{count}{chinese}", f"{count} {english}{'s' if count > 1 else ''}")
            for kind, ((chinese, english), _) in _KINDS.items()
            if (count := self._met[kind])
        )
