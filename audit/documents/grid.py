"""Tables: cells with spans on a grid, written into the text row by row, and which rows are headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from audit.documents.build import TextBuilder
from audit.documents.model import Table, TableCell
from audit.lexicon import pattern, words
from audit.model.errors import InputError
from audit.model.frozen import frozen
from audit.numbers.bounds import bound_words
from audit.numbers.column_numbers import numbers_columns

MAX_HEADER_ROWS = 3
MAX_SPAN = 1000
MAX_POSITIONS = 5_000_000
_VALUE = re.compile(r"[(（\[〔【]?[≥≤><＞＜约超近]{0,2}\s*[+\-－−]?[0-9０-９][0-9０-９,，.．\s]*[^\d\s]{0,8}")
_TIME = pattern(
    r"(?:19|20)\d\d\s*(?:[年（(—\-－–~～至].*)?|\d{1,2}\s*(?:[-—–~～至]\s*\d{1,2}\s*)?<part of a year>.*"
)
_DASHES = re.compile(r"[-—–―－]+")
_DIGITS = re.compile(r"[.,，．]*\d[\d.,，．%]*")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"[(（]?\d{1,2}(?:[.．、](?!\d)|[)）]\s*[^\d\s])")
_BLANK_WIDTHS = {"\u3000": 2, "\u2003": 2, "\t": 2}


@frozen
class Slot:
    """A cell to be written: its place and spans on the grid, whether the source marks it as a header, its
    content, and how far its format sets it in, in half-width characters.

    `write` adds the content to the builder, without a line end after it.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    write: Callable[[], None]
    indent: int = 0


def write_table(builder: TextBuilder, slots: Iterable[Slot]) -> None:
    """Writes the cells as one block: a line for every grid row, a tab between grid columns.

    Merged positions are blank fields, so that every line has the same number of tabs. Rows below other heads in the midst
    of it are a table of their own.
    """
    places = {(slot.row, slot.column): slot for slot in slots}
    if not places:
        return
    rows = 1 + max(row for row, _ in places)
    columns = max(slot.column + slot.column_span for slot in places.values())
    _refuse_too_large(rows, columns)
    starts: list[int] = []
    cells: list[TableCell] = []
    for row in range(rows):
        if row:
            builder.write("\n")
        starts.append(builder.length)
        for column in range(columns):
            if column:
                builder.write("\t")
            if slot := places.get((row, column)):
                cells.append(_written(builder, slot))
    for first, last in pairwise((0, *_other_heads(cells), rows)):
        members = [replace(cell, row=cell.row - first) for cell in cells if first <= cell.row < last]
        end = starts[last] - 1 if last < rows else builder.length
        builder.table(starts[first], end, Table(last - first, columns, with_headers(members)))
    builder.line_end()


def _other_heads(cells: Sequence[TableCell]) -> list[int]:
    """The rows in the midst of a table that are heads of their own: as many texts as the heads above, in the same places and
    the first the same, but another one with a year or another number in it."""
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    heads = next((row for row in rows.values() if len(row) > 1), [])
    places = [cell.column for cell in heads]
    found: list[int] = []
    for at, row in rows.items():
        if [cell.column for cell in row] != places or row[0].text != heads[0].text or row is heads:
            continue
        others = [cell.text for cell, head in zip(row, heads, strict=True) if cell.text != head.text]
        texts = not any(is_value(cell.text) for cell in (*row, *heads))
        if texts and any(sign.isdigit() for text in others for sign in text) and not _reaches_over(cells, at):
            found.append(at)
    return found


def _reaches_over(cells: Sequence[TableCell], row: int) -> bool:
    """Whether a cell of a row above reaches down to a row."""
    return any(cell.row < row < cell.row + cell.row_span for cell in cells)


def _refuse_too_large(rows: int, columns: int) -> None:
    if rows * columns > MAX_POSITIONS:
        raise InputError(
            "a table of {rows} rows and {columns} columns is too large to be read: split it.",
            rows=rows,
            columns=columns,
        )


def _written(builder: TextBuilder, slot: Slot) -> TableCell:
    start = builder.length
    slot.write()
    text = builder.text_from(start)
    indent = slot.indent + blank_width(text)
    return TableCell(
        slot.row,
        slot.column,
        slot.row_span,
        slot.column_span,
        slot.header,
        start,
        builder.length,
        text,
        indent,
    )


def blank_width(text: str) -> int:
    """How far the blanks that a text begins with set it in, in half-width characters."""
    return sum(_BLANK_WIDTHS.get(sign, 1) for sign in text[: len(text) - len(text.lstrip())])


def with_headers(cells: Sequence[TableCell]) -> tuple[TableCell, ...]:
    """The cells with header rows marked: those that the source marks, or else those that its rows tell; and
    the rows below that go on with either.

    Where the source marks none, headers are the rows above the first one that holds a value (a number that is
    no date) or that names a group: at most three, not counting rows of a single text above them (a caption, a
    unit), and a row that numbers the columns. Where values come later, the first row alone is a header.
    """
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    order = sorted(rows)
    marked = _marked_depth(rows, order)
    titled = all(len(_filled(rows[row])) < 2 for row in order[:marked])
    depth = max(marked, _told_depth(rows, order)) if titled else marked
    while 0 < depth < len(order) and _goes_on(rows, order, depth):
        depth += 1
    heads = set(order[:depth])
    return tuple(replace(cell, header=cell.header or cell.row in heads) for cell in cells)


_Rows = dict[int, list[TableCell]]


def _marked_depth(rows: _Rows, order: Sequence[int]) -> int:
    """How many rows from the top on the source marks as headers."""
    marked = (at for at, row in enumerate(order) if not all(cell.header for cell in rows[row]))
    return next(marked, len(order))


def _told_depth(rows: _Rows, order: Sequence[int]) -> int:
    """How many rows from the top on are headers, told by what they hold."""
    if len(order) < 2:
        return 0
    width = max((cell.column + cell.column_span for row in rows.values() for cell in row), default=0)
    lead = next((at for at, row in enumerate(order) if len(_filled(rows[row])) > 1), 0)
    bodies = (at for at in range(lead, len(order)) if _is_body(rows[order[at]], width, first=at == lead))
    depth = next(bodies, lead + 1)
    return lead + 1 if depth > lead + MAX_HEADER_ROWS else depth


def _filled(cells: Sequence[TableCell]) -> list[TableCell]:
    return [cell for cell in cells if cell.text.strip()]


def _is_body(cells: Sequence[TableCell], width: int, *, first: bool) -> bool:
    """Whether a row is one of the body: it has a value and does not number the columns, names a group, or has
    a name beside blank cells."""
    filled = _filled(cells)
    names_group = not first and any(cell.column_span == width > 1 for cell in cells)
    is_named = not first and len(filled) == 1 < len(cells) and filled[0].column == 0
    if numbers_columns([cell.text for cell in cells]):
        return False
    named = not first and cells[0].column == 0 and bool(cells[0].text.strip())
    has_value = any(is_value(cell.text) or (named and _is_meant(cell.text)) for cell in cells[named:])
    return names_group or is_named or has_value or is_value(cells[0].text)


def _goes_on(rows: _Rows, order: Sequence[int], depth: int) -> bool:
    """Whether the row after the headers is one more: it has texts only, below a header that reaches over it or
    over several of its cells, or it numbers the columns."""
    cells = rows[order[depth]]
    if numbers_columns([cell.text for cell in cells]):
        return True
    above = rows[order[depth - 1]]
    filled = _filled(cells)
    if not filled or any(is_value(cell.text) for cell in filled):
        return False
    if any(cell.row + cell.row_span > order[depth] for row in order[:depth] for cell in rows[row]):
        return True
    first, over = cells[0].text.strip(), above[0].text.strip()
    return len(filled) > 1 and first in ("", over) and _spreads(above)


def _spreads(cells: Sequence[TableCell]) -> bool:
    """Whether a cell of a row stands over several columns: by its span, by blanks after it, or by being repeated."""
    texts = [cell.text.strip() for cell in cells]
    return any(cell.column_span > 1 for cell in cells) or any(
        before and after in ("", before) for before, after in pairwise(texts[1:])
    )


def is_value(text: str) -> bool:
    """Whether the text of a cell is a number, with a unit or a verb perhaps (`下降15%`), and no date or numbered name."""
    bare = _verb().sub("", text.strip())
    return bool(_VALUE.fullmatch(bare)) and not _TIME.fullmatch(bare) and not _NUMBERED.match(bare)


def _is_meant(text: str) -> bool:
    """Whether a cell stands where a number is meant: it is one, a dash, or digits and signs that spell none."""
    return is_number(text) or bool(_DASHES.fullmatch(text.strip()) or _DIGITS.fullmatch(text.strip()))


def is_number(text: str) -> bool:
    """Whether the text of a cell is a number, one that might be a year (`1950`) included."""
    return is_value(text) or bool(_YEAR_LIKE.fullmatch(text.strip()))


@cache
def _verb() -> re.Pattern[str]:
    """What may stand before the number of a cell: a verb and a word of comparison."""
    verbs = "|".join((words("up"), words("down"), words("reach")))
    bounds = "|".join(map(re.escape, bound_words("before")))
    return pattern(rf"^<yearly>?(?:{verbs})?[了到至为]?(?:{bounds})?(?=[\d０-９])")


def place_on_grid(rows: Sequence[Sequence[tuple[int, int]]]) -> list[list[tuple[int, int, int]]]:
    """Cells given row by row as (row span, column span), as html lays tables out: (column, row span, column span).

    Cells that together reach over the whole of a next row that has cells of its own end before it. Raises
    `InputError` for a grid of more than `MAX_POSITIONS`, before it is laid out.
    """
    width = max((sum(columns for _, columns in row) for row in rows), default=0)
    _refuse_too_large(len(rows), width)
    ended = 0
    reach: dict[int, int] = {}
    placed: list[list[tuple[int, int, int]]] = []
    for at, row in enumerate(rows):
        if row and all(column in reach and reach[column] > at for column in range(width)):
            for above in range(ended, at):  # those before have ended at an earlier row
                placed[above] = [(c, min(down, at - above), across) for c, down, across in placed[above]]
            reach, ended = {}, at
        here: list[tuple[int, int, int]] = []
        column = 0
        for down, across in row:
            while column in reach and reach[column] > at:
                column += 1
            here.append((column, down, across))
            reach.update(dict.fromkeys(range(column, column + across), at + down))
            column += across
        _refuse_too_large(at + 1, column)
        placed.append(here)
    return placed
