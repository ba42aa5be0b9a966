"""The sample draft as a Word file, with what drafts have in Word: made numbers, a tracked change, a
content control, a footnote, a text box, merged cells, a running head and page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from content import NUMBER, TITLE, Box, Grid, Heading, Paragraph, Part

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = ("styles", "numbering", "footnotes", "header", "footer")


def word_file(parts: Sequence[Part], *, tracked: bool = True) -> bytes:
    """The draft; without `tracked` its change is accepted (for printing). The same bytes every time."""
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": _document(parts, tracked),
        "word/_rels/document.xml.rels": _relations({part: f"{part}.xml" for part in _PARTS}),
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/footnotes.xml": _footnotes(parts),
        "word/header.xml": f"{_HEAD}<w:hdr {_NAMESPACES}>{_paragraph(_run(TITLE), 'Header')}</w:hdr>",
        "word/footer.xml": f"{_HEAD}<w:ftr {_NAMESPACES}>{_paragraph(_PAGE_NUMBER, 'Footer')}</w:ftr>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _document(parts: Sequence[Part], tracked: bool) -> str:
    body = _paragraph(_run(TITLE), "Title") + _paragraph(_control(NUMBER), "Centred")
    body += "".join(_part(part, tracked) for part in parts)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1588" w:bottom="1588" w:left="1588"'
        ' w:header="964" w:footer="964" w:gutter="0"/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>"


def _part(part: Part, tracked: bool) -> str:
    match part:
        case Heading(depth, text):
            return _paragraph(_run(text), f"Heading{depth}")
        case Paragraph():
            return _paragraph(_runs(part, tracked), "Body")
        case Box(text):
            return _paragraph(_box(text), "Centred")
        case Grid(caption):
            return _paragraph(_run(caption), "Centred") + _table(part) + _paragraph("", "Body")


def _runs(part: Paragraph, tracked: bool) -> str:
    """The runs of a paragraph, cut where the tracked change and the footnote are."""
    text, note = part.text, ""
    if part.note:
        place = text.index(part.at) + len(part.at)
        note = _run(text[:place]) + _NOTE
        text = text[place:]
    if not (part.changed and tracked):
        return note + _run(text)
    old, new = part.changed
    before, _, after = text.partition(new)
    change = (
        f'<w:del w:id="1" w:author="起草人"><w:r><w:delText>{old}</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="起草人">{_run(new[:1])}{_run(new[1:])}</w:ins>'
    )
    return note + _run(before) + change + _run(after)


def _paragraph(runs: str, style: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _control(text: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="文号"/></w:sdtPr><w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>'
    )


def _box(text: str) -> str:
    """A text box as Word writes it: the shape, and the same again for readers that only know VML."""
    content = f"<w:txbxContent>{_paragraph(_run(text), 'Centred')}</w:txbxContent>"
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="540000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        f"</wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5400000" cy="540000"/>'
        f'<wp:docPr id="1" name="box"/><a:graphic><a:graphicData uri="{_SHAPE}">{shape}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape style="width:425pt;height:43pt"><v:textbox>{content}</v:textbox></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _table(grid: Grid) -> str:
    columns = len(grid.rows[0])
    width = 8600 // columns
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns_told = f'<w:gridCol w:w="{width}"/>' * columns
    rows = "".join(_row(grid, number, width) for number in range(len(grid.rows)))
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="8600" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{columns_told}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(grid: Grid, number: int, width: int) -> str:
    """A row; `<` widens the cell before it, `^` goes on with the cell above, and what stands over a `^`
    begins it."""
    texts = grid.rows[number]
    below = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
    cells = []
    for column, text in enumerate(texts):
        if text == "<":
            continue
        span = 1 + next(
            (i for i, one in enumerate(texts[column + 1 :]) if one != "<"), len(texts) - column - 1
        )
        properties = f'<w:tcW w:w="{width * span}" w:type="dxa"/>'
        if span > 1:
            properties += f'<w:gridSpan w:val="{span}"/>'
        if text == "^":
            properties += "<w:vMerge/>"
        elif below[column : column + 1] == ("^",):
            properties += '<w:vMerge w:val="restart"/>'
        content = _paragraph(_run("" if text == "^" else text), "Cell")
        cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
    header = "<w:trPr><w:tblHeader/></w:trPr>" if number < grid.headers else ""
    return f"<w:tr>{header}{''.join(cells)}</w:tr>"


def _footnotes(parts: Sequence[Part]) -> str:
    note = next(part.note for part in parts if isinstance(part, Paragraph) and part.note)
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    return (
        f"{_HEAD}<w:footnotes {_NAMESPACES}>"
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0">'
        "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
        f'<w:footnote w:id="1">{_paragraph(mark + _run(" " + note), "Footnote")}</w:footnote></w:footnotes>'
    )


def _relations(targets: dict[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{namespace}">{listed}</Relationships>'


def _content_types() -> str:
    listed = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}.{part}+xml"/>' for part in _PARTS
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>{listed}</Types>'
    )


_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
_PAGE_NUMBER = (
    _run("— ")
    + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    + _run(" —")
)


def _style(identity: str, title: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{title}"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_STYLES = (
    f"{_HEAD}<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="28"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style("Title", "Title", '<w:spacing w:after="240"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="40"/>')
    + _style("Centred", "Centred", '<w:jc w:val="center"/>', '<w:sz w:val="24"/>')
    + _style(
        "Body", "Body Text", '<w:spacing w:line="400" w:lineRule="exact"/><w:ind w:firstLine="560"/>', ""
    )
    + _style("Cell", "Cell", '<w:jc w:val="center"/>', '<w:sz w:val="22"/>')
    + _style("Footnote", "footnote text", "", '<w:sz w:val="18"/>')
    + _style("Header", "header", '<w:jc w:val="right"/>', '<w:sz w:val="18"/>')
    + _style("Footer", "footer", '<w:jc w:val="center"/>', '<w:sz w:val="18"/>')
    + "".join(
        _style(
            f"Heading{depth}",
            f"heading {depth}",
            f'<w:keepNext/><w:numPr><w:ilvl w:val="{depth - 1}"/><w:numId w:val="1"/></w:numPr>'
            f'<w:ind w:left="0" w:firstLine="560"/><w:outlineLvl w:val="{depth - 1}"/>',
            "<w:b/>",
        )
        for depth in (1, 2)
    )
    + "</w:styles>"
)
_NUMBERING = (
    f'{_HEAD}<w:numbering {_NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        f'<w:pStyle w:val="Heading{depth + 1}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, text in enumerate(("%1、", "（%2）"))
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
