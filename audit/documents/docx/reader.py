"""Reads a Word file: the body in its order, then text boxes where they hang, and the notes at the end."""

from __future__ import annotations

from lxml import etree

from audit.documents.build import TextBuilder
from audit.documents.docx.body import Body
from audit.documents.docx.numbering import Numbering
from audit.documents.docx.package import Package
from audit.documents.docx.styles import read_styles
from audit.documents.model import SourceDocument
from audit.documents.opening import digest


def read(path: str, content: bytes) -> SourceDocument:
    """The document in `content` as it would be with all tracked changes accepted.

    Comments, headers, footers and the table of contents are no part of the text. `InputError` where the file
    is damaged, protected or no Word document.
    """
    package = Package(path, content)
    builder = TextBuilder()
    styles = read_styles(_part(package, "styles"))
    numbering = Numbering(_part(package, "numbering"))
    body = Body(package.main, package.xml(package.main), builder, styles, numbering)
    body.write()
    for kind, references in body.notes.items():
        if part := package.related(f"{kind}s"):
            notes = Body(part, package.xml(part), builder, styles, numbering)
            notes.write_notes(kind, references)
    return SourceDocument(
        path=path,
        format="docx",
        sha256=digest(content),
        text=builder.text,
        blocks=tuple(builder.blocks),
        segments=tuple(builder.segments),
        unread=body.unread,
    )


def _part(package: Package, kind: str) -> etree._Element | None:
    part = package.related(kind)
    return package.xml(part) if part else None
