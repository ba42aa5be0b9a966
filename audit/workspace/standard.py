"""The standard tables as rules see them, also where a workspace does not have them."""

from __future__ import annotations

from dataclasses import fields

from audit.language.plan import Catalogue, ColumnType, TableShape
from audit.model.relation import Relation
from audit.model.rows import Citation, Clause, Document, Figure, Mention, StatedList
from audit.workspace.loading import Workspace

STANDARD: dict[str, tuple[type, tuple[str, ...]]] = {
    "documents": (Document, ("id",)),
    "targets": (Figure, ("id",)),
    "clauses": (Clause, ("document", "clause")),
    "lists": (StatedList, ("document", "start")),
    "mentions": (Mention, ("document", "start", "end")),
    "citations": (Citation, ("document", "start")),
    "relations": (Relation, ("document", "relation", "figure")),
}
"""The tables that the library's rules speak of: the row of each and the columns of its key."""


def full_catalogue(workspace: Workspace) -> Catalogue:
    """What rules can name in a workspace, with every standard table that it lacks as an empty one."""
    catalogue = workspace.catalogue()
    lacking = {name: shape(name) for name in STANDARD if name not in catalogue.tables}

    def observed(table: str, column: str) -> tuple[str, ...]:
        return () if table in lacking else catalogue.observed(table, column)

    return Catalogue({**lacking, **catalogue.tables}, catalogue.codes, observed)


def shape(name: str) -> TableShape:
    """The columns of a standard table with their types, and its key."""
    row, key = STANDARD[name]
    return TableShape(name, {field.name: _type(str(field.type)) for field in fields(row)}, key)


def _type(annotation: str) -> ColumnType:
    words = set(annotation.replace("|", " ").split())
    return "number" if words & {"Decimal", "int"} else "boolean" if "bool" in words else "text"
