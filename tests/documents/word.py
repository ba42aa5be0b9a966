"""Word files for tests, made of the xml that a test is about and nothing more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with that inside `w:body`; `parts` are the insides of styles, numbering, footnotes …."""
    return package(
        {
            "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
            **{
                f"word/{kind}.xml": f"<w:{kind} {_NAMESPACES}>{inner}</w:{kind}>"
                for kind, inner in parts.items()
            },
        }
    )


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a Word file, with the content types and relationships they need unless they are given."""
    kinds = [name[5:-4] for name in parts if name.startswith("word/") and name != "word/document.xml"]
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE.format(kind)}"/>' for kind in kinds
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(kinds, start=1)
    )
    listing = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE.format("document.main")}"/>'
        f"{overrides}</Types>",
        "_rels/.rels": listing.format(
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": listing.format(relations),
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return stream.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text is made a run."""
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of one text."""
    return (
        f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}"
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def table(*rows: str) -> str:
    """A table of rows made by `row`."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row; plain text is made a cell of one paragraph."""
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def cell(*texts: str, properties: str = "") -> str:
    """A cell with a paragraph for every text."""
    inner = "".join(one if one.startswith("<w:p>") else paragraph(one) for one in texts)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"
