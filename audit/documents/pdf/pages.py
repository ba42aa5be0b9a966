"""Opens a PDF and takes from every page its glyphs, its ruled tables and its size; refuses what holds no
text."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from audit.documents.pdf.lines import Glyph, Line, lines_of
from audit.documents.pdf.tables import Box, RuledTable, holds, ruled_table
from audit.model.errors import InputError

MAX_PAGES = 3000
_UNMAPPED_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its height, its lines outside of tables and its tables, from top to
    bottom."""

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...]
    pictures: int

    @property
    def is_blank(self) -> bool:
        """Whether it has no text at all."""
        return not self.lines and not self.tables


def read_sheets(path: str, content: bytes) -> list[Sheet]:
    """The pages; `InputError` for a file that is encrypted, damaged, too long, scanned or without
    readable text."""
    sheets: list[Sheet] = []
    with _refusals(path), warnings.catch_warnings(), pdfplumber.open(io.BytesIO(content)) as pdf:
        warnings.simplefilter("ignore")
        if len(pdf.pages) > MAX_PAGES:
            raise InputError(
                "{path} has {pages} pages, at most {limit} are read: split it.",
                path=path,
                pages=len(pdf.pages),
                limit=MAX_PAGES,
            )
        for page in pdf.pages:
            sheets.append(_sheet(page))
            page.close()
    _refuse_unreadable(path, sheets)
    return sheets


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


def _sheet(page: Any) -> Sheet:
    """The page with its glyphs and tables; measures from its top left corner as shown."""
    left, top = page.bbox[:2]
    shown = _moved(page.cropbox, left, top)
    glyphs = [
        glyph
        for char in page.dedupe_chars().chars
        if char["upright"] and char["text"] and holds(shown, glyph := _glyph(char, left, top))
    ]
    tables: list[RuledTable] = []
    for found in page.find_tables() if len(page.edges) >= 4 else ():
        boxes = [_moved(cell, left, top) for cell in found.cells]
        table = ruled_table(page.page_number, boxes, glyphs)
        if table:
            tables.append(table)
            glyphs = [glyph for glyph in glyphs if not any(holds(box, glyph) for box in boxes)]
    tables.sort(key=lambda table: table.top)
    lines = lines_of(page.page_number, glyphs)
    return Sheet(page.page_number, float(page.height), tuple(lines), tuple(tables), len(page.images))


def _glyph(char: dict[str, Any], left: float, top: float) -> Glyph:
    x0, above, x1, below = _moved((char["x0"], char["top"], char["x1"], char["bottom"]), left, top)
    return Glyph(char["text"], x0, x1, above, below, char["size"])


def _moved(box: Box, left: float, top: float) -> Box:
    x0, above, x1, below = box
    return x0 - left, above - top, x1 - left, below - top


def _refuse_unreadable(path: str, sheets: list[Sheet]) -> None:
    if all(sheet.is_blank for sheet in sheets):
        raise InputError(
            "{path} is a scan without text: run text recognition (OCR) on it first, or use the original.",
            path=path,
        )
    text = "".join(line.text for sheet in sheets for line in sheet.lines)
    unmapped = text.count("(cid:") * 7 + sum(
        "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" for sign in text
    )
    if unmapped > _UNMAPPED_SHARE * len(text):
        raise InputError(
            "{path} has fonts that do not tell their characters and cannot be read: use the original.",
            path=path,
        )
