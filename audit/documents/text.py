"""Reads plain text and markdown: the text is the file itself, decoded; only the blocks are found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.documents.clause_numbers import clause_number, typed_heading
from audit.documents.lined_tables import Line, table_at
from audit.documents.model import Block, BlockKind, FilePlace, Segment, SourceDocument
from audit.documents.opening import digest, document_kind
from audit.model.errors import InputError

_HASHES = re.compile(r"(#{1,6})\s+")


def read(path: str, content: bytes) -> SourceDocument:
    """The document in `content`; `InputError` where the bytes are text in none of the encodings that are
    tried."""
    decoded, encoding = decode(path, content)
    text, segments = _unified_line_ends(decoded)
    form = document_kind(path).name
    return SourceDocument(
        path=path,
        format=form,
        sha256=digest(content),
        text=text,
        blocks=tuple(_blocks(text, form)),
        segments=segments,
        encoding=encoding,
    )


def decode(path: str, content: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text without its byte order mark, and the encoding: by the mark, as declared, UTF-8, or GB18030."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((name for mark, name in marks.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else (declared, "utf-8", "gb18030"):
        try:
            if encoding:
                return content.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError(
        "{path} is text in an encoding other than UTF-8 and GB18030: save it as UTF-8 and try again.",
        path=path,
    )


def _unified_line_ends(decoded: str) -> tuple[str, tuple[Segment, ...]]:
    """The text with LF line ends, and one segment a line (its line end included)."""
    kept: list[str] = []
    segments: list[Segment] = []
    position = offset = 0
    for line, raw in enumerate(_raw_lines(decoded), start=1):
        clean = raw[:-2] + "\n" if raw.endswith("\r\n") else raw.replace("\r", "\n")
        segments.append(Segment(position, position + len(clean), FilePlace(line, offset)))
        kept.append(clean)
        position += len(clean)
        offset += len(raw)
    return "".join(kept), tuple(segments)


def _raw_lines(text: str) -> Iterator[str]:
    """The lines with their own ends; only CR, LF and CRLF end a line."""
    return (match.group() for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text))


def _blocks(text: str, form: str) -> Iterator[Block]:
    lines = [Line(match.start(), match.group()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    position = 0
    while position < len(lines):
        found = table_at(lines, position)
        if found:
            height, table = found
            last = lines[position + height - 1]
            yield Block("table", lines[position].start, last.end, table=table)
            position += height
        else:
            yield from _paragraph(lines[position], form)
            position += 1


def _paragraph(line: Line, form: str) -> Iterator[Block]:
    """The line as a heading or paragraph, without blanks around it and without markdown's hashes."""
    start = line.start + len(line.text) - len(line.text.lstrip())
    body = line.text.strip()
    level = None
    hashes = _HASHES.match(body) if form == "markdown" else None
    if hashes:
        level = len(hashes.group(1))
        start += hashes.end()
        body = body[hashes.end() :]
    if not body:
        return
    number = clause_number(body)
    level = level if level is not None else typed_heading(body)
    kind: BlockKind = "paragraph" if level is None else "heading"
    yield Block(kind, start, start + len(body), level, number[0] if number else None)
