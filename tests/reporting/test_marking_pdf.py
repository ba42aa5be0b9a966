"""Highlights lie on the exact characters of a PDF, whichever way a page is turned, and the file is only added to."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from audit.documents.model import SourceDocument
from audit.documents.opening import read_document
from audit.reporting.marking import marks_of
from audit.reporting.marking.pdf import mark
from tests.reporting.marked_draft import DRAFT, ID, report_on

CONTENT = (DRAFT / "draft.pdf").read_bytes()


def read(folder: Path, content: bytes) -> SourceDocument:
    path = folder / "draft.pdf"
    path.write_bytes(content)
    return read_document(path)


def marked(document: SourceDocument, content: bytes) -> bytes:
    return mark(content, document, marks_of(report_on(document), ID), language="zh")


def covered(content: bytes) -> list[str]:
    """The characters whose middle lies in each highlight, page by page, told in the page's own space."""
    found = []
    with pdfplumber.open(BytesIO(content)) as pdf:
        for page, turned in zip(PdfReader(BytesIO(content)).pages, pdf.pages, strict=True):
            for annotation in page.get("/Annots", []):
                annotation = annotation.get_object()
                if annotation["/Subtype"] != "/Highlight":
                    continue
                x0, y0, x1, y1 = (float(edge) for edge in annotation["/Rect"])
                inside = []
                for char in turned.chars:
                    x, y = own_space(page.rotation, page.mediabox, char)
                    if x0 <= x <= x1 and y0 <= y <= y1:
                        inside.append(char["text"])
                found.append("".join(inside))
    return found


def own_space(rotation: int, box: RectangleObject, char: dict[str, float]) -> tuple[float, float]:
    """The middle of a character, from where pdfminer has it (origin at the lower left of the page as shown)."""
    across = (char["x0"] + char["x1"]) / 2 - (float(box.left) if rotation % 180 == 0 else float(box.bottom))
    up = (char["y0"] + char["y1"]) / 2
    return {
        0: (float(box.left) + across, float(box.bottom) + up),
        90: (float(box.right) - up, float(box.bottom) + across),
        180: (float(box.right) - across, float(box.top) - up),
        270: (float(box.left) + up, float(box.top) - across),
    }[rotation]


EXPECTED = ["65", "60", "120", "45", "38", "47", "4500", "7000", "2500", "14500", "12", "7"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("shift", [0, 50])
def test_highlights_lie_on_the_figures(tmp_path: Path, rotation: int, shift: int) -> None:
    """A turned page is the draft's with its content turned back, so that it reads the same."""
    writer = PdfWriter(clone_from=BytesIO(CONTENT))
    for page in writer.pages:
        page.rotate(-rotation).transfer_rotation_to_content()
        page.rotate(rotation)
        if shift:
            box = page.mediabox
            page.mediabox = RectangleObject((box.left - shift, box.bottom - shift, box.right, box.top))
            page.cropbox = page.mediabox
    stream = BytesIO()
    writer.write(stream)
    document = read(tmp_path, stream.getvalue())
    assert sorted(covered(marked(document, stream.getvalue()))) == sorted(EXPECTED)


def test_the_file_is_only_added_to_and_the_comment_is_in_the_highlight(tmp_path: Path) -> None:
    document = read(tmp_path, CONTENT)
    content = marked(document, CONTENT)
    assert content.startswith(CONTENT)
    assert covered(content) == EXPECTED
    annotation = PdfReader(BytesIO(content)).pages[1]["/Annots"][0].get_object()
    assert annotation["/T"] == "audit"
    assert "同一目标两处不一致" in annotation["/Contents"]
    assert annotation["/AP"]["/N"].get_object()["/Subtype"] == "/Form"


def test_no_finding_gives_the_file_back_as_it_is(tmp_path: Path) -> None:
    assert mark(CONTENT, read(tmp_path, CONTENT), [], language="zh") == CONTENT
