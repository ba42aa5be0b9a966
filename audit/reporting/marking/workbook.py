"""A workbook given back with its findings: a comment and a colour at every cell concerned, and nothing else changed.

The parts of the package that hold no mark are copied as they are, byte for byte; in a sheet only the style of a marked
cell and the link to its comments are new (ECMA-376 part 1, 18.3, 18.7, 18.8).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from audit.files import content_of
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.phrase import Language
from audit.model.report import Cell, Finding, Report, Severity
from audit.reporting.given_back import WORKBOOK
from audit.reporting.inert import excerpt, inert
from audit.reporting.labels import severity_label, waiver_label
from audit.reporting.marking.marks import told_figures
from audit.reporting.names import Names, names_of
from audit.reporting.relations import balance

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_AFTER = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""What stands behind the link to comments in a sheet, where it stands at all."""
_COLOURS: Mapping[Severity, str] = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_LONG, _MOST = 400, 30_000
_AUTHOR = "audit"


@frozen(slots=False)
class CellMark:
    """What is to be said at a cell, and how much it weighs."""

    severity: Severity
    text: str


def mark_workbook(report: Report, *, language: Language) -> bytes:
    """The workbook that the findings of a report stand in, marked; `InputError` where it is not one workbook."""
    sources = {cell.source for finding in report.findings for cell in finding.check.cells if cell.address}
    sources = {one for one in sources if one.lower().endswith(WORKBOOK)} or {
        one.path for one in report.inputs if one.path.lower().endswith(WORKBOOK)
    }
    if len(sources) != 1:
        raise InputError(
            "a marked workbook is that of one workbook checked, and here are {count}; check the workbook by itself.",
            count=len(sources),
        )
    (source,) = sources
    return with_marks(content_of(Path(source)), marks_on(report, source, names_of(report, language)), source)


def marks_on(report: Report, source: str, names: Names) -> dict[str, dict[str, CellMark]]:
    """What is to be said at the cells of a workbook, by sheet and cell."""
    found: dict[str, dict[str, list[tuple[Severity, str]]]] = {}
    for finding in report.findings:
        for cell in {cell.address: cell for cell in finding.check.cells if cell.source == source}.values():
            sheet, _, place = cell.address.rpartition("!")
            if place:
                found.setdefault(sheet, {}).setdefault(place, []).append(
                    (finding.severity, _told(finding, cell, names))
                )
    return {
        sheet: {
            place: CellMark(
                min((s for s, _ in told), key=_SEVERITIES.index), "\n\n".join(t for _, t in told)[:_MOST]
            )
            for place, told in cells.items()
        }
        for sheet, cells in found.items()
    }


def _told(finding: Finding, here: Cell, names: Names) -> str:
    """A finding as it is told at one of its cells: what is the matter, the relation, the other figures."""
    _, check = names.words, finding.check
    message = excerpt(inert(finding.message.in_(_.language)), "", _LONG)
    lines = [
        _("{severity}: {message}", severity=severity_label(finding.severity, _), message=message),
        balance(check, _),
    ]
    told = zip(check.cells, told_figures(check.cells, "", names), strict=True)
    lines += [line for cell, line in told if cell.address != here.address]
    lines += [waiver_label(finding.waiver, _)] if finding.waiver else []
    return "\n".join(line for line in (*lines, f"{inert(check.rule)} #{inert(finding.id)}") if line)


def with_marks(content: bytes, marks: Mapping[str, Mapping[str, CellMark]], shown: str) -> bytes:
    """The bytes of a workbook with the marks; `InputError` for one whose parts are not as they have to be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = _Parts(book)
            for number, (sheet, cells) in enumerate(sorted(marks.items()), 1):
                _mark_sheet(parts, parts.sheet(sheet), cells, number)
            return parts.packed(book)
    except (KeyError, ValueError, StopIteration, zipfile.BadZipFile, etree.XMLSyntaxError):
        raise InputError("{path}: its parts are not as a workbook has them; save it again in the program that made it.",
                         path=shown) from None  # fmt: skip


class _Parts:
    """The parts of a package: read when they are asked for, and written anew where they were changed."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self._book = book
        self._changed: dict[str, Any] = {}
        self._new: dict[str, bytes] = {}
        self._styles: dict[tuple[int, Severity], int] = {}

    def root(self, name: str) -> Any:
        """A part that is about to be changed."""
        if name not in self._changed:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            self._changed[name] = etree.fromstring(self._book.read(name), parser)
        return self._changed[name]

    def has(self, name: str) -> bool:
        return name in self._changed or name in self._book.namelist()

    def add(self, name: str, content: str) -> None:
        self._new[name] = content.encode()

    def links(self, part: str) -> tuple[str, Any]:
        """The relationships of a part, made where it has none: their part's name and root."""
        folder, name = posixpath.split(part)
        links = f"{folder}/_rels/{name}.rels"
        if not self.has(links):
            self._changed[links] = etree.fromstring(f'<Relationships xmlns="{_LINKS}"/>'.encode())
        return links, self.root(links)

    def sheet(self, name: str) -> str:
        """The part that holds a sheet."""
        book = etree.fromstring(self._book.read("xl/workbook.xml"))
        entry = next(one for one in book.iter(f"{{{_MAIN}}}sheet") if one.get("name") == name)
        identity = entry.get(f"{{{_OFFICE}}}id")
        links = etree.fromstring(self._book.read("xl/_rels/workbook.xml.rels"))
        target = next(link.get("Target") for link in links if link.get("Id") == identity)
        return _target("xl/workbook.xml", target or "")

    def style(self, base: int, severity: Severity) -> int:
        """The number of the style that is `base` with the colour of a severity."""
        if (base, severity) not in self._styles:
            styles = self.root("xl/styles.xml")
            fills, formats = styles.find(f"{{{_MAIN}}}fills"), styles.find(f"{{{_MAIN}}}cellXfs")
            fill = etree.SubElement(fills, f"{{{_MAIN}}}fill")
            pattern = etree.SubElement(fill, f"{{{_MAIN}}}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{{{_MAIN}}}fgColor", rgb=_COLOURS[severity])
            etree.SubElement(pattern, f"{{{_MAIN}}}bgColor", indexed="64")
            copy = etree.fromstring(etree.tostring(formats[base]))
            copy.set("fillId", str(len(fills) - 1))
            copy.set("applyFill", "1")
            formats.append(copy)
            for listed in (fills, formats):
                listed.set("count", str(len(listed)))
            self._styles[base, severity] = len(formats) - 1
        return self._styles[base, severity]

    def packed(self, book: zipfile.ZipFile) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for entry in book.infolist():
                root = self._changed.pop(entry.filename, None)
                made.writestr(entry, book.read(entry.filename) if root is None else _written(root))
            for name, content in (*((n, _written(r)) for n, r in self._changed.items()), *self._new.items()):
                made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
        return out.getvalue()


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _mark_sheet(parts: _Parts, part: str, marks: Mapping[str, CellMark], number: int) -> None:
    sheet = parts.root(part)
    for cell in sheet.iter(f"{{{_MAIN}}}c"):
        if mark := marks.get(cell.get("r", "")):
            cell.set("s", str(parts.style(int(cell.get("s", 0)), mark.severity)))
    _, links = parts.links(part)
    there = next((link for link in links if link.get("Type", "").endswith("/comments")), None)
    if there is not None:
        comments = _target(part, there.get("Target"))
        drawing = next((link for link in links if link.get("Type", "").endswith("/vmlDrawing")), None)
        _add_comments(parts.root(comments), marks)
        if drawing is not None:
            _add_shapes(parts.root(_target(part, drawing.get("Target"))), marks)
        return
    root = etree.fromstring(f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'.encode())
    _add_comments(root, marks)
    parts.add(f"xl/auditComments{number}.xml", _written(root).decode())
    shapes = etree.fromstring(_VML.encode())
    _add_shapes(shapes, marks)
    parts.add(f"xl/drawings/auditDrawing{number}.vml", etree.tostring(shapes).decode())
    for kind, name, target in (
        ("comments", "auditComments", f"/xl/auditComments{number}.xml"),
        ("vmlDrawing", "auditDrawing", f"/xl/drawings/auditDrawing{number}.vml"),
    ):
        etree.SubElement(links, f"{{{_LINKS}}}Relationship", Id=name, Type=f"{_OFFICE}/{kind}", Target=target)
    link = etree.Element(f"{{{_MAIN}}}legacyDrawing")
    link.set(f"{{{_OFFICE}}}id", "auditDrawing")
    later = next((child for child in sheet if etree.QName(child).localname in _AFTER), None)
    sheet.append(link) if later is None else later.addprevious(link)
    types = parts.root("[Content_Types].xml")
    if not any(one.get("Extension") == "vml" for one in types):
        vml = etree.Element(f"{{{_TYPES}}}Default", Extension="vml")
        vml.set("ContentType", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        types.insert(0, vml)
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/xl/auditComments{number}.xml").set(
        "ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    )


def _target(part: str, target: str) -> str:
    folder = posixpath.dirname(part)
    return (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )


def _add_comments(root: Any, marks: Mapping[str, CellMark]) -> None:
    """Comments at cells; a cell that has one keeps it, with ours below."""
    authors, listed = root.find(f"{{{_MAIN}}}authors"), root.find(f"{{{_MAIN}}}commentList")
    etree.SubElement(authors, f"{{{_MAIN}}}author").text = _AUTHOR
    author = str(len(authors) - 1)
    there = {comment.get("ref"): comment for comment in listed}
    for place in sorted(marks, key=_row_and_column):
        comment = there.get(place)
        if comment is None:
            comment = etree.SubElement(listed, f"{{{_MAIN}}}comment", ref=place, authorId=author)
            text = etree.SubElement(comment, f"{{{_MAIN}}}text")
            said = marks[place].text
        else:
            text, said = comment.find(f"{{{_MAIN}}}text"), f"\n\n{marks[place].text}"
        run = etree.SubElement(text, f"{{{_MAIN}}}r")
        words = etree.SubElement(run, f"{{{_MAIN}}}t")
        words.text = said
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _add_shapes(root: Any, marks: Mapping[str, CellMark]) -> None:
    """The boxes that show comments, where a cell has none yet."""
    held = {
        (int(data.findtext(f"{{{_EXCEL}}}Row", "-1")), int(data.findtext(f"{{{_EXCEL}}}Column", "-1")))
        for data in root.iter(f"{{{_EXCEL}}}ClientData")
    }
    for number, place in enumerate(sorted(marks, key=_row_and_column), 1):
        row, column = _row_and_column(place)
        if (row, column) not in held:
            lines = min(marks[place].text.count("\n") + 4, 20)
            root.append(etree.fromstring(_SHAPE.format(
                id=escape(f"_audit_s{9000 + number}"), row=row, column=column, right=column + 5, bottom=row + lines
            ).encode()))  # fmt: skip


def _row_and_column(place: str) -> tuple[int, int]:
    found = re.fullmatch(r"([A-Z]+)(\d+)", place)
    if found is None:
        raise ValueError(place)
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - 64
    return int(found[2]) - 1, column - 1


_EXCEL = "urn:schemas-microsoft-com:office:excel"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="9"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="{id}" type="#_x0000_t202" '
    'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column}, 15, {row}, 10, {right}, 31, {bottom}, 9</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
