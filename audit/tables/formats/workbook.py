"""Workbooks: every sheet that holds a table, with merged heads, and told what of it is hidden."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from audit.model.errors import InputError
from audit.model.phrase import Phrase
from audit.tables.formats.asked import Asked
from audit.tables.formats.grid import Grid, framed, is_table
from audit.tables.formats.hidden import hidden
from audit.tables.formats.kinds import Source, chosen
from audit.tables.formats.values import text_of_value, with_places
from audit.tables.reading import TableFile

_UNNAMED = ("sheet", "工作表", "表", "feuil", "tabelle")
"""How the sheets are called that nobody named; a lone one goes by the name of its file."""
MOST_CELLS = 50_000_000


def read(source: Source, asked: Asked) -> Iterator[TableFile]:
    """The tables of a workbook, one a sheet; sheets that hold none are told."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
    except PasswordError:
        raise InputError(
            "{path}: is protected by a password; save a copy without one.", path=source.shown
        ) from None
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(
            "{path}: is no workbook that can be read ({problem}); open it and save it again.",
            path=source.shown, problem=str(error)[:120],
        ) from None  # fmt: skip
    unseen = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    grids = []
    for name in chosen(list(book.sheet_names), asked, source.shown):
        grid = _grid(book.get_sheet_by_name(name), source, name in unseen)
        if is_table(grid) or asked.sheet:
            grids.append(grid)
    for grid in grids:
        name = source.path.stem if len(grids) == 1 and _is_unnamed(grid.sheet) else grid.sheet
        yield framed(Grid(**{**grid.__dict__, "name": name}), asked)


def _is_unnamed(sheet: str) -> bool:
    return sheet.lower().rstrip("0123456789 ") in _UNNAMED


def _grid(sheet: CalamineSheet, source: Source, unseen: bool) -> Grid:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise InputError(
            "{path}: is larger than {most} cells; save the table as CSV.", path=source.shown, most=MOST_CELLS
        )
    values = sheet.to_python(skip_empty_area=False)
    aside = hidden(source, sheet.name)
    columns = list(zip(*values, strict=False)) if values else []
    texts = [
        _as_shown(
            with_places([_text(value) for value in column], column, aside.places(at)),
            column,
            aside.percent.get(at),
        )
        for at, column in enumerate(columns)
    ]
    rows = list(zip(*texts, strict=True)) if texts else []
    kept = [(row, line) for line, row in enumerate(rows, 1) if any(cell is not None for cell in row)]
    return Grid(
        name=sheet.name, path=source.shown, rows=[row for row, _ in kept], lines=[line for _, line in kept],
        sha256=source.sha256, sheet=sheet.name, lettered=True,
        merged=tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ()),
        notes=tuple(_told(f"{source.shown}!{sheet.name}", unseen, aside.rows, aside.columns)),
    )  # fmt: skip


def _as_shown(
    texts: Sequence[str | None], values: Sequence[object], percent: frozenset[int] | None
) -> Sequence[str | None]:
    """The texts of a column as people see them: 0.9 as 90% where every number of the column is shown so."""
    numbers = {
        row
        for row, value in enumerate(values)
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    if not percent or not numbers <= percent:
        return texts
    return [
        f"{Decimal(text).scaleb(2):f}%" if row in numbers and text is not None else text
        for row, text in enumerate(texts)
    ]


def _text(value: object) -> str | None:
    """The text of a cell; a duration or a time as ISO 8601 writes it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return text_of_value(value)


def _told(place: str, unseen: bool, rows: tuple[int, ...], columns: tuple[str, ...]) -> Iterator[Phrase]:
    """What is hidden, and read all the same."""
    if unseen:
        yield Phrase(
            f"{place}：该工作表被隐藏，仍已读取", f"{place}: the sheet is hidden; it was read all the same"
        )
    if rows:
        shown = _spans(rows)
        yield Phrase(
            f"{place}：第 {shown} 行被隐藏，仍已读取",
            f"{place}: rows {shown} are hidden; they were read all the same",
        )
    if columns:
        shown = ", ".join(columns)
        yield Phrase(
            f"{place}：{shown} 列被隐藏，仍已读取",
            f"{place}: columns {shown} are hidden; they were read all the same",
        )


def _spans(numbers: tuple[int, ...]) -> str:
    """Row numbers in a breath: 3–5, 9."""
    found = [[numbers[0], numbers[0]]]
    for before, number in pairwise(numbers):
        if number == before + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found[:12])
