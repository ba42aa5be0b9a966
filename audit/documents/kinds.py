"""The kinds of documents that are read: one record a kind, from which everything that depends on the kind derives.

A new kind is a reader module (`read(path, content) -> SourceDocument`) and a record here; that it is found in a folder,
watched, proved against, refused under a wrong name and given back with marks follows from the record.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audit.model.frozen import frozen


@frozen
class Kind:
    """A kind of document. `name` is the `format` of its documents, the first suffix the usual one.

    `reader` is the module that reads it. `begins` says whether the first bytes of a file are of this kind; kinds are
    asked in order. `most` is how many MB are read. `text` kinds are the file itself, decoded, so that lines and columns
    of the file are meant. `marks` says whether a draft can be given back in this kind with marks in place, by the module
    of that name in `audit.reporting.marking`. In a folder of plans, files of a kind that is not `plans` are notes on
    them.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    begins: Callable[[bytes], bool]
    most: int = 100
    text: bool = False
    marks: bool = False
    plans: bool = True


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVE = b"PK\x03\x04"


def _head(content: bytes) -> bytes:
    return content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def _is_page(content: bytes) -> bool:
    return _head(content).startswith((b"<!doctype html", b"<html"))


def _is_text(content: bytes) -> bool:
    """Whether it may be text of some kind: no archive, picture, rich text or mail, and no zero bytes but UTF-16's."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    other = content.startswith((_ARCHIVE, *_PICTURES)) or _head(content).startswith(
        (b"{\\rtf", b"mime-version:")
    )
    return not other and (marked or b"\x00" not in content[:8192])


KINDS: tuple[Kind, ...] = (
    Kind("pdf", (".pdf",), "audit.documents.pdf.reader", lambda c: b"%PDF-" in c[:1024], marks=True),
    Kind(
        "docx", (".docx", ".docm"), "audit.documents.docx.reader",
        lambda c: c.startswith(_ARCHIVE) and b"[Content_Types].xml" in c, marks=True,
    ),
    Kind("html", (".html", ".htm"), "audit.documents.html.reader", _is_page, most=40),
    Kind("text", (".txt",), "audit.documents.text", _is_text, most=12, text=True),
    Kind("markdown", (".md", ".markdown"), "audit.documents.text", _is_text, most=12, text=True, plans=False),
)  # fmt: skip

SUFFIXES: dict[str, Kind] = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
"""The kind of a suffix in lower case."""

TEXT_SUFFIXES = frozenset(suffix for suffix, kind in SUFFIXES.items() if kind.text)


def kind_of(path: Path | str) -> Kind | None:
    """The kind that the suffix of a path names; `None` where no reader reads it."""
    return SUFFIXES.get(Path(path).suffix.lower())


def kind_of_content(content: bytes) -> Kind | None:
    """The kind that the first bytes of a file are of; `None` for none of these kinds."""
    return next((kind for kind in KINDS if kind.begins(content)), None)
