"""The template that comes with audit, made by `python -m audit.reporting.docx`.

Page and type follow GB/T 9704-2012 (layout of official documents of party and government organs): A4 with margins of
37 and 28 mm, title in 22 pt, text in 16 pt FangSong on 28 pt lines, headings in SimHei and KaiTi, `— 1 —` below.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from audit.model.frozen import frozen
from audit.reporting.docx import timeless


@frozen
class Type:
    """How a style looks: font for Chinese, size and line in points, indent of the first line in characters."""

    font: str
    size: float
    line: float
    indent: int = 0
    bold: bool = False
    centred: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False
    colour: str = "000000"


STYLES: dict[str, Type] = {
    "Title": Type("STZhongsong", 22, 34, centred=True, before=20, after=24),
    "Heading 1": Type("SimHei", 16, 28, indent=2, before=12, keep=True),
    "Heading 2": Type("KaiTi", 16, 28, indent=2, before=6, keep=True),
    "Heading 3": Type("FangSong", 14, 24, bold=True, before=10, keep=True),
    "Audit Text": Type("FangSong", 16, 28, indent=2),
    "Audit Finding": Type("FangSong", 14, 24, indent=2, keep=True),
    "Audit Relation": Type("FangSong", 14, 24, indent=2, bold=True, keep=True),
    "Audit Note": Type("KaiTi", 10.5, 16, after=6, colour="4A5362"),
    "Audit Cell": Type("SimSun", 10.5, 15),
    "Audit Head": Type("SimHei", 10.5, 15),
}
WESTERN = "Times New Roman"


def build() -> bytes:
    """The template as a Word document without text; the same bytes every time."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name, look in STYLES.items():
        _dress(document, name, look)
    _number_pages(section.footer.paragraphs[0])
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def _dress(document: Any, name: str, look: Type) -> None:
    known = {style.name for style in document.styles}
    style = (
        document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for attribute, font in (("ascii", WESTERN), ("hAnsi", WESTERN), ("eastAsia", look.font), ("cs", WESTERN)):
        fonts.set(qn(f"w:{attribute}"), font)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    form = style.paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(look.line), Pt(look.before), Pt(look.after)
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.LEFT
    form.keep_with_next = look.keep
    form.first_line_indent = Pt(look.size * look.indent) if look.indent else None


def _number_pages(paragraph: Any) -> None:
    """`— 1 —` in the middle of the foot."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
    paragraph.add_run(" —")
