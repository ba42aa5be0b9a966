"""Puts the findings into a PDF as highlights with their text, appended to the file, which stays as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PageObject, PdfWriter
from pypdf.annotations import Highlight
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from audit.documents.model import PagePlace, Segment, SourceDocument
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.reporting.dates import stamp
from audit.reporting.marking.marks import Mark

AUTHOR = "audit"
_COLOURS = {"violated": "ffb3b3", "reconcilable": "ffe08a", "untestable": "d9d9d9"}
_SAME_LINE = 1.0
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def mark(content: bytes, document: SourceDocument, marks: Sequence[Mark], *, language: Language) -> bytes:
    """The PDF `content`, of which `document` was read, with a highlight for every mark in an open finding.

    A figure that goes over a line's end has a highlight in two parts, one over a page's end two highlights.
    """
    wanted = [one for one in marks if one.state == "finding"]
    if not wanted:
        return content
    try:
        writer = PdfWriter(io.BytesIO(content), incremental=True)
        for one in wanted:
            for number, boxes in _boxes(document.places(one.start, one.end)).items():
                page = writer.pages[number - 1]
                corners = [point for box in boxes for point in _corners(page, box)]
                annotation = _highlight(corners, one, language)
                shown = writer._add_object(_appearance(corners, annotation, _colour(one)))
                appearance = DictionaryObject({NameObject("/N"): shown})
                annotation[NameObject("/AP")] = appearance
                writer.add_annotation(page, annotation)
        stream = io.BytesIO()
        writer.write(stream)
    except Exception as error:  # pypdf raises many kinds for a file that pdfminer could still read
        raise InputError(
            "{path} cannot take annotations ({reason}): ask for a page instead, -o with .html.",
            path=document.path,
            reason=error,
        ) from None
    return stream.getvalue()


def _boxes(segments: Sequence[Segment]) -> dict[int, list[Box]]:
    """The boxes (x0, top, x1, bottom) on each page that cover the segments, one for each line."""
    pages: dict[int, list[Box]] = {}
    for segment in segments:
        place = segment.place
        if not isinstance(place, PagePlace):
            continue
        box = (place.edges[0], place.top, place.edges[-1], place.bottom)
        boxes = pages.setdefault(place.page, [])
        if (
            boxes
            and abs(boxes[-1][3] - box[3]) < _SAME_LINE * (box[3] - box[1]) / 2
            and boxes[-1][2] <= box[2]
        ):
            last = boxes[-1]
            boxes[-1] = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
        else:
            boxes.append(box)
    return pages


def _highlight(corners: Sequence[Point], one: Mark, language: Language) -> Highlight:
    """The annotation (ISO 32000-1, 12.5.6.10) that covers boxes, given by four corners each, and says the
    comment."""
    across, up = [x for x, _ in corners], [y for _, y in corners]
    annotation = Highlight(
        rect=(min(across), min(up), max(across), max(up)),
        quad_points=ArrayObject(FloatObject(number) for point in corners for number in point),
        highlight_color=_colour(one),
        printing=True,
    )
    annotation[NameObject("/Contents")] = TextStringObject(one.comment.in_(language))
    annotation[NameObject("/T")] = TextStringObject(AUTHOR)
    if date := stamp():
        annotation[NameObject("/M")] = TextStringObject(date.strftime("D:%Y%m%d%H%M%SZ"))
    return annotation


def _colour(one: Mark) -> str:
    return _COLOURS.get(one.verdict or "", _COLOURS["violated"])


def _appearance(corners: Sequence[Point], highlight: Highlight, colour: str) -> StreamObject:
    """How the highlight looks, so that every viewer shows the same: its colour multiplied with the page's."""
    parts = " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))
    paths = ""
    for at in range(0, len(corners), 4):
        first, second, fourth, third = corners[at : at + 4]
        (a, b), (c, d), (e, f), (g, h) = first, second, third, fourth
        paths += f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l {e:.2f} {f:.2f} l {g:.2f} {h:.2f} l h f\n"
    blending = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    states = DictionaryObject({NameObject("/G"): blending})
    stream = StreamObject()
    stream.set_data(f"/G gs {parts} rg\n{paths}".encode("ascii"))
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = highlight["/Rect"]
    stream[NameObject("/Resources")] = DictionaryObject({NameObject("/ExtGState"): states})
    return stream


def _corners(page: PageObject, box: Box) -> list[Point]:
    """The corners of a box in the page's own space: upper left and right, lower left and right as read."""
    x0, top, x1, bottom = box
    return [_own_space(page, x, y) for x, y in ((x0, top), (x1, top), (x0, bottom), (x1, bottom))]


def _own_space(page: PageObject, x: float, y: float) -> Point:
    """A point of the page as shown, from its top left corner, in the page's own space: the turn is undone."""
    left, low, right, high = (float(edge) for edge in page.mediabox)
    match page.rotation % 360:
        case 90:
            return left + y, low + x
        case 180:
            return right - x, low + y
        case 270:
            return right - y, high - x
        case _:
            return left + x, high - y
