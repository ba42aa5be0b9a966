"""The tables of a workspace proved against the texts that they were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from audit.documents.kinds import SUFFIXES, TEXT_SUFFIXES
from audit.documents.opening import read_document
from audit.extraction.verification import (
    Sourced,
    verify_citations,
    verify_figures,
    verify_lists,
    verify_mentions,
)  # fmt: skip
from audit.model.errors import CellError, InputError
from audit.model.frozen import frozen
from audit.model.phrase import marked
from audit.model.rows import Citation, Document, Figure, Mention, StatedList
from audit.tables.package import Package
from audit.tables.rows import rows_of
from audit.tables.validity import ensure_valid

_SUFFIXES = sorted(SUFFIXES, key=lambda suffix: suffix not in TEXT_SUFFIXES)
"""Where a document lies in several files, its text is what was proved."""

_PROOFS: tuple[tuple[str, type[Any], Callable[[Sequence[Sourced[Any]], str], list[CellError]]], ...] = (
    ("targets", Figure, verify_figures),
    ("lists", StatedList, verify_lists),
    ("mentions", Mention, verify_mentions),
    ("citations", Citation, verify_citations),
)


@frozen
class Proof:
    """How many rows of each table were looked at, for how many documents, and what is not proved."""

    documents: int
    rows: dict[str, int]
    faults: tuple[InputError, ...]


def prove(package: Package, folder: Path) -> Proof:
    """Prove every row of targets, lists, mentions and citations against `folder/<document id>.txt`.

    Instead of a .txt file the folder may hold the document itself. Faults come in the order of the documents, then of
    the tables. Raises `InputError` when cells are not as their schemas say, the package lists no documents or the
    folder is none.
    """
    ensure_valid(package)
    ensure_folder(folder)
    if "documents" not in package.resources:
        raise InputError("datapackage.json: lists no table “documents”; without it no source can be found.")
    tables = {name: _sourced(package, name, kind) for name, kind, _ in _PROOFS if name in package.resources}
    documents = list(rows_of(package.resources["documents"], Document))
    faults: list[InputError] = []
    for document, file, line in documents:
        path = source_of(folder, document.id)
        if path is None:
            reason = marked("has no source text {path}")
            expected = (folder / f"{document.id}.txt").as_posix()
            faults.append(CellError(file, line, "id", document.id, reason, path=expected))
            continue
        faults.extend(_digest(document, path, file, line))
        text = read_document(path).text
        for name, _, verify in _PROOFS:
            faults.extend(verify(tables.get(name, {}).get(document.id, ()), text))
    counts = {name: sum(map(len, rows.values())) for name, rows in tables.items()}
    return Proof(len(documents), counts, tuple(faults))


def _sourced(package: Package, name: str, kind: type[Any]) -> dict[str, list[Sourced[Any]]]:
    """The rows of a table by document."""
    found: dict[str, list[Sourced[Any]]] = {}
    for row, file, line in rows_of(package.resources[name], kind):
        found.setdefault(row.document, []).append(Sourced(row, file, line))
    return found


def ensure_folder(folder: Path) -> None:
    """Raise `InputError` when the folder of the sources is none."""
    if not folder.is_dir():
        raise InputError("{path}: there is no such folder; name the one that holds the sources.", path=folder)


def source_of(folder: Path, document: str) -> Path | None:
    """The file in a folder that holds a document's text; None where none does."""
    paths = (folder / f"{document}{suffix}" for suffix in _SUFFIXES)
    return next((path for path in paths if path.is_file()), None)


def _digest(document: Document, path: Path, file: str, line: int) -> list[CellError]:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if document.sha256 == found:
        return []
    reason = marked("is not the digest of {path}, which is {found}; the text is another one")
    return [CellError(file, line, "sha256", document.sha256, reason, path=path.as_posix(), found=found)]
