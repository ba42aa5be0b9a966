"""Opens a PDF and takes from every page its glyphs, its ruled tables and its size; refuses what holds no
text. A page that is a picture has the glyphs that are recognised in it, where there is a reader of pictures."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any

import pdfplumber
from pdfminer.layout import LTPage
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page

from audit.documents.pdf.drawing import Drawing, drawn
from audit.documents.pdf.lines import Glyph, Line, lines_of, once
from audit.documents.pdf.recognition import EXTRA
from audit.documents.pdf.rows import with_rows
from audit.documents.pdf.scans import Pictures, Recogniser, Scan, usual_em
from audit.documents.pdf.tables import Box, RuledTable, holds, ruled_table
from audit.model.errors import InputError
from audit.model.frozen import frozen

MAX_PAGES = 3000
_TOUCHING = 3.0
_UNMAPPED_SHARE = 0.2
_PICTURE_SHARE = 0.5
_FEW_GLYPHS = 40


@frozen
class Sheet:
    """A page: its number from 1, its height, its lines outside of tables and its tables, from top to
    bottom.

    `scanned`: it is a picture, with hardly any text of its own; `recognised`: text was recognised in it; `left_out`
    counts the stretches of writing that could not be; `turned` the letters that stand on their side or askew.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...]
    pictures: int
    scanned: bool
    recognised: bool
    left_out: int
    turned: int

    @property
    def is_blank(self) -> bool:
        """Whether it has no text at all."""
        return not self.lines and not self.tables


def read_sheets(path: str, content: bytes, recognise: Recogniser | None) -> list[Sheet]:
    """The pages, those that are pictures read by `recognise`; `InputError` for a file that is encrypted, damaged, too
    long or without readable text."""
    raw: list[_RawPage] = []
    pictures = Pictures(content)
    with _refusals(path), _silence(), pdfplumber.open(io.BytesIO(content)) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise InputError(
                "{path} has {pages} pages, at most {limit} are read: split it.",
                path=path,
                pages=len(pdf.pages),
                limit=MAX_PAGES,
            )
        for given in pdf.pages:
            page = _Page(pdf, given.page_obj, given.page_number, given.initial_doctop)
            raw.append(_raw_page(page, pictures, recognise))
            page.close()
    em = usual_em(page.scan for page in raw if page.scan is not None)
    sheets = [_sheet(page, em) for page in raw]
    _refuse_unreadable(path, sheets, recognise is not None)
    return sheets


class _Page(Page):
    """A page whose letters are glyphs from the beginning: as objects of the library they would take most of its time."""

    @property
    def layout(self) -> LTPage:
        """The paths and pictures of the page."""
        return self.drawing.layout

    @cached_property
    def drawing(self) -> Drawing:
        """What it draws."""
        return drawn(self.pdf.rsrcmgr, self.page_obj, self.page_number)


@frozen
class _RawPage:
    """What pdfplumber says of a page, in its own measures; a table is the boxes of its cells."""

    number: int
    box: Box
    shown: Box
    drawing: Drawing
    tables: list[list[Box]]
    pictures: int
    scanned: bool
    scan: Scan | None


def _raw_page(page: Any, pictures: Pictures, recognise: Recogniser | None) -> _RawPage:
    scanned = _is_scan(page)
    scan = _scan(page, pictures, recognise) if scanned and recognise is not None else None
    if scan is not None:
        rules = scan.rules()
        found = (
            page.find_tables({"horizontal_strategy": "explicit", "vertical_strategy": "explicit", **rules})
            if rules
            else []
        )
    else:
        found = page.find_tables(_open_sides(page)) if len(page.edges) >= 4 else []
    tables = [table.cells for table in found]
    shown = len(page.images)
    return _RawPage(page.page_number, page.bbox, page.cropbox, page.drawing, tables, shown, scanned, scan)


def _is_scan(page: Any) -> bool:
    """Whether a page is a picture: one covers most of it, or its letters are drawn, and there is hardly any text."""
    if sum(1 for glyph in page.drawing.glyphs if not glyph.text.isspace()) > _FEW_GLYPHS:
        return False
    covered = max((_area(image) for image in page.images), default=0.0)
    return covered > _PICTURE_SHARE * page.width * page.height or len(page.curves) > _FEW_GLYPHS


def _area(image: dict[str, Any]) -> float:
    return float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]))


def _scan(page: Any, pictures: Pictures, recognise: Recogniser) -> Scan | None:
    """What is recognised in a page that is a picture; `None` where its picture cannot be made or read."""
    try:
        picture, scale = pictures.of(page.page_number)
        seen = recognise(picture)
    except Exception:  # whatever a picture's own library says: the page is told as not read
        return None
    left, top = page.cropbox[:2]
    return Scan(seen, scale, (picture.shape[1], picture.shape[0]), (left, top))


@contextmanager
def _refusals(path: str) -> Iterator[None]:
    """Turns whatever the pdf library raises for a bad file into one sentence."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # the library raises nearly anything for a torn file
        chain = (error, *error.args, error.__cause__, error.__context__)
        if any(isinstance(one, PDFPasswordIncorrect | PDFEncryptionError) for one in chain):
            raise InputError(
                "{path} is protected by a password: save a copy without one and try again.", path=path
            ) from None
        raise InputError(
            "{path} is damaged and cannot be read as a PDF: get it again or print it to a new PDF.", path=path
        ) from None


@contextmanager
def _silence() -> Iterator[None]:
    """Keeps what the pdf library says of fonts and signs it makes nothing of from the user: what is read is told here."""
    library = logging.getLogger("pdfminer")
    level = library.level
    library.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        library.setLevel(level)


def _sheet(page: _RawPage, em: float) -> Sheet:
    """The page with its lines and tables, measured from its top left corner as shown; `em` is that of scans."""
    left, top, _, bottom = page.box
    shown = _moved(page.shown, left, top)
    glyphs = list(page.drawing.glyphs)
    if page.scan is not None:
        glyphs += _beside(glyphs, [_shifted(one, left, top) for one in page.scan.glyphs(em)])
    glyphs = once([glyph for glyph in glyphs if holds(shown, glyph)])
    tables: list[RuledTable] = []
    for cells in page.tables:
        table, glyphs = ruled_table(page.number, [_moved(cell, left, top) for cell in cells], glyphs)
        if table:
            tables.append(with_rows(table))
    tables.sort(key=lambda table: table.top)
    lines = lines_of(page.number, glyphs)
    recognised, left_out = (
        (bool(page.scan.readable), page.scan.left_out) if page.scan is not None else (False, 0)
    )
    return Sheet(
        page.number,
        bottom - top,
        tuple(lines),
        tuple(tables),
        page.pictures,
        page.scanned,
        recognised,
        left_out,
        page.drawing.turned,
    )


def _shifted(glyph: Glyph, left: float, top: float) -> Glyph:
    return replace(
        glyph, x0=glyph.x0 - left, x1=glyph.x1 - left, top=glyph.top - top, bottom=glyph.bottom - top
    )


def _beside(own: Sequence[Glyph], recognised: Iterable[Glyph]) -> list[Glyph]:
    """What was recognised where the page has no glyph of its own: what the file itself says is not read a second time."""

    def said(glyph: Glyph) -> bool:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        return any(one.x0 <= x <= one.x1 and one.top <= y <= one.bottom for one in own)

    return [glyph for glyph in recognised if not said(glyph)]


def _open_sides(page: Any) -> dict[str, list[dict[str, Any]]]:
    """Upright rules at the ends of the level ones: official tables often have none at their sides.

    They are drawn only as high as the upright rules inside the table, so that tables under each other stay apart.
    """
    sides: list[dict[str, Any]] = []
    for top, bottom in _stretches((edge["top"], edge["bottom"]) for edge in page.vertical_edges):
        level = [
            edge for edge in page.horizontal_edges if top - _TOUCHING <= edge["top"] <= bottom + _TOUCHING
        ]
        for x in {min(edge["x0"] for edge in level), max(edge["x1"] for edge in level)} if level else ():
            measures = {"x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0, "height": bottom - top}
            sides.append({"object_type": "line", **measures})
    return {"explicit_vertical_lines": sides} if sides else {}


def _stretches(pairs: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches that the pairs cover together, in order; those that touch are one."""
    covered: list[tuple[float, float]] = []
    for top, bottom in sorted(pairs):
        if covered and top <= covered[-1][1] + _TOUCHING:
            covered[-1] = (covered[-1][0], max(covered[-1][1], bottom))
        else:
            covered.append((top, bottom))
    return covered


def _moved(box: Box, left: float, top: float) -> Box:
    x0, above, x1, below = box
    return x0 - left, above - top, x1 - left, below - top


def _refuse_unreadable(path: str, sheets: list[Sheet], recognised: bool) -> None:
    if all(sheet.is_blank for sheet in sheets) and any(sheet.scanned or sheet.pictures for sheet in sheets):
        if recognised:
            raise InputError(
                "{path} is a scan in which no text could be recognised: scan it again more sharply, or use the original.",
                path=path,
            )
        raise InputError(
            "{path} is a scan without text: pip install '{extra}', which reads scans, or use the original.",
            path=path, extra=EXTRA,
        )  # fmt: skip
    text = "".join(line.text for sheet in sheets for line in sheet.lines)
    unmapped = text.count("(cid:") * 7 + sum(
        "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" for sign in text
    )
    if unmapped > _UNMAPPED_SHARE * len(text):
        raise InputError(
            "{path} has fonts that do not tell their characters and cannot be read: use the original.",
            path=path,
        )
