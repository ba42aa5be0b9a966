"""The comments part of a Word file with comments added, and the parts that must know of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from lxml import etree

from audit.documents.docx.names import attribute
from audit.documents.docx.package import Package, relations_part
from audit.model.frozen import frozen
from audit.reporting.dates import stamp

AUTHOR = "audit"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@frozen
class Comment:
    """A comment by its id in the document; a line of `text` is a paragraph of it."""

    id: int
    text: str


def first_free_id(package: Package) -> int:
    """The id after the highest one that a comment of the file has."""
    part = package.related("comments")
    ids = [attribute(one, "id") or "" for one in package.xml(part)] if part else []
    return 1 + max((int(one) for one in ids if re.fullmatch(r"\d{1,9}", one)), default=-1)


def comment_parts(package: Package, namespace: str, comments: Sequence[Comment]) -> dict[str, bytes]:
    """The parts that change when the comments are added to those that the file has, by name.

    `namespace` is that of WordprocessingML in the file, as `{…}`.
    """
    part = package.related("comments")
    if part:
        root = package.xml(part)
        changed: dict[str, bytes] = {}
    else:
        part = _new_name(package)
        root = etree.Element(f"{namespace}comments", nsmap={"w": namespace[1:-1]})
        changed = {
            "[Content_Types].xml": _with_content_type(package, part),
            relations_part(package.main): _with_relation(package, part, strict="purl.oclc.org" in namespace),
        }
    for comment in comments:
        root.append(_element(comment, namespace))
    return {**changed, part: serialized(root)}


def serialized(root: etree._Element) -> bytes:
    """The bytes of an xml part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _element(comment: Comment, namespace: str) -> etree._Element:
    element = etree.Element(f"{namespace}comment")
    element.set(f"{namespace}id", str(comment.id))
    element.set(f"{namespace}author", AUTHOR)
    if date := stamp():
        element.set(f"{namespace}date", date.strftime("%Y-%m-%dT%H:%M:%SZ"))
    element.set(f"{namespace}initials", AUTHOR)
    for line in comment.text.split("\n"):
        paragraph = etree.SubElement(element, f"{namespace}p")
        text = etree.SubElement(etree.SubElement(paragraph, f"{namespace}r"), f"{namespace}t")
        text.text = line
        text.set(_SPACE, "preserve")
    return element


def _new_name(package: Package) -> str:
    folder = posixpath.dirname(package.main)
    names = (
        posixpath.join(folder, f"comments{number or ''}.xml") for number in range(len(package.names) + 1)
    )
    return next(name for name in names if name not in package.names)


def _with_content_type(package: Package, part: str) -> bytes:
    root = package.xml("[Content_Types].xml")
    etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=_COMMENTS_TYPE)
    return serialized(root)


def _with_relation(package: Package, part: str, *, strict: bool) -> bytes:
    listing = relations_part(package.main)
    root = (
        package.xml(listing)
        if listing in package.names
        else etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
    )
    taken = {one.get("Id") for one in root}
    identity = next(one for number in range(len(taken) + 1) if (one := f"rIdAudit{number}") not in taken)
    base = (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
        if strict
        else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    target = posixpath.basename(part)
    etree.SubElement(
        root, f"{{{_RELATIONS}}}Relationship", Id=identity, Type=f"{base}/comments", Target=target
    )
    return serialized(root)
