"""The step that every command shares: the rules that were asked for, confronted with a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from audit.diagnosis.findings import build_report
from audit.engine.confront import confront
from audit.language.rule import Rule
from audit.model.errors import InputError
from audit.model.report import Report
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import Rulebook, resolved


def confronted(workspace: Workspace, book: Rulebook, *, everything: bool) -> Report:
    """What the rules find in a workspace, whatever its severity; `InputError` when none of them fits its tables."""
    plans = resolved(book, workspace)
    if not plans:
        raise InputError(
            "no rule is for the tables here ({tables}); the rules are for {wanted}: "
            "name a table in a rule (table: …), or give other rules with --rules.",
            tables=", ".join(workspace.tables),
            wanted=", ".join(dict.fromkeys(rule.table for rule in book.rules)),
        )
    return build_report(
        confront(plans, workspace.tables),
        book.rules,
        workspace.tables,
        documents=workspace.documents,
        clauses=workspace.clauses,
        inputs=(*workspace.inputs, *book.inputs),
        least="info",
        everything=everything,
    )


def chosen(rules: Sequence[Rule], only: Sequence[str]) -> tuple[tuple[Rule, ...], frozenset[str]]:
    """The rules that the globs `only` name (none: all), and the ids of those left out."""
    run = tuple(rule for rule in rules if not only or any(fnmatchcase(rule.id, pattern) for pattern in only))
    if not rules:
        raise InputError("the rule files given hold no rules; a rule file is a list of rules (- id: …).")
    if not run:
        raise InputError(
            "no rule is called {patterns}; `audit rules list` names them.", patterns=", ".join(only) or "…"
        )
    return run, frozenset(rule.id for rule in rules) - {rule.id for rule in run}
