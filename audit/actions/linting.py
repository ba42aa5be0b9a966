"""The rules of a session held against each other, with what a workspace says of them where there is one."""

from __future__ import annotations

from collections.abc import Iterator

from audit.diagnosis.linting.lint import Lint, lint
from audit.engine.confront import confront
from audit.language.rule import Rule
from audit.workspace.binding import resolved
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import library
from audit.workspace.session import Session
from audit.workspace.sources import package_folder


def linted(session: Session) -> tuple[tuple[Lint, ...], dict[str, Rule]]:
    """What is the matter with the rules that were asked for, and the rules by id, those of the library among them.

    `InputError` for a rule file that cannot be read.

    With a workspace its code lists tell hierarchies apart, and rules of its own that bind nothing there are told.
    """
    rules, shipped = session.chosen.rules, _shipped(session)
    known = {rule.id: rule for rule in (*shipped, *rules)}
    workspace = _workspace(session)
    codes = workspace.codes if workspace is not None else {}
    found = lint(rules, shipped, codes)
    faulty = {rule for one in found if one.kind in ("contradictory", "never_binding") for rule in one.rules}
    own = [rule for rule in rules if rule not in shipped and rule.id not in faulty]
    if workspace is None or not own:
        return found, known
    unbound = (Lint("never_binding", (rule,), why="nothing") for rule in _unbound(session, workspace, own))
    return (*found, *unbound), known


def _shipped(session: Session) -> tuple[Rule, ...]:
    """The rules of the library as the session has them, where it has them, so that equal ones are the same."""
    known = {rule.id: rule for rule in session.book.rules}
    return tuple(
        known[rule.id] if rule.id in known and _alike(known[rule.id], rule) else rule
        for rule in library().rules
    )


def _alike(rule: Rule, other: Rule) -> bool:
    """Whether two rules of one id are one rule, read from wherever."""
    told = (
        (
            r.check_text,
            r.table,
            r.title,
            r.because,
            r.limits,
            r.message,
            r.severity,
            r.rounded,
            r.tolerance,
            r.missing,
        )
        for r in (rule, other)
    )
    return next(told) == next(told)


def _workspace(session: Session) -> Workspace | None:
    """What there is to bind the rules to: a folder of tables or a table; None where there is neither."""
    source = session.source
    there = package_folder(source) if source.is_dir() else source.exists() and not session.plans
    return session.workspace if there else None


def _unbound(session: Session, workspace: Workspace, rules: list[Rule]) -> Iterator[str]:
    """The rules that are checked nowhere in the workspace."""
    plans = resolved(session.chosen.chosen(rules), workspace)
    bound = {c.plan.rule.id for c in confront(plans, workspace.tables) if len(c)}
    yield from (rule.id for rule in rules if rule.id not in bound)
