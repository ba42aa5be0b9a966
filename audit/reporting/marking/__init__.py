"""The draft given back with what was found at the figures concerned: Word comments, PDF highlights, or a
page.

A format is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from audit.documents.kinds import kind_of
from audit.documents.model import SourceDocument
from audit.documents.opening import digest
from audit.files import content_of, keep_apart, write
from audit.model.errors import InputError
from audit.model.phrase import Language
from audit.model.report import Report
from audit.reporting.given_back import PAGE
from audit.reporting.marking.marks import Mark, marks_of

__all__ = ["Mark", "mark_draft", "marks_of"]


class _Marker(Protocol):
    def mark(
        self, content: bytes, document: SourceDocument, marks: Sequence[Mark], *, language: Language
    ) -> bytes: ...


def mark_draft(
    document: SourceDocument, report: Report, document_id: str, out: Path, *, language: Language,
    places: Mapping[str, tuple[int, int]] | None = None,
) -> None:  # fmt: skip
    """Writes the draft, marked, to `out`: its suffix is `.html` for a page, or else that of the draft.

    `document_id` is the draft's id in the report, `places` where its clauses begin (see `marks_of`). The draft itself
    is never changed. `InputError` for another suffix, for a draft that has changed since it was read, and where `out`
    cannot be written.
    """
    source = Path(document.path)
    keep_apart([out], [source])
    marks = marks_of(report, document_id, places)
    suffix = out.suffix.lower()
    if suffix in PAGE:
        from audit.reporting.marking.html import page

        write(out, page(document, document_id, marks, language=language))
        return
    kind = kind_of(out)
    if kind is None or not kind.marks or suffix != source.suffix.lower():
        raise InputError(
            "{out} cannot hold the marks of {path}: name it .html, or .docx or .pdf like the draft.",
            out=out,
            path=document.path,
        )
    content = content_of(source)
    if digest(content) != document.sha256:
        raise InputError("{path} has changed while it was checked: run the check again.", path=document.path)
    marker = cast(_Marker, import_module(f"{__name__}.{kind.name}"))
    write(out, marker.mark(content, document, marks, language=language))
