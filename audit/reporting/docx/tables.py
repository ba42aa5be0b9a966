"""Tables of a Word document, written row by row as XML, so that an appendix of thousands of rows takes no minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from audit.reporting.inert import inert

Run = tuple[str, bool]
Content = str | Sequence[Run]
"""What a cell holds: a text, or runs of which some are marked as the figure in question."""

_EDGE = 'w:val="single" w:sz="4" w:space="0" w:color="8B93A0"'
_MARK = '<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFE9A8"/></w:rPr>'
_TWIPS = 8_840  # the width of the text: 156 mm


def add_table(
    document: Any, heads: Sequence[str], rows: Sequence[Sequence[Content]], widths: Sequence[int]
) -> None:
    """A table over the width of the text; `widths` are its columns' shares. The head is repeated on every page."""
    total = sum(widths)
    columns = [width * _TWIPS // total for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    edges = "".join(
        f"<w:{side} {_EDGE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    lines = [
        _row(heads, columns, "Audit Head", True),
        *(_row(row, columns, "Audit Cell", False) for row in rows),
    ]
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )
    style_ids = {style.name: style.style_id for style in document.styles}
    for name in ("Audit Head", "Audit Cell"):
        xml = xml.replace(f'w:pStyle w:val="{name}"', f'w:pStyle w:val="{style_ids[name]}"')
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _row(cells: Sequence[Content], columns: Sequence[int], style: str, is_head: bool) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="ECE8DE"/>' if is_head else ""
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>"
    found = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(cell)}</w:p></w:tc>'
        for cell, width in zip(cells, columns, strict=True)
    ]
    return f"<w:tr>{properties}{''.join(found)}</w:tr>"


def _runs(content: Content) -> str:
    runs = [(content, False)] if isinstance(content, str) else content
    return "".join(
        f'<w:r>{_MARK if marked else ""}<w:t xml:space="preserve">{escape(inert(text))}</w:t></w:r>'
        for text, marked in runs
        if text
    )
