"""A cause's most likely correction in words: what would read otherwise, and where.

The edits of a cause name rows and columns of tables; a reader knows figures and places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit.model.cause import Cause, Edit
from audit.model.frozen import frozen
from audit.model.report import Cell, Report
from audit.reporting.inert import excerpt, inert
from audit.reporting.names import Names

_DIMENSIONS = ("region", "industry", "indicator", "period", "measure")
_ECHOES = frozenset(("id", "document", "value", "low", "high", "bound", "kind", "evidence", "start", "end"))
"""Columns that follow from the others, or that say nothing to a reader."""
_LONG = 160


@frozen
class Correction:
    """One change, and the figures or names that it is made at."""

    change: str
    places: tuple[str, ...]

    def line(self, names: Names, most: int = 4) -> str:
        """The change with its first places; how many more there are is told."""
        _ = names.words
        shown = _("; ").join(self.places[:most])
        more = len(self.places) - most
        shown += _(" and {n} more", n=more) if more > 0 else ""
        return _("{change} ({places})", change=self.change, places=shown) if shown else self.change


def cells_by_id(report: Report) -> dict[str, Cell]:
    """The figures and rows that a report knows, by id."""
    found = {use.cell.id: use.cell for use in report.figures}
    checks = (*report.checks, *(finding.check for finding in report.findings), *report.untestable)
    for check in checks:
        for cell in check.cells:
            found.setdefault(cell.id, cell)
    return found


def corrections(cause: Cause, cells: Mapping[str, Cell], names: Names) -> tuple[Correction, ...]:
    """The edits of a cause in words; equal changes are told once, with all their places. None for a question."""
    return corrections_of(cause.edits, cells, names)


def corrections_of(edits: Iterable[Edit], cells: Mapping[str, Cell], names: Names) -> tuple[Correction, ...]:
    """Edits in words; where all are of one document, their places are clauses of it."""
    edits = tuple(edits)
    documents = {_document(edit.row, cells, names) for edit in edits}
    within = documents.pop() if len(documents) == 1 else None
    rows: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        rows.setdefault((edit.table, edit.row), []).append(edit)
    found: dict[str, list[str]] = {}
    for (_table, row), own in rows.items():
        cell = cells.get(row)
        if all(edit.before is None for edit in own):
            change, place = _added(own, within, names), ""
        elif all(edit.after is None for edit in own):
            change, place = names.words("strike out"), _place(own, cell, within, names)
        else:
            change, place = _changed(own, cell, names), _place(own, cell, within, names)
        places = found.setdefault(change, [])
        if place and place not in places:
            places.append(place)
    return tuple(Correction(change, tuple(places)) for change, places in found.items())


def _changed(edits: Sequence[Edit], cell: Cell | None, names: Names) -> str:
    """What a row would say instead; a figure once, as it is written."""
    _ = names.words
    told = [edit for edit in edits if edit.column not in _ECHOES] or list(edits[:1])
    unit = cell.unit if cell is not None else ""
    parts = [
        _(
            "{column}: {before} → {after}",
            column=_column(edit.column, names),
            before=_value(edit.column, edit.before, unit, names),
            after=_value(edit.column, edit.after, unit, names),
        )
        for edit in told
    ]
    return _(", ").join(parts)


def _added(edits: Sequence[Edit], within: str | None, names: Names) -> str:
    """A row that is missing: what it is about, and its figure."""
    _ = names.words
    values = {edit.column: edit.after or "" for edit in edits}
    about = [names.value(name, values[name]) for name in _DIMENSIONS if values.get(name)]
    figure = (values.get("literal") or values.get("value") or "") + values.get("unit", "")
    document = values.get("document", "")
    title = "" if document == within else names.document(document)
    where = inert(" ".join(filter(None, (title, values.get("clause", "")))))
    shown = inert(" ".join(filter(None, (*about, figure)))) or excerpt(
        inert(", ".join(values.values())), "", _LONG
    )
    return _("add {what} ({where})", what=shown, where=where) if where else _("add {what}", what=shown)


def _document(row: str, cells: Mapping[str, Cell], names: Names) -> str:
    """The id of the document that a row is of; empty where it is not known."""
    begin = row.lstrip("+").partition("/")[0]
    return cells[row].document if row in cells else begin if begin in names.titles else ""


def _place(edits: Sequence[Edit], cell: Cell | None, within: str | None, names: Names) -> str:
    """The figure or name that a row holds, and where it stands; the document alone where the row isn't known."""
    if cell is None:
        document = _document(edits[0].row, {}, names)
        told = names.document(document) if document else excerpt(inert(edits[0].row), "", _LONG)
        return "" if document and document == within else told
    changed = {edit.column for edit in edits}
    about = [
        names.value(name, cell.dimensions[name])
        for name in _DIMENSIONS
        if name not in changed and cell.dimensions.get(name)
    ]
    literal = (
        inert(cell.literal + cell.unit) if not {"literal", "value", "canonical", "items"} & changed else ""
    )
    return excerpt(" ".join(filter(None, (names.place(cell, within), *about, literal))), "", _LONG)


def _column(column: str, names: Names) -> str:
    _ = names.words
    known = {
        "literal": _("figure"), "value": _("figure"), "measure": _("measure"), "canonical": _("name"), "name": _("name"),
        "region": _("region"), "industry": _("industry"), "indicator": _("indicator"), "period": _("period"),
        "unit": _("unit"), "lead": _("responsible body"), "clause": _("clause"),
        "items": _("list"), "noun": _("name"),
    }  # fmt: skip
    return known.get(column, inert(column))


def _value(column: str, value: str | None, unit: str, names: Names) -> str:
    if not value:
        return "–"
    if column in ("literal", "value"):
        return inert(value + unit)
    if column == "items":
        return inert(names.words(", ").join(value.split(";")))
    return names.value(column, value)
