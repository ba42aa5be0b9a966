"""What the cells of a table hold: a quantity, nothing, running text, or something that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audit.extraction.numbers.scanner import read_cell, scan
from audit.extraction.tables.heads import Column, is_unit, says, unit_in_brackets, without_unit
from audit.extraction.tables.panels import Cell, Grid, Panel, Row
from audit.extraction.tables.structure import is_prose
from audit.extraction.text.language import is_foreign
from audit.extraction.text.layout import Layout, LayoutBlock
from audit.lexicon import only, pattern
from audit.model.frozen import frozen
from audit.numbers.quantities import Quantity

_BRACKETED = re.compile(r"[\[〔【(].*[\]〕】)]")
_COUNTED = pattern("(<counted in its name>)数?$")
_MARK = pattern(r"^<mark of a part>\s*[:：]?\s*")
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、．.]|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[(]\d{1,2}[)]|[①-⑳])\s*"
)


@frozen
class CellFigure:
    """A number of a table with its place: the table, the block of it, the row and the column.

    `name` is what its row counts, without numbering, marks and unit; `cumulative` stands in brackets.
    """

    quantity: Quantity
    grid: Grid
    panel: int
    row: Row
    column: Column
    name: str
    cumulative: bool


@frozen
class UnreadCell:
    """A cell that should hold a number and holds none."""

    grid: Grid
    row: Row
    column: Column
    cell: Cell


def bare_name(label: str) -> str:
    """The name that a label gives a row, without `其中`, numbering, code and unit."""
    text = re.sub(r"^\d{3,11}(?=[^\d.,%])", "", label.strip())
    text = _NUMBER.sub("", _MARK.sub("", _NUMBER.sub("", text)))
    return without_unit(text).strip(" :：")


def is_marked(label: str) -> bool:
    """Whether a label says that its row is among another (`其中`, `#`)."""
    return bool(_MARK.match(_NUMBER.sub("", label.strip())))


def read_cells(layout: Layout, grids: tuple[Grid, ...]) -> tuple[list[CellFigure], list[UnreadCell]]:
    """Every number in the columns of numbers, row by row, and the cells there that hold something else."""
    figures: list[CellFigure] = []
    unread: list[UnreadCell] = []
    for grid in grids:
        if is_foreign_table(grid):
            continue
        for number, panel in enumerate(grid.panels):
            units = dict(_row_units(panel))
            for row in panel.rows:
                for column in panel.values:
                    cell = grid.cells.get((row.index, column.index))
                    if cell is None:
                        continue
                    figure = _figure(layout.plain.clean, grid, number, row, column, cell, units[row.index])
                    if figure is not None:
                        figures.append(figure)
                    elif not _is_running(layout.plain.clean, cell):
                        unread.append(UnreadCell(grid, row, column, cell))
    return sorted(figures, key=lambda one: one.quantity.start), unread


def is_foreign_table(grid: Grid) -> bool:
    """Whether a table is in a language that is not read: its heads and names are."""
    heads = (head for panel in grid.panels for column in panel.columns for head in column.heads)
    names = (name for panel in grid.panels for row in panel.rows for name in row.names)
    return is_foreign(" ".join((*heads, *names)))


def _figure(
    clean: str, grid: Grid, panel: int, row: Row, column: Column, cell: Cell, row_unit: str | None
) -> CellFigure | None:
    cumulative = bool(_BRACKETED.fullmatch(cell.text)) and (
        says("".join(column.heads), "cumulative") or cell.text[0] in "〔【["
    )
    unit = row_unit or grid.unit if cumulative else _unit(column, row_unit, grid, row)
    quantity = read_cell(clean, cell.start, cell.end, unit)
    if quantity is None:
        return None
    return CellFigure(quantity, grid, panel, row, column, bare_name(row.name), cumulative)


def _unit(column: Column, row_unit: str | None, grid: Grid, row: Row) -> str | None:
    """The unit of a bare number: from its head, its row or the caption, or what the name of its row counts."""
    if column.unit is not None:
        return column.unit
    return row_unit or grid.unit or _counted(bare_name(row.name)) or _counted("".join(column.heads[-1:]))


def _row_units(panel: Panel) -> Iterator[tuple[int, str | None]]:
    """The unit of every row: its own, or that of the last row before it that named one, in the same group."""
    last: str | None = None
    group = ""
    for row in panel.rows:
        own = row.unit if row.unit and is_unit(row.unit) else None
        own = own or next((unit for name in reversed(row.names) if (unit := unit_in_brackets(name))), None)
        if row.group != group:
            group, last = row.group, unit_in_brackets(row.group)
        last = own or last
        yield row.index, last


def _counted(name: str) -> str | None:
    """`受灾人次` counts 人次, `死亡人数` 人, `企业数` no unit that is told."""
    match = _COUNTED.search(name)
    return match[1] if match and (name.endswith("数") or match[1] == only("times persons")) else None


def _is_running(clean: str, cell: Cell) -> bool:
    """Whether a cell among numbers is a piece of text with figures of its own."""
    return is_prose(cell.text) and bool(scan(clean, cell.start, cell.end))


def with_running_cells(layout: Layout, grids: tuple[Grid, ...]) -> Layout:
    """The layout with the cells that hold running text, and notes across a table, as paragraphs of their own."""
    cells = [
        cell
        for grid in grids
        for panel in grid.panels
        for row in panel.rows
        for column in panel.columns
        if (cell := grid.cells.get((row.index, column.index))) is not None and is_prose(cell.text)
        and (column.role == "text" or (column.role == "value" and _is_running_value(layout, cell)))
    ]  # fmt: skip
    cells += [note for grid in grids for note in grid.notes]
    blocks = [*layout.blocks, *(LayoutBlock("paragraph", cell.start, cell.end) for cell in cells)]
    return replace(layout, blocks=tuple(sorted(blocks, key=lambda block: (block.start, -block.end))))


def _is_running_value(layout: Layout, cell: Cell) -> bool:
    clean = layout.plain.clean
    return read_cell(clean, cell.start, cell.end, None) is None and bool(scan(clean, cell.start, cell.end))
