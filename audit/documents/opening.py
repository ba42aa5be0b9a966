"""From a path to a document: looks at the file before any reader does, and refuses in one sentence what
no reader can read."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from audit.documents.model import Format, SourceDocument
from audit.model.errors import InputError

MAX_BYTES = 100 * 2**20

SUFFIXES: dict[str, Format] = {
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
}
_CONVERTIBLE = {".doc", ".wps", ".rtf", ".odt", ".dot", ".dotx", ".mht", ".mhtml", ".ofd"}
_READERS: dict[Format, str] = {
    "docx": "audit.documents.docx.reader",
    "pdf": "audit.documents.pdf.reader",
    "html": "audit.documents.html.reader",
    "text": "audit.documents.text",
    "markdown": "audit.documents.text",
}
_USUAL: dict[Format, str] = {
    "docx": ".docx",
    "pdf": ".pdf",
    "html": ".html",
    "text": ".txt",
    "markdown": ".md",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


class _Reader(Protocol):
    def read(self, path: str, content: bytes) -> SourceDocument: ...


def read_document(path: Path | str) -> SourceDocument:
    """The plan at `path`, read by the reader that its suffix names.

    Raises `InputError` for what is missing, empty, too large, of another kind than its name says,
    encrypted, damaged or without text.
    """
    name = str(path)
    form = format_of(path)
    content = _content(Path(path))
    _refuse_misnamed(name, form, content)
    reader = cast(_Reader, import_module(_READERS[form]))
    document = reader.read(name, content)
    if not document.text.strip():
        raise InputError("{path} holds no text: check that it is the right file.", path=name)
    return document


def format_of(path: Path | str) -> Format:
    """The format that the suffix of `path` names; `InputError` where no reader reads it."""
    suffix = Path(path).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in _CONVERTIBLE:
        raise InputError(
            "{path} cannot be read as a {suffix} file: save it as .docx in Word or WPS and try again.",
            path=path,
            suffix=suffix,
        )
    raise InputError(
        "{path} is not a kind of document that can be read: give a file that ends in {suffixes}.",
        path=path,
        suffixes=" ".join(SUFFIXES),
    )


def digest(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    """The bytes of a regular file of a size that can be read."""
    if not path.exists():
        raise InputError("there is no file {path}: check the name and the folder.", path=path)
    if not path.is_file():
        raise InputError("{path} is not a file: name the document itself.", path=path)
    size = path.stat().st_size
    if size == 0:
        raise InputError(
            "{path} is empty (0 bytes): check that it was saved or copied completely.", path=path
        )
    if size > MAX_BYTES:
        raise InputError(
            "{path} is too large ({size} MB, at most {limit} MB are read): take out pictures or split it.",
            path=path,
            size=-(-size // 2**20),
            limit=MAX_BYTES // 2**20,
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "{path} cannot be opened ({reason}): check its permissions.", path=path, reason=error.strerror
        ) from None


def _refuse_misnamed(path: str, form: Format, content: bytes) -> None:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError(
                "{path} is protected by a password: save a copy without one and try again.", path=path
            )
        raise InputError(
            "{path} is named {suffix} but is an old Office file (.doc): save it as .docx and try again.",
            path=path,
            suffix=Path(path).suffix,
        )
    actual = _actual_format(content)
    if actual is None:
        raise InputError(
            "{path} is named {suffix} but holds no document that can be read: check the file.",
            path=path,
            suffix=Path(path).suffix,
        )
    if actual != form and not (actual == "text" and form in ("html", "markdown")):
        raise InputError(
            "{path} is named {suffix} but its content is that of a {kind} file: name it so and try again.",
            path=path,
            suffix=Path(path).suffix,
            kind=_USUAL[actual],
        )


def _actual_format(content: bytes) -> Format | None:
    """What the first bytes say; "text" for anything that might be text of some kind, `None` for what is
    none of ours."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "docx" if b"[Content_Types].xml" in content else None
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if content.startswith(_PICTURES) or head.startswith((b"{\\rtf", b"mime-version:")):
        return None
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return None if b"\x00" in content[:8192] and not utf16 else "text"
