"""Readers: a plan as docx, pdf, html, plain text or markdown becomes one `SourceDocument`."""

from audit.documents.model import (
    Block,
    FilePlace,
    PagePlace,
    Place,
    RunPlace,
    Segment,
    SourceDocument,
    Table,
    TableCell,
)
from audit.documents.opening import read_document

__all__ = [
    "Block",
    "FilePlace",
    "PagePlace",
    "Place",
    "RunPlace",
    "Segment",
    "SourceDocument",
    "Table",
    "TableCell",
    "read_document",
]
