"""The step that every command shares: the rules that were asked for, confronted with a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.diagnosis.checks import Rows
from audit.diagnosis.drafts import doubted, from_scans
from audit.diagnosis.findings import build_report
from audit.language.plan import Plan
from audit.model.codes import labels_of
from audit.model.errors import InputError
from audit.model.report import Report
from audit.workspace.loading import Workspace
from audit.workspace.one_unit import in_one_unit
from audit.workspace.rulebook import Rulebook

if TYPE_CHECKING:
    from audit.diagnosis.again import Memory
    from audit.engine.processes import Helpers


def confronted(
    workspace: Workspace, book: Rulebook, *, everything: bool, about: Rows | None = None,
    bound: Sequence[Plan] | None = None, most: int | None = None, memory: Memory | None = None,
    helpers: Helpers | None = None,
) -> Report:  # fmt: skip
    """What the rules find in a workspace, whatever its severity; `InputError` when none of them fits its tables.

    With `about` only checks in which one of these rows takes part are told. `bound` are the plans of the rules in the
    workspace, where they are known. At most `most` checks of each verdict of a rule are told, the others are counted.
    `memory` is what these plans told in an earlier run, and tell in this one; `helpers` are processes that work beside this
    one.
    """
    tables = {name: in_one_unit(one) for name, one in workspace.tables.items()}
    if bound is not None and all(one is workspace.tables[name] for name, one in tables.items()):
        plans = tuple(bound)
    else:
        from audit.workspace.binding import resolved

        workspace = replace(workspace, tables=tables)
        plans, memory = resolved(book, workspace), None
    if not plans:
        raise InputError(
            "no rule is for the tables here ({tables}); the rules are for {wanted}: "
            "name a table in a rule (table: …), or give other rules with --rules.",
            tables=", ".join(workspace.tables),
            wanted=", ".join(dict.fromkeys(rule.table for rule in book.rules)),
        )
    report = build_report(
        plans,
        book.rules,
        workspace.tables,
        documents=workspace.documents,
        clauses=workspace.clauses,
        inputs=(*workspace.inputs, *book.inputs),
        least="info",
        everything=everything,
        labels=labels_of(workspace.codes.values()),
        about=about,
        most=most,
        memory=memory,
        helpers=helpers,
    )
    report = replace(report, notes=(*workspace.notes, *report.notes))
    return from_scans(doubted(report, workspace.guessed), workspace.scans)
