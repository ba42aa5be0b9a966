"""Cells of tables tried otherwise: what would break, what would come to hold; written only when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from audit.actions.confronting import confronted
from audit.diagnosis.trials.attempt import Attempt, RowTried, compared
from audit.diagnosis.trials.trial import Row
from audit.engine.frames import Table
from audit.files import content_of, write
from audit.model.errors import InputError
from audit.numbers.numerals import parse_cell
from audit.numbers.reading import read_figure
from audit.tables.amending import amended, plain
from audit.tables.editing import edited, is_plain
from audit.tables.reading import table_file
from audit.workspace.loading import Workspace, ensure_valid_with, with_cells
from audit.workspace.rows import Wanted, wanted
from audit.workspace.session import Session


def attempt(session: Session, edits: Sequence[str]) -> Attempt:
    """Try edits (`ROW.column=value`) on the tables of a session; nothing is written.

    Raises `InputError` for a plan (its tables are not in files), for an edit that cannot be read or names no row, and
    for cells that the schemas refuse.
    """
    if session.plans:
        raise InputError(
            "{path} is a plan; only tables can be edited: `audit extract` makes tables of a plan.",
            path=session.source.as_posix(),
        )
    workspace, book = session.workspace, session.chosen
    rows = rows_tried(tuple(wanted(edit, workspace.tables) for edit in edits), workspace.tables)
    for row in rows:
        if not row.source or not row.line:
            raise InputError(
                "the table “{table}” is in no file, so that it can't be edited.", table=row.table
            )
    files = _files(rows)
    ensure_valid_with(workspace, {path: table_file(after, path) for path, (_, after) in files.items()})
    before = confronted(workspace, book, everything=True)
    after = confronted(tried_on(workspace, rows), book, everything=True)
    return compared(rows, files, before, after, {rule.id: rule for rule in book.rules})


def tried_on(workspace: Workspace, rows: Sequence[RowTried]) -> Workspace:
    """The workspace with these rows as they are tried."""
    cells: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        cells[row.table][row.number] = row.after
    return with_cells(workspace, cells)


def apply(tried: Attempt) -> tuple[str, ...]:
    """Write the files of an attempt, all or none; their paths. `InputError` where one was changed in the meantime."""
    if unwritten := {row.source for row in tried.rows if row.columns} - tried.files.keys():
        raise InputError(
            "{path} is no CSV with a row a line, so that nothing was written; edit it in the program that made it.",
            path=", ".join(sorted(unwritten)),
        )
    for path, (before, _) in tried.files.items():
        if content_of(Path(path)) != before:
            raise InputError("{path} was changed while the edits were tried; nothing was written.", path=path)
    written: list[str] = []
    try:
        for path, (_, after) in tried.files.items():
            write(Path(path), after)
            written.append(path)
    except InputError:
        for path in written:
            write(Path(path), tried.files[path][0])
        raise
    return tuple(written)


def rows_tried(edits: Sequence[Wanted], tables: Mapping[str, Table]) -> tuple[RowTried, ...]:
    """The rows of edits as they are and as they would be; `InputError` for a number that cannot be read."""
    cells: dict[tuple[str, int], dict[str, str | None]] = defaultdict(dict)
    names = {}
    for edit in edits:
        own = cells[edit.table, edit.row]
        if edit.column in own:
            raise InputError("{row}.{column} is edited twice; give it one value.",
                             row=edit.name, column=edit.column)  # fmt: skip
        own[edit.column] = edit.value
        names[edit.table, edit.row] = edit.name
    return tuple(
        row_tried(tables[table], row, names[table, row], own) for (table, row), own in sorted(cells.items())
    )


def row_tried(table: Table, row: int, name: str, cells: Row) -> RowTried:
    """A row of a table with other cells."""
    source, line = table.place(row)
    before = {column: None if cell is None else str(cell) for column, cell in table.rows([row])[row].items()}
    read = {
        column: _number(cell, before, f"{name}.{column}") if table.columns[column] == "number" else cell
        for column, cell in cells.items()
    }
    return RowTried(table.name, row, name, source, line, before, amended(before, read), tuple(cells))


def _number(cell: str | None, row: Row, place: str) -> str | None:
    """A number as a plan writes it (`1.5万家`) in the row's unit; what a table can hold stays as it is given."""
    if cell is None or parse_cell(cell) is not None:
        return cell
    figure = read_figure(cell)
    if figure is None or figure.value is None or (figure.unit and row.get("unit") not in (None, figure.unit)):
        raise InputError("{place}: “{cell}” is no number in the unit of the row ({unit}); write it like 1650.",
                         place=place, cell=cell, unit=row.get("unit") or "–")  # fmt: skip
    return plain(figure.value)


def _files(rows: Sequence[RowTried]) -> dict[str, tuple[bytes, bytes]]:
    """The files concerned that are CSV with a row a line, as they are and as they would be."""
    changed: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        if row.columns:
            changed[row.source][row.line] = {column: row.after[column] for column in row.columns}
    found = {}
    for path, own in changed.items():
        data = content_of(Path(path))
        if is_plain(data, own):
            found[path] = (data, edited(data, path, own))
    return found
