"""A rectangle of cells made a table: which rows are its head, which are titles above and notes below it.

What is recognised rather than declared is told in the notes of the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from itertools import islice

from audit.model.errors import InputError, InputErrors
from audit.model.frozen import frozen
from audit.model.phrase import Phrase
from audit.model.text_frame import TextFrame
from audit.numbers.cells import is_written
from audit.numbers.column_numbers import numbers_columns
from audit.numbers.period_cells import may_be_period
from audit.tables.formats.asked import Asked
from audit.tables.reading import TableFile

Row = tuple[str | None, ...]
_SEARCHED = 25
"""Rows in which the head is looked for."""
_MOST_HEADS = 8
_SHOWN = 5
FAULTS = 20
LEAST_COUNTED = 3
_MARK = re.compile(r"\(?[0-9a-z]{1,2}[).]|[*†‡§¹²³]{1,3}")
"""The mark of a note."""
_BETWEEN = "/"
"""What stands between the names of stacked heads."""


@frozen(slots=False)
class Grid:
    """The cells of a sheet or text file, blank ones None, with the 1-based line of each row.

    `merged` are the blocks of cells that show one value: first row, first column, last row, last column, from 0, rows
    counted as in the file. `sheet` is blank for a file that holds one table; `lettered` says that cells have addresses.
    """

    name: str
    path: str
    rows: Sequence[Row]
    lines: Sequence[int]
    sha256: str
    sheet: str = ""
    lettered: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    notes: tuple[Phrase, ...] = field(default=())

    @property
    def place(self) -> str:
        """The file and sheet, for messages."""
        return f"{self.path}!{self.sheet}" if self.sheet else self.path


def is_table(grid: Grid) -> bool:
    """Whether two rows of at least two cells stand in it; a sheet of text is none."""
    return sum(sum(cell is not None for cell in row) > 1 for row in grid.rows) > 1


@frozen
class Framing:
    """What of a grid is its table: where each column stands, the rows of the body with their lines, and what is told."""

    columns: Mapping[str, int]
    body: Sequence[tuple[Row, int]]
    notes: tuple[Phrase, ...]


def framing(grid: Grid, asked: Asked) -> Framing:
    """What of a grid is its table; `InputError` where no head can be told or a column has two names alike."""
    filled = _unmerged(grid)
    top, rows = _head(filled, asked)
    names = _names(filled, top)
    _require_within(filled, top[-1], names)
    body, ends = _body(filled, top[-1] + 1, names)
    published = len(top) > 1 or top[0] > 0  # a plain table may begin with the row 1, 2, 3
    counted = body[0][1] if published and len(body) > 1 and _counts(body[0][0]) else None
    body = body[counted is not None :]
    again = {line for row, line in body if _repeats(row, filled.rows[top[-1]])}
    body = [(row, line) for row, line in body if line not in again]
    columns = [at for at, name in enumerate(names) if name is not None]
    _require_apart(grid, [names[at] or "" for at in columns], filled.lines[top[-1]])
    notes = (*grid.notes, *_told(filled, top, rows, ends, counted), *_said_again(grid, sorted(again)))
    return Framing({names[at] or "": at for at in columns}, body, notes)


def framed(grid: Grid, asked: Asked) -> TableFile:
    """The table of a grid; `InputError` as for `framing`."""
    found = framing(grid, asked)
    frame = TextFrame({name: [row[at] for row, _ in found.body] for name, at in found.columns.items()})
    letters = {name: letter(at) for name, at in found.columns.items()} if grid.lettered else {}
    return TableFile(
        path=grid.path, frame=frame, lines=tuple(line for _, line in found.body), sha256=grid.sha256, name=grid.name,
        sheet=grid.sheet, letters=letters, notes=found.notes, key=asked.key,
    )  # fmt: skip


def head_of(grid: Grid, asked: Asked) -> Row:
    """The row of the columns' names, the last where they are stacked; `InputError` as for `framing`."""
    filled = _unmerged(grid)
    return filled.rows[_head(filled, asked)[0][-1]]


def letter(column: int) -> str:
    """The letters of a spreadsheet's column, from 0: A … Z, AA …"""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _unmerged(grid: Grid) -> Grid:
    """The grid with what a merged block shows in each of its cells."""
    if not grid.merged:
        return grid
    rows = [list(row) for row in grid.rows]
    at = {line: number for number, line in enumerate(grid.lines)}
    for top, left, bottom, right in grid.merged:
        numbers = [at[line] for line in range(top + 1, bottom + 2) if line in at]
        if not numbers or left >= len(rows[numbers[0]]):
            continue
        shown = rows[numbers[0]][left]
        for number in numbers:
            for column in range(left, min(right + 1, len(rows[number]))):
                rows[number][column] = shown
    return replace(grid, rows=[tuple(row) for row in rows])


def _stated(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _width(rows: Sequence[Row]) -> int:
    """How many cells most of the rows of a table have: the median of those with more than one."""
    counts = sorted(n for row in rows if (n := _stated(row)) > 1)
    return counts[len(counts) // 2] if counts else 1


def _head(grid: Grid, asked: Asked) -> tuple[list[int], bool]:
    """The rows of the head, and whether they were looked for."""
    if asked.head:
        at = {line: number for number, line in enumerate(grid.lines)}
        missing = [line for line in asked.head if line not in at]
        if missing:
            raise InputError("{at}: head names row {row} of {path}, which is blank or not there.",
                             at=asked.at, row=missing[0], path=grid.place)  # fmt: skip
        return [at[line] for line in asked.head], False
    width = _width(grid.rows[: 10 * _SEARCHED])
    first = next(
        (
            n
            for n, row in enumerate(islice(grid.rows, _SEARCHED))
            if _may_be_head(row, width, grid.rows[n + 1 : n + 2], grid.lettered)
        ),
        0,
    )
    top = [first]
    while top[0] and _is_below(grid, top[0]):
        top.insert(0, top[0] - 1)
    while len(top) < _MOST_HEADS and top[-1] + 2 < len(grid.rows) and _goes_on(grid, top):
        top.append(top[-1] + 1)
    return top, True


def _may_be_head(row: Row, width: int, below: Sequence[Row], lettered: bool) -> bool:
    """Whether a row is wide enough for the head of a table, and holds names (or years), no figures."""
    cells = [cell for cell in row if cell is not None]
    if len(cells) < max(1 if width < 2 else 2, (3 * width + 4) // 5):
        return False
    if lettered and len({*cells}) == 1 < len(cells):  # a title merged across the table
        return False
    names = sum(not is_written(cell) or _is_year(cell) for cell in cells)
    return 2 * names >= len(cells) or not below


def _is_year(cell: str) -> bool:
    return len(cell) == 4 and cell.isdecimal() and "1800" <= cell <= "2200"


def _goes_on(grid: Grid, top: Sequence[int]) -> bool:
    """Whether the row below the last of the head belongs to it: this one has a block across columns, that one names."""
    row = top[-1]
    lines = grid.lines[row], grid.lines[row + 1]
    across = any(
        top + 1 <= lines[0] <= bottom + 1 and right > left for top, left, bottom, right in grid.merged
    )
    down = any(top + 1 <= lines[0] and lines[1] <= bottom + 1 for top, _, bottom, _ in grid.merged)
    if not (
        across
        or down
        or (_leaves_room(grid.rows[row], grid.rows[row + 1], len(top) == 1) and _over_figures(grid, row + 1))
    ):
        return False
    below = [cell for cell in grid.rows[row + 1] if cell is not None]
    return bool(below) and all(not is_written(cell) or _is_year(cell) for cell in below)


def _is_below(grid: Grid, row: int) -> bool:
    """Whether a row names several columns alike, and the row above it, of a few names or years, tells them apart."""
    names = [cell for cell in grid.rows[row] if cell is not None]
    over = {at: cell for at, cell in enumerate(grid.rows[row - 1]) if cell is not None}
    return (
        len({*names}) < len(names)
        and len({*over.values()}) > 1  # one title over all tells nothing apart
        and all(at < len(grid.rows[row]) for at in over)
        and all(not is_written(cell) or _is_year(cell) for cell in over.values())
    )


def _leaves_room(row: Row, below: Row, first: bool) -> bool:
    """Whether a row leaves cells blank where the row below names something: a head whose blocks were never merged, as in a
    text file. What the `first` one leaves blank before its names is the corner."""
    corner = next(at for at, cell in enumerate(row) if cell is not None) if first else -1
    return any(
        cell is not None and at > corner and (at >= len(row) or row[at] is None)
        for at, cell in enumerate(below)
    )


def _over_figures(grid: Grid, row: int) -> bool:
    """Whether figures stand below most of what a row names, so that it is no row of texts among others."""
    columns = [at for at, cell in enumerate(grid.rows[row]) if cell is not None]
    below = [[one[at] for at in columns if at < len(one)] for one in grid.rows[row + 1 : row + 1 + _SEARCHED]]
    cells = [cell for one in below for cell in one if cell is not None]
    return 2 * sum(is_written(cell) for cell in cells) > len(cells)


def _counts(row: Row) -> bool:
    """Whether a row below the head counts the columns: 1, 2, 3 …"""
    cells = [
        *dict.fromkeys(cell for cell in row if cell is not None)
    ]  # one number may stand over several columns
    return len(cells) >= LEAST_COUNTED and numbers_columns(cells)


def _repeats(row: Row, head: Row) -> bool:
    """Whether a row of the body says the head again, as at the top of a page; some other titles may stand in it."""
    if row[1:2] != head[1:2] and row[-1] != head[-1]:
        return False
    stated = [(cell, name) for cell, name in zip(row[1:], head[1:], strict=False) if cell is not None]
    same = sum(cell == name for cell, name in stated)
    figures = any(is_written(cell) and cell != name for cell, name in stated)
    return same >= LEAST_COUNTED and 4 * same >= 3 * len(stated) and not figures


def _said_again(grid: Grid, lines: Sequence[int]) -> list[Phrase]:
    if not lines:
        return []
    shown = ", ".join(map(str, lines[:_SHOWN])) + ("…" if len(lines) > _SHOWN else "")
    return [
        Phrase(
            f"{grid.place}：第 {shown} 行重复表头，未作数据",
            f"{grid.place}: rows that say the head again are no data ({shown})",
        )
    ]


def _names(grid: Grid, top: Sequence[int]) -> list[str | None]:
    """The names of the columns, stacked ones joined; a column without a name goes by its letter, None for a blank one."""
    width = max(map(len, grid.rows))
    heads = _spread(grid, top, width)
    names: list[str | None] = []
    for column in range(width):
        parts = [_name(head[column]) for head in heads]
        name = _BETWEEN.join(dict.fromkeys(part for part in parts if part))
        own = parts[-1] if len(top) > 1 else name  # a block may go over a column that holds nothing
        used = own or any(column < len(row) and row[column] is not None for row in grid.rows[top[-1] + 1 :])
        names.append((name or f"column_{letter(column)}") if used else None)
    return _told_apart(names, heads[-1]) if len(top) > 1 else names


def _spread(grid: Grid, top: Sequence[int], width: int) -> list[Row]:
    """The rows of a head, each as wide as the table; in one over others whose blocks were not merged a name goes on up to
    the next one, as far as the one above it does."""
    heads: list[Row] = []
    for row in top:
        cells = [*grid.rows[row], *(None,) * (width - len(grid.rows[row]))]
        merged = any(first < grid.lines[row] <= last + 1 for first, _, last, _ in grid.merged)
        if row != top[-1] and not merged:
            above = heads[-1] if heads else cells
            for column in range(1, width):
                if cells[column] is None and (not heads or above[column] == above[column - 1]):
                    cells[column] = cells[column - 1]
        heads.append(tuple(cells))
    return heads


def _told_apart(names: Sequence[str | None], last: Row) -> list[str | None]:
    """Columns below one block of a stacked head that have no name of their own, numbered."""
    seen: Counter[str] = Counter()
    found: list[str | None] = []
    for name, own, before in zip(names, last, (None, *last), strict=False):
        seen.update([name] if name else [])
        found.append(f"{name} {seen[name]}" if name and seen[name] > 1 and own == before else name)
    return found


def _name(cell: str | None) -> str:
    return "".join(part.strip() for part in cell.splitlines()) if cell else ""


def _body(
    grid: Grid, start: int, names: Sequence[str | None]
) -> tuple[list[tuple[Row, int]], list[tuple[str, int]]]:
    """The rows below the head, each as wide as the head, and the notes that stand alone below them, with their lines."""
    width = len(names)
    rows = [
        ((*row, *(None,) * (width - len(row))), line)
        for row, line in zip(grid.rows[start:], grid.lines[start:], strict=True)
        if any(cell is not None for cell in row)
    ]
    ends: list[tuple[str, int]] = []
    while len(rows) > 1 and sum(name is not None for name in names) > 2 and _is_note(rows[-1][0]):
        row, line = rows.pop()
        ends.append((next(cell for cell in row if cell), line))
    return rows, ends[::-1]


def _is_note(row: Row) -> bool:
    """Whether all that stands in a row is one text, at its beginning or across it, perhaps behind a mark: `1)`, `*`."""
    cells = [cell for cell in row if cell is not None]
    if len(cells) == 2 and row[0] is not None and _MARK.fullmatch(row[0]):
        return not is_written(cells[1])
    text = row[0] is not None and not is_written(row[0]) and not may_be_period(row[0])
    return text and (len(cells) == 1 or len({*cells}) == 1)


def _require_within(grid: Grid, top: int, names: Sequence[str | None]) -> None:
    """Raise `InputErrors` for rows that go on where the head has ended."""
    width = max((at for at, cell in enumerate(grid.rows[top]) if cell is not None), default=-1) + 1
    if len(names) == width or grid.lettered:
        return
    faults = [
        InputError("{path}:{line}: has {found} cells, the header has {expected}; check the commas and quotes.",
                   path=grid.place, line=line, found=len(row), expected=width)
        for row, line in zip(grid.rows[top + 1 :], grid.lines[top + 1 :], strict=True)
        if any(cell is not None for cell in row[width:])
    ]  # fmt: skip
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults[:FAULTS])


def _require_apart(grid: Grid, names: Sequence[str], line: int) -> None:
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise InputError("{path}:{line}: the column “{name}” stands twice; rename one, or say in audit.toml which rows "
                         "are the head (head = [3, 4]).", path=grid.place, line=line, name=twice[0])  # fmt: skip


def _told(
    grid: Grid, top: Sequence[int], looked_for: bool, ends: Sequence[tuple[str, int]], counted: int | None
) -> list[Phrase]:
    """What was recognised: titles above the head, a stacked head, a row that counts the columns, notes below."""
    place, notes = grid.place, []
    above = [" ".join(dict.fromkeys(cell for cell in row if cell)) for row in grid.rows[: top[0]]]
    if looked_for and above:
        told = "；".join(text[:60] for text in above[:_SHOWN])
        line = grid.lines[top[0]]
        notes.append(Phrase(f"{place}：第 {line} 行为表头，其上各行作为标题（{told}）",
                            f"{place}: row {line} is the head; the rows above it are titles ({told})"))  # fmt: skip
    if looked_for and len(top) > 1:
        lines = "–".join(str(grid.lines[row]) for row in (top[0], top[-1]))
        notes.append(Phrase(f"{place}：第 {lines} 行合为一个表头，各层名称以“{_BETWEEN}”相连",
                            f"{place}: rows {lines} are one stacked head, its names joined by “{_BETWEEN}”"))  # fmt: skip
    if counted is not None:
        notes.append(
            Phrase(
                f"{place}：第 {counted} 行为栏次，未作数据",
                f"{place}: row {counted} counts the columns, no data",
            )
        )
    width = len(grid.rows[top[-1]])
    short = [
        line
        for row, line in zip(grid.rows[top[-1] + 1 :], grid.lines[top[-1] + 1 :], strict=True)
        if len(row) < width
    ]
    short = [line for line in short if line not in {line for _, line in ends}]
    if short:
        shown = ", ".join(map(str, short[:_SHOWN])) + ("…" if len(short) > _SHOWN else "")
        notes.append(Phrase(f"{place}：{len(short)} 行的单元格比表头少，缺少的按空白读取（第 {shown} 行）",
                            f"{place}: {len(short)} rows have fewer cells than the head; what is not there was read as "
                            f"blank (lines {shown})"))  # fmt: skip
    if ends:
        told = "；".join(f"{line}: {text[:60]}" for text, line in ends[:_SHOWN])
        notes.append(Phrase(f"{place}：表末 {len(ends)} 行为附注，未作数据（{told}）",
                            f"{place}: the last {len(ends)} rows are notes, no data ({told})"))  # fmt: skip
    return notes
