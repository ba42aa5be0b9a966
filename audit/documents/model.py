"""A plan as it was read: one text, its blocks, and for every character the place it came from.

All offsets are 0-based character offsets in `SourceDocument.text`, `end` exclusive. For plain text and
markdown the text is the file as decoded (byte order mark gone, line ends LF), so that offsets noted
against a file stay true. In the text of the other formats every paragraph is one line; a row of a table
is one line with a tab between its grid columns (a cell of several paragraphs has line ends of its own:
use the cells). `^` stands before superscript digits (`10^4`, the mark in `3062.63^1`), since they are not
part of the number before them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import Literal

from audit.model.frozen import frozen
from audit.model.phrase import Phrase

BlockKind = Literal["heading", "paragraph", "table", "footnote", "text_box"]


@frozen(guarded=False)
class RunPlace:
    """Where a stretch stands in a Word file.

    `paragraph` counts the `w:p` elements of the part in document order, `run` the runs inside that
    paragraph, `offset` the characters of the run's text as `audit.documents.docx.runs.run_text` gives it;
    all from 0.
    """

    part: str
    paragraph: int
    run: int
    offset: int

    def cut(self, start: int, end: int) -> RunPlace:
        """The place of the characters `start` to `end` of the stretch."""
        return replace(self, offset=self.offset + start)


@frozen(guarded=False)
class PagePlace:
    """Where a stretch stands on a page of a PDF: `page` from 1, points from the top left corner of the
    page as shown.

    Character i of the stretch lies between `edges[i]` and `edges[i + 1]`, so there is one edge more than
    characters. `sure` is there where they were recognised in a picture: how surely, from 0 to 1, the least of
    them counts.
    """

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    sure: float | None = None

    def cut(self, start: int, end: int) -> PagePlace:
        """The place of the characters `start` to `end` of the stretch."""
        return replace(self, edges=self.edges[start : end + 1])


@frozen(guarded=False)
class FilePlace:
    """Where a stretch stands in a text or html file: `line` from 1, `offset` in characters of the decoded
    file from 0.

    `reference` is 0 but for a html character reference: there the stretch is one character long
    (`&nbsp;`) and `reference` is the length of its source (6).
    """

    line: int
    offset: int
    reference: int = 0

    def cut(self, start: int, end: int) -> FilePlace:
        """The place of the characters `start` to `end` of the stretch."""
        return self if self.reference else replace(self, offset=self.offset + start)


Place = RunPlace | PagePlace | FilePlace


@frozen(guarded=False)
class Segment:
    """A stretch of the text whose characters stand one after another in one place of the source."""

    start: int
    end: int
    place: Place


@frozen(guarded=False)
class TableCell:
    """A cell at its top left grid position, from 0; a merged cell is one cell with spans.

    `header` is true in header rows: those that the source marks and those above the first row with a number.
    `indent` is how far the cell is set in from the left, in half-width characters, as blanks or by its format.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    start: int
    end: int
    text: str
    indent: int = 0


@frozen
class Table:
    """A table of `rows` × `columns` grid positions; `cells` row by row. Positions under no cell are blank."""

    rows: int
    columns: int
    cells: tuple[TableCell, ...]

    def at(self, row: int, column: int) -> TableCell | None:
        """The cell that covers a grid position, merged cells included; `None` where there is none."""
        for cell in self.cells:
            if 0 <= row - cell.row < cell.row_span and 0 <= column - cell.column < cell.column_span:
                return cell
        return None


@frozen
class Block:
    """A piece of the document in reading order; footnotes come last.

    `number` is the clause number that it begins with, typed or made by Word (`一、`, `（二）`, `3.`), part of
    the text. `level` is the depth of a heading, 1 for the highest and 0 for the title; `None` for what is
    no heading.
    """

    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    number: str | None = None
    table: Table | None = None


@frozen
class SourceDocument:
    """A plan as read. `format` is the name of its kind; `segments` are sorted and do not overlap.

    Characters that the reader added (line ends, tabs between cells, list numbers that Word makes, `^`)
    are in no segment. `unread` names what may hold figures and could not be read (pictures, charts, pages
    without text). `sha256` is the digest of the file's bytes, `encoding` that of a text or html file.
    `recognised` are the pages, from 1, that are pictures and were read by text recognition.
    """

    path: str
    format: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    unread: tuple[Phrase, ...] = ()
    encoding: str | None = None
    recognised: tuple[int, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block.table for block in self.blocks if block.table)

    def places(self, start: int, end: int) -> tuple[Segment, ...]:
        """Where the characters `start` to `end` came from: the segments that meet them, cut to fit, in
        order."""
        found: list[Segment] = []
        index = max(0, bisect_right(self.segments, start, key=lambda segment: segment.start) - 1)
        for position in range(index, len(self.segments)):
            segment = self.segments[position]
            if segment.start >= end:
                break
            low, high = max(start, segment.start), min(end, segment.end)
            if low < high:
                found.append(Segment(low, high, segment.place.cut(low - segment.start, high - segment.start)))
        return tuple(found)

    def sureness(self, start: int, end: int) -> float | None:
        """How surely the least sure of these characters was recognised in a picture, from 0 to 1; `None` where the
        file itself says them all."""
        places = (segment.place for segment in self.places(start, end))
        sure = [place.sure for place in places if isinstance(place, PagePlace) and place.sure is not None]
        return min(sure, default=None)
