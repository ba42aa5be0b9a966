"""Tables that no rule sets apart and whose names run over lines: their rows are told by the numbers and by how names stand
beside them, or they are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.documents.pdf.columns import CHANNEL, Channel, channels_through, holds_number, pieces_of
from audit.documents.pdf.lines import Glyph, Line, line_of
from audit.documents.pdf.tables import RuledCell, RuledTable
from audit.model.frozen import frozen

_SENTENCE = re.compile("[。；]")
_LEAST_ROWS = 3
_LEAST_NUMBERS = 2
_FAR = 6.0
_NEAR = 0.35
_SAME_CELL = 1.07
_WIDER = 1.04
_HEAD_GAP = 2.0
_Cell = list[Line]
"""The lines of a cell, from top to bottom."""
_Row = list[tuple[int, _Cell]]
"""The cells of a row by their column."""


@frozen
class Part:
    """Lines of a page, from `start` to `end`, that are a table: `None` for one whose rows or heads cannot be told."""

    start: int
    end: int
    table: RuledTable | None
    channels: Sequence[Channel]
    step: float


def wrapped_tables(pages: Sequence[Sequence[Line]]) -> list[list[Part]]:
    """For every page the tables among its lines whose names run over lines, from top to bottom.

    They have three rows and more with two numbers each, and lines between them. A row is what stands around its numbers:
    all names with their middle beside them, or all with their first line; else the rows cannot be told. What stands at
    the top of the next page under the same columns goes on with them.
    """
    found: list[list[Part]] = []
    before: Part | None = None
    for lines in pages:
        onward = _onward(lines, before, before.table) if before and before.table else None
        parts = [onward] if onward is not None else []
        for run in _runs(lines, onward.end if onward is not None else 0):
            part = _part(lines, run, parts[-1].end if parts else 0)
            if part is not None:
                parts.append(part)
        before = parts[-1] if parts and parts[-1].end == len(lines) else None
        found.append(parts)
    return found


def _runs(lines: Sequence[Line], start: int) -> Iterator[list[int]]:
    """The rows with numbers that follow each other closely, with no sentence between; three and more have several."""
    run: list[int] = []
    several = 0
    for at in range(start, len(lines)):
        line, numbers = lines[at], _numbers(lines[at])
        if run and (_SENTENCE.search(line.text) or line.top - lines[run[-1]].top > _FAR * line.size):
            if several >= _LEAST_ROWS:
                yield run
            run, several = [], 0
        if numbers >= (1 if run else _LEAST_NUMBERS):
            run.append(at)
            several += numbers >= _LEAST_NUMBERS
    if several >= _LEAST_ROWS:
        yield run


def _numbers(line: Line) -> int:
    """How many numbers a line without a sentence has."""
    return 0 if _SENTENCE.search(line.text) else sum(map(holds_number, pieces_of(line)))


def _part(lines: Sequence[Line], run: Sequence[int], least: int) -> Part | None:
    """The table around rows with numbers, from line `least` on at most; `None` where no name runs over lines."""
    core = lines[run[0] : run[-1] + 1]
    channels: Sequence[Channel] = channels_through(core)
    pitch = min(lines[b].top - lines[a].top for a, b in pairwise(run))
    leading = _leading(core, _cuts(channels))
    if not channels or leading * _WIDER > pitch:
        return None
    step = min(leading * _SAME_CELL, (leading + pitch) / 2)
    start, channels = _reached(lines, run[0], -1, channels, step)
    last, channels = _reached(lines, run[-1], 1, channels, step)
    head = start = max(least, start)
    near = max(pitch, _HEAD_GAP * lines[start].size)
    if start > least and lines[start].top - lines[start - 1].bottom < near:
        beneath = _narrowed(channels, lines[start - 1])
        if beneath is not None:
            head, channels = _reached(lines, start - 1, -1, beneath, step)
            head = max(least, head)
    cuts = _cuts(channels)
    heads = [(column, cell) for column, cell in enumerate(_columns(lines[head:start], cuts)) if cell]
    edges = (min(line.x0 for line in core), *cuts, max(line.x1 for line in core))
    rows = _rows(lines[start : last + 1], cuts, step) if len(heads) > 1 else None
    if rows is not None and any(map(_is_head, rows)):
        rows = None
    return Part(head, last + 1, _table([heads, *rows], edges) if rows is not None else None, channels, step)


def _onward(lines: Sequence[Line], before: Part, table: RuledTable) -> Part | None:
    """The rows at the top of a page that go on with a table; `None` where there are none."""
    end = 0
    channels = kept = before.channels
    for at, line in enumerate(lines):
        narrowed = _narrowed(channels, line)
        far = at > 0 and line.top - lines[at - 1].top > _FAR * line.size
        if narrowed is None or far or _SENTENCE.search(line.text):
            break
        channels = narrowed
        if _numbers(line):
            end, kept = at + 1, channels
    if not end:
        return None
    last, kept = _reached(lines, end - 1, 1, kept, before.step)
    rows = _rows(lines[: last + 1], _cuts(kept), before.step)
    if rows is not None and _is_head(rows[0]) and not _repeats(rows[0], table):
        return None
    if rows is not None and any(map(_is_head, rows[1:])):
        rows = None
    return Part(0, last + 1, _table(rows, table.edges) if rows is not None else None, kept, before.step)


def _narrowed(channels: Sequence[Channel], line: Line) -> list[Channel] | None:
    """What a line leaves of the blanks between columns; `None` where it closes one."""
    left: list[Channel] = []
    for start, end in channels:
        inside = [glyph for glyph in line.glyphs if glyph.x1 > start and glyph.x0 < end]
        stops = [(start, start), *((glyph.x0, glyph.x1) for glyph in inside), (end, end)]
        widest = max(((a[1], b[0]) for a, b in pairwise(stops)), key=lambda blank: blank[1] - blank[0])
        if widest[1] - widest[0] <= CHANNEL * line.size:
            return None
        left.append(widest)
    return left


def _cuts(channels: Sequence[Channel]) -> list[float]:
    return [(left + right) / 2 for left, right in channels]


def _table(rows: Sequence[_Row], edges: tuple[float, ...]) -> RuledTable:
    cells = tuple(
        RuledCell(row, column, 1, 1, edges[column + 1], tuple(cell))
        for row, members in enumerate(rows)
        for column, cell in sorted(members, key=lambda one: one[0])
    )
    first, last = cells[0].lines[0], cells[-1].lines[-1]
    return RuledTable(first.page, first.top, last.bottom, len(rows), edges, cells)


def _leading(lines: Sequence[Line], cuts: Sequence[float]) -> float:
    """The least distance from line to line of the names."""
    names = [
        column
        for column in _columns(lines, cuts)
        if sum(holds_number(line.text) for line in column) * 2 < len(column)
    ]
    return min((b.top - a.top for column in names for a, b in pairwise(column)), default=float("inf"))


def _reached(
    lines: Sequence[Line], at: int, way: int, channels: Sequence[Channel], step: float
) -> tuple[int, Sequence[Channel]]:
    """How far lines follow each other as those of one row do, up or down, and the blanks that they leave."""
    while 0 <= at + way < len(lines):
        following = lines[at + way]
        narrowed = _narrowed(channels, following)
        far = abs(following.top - lines[at].top) > step
        if far or narrowed is None or _SENTENCE.search(following.text):
            break
        at, channels = at + way, narrowed
    return at, channels


def _middle(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _columns(lines: Sequence[Line], cuts: Sequence[float]) -> list[list[Line]]:
    """For every column what the lines have in it."""
    columns: list[list[Line]] = [[] for _ in range(len(cuts) + 1)]
    for line in lines:
        fields: list[list[Glyph]] = [[] for _ in columns]
        for glyph in line.glyphs:
            fields[sum(_middle(glyph) > cut for cut in cuts)].append(glyph)
        for column, field in zip(columns, fields, strict=True):
            if field:
                column.append(line_of(line.page, field))
    return columns


def _cells(column: Sequence[Line], step: float) -> list[_Cell]:
    """The lines of a column brought together that follow each other as closely as those of a name do."""
    cells: list[_Cell] = []
    for line in column:
        if cells and line.top - cells[-1][-1].top <= step:
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _rows(lines: Sequence[Line], cuts: Sequence[float], step: float) -> list[_Row] | None:
    """The rows of a table, from top to bottom; `None` where they cannot be told."""
    columns = [_cells(column, step) for column in _columns(lines, cuts)]
    levels = [line.bottom for line in lines if _numbers(line)]
    return _placed(columns, levels, middle=True) or _placed(columns, levels, middle=False)


def _is_head(row: _Row) -> bool:
    """Whether a row looks like heads: it has texts and no number."""
    return len(row) > 1 and not any(holds_number(text) for text in _texts(row))


def _repeats(row: _Row, table: RuledTable) -> bool:
    """Whether a row says the first of a table again."""
    return _texts(row) == [cell.text for cell in table.cells if cell.row == 0]


def _texts(row: _Row) -> list[str]:
    return ["".join(line.text for line in cell) for _, cell in sorted(row, key=lambda one: one[0])]


def _placed(
    columns: Sequence[Sequence[_Cell]], levels: Sequence[float], *, middle: bool
) -> list[_Row] | None:
    """The cells by row and column; `None` where some cell stands otherwise beside the numbers of a row, or beside those of
    two."""
    placed: list[tuple[float, dict[int, _Cell]]] = [(level, {}) for level in levels]
    for column, cells in enumerate(columns):
        for cell in cells:
            first, last = cell[0].bottom, cell[-1].bottom
            near = _NEAR * cell[0].size
            place = (first + last) / 2 if middle else first
            if not any(abs(level - place) <= near for level, _ in placed):
                if any(first - near <= level <= last + near for level in levels):
                    return None
                placed.append((place, {}))
            _, members = min(placed, key=lambda row: abs(row[0] - place))
            if column in members:
                return None
            members[column] = cell
    return [list(members.items()) for _, members in sorted(placed, key=lambda row: row[0])]
