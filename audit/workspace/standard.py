"""The standard tables as rules see them, also where a workspace does not have them."""

from __future__ import annotations

from dataclasses import fields

from audit.language.plan import Catalogue, ColumnType, TableShape
from audit.model.relation import Relation
from audit.model.rows import Citation, Clause, Document, Figure, Mention, StatedList
from audit.workspace.loading import Workspace

_TABLES: dict[str, tuple[type, tuple[str, ...]]] = {
    "documents": (Document, ("id",)),
    "targets": (Figure, ("id",)),
    "clauses": (Clause, ("document", "clause")),
    "lists": (StatedList, ("document", "start")),
    "mentions": (Mention, ("document", "start", "end")),
    "citations": (Citation, ("document", "start")),
    "relations": (Relation, ("document", "relation", "figure")),
}


def full_catalogue(workspace: Workspace) -> Catalogue:
    """What rules can name in a workspace, with every standard table that it lacks as an empty one."""
    catalogue = workspace.catalogue()
    lacking = {name: _shape(name) for name in _TABLES if name not in catalogue.tables}

    def observed(table: str, column: str) -> tuple[str, ...]:
        return () if table in lacking else catalogue.observed(table, column)

    return Catalogue({**lacking, **catalogue.tables}, catalogue.codes, observed)


def _shape(name: str) -> TableShape:
    row, key = _TABLES[name]
    return TableShape(name, {field.name: _type(str(field.type)) for field in fields(row)}, key)


def _type(annotation: str) -> ColumnType:
    words = set(annotation.replace("|", " ").split())
    return "number" if words & {"Decimal", "int"} else "boolean" if "bool" in words else "text"
