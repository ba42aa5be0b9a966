"""A Word document being written as XML, so that thousands of rows take no minutes: paragraphs, tables, forms.

All of it is put into the document at once, behind what the template says in its own body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from audit.reporting.inert import inert

Run = tuple[str, bool]
Content = str | Sequence[Run]
"""A text, or runs of which some are marked as the figure in question."""
Field = tuple[str, int, bool]
"""A cell of a form: its text (a line a paragraph), how many of the form's columns it takes, whether it is a label."""

_EDGE = 'w:val="single" w:sz="4" w:space="0" w:color="8B93A0"'
_MARK = '<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFE9A8"/></w:rPr>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="ECE8DE"/>'
_MARGINS = (("top", 28), ("left", 85), ("bottom", 28), ("right", 85))
"""Around the text of a cell, in twips, in the order that the schema of Word wants."""
_TWIPS = 8_840  # the width of the text: 156 mm
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


class Paper:
    """What is written so far; `styles` are the ids of the template's styles by name."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self._styles = styles
        self._parts: list[str] = []

    def paragraph(self, content: Content, style: str, *, right: bool = False, together: bool = False) -> None:
        """A paragraph in a style of the template; `together` with what follows, on one page."""
        self._parts.append(self._paragraph(content, style, right, together))

    def page_break(self) -> None:
        """What follows stands on a new page."""
        self._parts.append(_BREAK)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Content]], widths: Sequence[int]) -> None:
        """A table over the width of the text; `widths` are its columns' shares. The head is repeated on every page."""
        columns = _columns(widths)
        lines = [
            self._row([(head, width, True) for head, width in zip(heads, columns, strict=True)], head=True),
            *(
                self._row([(cell, width, False) for cell, width in zip(row, columns, strict=True)])
                for row in rows
            ),
        ]
        self._parts.append(_table(columns, lines))

    def form(self, rows: Sequence[Sequence[Field]], widths: Sequence[int], together: int = 0) -> None:
        """A form: labels shaded, fields to read or to fill in; a field may take several columns.

        Its last rows, as many as are to stay `together`, stand on one page.
        """
        columns = _columns(widths)
        lines = []
        for left, row in zip(range(len(rows), 0, -1), rows, strict=True):
            at, cells = 0, []
            for text, span, label in row:
                width = sum(columns[at : at + span])
                cells.append(self._cell(text, width, label, span, together=1 < left <= together))
                at += span
            kept = "<w:trPr><w:cantSplit/></w:trPr>" if left <= together else ""
            lines.append(f"<w:tr>{kept}{''.join(cells)}</w:tr>")
        self._parts.append(_table(columns, lines))

    def put_into(self, document: Any) -> None:
        """Add all that was written to a document."""
        body = parse_xml(f"<w:body {nsdecls('w')}>{''.join(self._parts)}</w:body>")
        end = document.element.body.find(f"{{{body.nsmap['w']}}}sectPr")
        for part in list(body):
            end.addprevious(part) if end is not None else document.element.body.append(part)

    def _paragraph(self, content: Content, style: str, right: bool = False, together: bool = False) -> str:
        kept = "<w:keepNext/>" if together else ""
        side = '<w:jc w:val="right"/>' if right else ""
        own = f'<w:pStyle w:val="{escape(self._styles[style])}"/>{kept}{side}'
        return f"<w:p><w:pPr>{own}</w:pPr>{_runs(content)}</w:p>"

    def _row(self, cells: Sequence[tuple[Content, int, bool]], head: bool = False) -> str:
        properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
        return f"<w:tr>{properties}{''.join(self._cell(*cell) for cell in cells)}</w:tr>"

    def _cell(
        self, content: Content, width: int, label: bool, span: int = 1, *, together: bool = False
    ) -> str:
        style = "Audit Head" if label else "Audit Cell"
        lines = content.split("\n") if isinstance(content, str) else [content]
        spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{_SHADE if label else ""}</w:tcPr>'
            f"{''.join(self._paragraph(line, style, together=together) for line in lines)}</w:tc>"
        )


def _columns(widths: Sequence[int]) -> list[int]:
    return [width * _TWIPS // sum(widths) for width in widths]


def _table(columns: Sequence[int], rows: Sequence[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    edges = "".join(
        f"<w:{side} {_EDGE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _MARGINS)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _runs(content: Content) -> str:
    runs = [(content, False)] if isinstance(content, str) else content
    return "".join(
        f'<w:r>{_MARK if marked else ""}<w:t xml:space="preserve">{escape(inert(text))}</w:t></w:r>'
        for text, marked in runs
        if text
    )
