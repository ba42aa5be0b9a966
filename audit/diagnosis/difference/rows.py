"""Rows of two versions of a table, matched by key; where things stand in the texts is not compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from audit.diagnosis.difference.clauses import Numbers
from audit.model.difference import RowChange

Row = Mapping[str, str]
_PLACES = frozenset(("id", "start", "end"))
_NUMBERED = ("clause", "parent")


def row_changes(
    table: str, key: Sequence[str], old: Sequence[Row], new: Sequence[Row], clauses: Numbers
) -> list[RowChange]:
    """The rows that differ. Old numbers of clauses are taken for the new ones before anything is compared.

    A table whose key holds offsets (mentions, citations, lists) has no key that outlives an edit, and one that has
    none at all goes by all that stands in its rows: a row of it is there or not. Cells are texts, blank is "".
    """
    renumbered = [_renumbered(row, clauses) for row in old]
    columns = [
        name for row in (*new[:1], *renumbered[:1]) for name in row if name not in _PLACES or name in key
    ]
    columns = [name for name in dict.fromkeys(columns) if name not in ("start", "end")]
    outlives = key and not {"start", "end"} & set(key)
    by = [name for name in key if name in columns] if outlives else columns
    groups: dict[tuple[str, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((renumbered, new)):
        for row in rows:
            groups[tuple(row.get(name, "") for name in by)][side].append(row)
    return [
        change
        for name, (left, right) in groups.items()
        for change in _changes(table, dict(zip(by, name, strict=True)), left, right, columns)
    ]


def _renumbered(row: Row, clauses: Numbers) -> Row:
    """The row with its clauses' new numbers; one whose own clause moved loses its printed number."""
    document = row.get("document", "")
    known = {n: clauses[document, row[n]] for n in _NUMBERED if n in row and (document, row[n]) in clauses}
    moved = known.get("clause", row.get("clause")) != row.get("clause")
    return {name: cell for name, cell in {**row, **known}.items() if not (moved and name == "number")}


def _changes(
    table: str, key: dict[str, str], old: list[Row], new: list[Row], columns: Sequence[str]
) -> Iterable[RowChange]:
    stated = {name: cell for name, cell in key.items() if cell}
    for left, right in zip(old, new, strict=False):
        pairs = {n: (left.get(n, right.get(n, "")), right.get(n, "")) for n in columns}
        cells = {name: (before, after) for name, (before, after) in pairs.items() if before != after}
        if cells:
            yield RowChange(table, "changed", stated, cells)
    for row in old[len(new) :]:
        yield RowChange(table, "removed", stated, {n: (row[n], "") for n in columns if row.get(n)})
    for row in new[len(old) :]:
        yield RowChange(table, "added", stated, {n: ("", row[n]) for n in columns if row.get(n)})
