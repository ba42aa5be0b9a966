"""Reports of earlier runs, found again by the digest of all that they depend on, and never by anything else.

A damaged entry, or one that was made by another version of this program or of its libraries, is none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from audit.files import content_of
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.model.report import Report
from audit.tables.cache import Cache, libraries
from audit.tables.description import FILE
from audit.workspace.packing import packed, unpacked
from audit.workspace.sources import package_folder

if TYPE_CHECKING:
    from audit.workspace.session import Session

MOST_KEPT = 20_000
"""Checks of a report that is remembered."""


def remember(kind: str, key: str, report: Report, known: Cache) -> None:
    """Keep a report under a digest, without the source texts; one of so many checks that reading it back takes as long as
    a check is not kept."""
    if len(report.findings) + len(report.untestable) <= MOST_KEPT:
        remember_bytes(kind, key, packed(replace(report, texts={})), known)


def remembered(kind: str, key: str, known: Cache) -> Report | None:
    """The report kept under a digest; None when there is none or it is damaged."""
    report = unpacked(remembered_bytes(kind, key, known))
    return report if isinstance(report, Report) else None


def remember_text(kind: str, key: str, text: str, known: Cache) -> None:
    """Keep a text under a digest."""
    remember_bytes(kind, key, text.encode(), known)


def remembered_text(kind: str, key: str, known: Cache) -> str | None:
    """The text kept under a digest; None when there is none or it is damaged."""
    content = remembered_bytes(kind, key, known)
    return None if content is None else content.decode("utf-8")


def remember_bytes(kind: str, key: str, content: bytes, known: Cache) -> None:
    """Keep bytes under a digest."""
    known.put(kind, key, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)


def remembered_bytes(kind: str, key: str, known: Cache) -> bytes | None:
    """The bytes kept under a digest; None when there are none or they are damaged."""
    seal, _, content = (known.get(kind, key) or b"").partition(b"\n")
    return content if hashlib.sha256(content).hexdigest().encode() == seal else None


@frozen
class Basis:
    """What the report on a workspace folder depends on: the `contents` of its files, by name and digest, and the `key` of
    these and of all else."""

    key: str
    contents: frozenset[tuple[str, str]]

    def was_read(self, session: Session) -> bool:
        """Whether all that the session has read is among these contents: nothing was written to in between."""
        inputs = (*session.workspace.inputs, *session.book.inputs)
        read = {(PurePath(one.path).name, one.sha256) for one in inputs}
        folder = package_folder(session.source)
        return folder is not None and self.contents >= read | {(FILE, file_digest(folder / FILE))}


def basis_of(session: Session) -> Basis | None:
    """What the report on a workspace folder depends on.

    Every table of the package, every rule file, the code lists and the rules asked for, and this program. None where
    one of them cannot be read: then the run itself has to say what is wrong.
    """
    if package_folder(session.source) is None or session.configuration.tables:
        return None
    configuration = session.configuration
    try:
        files = (*session.tables(), *session.rule_files(), *configuration.codes.values())
        digests = {path: file_digest(path) for path in files}
    except InputError:
        return None
    parts = (f"{path.as_posix()}\0{digest}" for path, digest in digests.items())
    told = [
        session.source.as_posix(),
        *sorted(f"{n}\0{p}" for n, p in configuration.codes.items()),
        *configuration.only,
        str(configuration.most),
    ]
    contents = frozenset((path.name, digest) for path, digest in digests.items())
    return Basis(digest_of((*parts, *told, program())), contents)


def digest_of(parts: Iterable[str]) -> str:
    """One digest of several texts."""
    return hashlib.sha256("\0\0".join(parts).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """The digest of a file's bytes; `InputError` where it cannot be read."""
    return hashlib.sha256(content_of(path)).hexdigest()


@cache
def program() -> str:
    """The digest of this program's own files and of the versions of what they use.

    A file is known by its size and the time of its change, as Python knows whether its byte code is out of date.
    """
    package = Path(__file__).parent.parent
    told = [libraries()]
    for folder, within, files in os.walk(package):
        within[:] = sorted(name for name in within if name != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(folder, name))
            told.append(f"{folder}\0{name}\0{status.st_size}\0{status.st_mtime_ns}")
    return digest_of(told)
