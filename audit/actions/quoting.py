"""The source texts of a report's documents, so that it quotes whole clauses and leads into the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audit.actions.proving import ensure_folder, source_of
from audit.documents.opening import read_document
from audit.model.phrase import Phrase
from audit.model.report import Report


def with_sources(report: Report, folder: Path) -> Report:
    """The report with the texts in `folder` (`<document id>.txt`, or the document itself) of its documents.

    A text that is not the one that the tables were read from, by its digest, is left out, and so is one that is not
    there; both are noted. Raises `InputError` when the folder is none or a document cannot be read.
    """
    ensure_folder(folder)
    texts, notes = dict(report.texts), list(report.notes)
    for document in report.documents:
        path = source_of(folder, document.id)
        if path is None:
            notes.append(_note(document.title, "没有找到原文", "its source text was not found"))
            continue
        source = read_document(path)
        if document.sha256 not in (None, source.sha256):
            notes.append(
                _note(
                    document.title,
                    "所给原文与数据表所据的不是同一文本",
                    "the source text given is another one",
                )
            )
            continue
        texts[document.id] = source.text
    return replace(report, texts=texts, notes=tuple(notes))


def _note(title: str, zh: str, en: str) -> Phrase:
    return Phrase(f"{title}：{zh}", f"{title}: {en}")
