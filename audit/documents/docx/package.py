"""A Word file as a package of parts: unpacked within limits, its xml read without entities, network or
DTD."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from audit.model.errors import InputError
from audit.model.frozen import frozen

MAX_UNPACKED = 300 * 2**20
MAX_PARTS = 10_000
MAX_XML = 64 * 2**20
MAX_PARAGRAPHS = 50_000
_PARAGRAPH = re.compile(rb"<\w{1,9}:p[ >/]")


@frozen
class Relation:
    """A relationship of a part: its id, the last step of its type (`footnotes`), and the part it leads to."""

    id: str
    type: str
    target: str


class Package:
    """The parts of an opened Word file. Parts are unpacked only when asked for."""

    def __init__(self, path: str, content: bytes) -> None:
        """Opens the package; `InputError` where it is damaged, encrypted, too large unpacked or no Word
        file."""
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise _damaged(path, str(error)) from None
        entries = self._zip.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED or len(entries) > MAX_PARTS:
            raise InputError(
                "{path} unpacks to {size} MB in {parts} parts, more than a plan ever has: it is not opened.",
                path=path,
                size=unpacked // 2**20,
                parts=len(entries),
            )
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise InputError(
                "{path} is protected by a password: save a copy without one and try again.", path=path
            )
        self.names = frozenset(entry.filename for entry in entries)
        self.main = next((one.target for one in self.relations("") if one.type == "officeDocument"), "")
        if self.main not in self.names or not self.main.startswith("word/"):
            raise InputError("{path} is no Word document inside: check that it is the right file.", path=path)

    def part(self, name: str) -> bytes:
        """The bytes of a part; `InputError` where the archive is damaged there."""
        try:
            return self._zip.read(name)
        except Exception as error:  # zipfile and zlib raise many kinds for a hostile or torn archive
            raise _damaged(self.path, f"{name}: {error}") from None

    def xml(self, name: str) -> etree._Element:
        """The root element of an xml part."""
        content = self.part(name)
        paragraphs = sum(1 for _ in _PARAGRAPH.finditer(content))
        if len(content) > MAX_XML or paragraphs > MAX_PARAGRAPHS:
            raise InputError(
                "{path} has {size} MB and {paragraphs} paragraphs in {part}, more than a plan ever has: split it.",
                path=self.path,
                size=len(content) // 2**20,
                paragraphs=paragraphs,
                part=name,
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _damaged(self.path, f"{name}: {error}") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError(
                "{path} declares a document type in {part}, which no Word file does: it is not read.",
                path=self.path,
                part=name,
            )
        return root

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part (of the package itself for ""), those to outside the file left out."""
        folder = posixpath.dirname(part)
        listing = relations_part(part)
        if listing not in self.names:
            return ()
        return tuple(
            Relation(
                item.get("Id", ""),
                item.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
            )
            for item in self.xml(listing)
            if item.get("TargetMode") != "External"
        )

    def related(self, kind: str) -> str | None:
        """The name of the part that the main part relates to by that type, if it is there."""
        found = (one.target for one in self.relations(self.main) if one.type == kind)
        return next((target for target in found if target in self.names), None)

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The package with parts changed or added; the others are kept byte for byte, in their order."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            for entry in self._zip.infolist():
                content = changed[entry.filename] if entry.filename in changed else self.part(entry.filename)
                packed.writestr(entry, content)
            for name, content in changed.items():
                if name not in self.names:
                    packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return stream.getvalue()


def relations_part(part: str) -> str:
    """The name of the part that lists a part's relationships."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _damaged(path: str, reason: str) -> InputError:
    return InputError(
        "{path} is damaged ({reason}): open it in Word or WPS, save it again and try again.",
        path=path,
        reason=reason,
    )
