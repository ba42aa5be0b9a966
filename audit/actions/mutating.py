"""What the rules of a workspace would catch, were its figures written wrongly."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from audit.diagnosis.figures import FIGURES, FigureMarks
from audit.diagnosis.mutation.catching import caught
from audit.diagnosis.mutation.guards import Mutation, mutation
from audit.diagnosis.mutation.variants import variants
from audit.diagnosis.trials.trial import Row
from audit.engine.confront import confront
from audit.engine.frames import Table
from audit.model.errors import InputError
from audit.model.text_frame import TextFrame
from audit.workspace.binding import resolved
from audit.workspace.configuration import Configuration
from audit.workspace.loading import Workspace
from audit.workspace.session import Session

NEEDED = ("document", "region", "indicator", "period", "literal", "value", "low", "high", "unit")


def mutate(configuration: Configuration, figures: Collection[int] | None = None) -> Mutation:
    """Every figure of the workspace with its slips and the rules that catch them; with `figures` only those rows.

    Raises `InputError` for a workspace without a table of figures.
    """
    session = Session(configuration)
    workspace = session.workspace
    rows = _figures(workspace, session.source.as_posix())
    found = variants(rows, workspace.documents, workspace.codes.get("region"))
    plans = resolved(session.chosen, _slipped(workspace, [*rows, *(v.changed for v in found if v.changed)]))
    tried = [variant for variant in found if figures is None or variant.figure in figures]
    told = confront([plan for plan in plans if plan.rule.severity != "info"], workspace.tables)
    marks = FigureMarks(workspace.tables)
    for confrontation in told:
        marks.add(confrontation)
    related = frozenset(np.flatnonzero(marks.compared).tolist())
    return mutation(rows, tried, caught(tried, plans, workspace.tables), related)


def _figures(workspace: Workspace, source: str) -> list[Row]:
    """All figures as text by column, in the order of the table."""
    table = workspace.tables.get(FIGURES)
    if table is None or not set(NEEDED) <= set(table.columns):
        raise InputError(
            "{path}: there is no table of figures (targets) with the columns {columns}; --mutate needs one.",
            path=source,
            columns=", ".join(NEEDED),
        )
    return [*table.texts()]


def _slipped(workspace: Workspace, rows: Sequence[Row]) -> Workspace:
    """The workspace as rules are resolved for it: all rows at once, so that periods stated only by a slip are known."""
    table = workspace.tables[FIGURES]
    frame = TextFrame({name: [row[name] for row in rows] for name in table.columns})
    slipped = Table(FIGURES, frame, types=table.columns, key=table.key)
    return replace(workspace, tables={**workspace.tables, FIGURES: slipped})
