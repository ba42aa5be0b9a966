"""Puts the text of a document together, stretch by stretch, and remembers where each came from."""

from __future__ import annotations

import re

from audit.documents.clause_numbers import clause_number, typed_heading
from audit.documents.model import Block, BlockKind, FilePlace, Place, RunPlace, Segment, Table


class TextBuilder:
    """The text, segments and blocks so far. Readers write to it in reading order; nothing is ever taken
    back."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self.segments: list[Segment] = []
        self.blocks: list[Block] = []

    @property
    def length(self) -> int:
        """The number of characters so far: the offset of the next one."""
        return self._length

    @property
    def last(self) -> str:
        """The last character so far; empty at the beginning."""
        return self._last

    @property
    def text(self) -> str:
        """All the text so far."""
        return "".join(self._parts)

    def text_from(self, start: int) -> str:
        """The text from `start` on; cheap where `start` is near the end."""
        kept: list[str] = []
        position = self._length
        for part in reversed(self._parts):
            if position <= start:
                break
            position -= len(part)
            kept.append(part)
        return "".join(reversed(kept))[max(0, start - position) :]

    def write(self, text: str, place: Place | None = None) -> None:
        """Adds `text`; without a place it is the reader's own (a line end, a number that Word makes)."""
        if not text:
            return
        if place is not None:
            self._note(Segment(self._length, self._length + len(text), place))
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]

    def line_end(self) -> None:
        """Ends the line unless the text is at the beginning of one."""
        if self._last not in ("", "\n"):
            self.write("\n")

    def block(
        self, kind: BlockKind, start: int, *, level: int | None = None, number: str | None = None
    ) -> None:
        """Notes every line from `start` on as a block, without the blanks around it, and ends the last one.

        A paragraph becomes a heading by its `level`, or else by its typed number and its form; the number is
        looked for in the text where none is given. Both count for the first line only.
        """
        for line in re.finditer(r"[^\n]*\S[^\n]*", self.text_from(start)):
            body = line.group().strip()
            first = start + line.start() + line.group().index(body)
            self.blocks.append(_block(kind, first, body, level, number))
            level = number = None
        self.line_end()

    def table(self, start: int, end: int, table: Table) -> None:
        """Notes the text from `start` to `end` as a table."""
        self.blocks.append(Block("table", start, end, table=table))

    def _note(self, segment: Segment) -> None:
        """Adds a segment, or lengthens the last one where the new one goes on in the same place."""
        last = self.segments[-1] if self.segments else None
        joined = _joined(last, segment) if last and last.end == segment.start else None
        if joined:
            self.segments[-1] = joined
        else:
            self.segments.append(segment)


def _block(kind: BlockKind, start: int, text: str, level: int | None, number: str | None) -> Block:
    typed = clause_number(text)
    if kind == "paragraph":
        level = typed_heading(text) if level is None else level
        kind = "paragraph" if level is None else "heading"
    return Block(kind, start, start + len(text), level, number or (typed[0] if typed else None))


def _joined(first: Segment, second: Segment) -> Segment | None:
    """Both as one segment, where the second's place follows the first's."""
    length = first.end - first.start
    match first.place, second.place:
        case RunPlace() as a, RunPlace() as b:
            follows = (a.part, a.paragraph, a.run, a.offset + length) == (
                b.part,
                b.paragraph,
                b.run,
                b.offset,
            )
        case FilePlace(reference=0) as a, FilePlace(reference=0) as b:
            follows = a.line == b.line and a.offset + length == b.offset
        case _:
            follows = False
    return Segment(first.start, second.end, first.place) if follows else None
