"""Plans read into the tables of a new workspace, for a reviewer to correct and for `audit check` to confront.

Every figure's row says, after the fixed columns, how sure its indicator, period and region are; the code lists hold
what the plans name, for the reviewer to join and to order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from audit.actions.starting import TABLES
from audit.files import write_new
from audit.model.codes import CodeList, Member
from audit.model.errors import InputError
from audit.model.rows import Figure
from audit.tables.description import FILE
from audit.tables.descriptor import descriptor
from audit.tables.kinds import KINDS, TableKind
from audit.tables.writing import as_csv
from audit.workspace.drafts import Draft, load_draft, rows_of_draft
from audit.workspace.loading import SCANNED, SURE_PREFIX

SURE = (*(f"{SURE_PREFIX}{part}" for part in ("indicator", "period", "region")), SCANNED)


def extract_to(plans: Sequence[Path], folder: Path) -> tuple[tuple[Draft, ...], tuple[Path, ...]]:
    """Read plans and write their tables below `folder`; the drafts and the files written, relative to it.

    `InputError` for a plan that cannot be read, two plans of one name, or a file that is already there.
    """
    drafts = tuple(load_draft(plan) for plan in plans)
    names = [draft.document.id for draft in drafts]
    for name in names:
        if names.count(name) > 1:
            raise InputError("two plans are called {name}; rename one of the files.", name=name)
    return drafts, write_new(
        folder, {Path(TABLES) / path: content for path, content in package_of(drafts).items()}
    )


def package_of(drafts: Sequence[Draft]) -> dict[str, bytes]:
    """The files of the package that holds the tables of plans, by their paths in it."""
    files: dict[str, bytes] = {}
    paths: dict[str, str | list[str]] = {}
    codes = _codes(drafts)
    for kind in KINDS:
        if kind.split:
            paths[kind.name] = [kind.path(draft.document.id) for draft in drafts]
            files |= {kind.path(draft.document.id): _csv(kind, _rows(draft, kind)) for draft in drafts}
        else:
            rows = codes.get(kind.name) or [dict(zip(kind.columns, row, strict=True)) for row in kind.initial]
            if kind.row is not None:
                rows = [row for draft in drafts for row in _rows(draft, kind)]
            paths[kind.name] = kind.path()
            files[kind.path()] = _csv(kind, rows)
    package = json.dumps(_described(paths), ensure_ascii=False, indent=2) + "\n"
    return {FILE: package.encode(), **files}


def _rows(draft: Draft, kind: TableKind) -> list[dict[str, object]]:
    """The rows of a kind that a draft has; figures also tell how sure they are."""
    rows = [_cells(row) for row in rows_of_draft(draft.document, draft.extracted).get(kind.name, ())]
    if kind.row is not Figure:
        return rows
    scanned = draft.workspace.scans.get(draft.document.id, {})
    sure = (
        (one.indicator, one.period, one.region, scanned.get(one.figure)) for one in draft.extracted.certainty
    )
    return [row | dict(zip(SURE, parts, strict=True)) for row, parts in zip(rows, sure, strict=True)]


def _described(paths: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """The description of the package, in which figures also have the columns that tell how sure they are."""
    package = descriptor("plans", paths)
    figures = next(resource for resource in package["resources"] if resource["name"] == "targets")
    figures["schema"]["fields"] += [
        {"name": column, "type": "number" if column == SCANNED else "string"} for column in SURE
    ]
    return package


def _csv(kind: TableKind, rows: Iterable[Mapping[str, object]]) -> bytes:
    """A table with all the columns of its kind, and those that tell how sure a figure is; what a row lacks is blank."""
    columns = (*kind.columns, *(SURE if kind.row is Figure else ()))
    return as_csv(columns, ([row.get(column) for column in columns] for row in rows))


def _cells(row: Any) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _codes(drafts: Sequence[Draft]) -> dict[str, list[dict[str, object]]]:
    """The code lists of what the plans name, in the order of the plans."""
    units: dict[str, dict[str | None, None]] = {}
    for figure in (f for draft in drafts for f in draft.extracted.figures):
        units.setdefault(figure.indicator, {})[figure.unit] = None
    regions, industries, indicators = (_members(drafts, name) for name in ("region", "industry", "indicator"))
    return {
        "regions": [{"code": m.code, "parent": m.parent, **m.attributes} for m in regions.members.values()],
        "industries": [{"code": code} for code in industries],
        "indicators": [
            {"code": m.code, "unit": _only(units[m.code]), **m.attributes}
            for m in indicators.members.values()
        ],
        "bodies": [{"code": body, "kind": "body"} for body in _bodies(drafts)],
    }


def _only(found: Mapping[str | None, None]) -> str | None:
    """The one unit of an indicator; blank where its figures carry several."""
    return next(iter(found)) if len(found) == 1 else None


def _members(drafts: Sequence[Draft], dimension: str) -> CodeList:
    merged: dict[str, Member] = {}
    for draft in drafts:
        for code, member in draft.workspace.codes[dimension].members.items():
            merged.setdefault(code, member)
    return CodeList(dimension, merged)


def _bodies(drafts: Sequence[Draft]) -> dict[str, None]:
    cells = (
        c for draft in drafts for clause in draft.extracted.clauses for c in (clause.lead, clause.support)
    )
    return dict.fromkeys(body for cell in cells if cell for body in cell.split(";") if body)
