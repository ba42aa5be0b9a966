"""The structure of a table: its heads, the columns that name its rows, blocks that stand side by side, and its rows.

What every format gives is cells on a grid. Here a table broken in two is made whole, heads that are stacked or say a
word once for several columns are brought together over each column, and every row gets its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.documents.grid import is_number, is_value
from audit.extraction.tables.body import Body
from audit.extraction.tables.heads import Column, Role, is_unit, says, value_column
from audit.extraction.tables.panels import Grid, Panel, Row
from audit.extraction.text.layout import LaidTable, Layout
from audit.lexicon import pattern

_UNIT_LINE = pattern(r"[(]?(?:<of measure>)?<unit>:\s*(?P<unit>[^\s,;)]{1,12})")
_GOES_ON = pattern(r"[(]?<goes on>?表?续?\d*[)]?|(?:<of measure>)?<unit>:.{1,12}")
_PROSE = re.compile(r"[。;,，；]")
_NOTE = pattern(r"<opens a note>|注\d")
_CODE = re.compile(r"(\d{3,11})(?=[^\d.,%]|$)")
_NUMBERING = re.compile(r"^[(（]?\d{1,2}(?:[、．)）]|\.(?!\d))")
_DASHES = frozenset("-—–―－/…")
_NEAR = 3
_LONGEST_CAPTION = 60


def find_grids(layout: Layout) -> tuple[Grid, ...]:
    """The structure of every table of a text, in order."""
    grids: list[Grid] = []
    heads: list[list[str]] = []
    end = -_NEAR - 1
    for number, pieces in enumerate(_whole_tables(layout)):
        first = pieces[0]
        body = Body(layout.plain.clean, pieces)
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
            unit = _only_unit(match["unit"])
        if not match or match.start() > 0:
            title = (
                pattern("[(]?(?:<of measure>)?<unit>:").split(text)[0].strip("#* ")
                if len(text) <= _LONGEST_CAPTION
                else ""
            )
    return title, unit


def _only_unit(named: str) -> str | None:
    """The unit that a caption names for all numbers but rates; None of several, which leaves open whose each is."""
    units = [one for one in named.split("、") if one not in ("%", "％")] or ["%"]
    return units[0] if len(units) == 1 else None


def is_blank(text: str) -> bool:
    """Whether the text of a cell says that there is no number: a dash."""
    return _DASHES.issuperset(text)


def _grid(number: int, caption: str, unit: str | None, body: Body) -> Grid:
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


def _columns(body: Body, rows: Sequence[int]) -> list[Column]:
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
    """Whether a cell is a piece of running text with figures in it, and no name, numbered or not, or number."""
    return (
        bool(re.search(r"\d", _NUMBERING.sub("", text)))
        and (bool(_PROSE.search(text)) or len(text) >= 12)
        and not is_number(text)
    )


def _with_serials(columns: list[Column], body: Body, rows: Sequence[int]) -> list[Column]:
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


def _rows(body: Body, columns: Sequence[Column], across: set[int]) -> Iterator[Row]:
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
            if cell is not None and at and is_blank(cell.text):
                cell = None
            if cell is not None:
                above = {before: text for before, text in above.items() if before < index}
                above[index] = cell.text
            name = cell.text if cell else "" if last else above.get(index, "")
            if name:
                names.append(name)
            if name and index in places and not says(name, "total"):
                place = name
        label = next((cell for cell in reversed(here) if cell is not None and not is_blank(cell.text)), None)
        code = body.spread.get((row, code_at)) if code_at is not None else None
        unit = body.spread.get((row, unit_at)) if unit_at is not None else None
        told = _CODE.match(label.text) if label and not code else None
        yield Row(
            row, body.blocks[row], tuple(names), label, code.text if code else told[1] if told else "",
            unit.text if unit else None, group, place,
        )  # fmt: skip
