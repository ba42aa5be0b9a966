"""From a path to a document: looks at the file before any reader does, and refuses in one sentence what
no reader can read."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from audit.documents.kinds import SUFFIXES, Kind, kind_of, kind_of_content
from audit.documents.model import SourceDocument
from audit.model.errors import InputError

MAX_CHARACTERS = 3_000_000
"""Thirty times the longest plans; what is longer is no plan, and would be read for minutes."""

_CONVERTIBLE = {".doc", ".wps", ".rtf", ".odt", ".dot", ".dotx", ".mht", ".mhtml", ".ofd"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Reader(Protocol):
    def read(self, path: str, content: bytes) -> SourceDocument: ...


def read_document(path: Path | str) -> SourceDocument:
    """The plan at `path`, read by the reader that its suffix names.

    Raises `InputError` for what is missing, empty, too large, of another kind than its name says,
    encrypted, damaged or without text.
    """
    name = str(path)
    kind = document_kind(path)
    content = _content(Path(path), kind.most * 2**20)
    _refuse_misnamed(name, kind, content)
    document = cast(_Reader, import_module(kind.reader)).read(name, content)
    if not document.text.strip():
        raise InputError("{path} holds no text: check that it is the right file.", path=name)
    if len(document.text) > MAX_CHARACTERS:
        raise InputError(
            "{path} holds {count} characters, at most {limit} are read: split it.",
            path=name,
            count=len(document.text),
            limit=MAX_CHARACTERS,
        )
    return document


def document_kind(path: Path | str) -> Kind:
    """The kind that the suffix of `path` names; `InputError` where no reader reads it."""
    kind = kind_of(path)
    if kind is not None:
        return kind
    suffix = Path(path).suffix.lower()
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


def _content(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most `most` bytes."""
    if not path.exists():
        raise InputError("there is no file {path}: check the name and the folder.", path=path)
    if not path.is_file():
        raise InputError("{path} is not a file: name the document itself.", path=path)
    size = path.stat().st_size
    if size == 0:
        raise InputError(
            "{path} is empty (0 bytes): check that it was saved or copied completely.", path=path
        )
    if size > most:
        raise InputError(
            "{path} is too large ({size} MB, at most {limit} MB are read): take out pictures or split it.",
            path=path,
            size=-(-size // 2**20),
            limit=most // 2**20,
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "{path} cannot be opened ({reason}): check its permissions.", path=path, reason=error.strerror
        ) from None


def _refuse_misnamed(path: str, kind: Kind, content: bytes) -> None:
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
    actual = kind_of_content(content)
    if actual is None:
        raise InputError(
            "{path} is named {suffix} but holds no document that can be read: check the file.",
            path=path,
            suffix=Path(path).suffix,
        )
    if actual != kind and not (actual.text and (kind.text or kind.name == "html")):
        raise InputError(
            "{path} is named {suffix} but its content is that of a {kind} file: name it so and try again.",
            path=path,
            suffix=Path(path).suffix,
            kind=actual.suffixes[0],
        )
