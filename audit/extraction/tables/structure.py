"""The structure of a table: its heads, the columns that name its rows, blocks that stand side by side, and its rows.

What every format gives is cells on a grid. Here a table broken in two is made whole, heads that are stacked or say a
word once for several columns are brought together over each column, and every row gets its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.documents.grid import is_number, is_value
from audit.extraction.tables.heads import Column, Role, is_unit, says, value_column
from audit.extraction.text.layout import LaidCell, LaidTable, Layout, LayoutBlock
from audit.lexicon import pattern

_UNIT_LINE = pattern(r"[(]?(?:<of measure>)?<unit>:\s*(?P<unit>[^\s,;)]{1,12})")
_GOES_ON = pattern(r"[(]?<goes on>?表?续?\d*[)]?|(?:<of measure>)?<unit>:.{1,12}")
_PROSE = re.compile(r"[。;,，；]")
_NOTE = pattern(r"<opens a note>|注\d")
_CODE = re.compile(r"(\d{3,11})(?=[^\d.,%]|$)")
_DASHES = frozenset("-—–―－/…")
_NEAR = 3
_LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not blank: its text without blanks around it, its stretch of the cleaned text, how far it is set
    in, and how many columns it covers."""

    text: str
    start: int
    end: int
    indent: int
    span: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a panel: its labels from left to right, those of merged cells above included.

    `label` is the cell of the last one; `place` is the label of a column of places; `group` is what the group of rows
    is called that it is in.
    """

    index: int
    block: LayoutBlock
    names: tuple[str, ...]
    label: Cell | None
    code: str
    unit: str | None
    group: str
    place: str = ""

    @property
    def name(self) -> str:
        """The last of its labels."""
        return self.names[-1] if self.names else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A block of a table whose rows have labels of their own: a whole table, or one of those side by side."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def values(self) -> tuple[Column, ...]:
        """The columns of numbers."""
        return tuple(column for column in self.columns if column.role == "value")

    def having(self, role: Role) -> Column | None:
        """The first column of that role."""
        return next((column for column in self.columns if column.role == role), None)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a text. `cells` are those of its body by row and column; `notes` are rows of text across it."""

    number: int
    caption: str
    unit: str | None
    panels: tuple[Panel, ...]
    cells: dict[tuple[int, int], Cell]
    notes: tuple[Cell, ...] = ()


def find_grids(layout: Layout) -> tuple[Grid, ...]:
    """The structure of every table of a text, in order."""
    grids: list[Grid] = []
    heads: list[list[str]] = []
    end = -_NEAR - 1
    for number, pieces in enumerate(_whole_tables(layout)):
        first = pieces[0]
        body = _Body(layout.plain.clean, pieces)
        if not body.heads and first.before - end <= _NEAR and heads and len(heads[0]) == body.columns:
            body.heads = heads
        heads, end = body.heads, pieces[-1].before + len(pieces[-1].rows)
        caption, unit = _caption(layout, first, body.titles)
        grids.append(_grid(number, caption, unit, body))
    return tuple(grids)


def _whole_tables(layout: Layout) -> Iterator[list[LaidTable]]:
    """The tables; those that a page break divides are together."""
    pieces: list[LaidTable] = []
    for table in layout.tables:
        if not table.rows:
            continue
        if pieces and not _continues(layout, pieces[-1], table):
            yield pieces
            pieces = []
        pieces.append(table)
    if pieces:
        yield pieces


def _continues(layout: Layout, table: LaidTable, following: LaidTable) -> bool:
    """Whether a table is the rest of the one before: as many columns, no text between but `续表`, and the same head
    again."""
    end = table.before + len(table.rows)
    if table.columns != following.columns or following.before - end > _NEAR:
        return False
    clean = layout.plain.clean
    between = [clean[b.start : b.end].strip() for b in layout.blocks[end : following.before]]
    if not all(_GOES_ON.fullmatch(text) for text in between):
        return False
    heads, again = (_head_texts(clean, one) for one in (table, following))
    return heads == again if again else bool(between)


def _head_texts(clean: str, table: LaidTable) -> list[str]:
    return [clean[cell.start : cell.end].strip() for cell in table.cells if cell.header]


def _caption(layout: Layout, table: LaidTable, titles: Sequence[str]) -> tuple[str, str | None]:
    """Title and unit, from the lines right above a table and the rows of one text at its top."""
    clean = layout.plain.clean
    above: list[str] = []
    for block in layout.blocks[max(0, table.before - _NEAR) : table.before]:
        above = [] if block.kind == "row" else [*above, clean[block.start : block.end]]
    title, unit = "", None
    for text in (*above, *titles):
        match = _UNIT_LINE.search(text)
        if match:
            unit = match["unit"]
        if not match or match.start() > 0:
            title = (
                pattern("[(]?(?:<of measure>)?<unit>:").split(text)[0].strip("#* ")
                if len(text) <= _LONGEST_CAPTION
                else ""
            )
    return title, unit


class _Body:
    """The cells of a table, with heads, titles and body told apart.

    `heads` has a list of texts for every head row, one text a column; `titles` are the texts of rows that hold
    nothing else, above the heads.
    """

    def __init__(self, clean: str, pieces: Sequence[LaidTable]) -> None:
        self.columns = max(table.columns for table in pieces)
        self.heads: list[list[str]] = []
        self.titles: list[str] = []
        self.cells: dict[tuple[int, int], Cell] = {}
        self.spread: dict[tuple[int, int], Cell] = {}
        self.blocks: dict[int, LayoutBlock] = {}
        offset = 0
        for piece, table in enumerate(pieces):
            self._take(clean, table, offset, first=piece == 0)
            offset += 1 + max(cell.row + cell.row_span for cell in table.cells)
        self.rows = sorted({row for row, _ in self.cells})

    def _take(self, clean: str, table: LaidTable, offset: int, *, first: bool) -> None:
        by_row: dict[int, list[tuple[LaidCell, Cell]]] = {}
        for laid in table.cells:
            text = clean[laid.start : laid.end].strip()
            cell = Cell(text, laid.start, laid.end, laid.indent, laid.column_span)
            by_row.setdefault(laid.row, []).append((laid, cell))
        head_rows = [row for row, cells in by_row.items() if all(laid.header for laid, _ in cells)]
        if first:
            self._take_heads({row: by_row[row] for row in head_rows})
        repeated = {tuple(cell.text for _, cell in by_row[row]) for row in head_rows}
        for row, cells in by_row.items():
            if row in head_rows or (len(cells) > 1 and tuple(cell.text for _, cell in cells) in repeated):
                continue
            self.blocks[row + offset] = table.rows[row]
            for laid, cell in cells:
                self.cells[row + offset, laid.column] = cell
                for down in range(laid.row_span):
                    self.spread[row + offset + down, laid.column] = cell

    def _take_heads(self, rows: dict[int, list[tuple[LaidCell, Cell]]]) -> None:
        depth = 1 + max((row for row in rows), default=-1)
        texts = [[""] * self.columns for _ in range(depth)]
        for row in sorted(rows):
            cells = rows[row]
            if len(cells) == 1 and self.columns > 1 and (len(rows) > 1 or cells[0][0].column_span > 1):
                self.titles.append(cells[0][1].text)
                continue
            for laid, cell in cells:
                for down in range(row, min(depth, row + laid.row_span)):
                    for column in range(laid.column, min(self.columns, laid.column + laid.column_span)):
                        texts[down][column] = cell.text
        self.heads = [row for row in texts if any(row) and not _numbers(row)]

    def heads_of(self, column: int) -> tuple[str, ...]:
        """The heads over a column from top to bottom, each once; a blank takes what stands to its left, if something
        stands below it."""
        found: list[str] = []
        for depth, row in enumerate(self.heads):
            text = row[column]
            below = any(lower[column] for lower in self.heads[depth + 1 :])
            if not text and below:
                text = next((row[at] for at in range(column - 1, 0, -1) if row[at]), "")
            if text and text not in found:
                found.append(text)
        return tuple(found)

    def texts_of(self, column: int) -> list[str]:
        return [self.cells[row, column].text for row in self.rows if (row, column) in self.cells]


def _numbers(texts: Sequence[str]) -> bool:
    """Whether a head row only counts the columns."""
    found = [re.match(r"[(]?(\d{1,2})(?:[)]?$|[=(])", text) for text in texts if text not in ("", "甲", "乙")]
    return len(found) > 1 and all(found) and [int(m[1]) for m in found if m] == list(range(1, len(found) + 1))


def is_blank(text: str) -> bool:
    """Whether the text of a cell says that there is no number: a dash."""
    return _DASHES.issuperset(text)


def _grid(number: int, caption: str, unit: str | None, body: _Body) -> Grid:
    across = {
        row
        for row in body.rows
        if body.columns > 1 and sum((row, c) in body.cells for c in range(body.columns)) == 1
        and (row, 0) in body.cells and body.cells[row, 0].span >= body.columns
    }  # fmt: skip
    notes = tuple(body.cells[row, 0] for row in sorted(across) if _is_note(body.cells[row, 0].text))
    columns = _columns(body, [row for row in body.rows if row not in across])
    panels = tuple(Panel(tuple(part), tuple(_rows(body, part, across))) for part in _side_by_side(columns))
    return Grid(number, caption, unit, panels, body.cells, notes)


def _is_note(text: str) -> bool:
    return bool(_NOTE.match(text)) or len(text) > _LONGEST_CAPTION or "。" in text


def _columns(body: _Body, rows: Sequence[int]) -> list[Column]:
    """Every column with its role: by its head, or by what most of its cells hold."""
    columns = []
    for index in range(body.columns):
        heads = body.heads_of(index)
        texts = [body.cells[row, index].text for row in rows if (row, index) in body.cells]
        columns.append(_column(index, heads, texts))
    return _with_serials(columns, body, rows)


def _column(index: int, heads: tuple[str, ...], texts: Sequence[str]) -> Column:
    head = "".join(heads)
    roles: tuple[Role, ...] = ("serial", "code", "unit", "lead", "support")
    told = next((role for role in roles if says(head, role)), None)
    if told == "unit" and texts and not any(is_unit(text) for text in texts):
        told = None
    if told:
        return Column(index, heads, told)
    counts = is_number if index and not says(head, "time") else is_value
    numbers = sum(counts(text) or is_blank(text) for text in texts)
    if texts and numbers * 2 >= len(texts):
        return value_column(index, heads)
    if texts and says(head, "note"):
        return Column(index, heads, "note")
    if not texts:
        return value_column(index, heads) if heads and index else Column(index, heads, "note")
    telling = sum(is_prose(text) for text in texts)
    return Column(index, heads, "text" if index and telling * 3 >= len(texts) else "label")


def is_prose(text: str) -> bool:
    """Whether a cell is a piece of running text with figures in it, and no name or number."""
    return (
        bool(re.search(r"\d", text))
        and (bool(_PROSE.search(text)) or len(text) >= 12)
        and not is_number(text)
    )


def _with_serials(columns: list[Column], body: _Body, rows: Sequence[int]) -> list[Column]:
    """The columns; a first one without a head that only counts the rows before a name is a serial number."""
    if len(columns) < 2 or columns[0].role != "value" or columns[1].role not in ("label", "code"):
        return columns
    texts = body.texts_of(0)
    counts = all(re.fullmatch(r"\d{1,3}", text) for text in texts)
    if counts and not columns[0].heads:
        columns[0] = replace(columns[0], role="serial")
    elif texts and all(_CODE.fullmatch(text) for text in texts):
        columns[0] = replace(columns[0], role="code")
    return columns


def _side_by_side(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of every panel: a column that names rows begins the next one where numbers are to its left and to
    its right; a serial number or code right before it goes with it."""
    last_value = max((column.index for column in columns if column.role == "value"), default=-1)
    panels: list[list[Column]] = [[]]
    for column in columns:
        opens = column.role == "label" and any(one.role == "value" for one in panels[-1])
        if opens and column.index < last_value:
            carried: list[Column] = []
            while panels[-1] and panels[-1][-1].role in ("serial", "code"):
                carried.insert(0, panels[-1].pop())
            panels.append(carried)
        panels[-1].append(replace(column, role="note") if opens and column.index > last_value else column)
    return panels


def _rows(body: _Body, columns: Sequence[Column], across: set[int]) -> Iterator[Row]:
    """The rows of a panel that are not blank in it, with their names."""
    labels = [column.index for column in columns if column.role == "label"]
    places = {column.index for column in columns if column.role == "label" and says(column.head, "place")}
    own = [column.index for column in columns]
    unit_at = next((column.index for column in columns if column.role == "unit"), None)
    code_at = next((column.index for column in columns if column.role == "code"), None)
    group = ""
    above: dict[int, str] = {}
    for row in body.rows:
        if row in across:
            text = body.cells[row, 0].text
            group = group if _is_note(text) else text
            above = {}
            continue
        here = [body.spread.get((row, index)) for index in labels]
        if not any((row, index) in body.cells for index in own) and not any(here):
            continue
        names = []
        place = ""
        for at, (index, cell) in enumerate(zip(labels, here, strict=True)):
            last = at == len(labels) - 1
            if cell is not None:
                above = {before: text for before, text in above.items() if before < index}
                above[index] = cell.text
            name = cell.text if cell else "" if last else above.get(index, "")
            if name:
                names.append(name)
            if name and index in places and not says(name, "total"):
                place = name
        label = next((cell for cell in reversed(here) if cell is not None), None)
        code = body.spread.get((row, code_at)) if code_at is not None else None
        unit = body.spread.get((row, unit_at)) if unit_at is not None else None
        told = _CODE.match(label.text) if label and not code else None
        yield Row(
            row, body.blocks[row], tuple(names), label, code.text if code else told[1] if told else "",
            unit.text if unit else None, group, place,
        )  # fmt: skip
