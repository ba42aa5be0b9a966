"""Pages that are pictures, and a reader of pictures that says what a test has it say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from audit.documents.pdf.scans import Recogniser, Seen, Stretch

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
DOTS = 200 / 72
"""Pixels of a point in the picture of an ordinary page."""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8ffff3f0005fe02fedccc59e70000000049454e44ae426082"
)


def pdf(path: Path, *pages: Sequence[str] | None) -> Path:
    """A file whose pages have these lines of text; `None` is a page that is a picture."""
    picture = path.with_suffix(".png")
    picture.write_bytes(PIXEL)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in pages:
        canvas.setFont(FONT, 16)
        if page is None:
            canvas.drawImage(str(picture), 0, 0, *A4)
        for number, line in enumerate(page or ()):
            canvas.drawString(72 if number else 104, 760 - 24 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def upon(path: Path, text: str, top: float) -> None:
    """Writes a line of text upon the only page of a file, its top at so many points from that of the page."""
    picture = path.with_suffix(".png")
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.drawImage(str(picture), 0, 0, *A4)
    canvas.setFont(FONT, 16)
    canvas.drawString(104, A4[1] - top - 0.86 * 16, text)
    canvas.save()


def written(
    text: str, x: float, top: float, sure: float | dict[str, float] = 0.999, em: float = 16
) -> Stretch:
    """Writing that begins there (in points); a digit is half as wide as another sign. `sure` may be told by sign."""
    ends, left = [], x
    for sign in text:
        right = left + (em / 2 if sign.isascii() else em)
        ends.append((left * DOTS, right * DOTS))
        left = right
    signs = [sure.get(sign, 0.999) if isinstance(sure, dict) else sure for sign in text]
    return Stretch(text, tuple(ends), (top - 1) * DOTS, (top + em / 0.86 - 1) * DOTS, tuple(signs))


def lines(*texts: str, top: float = 80, sure: float | dict[str, float] = 0.999) -> tuple[Stretch, ...]:
    """Lines under each other, the first set in as that of a paragraph."""
    return tuple(
        written(text, 72 if number else 104, top + 24 * number, sure) for number, text in enumerate(texts)
    )


def reader(*pages: Seen) -> Recogniser:
    """A reader of pictures that sees this, page by page."""
    left = list(pages)

    def seen(_picture: Any) -> Seen:
        return left.pop(0)

    return seen
