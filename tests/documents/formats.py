"""One plan in five formats: paragraphs and tables, written as docx, pdf, html, markdown and text with tabs.

A table is its rows of texts; `<` joins a cell to the one on its left and `^` to the one above. Markdown and text have
no merged cells: a joined cell is blank there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

Table = Sequence[Sequence[str]]
Part = str | Table
_FONT = "STSong-Light"
_LEFT, _TOP, _EM, _HEIGHT = 56.0, 780.0, 9.0, 18.0
pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


def as_docx(path: Path, parts: Sequence[Part]) -> None:
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for row, texts in enumerate(part):
            for column, text in enumerate(texts):
                if text == "<":
                    table.cell(row, column - 1).merge(table.cell(row, column))
                elif text == "^":
                    table.cell(row - 1, column).merge(table.cell(row, column))
                else:
                    table.cell(row, column).text = text
    document.save(str(path))


def as_html(path: Path, parts: Sequence[Part]) -> None:
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(f"<p>{escape(part)}</p>")
            continue
        rows = []
        for row, texts in enumerate(part):
            cells = []
            for column, text in enumerate(texts):
                if text in ("<", "^"):
                    continue
                across, down = spans(part, row, column)
                cells.append(f'<td colspan="{across}" rowspan="{down}">{_kept(text)}</td>')
            rows.append(f"<tr>{''.join(cells)}</tr>")
        pieces.append(f"<table>{''.join(rows)}</table>")
    page = f'<html><head><meta charset="utf-8"></head><body>{"".join(pieces)}</body></html>'
    path.write_text(page, encoding="utf-8")


def _kept(text: str) -> str:
    """The text with the blanks before it as a page keeps them."""
    body = text.lstrip("\u3000 ")
    return "&#12288;" * (len(text) - len(body)) + escape(body)


def spans(table: Table, row: int, column: int) -> tuple[int, int]:
    """How many columns and rows a cell covers."""
    across = down = 1
    while column + across < len(table[row]) and table[row][column + across] == "<":
        across += 1
    while row + down < len(table) and table[row + down][column] == "^":
        down += 1
    return across, down


def as_markdown(path: Path, parts: Sequence[Part]) -> None:
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            continue
        rows = [f"| {' | '.join(_unjoined(row))} |" for row in part]
        rows.insert(1, "|" + " --- |" * len(part[0]))
        pieces.append("\n".join(rows))
    path.write_text("\n\n".join(pieces) + "\n", encoding="utf-8")


def as_text(path: Path, parts: Sequence[Part]) -> None:
    pieces = [
        part if isinstance(part, str) else "\n".join("\t".join(_unjoined(row)) for row in part)
        for part in parts
    ]
    path.write_text("\n".join(pieces) + "\n", encoding="utf-8")


def _unjoined(row: Sequence[str]) -> list[str]:
    return ["" if text in ("<", "^") else text for text in row]


def as_pdf(path: Path, parts: Sequence[Part]) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont(_FONT, _EM)
    top = _TOP
    for part in parts:
        if isinstance(part, str):
            canvas.drawString(_LEFT, top - _EM, part)
            top -= 2 * _EM
            continue
        widths = [
            max(_EM * (1 + max(len(row[column]) for row in part)), 30) for column in range(len(part[0]))
        ]
        edges = [_LEFT + sum(widths[:column]) for column in range(len(widths) + 1)]
        for row, texts in enumerate(part):
            for column, text in enumerate(texts):
                if text in ("<", "^"):
                    continue
                across, down = spans(part, row, column)
                bottom = top - (row + down) * _HEIGHT
                canvas.rect(edges[column], bottom, edges[column + across] - edges[column], down * _HEIGHT)
                body = text.lstrip("\u3000")
                indent = _EM * (len(text) - len(body))
                canvas.drawString(edges[column] + 3 + indent, top - row * _HEIGHT - 13, body)
        top -= len(part) * _HEIGHT + 2 * _EM
    canvas.save()


FORMATS: dict[str, Callable[[Path, Sequence[Part]], None]] = {
    "docx": as_docx,
    "pdf": as_pdf,
    "html": as_html,
    "md": as_markdown,
    "txt": as_text,
}
