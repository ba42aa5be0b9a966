"""Plans checked each alone and then against each other; what was found in one is remembered, so that an unchanged plan
is not read again.

A remembered report stands under the digest of all it depends on: the plan's bytes and path, the rules, the workspace
it was compared with, and this program's own files. Other content never finds it, and a damaged entry is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audit.actions.confronting import confronted
from audit.actions.progress import Step, silent
from audit.diagnosis.checks import Rows
from audit.diagnosis.drafts import about, between
from audit.diagnosis.merging import merged
from audit.language.plan import Plan
from audit.model.errors import InputError, InputErrors
from audit.model.phrase import marked
from audit.model.report import Report
from audit.tables.cache import Cache
from audit.workspace.loading import Workspace
from audit.workspace.remembering import (
    digest_of,
    file_digest,
    program,
    remember,
    remember_text,
    remembered,
    remembered_text,
)
from audit.workspace.rulebook import Rulebook, tables_of
from audit.workspace.sources import document_id
from audit.workspace.together import FIGURES, Comparable, comparable, read_comparable, together

if TYPE_CHECKING:
    from audit.workspace.drafts import Draft
    from audit.workspace.session import Session

KIND = "checked-plans"
FIGURES_OF = "figures-of-plans"
BETWEEN_DOCUMENTS = 3
"""The ESS level from which on rules compare documents of different issue."""


class Beside(NamedTuple):
    """Plans beside each other: their figures in one workspace, and the rules between documents."""

    workspace: Workspace
    book: Rulebook


def draft_report(
    draft: Draft, workspace: Workspace, book: Rulebook, rows: Rows | None = None,
    bound: Sequence[Plan] | None = None,
) -> Report:  # fmt: skip
    """What the rules find in a draft, not among the plans that it was compared with; guesses marked as such.

    With `rows` only checks in which one of these takes part are told; `bound` are the plans of the rules, where known.
    """
    report = confronted(workspace, book, everything=True, about=rows, bound=bound)
    return replace(about(report, draft.document.id), notes=draft.notes, reading=draft.extracted.reading)


def plans_report(session: Session, *, everything: bool = False, step: Step = silent) -> Report:
    """One report on all plans of a session, each checked alone (or against its workspace beside) and then what they
    state of the same, by the rules between documents.

    Every plan that cannot be read is told (`InputErrors`) and nothing is reported then. Without `everything` the
    report has no checks, figures and clauses.
    """
    basis = basis_of(session, everything)
    reports: list[Report] = []
    stated: list[Comparable] = []
    faults: list[InputError] = []
    plans = [*_named(session)]
    with _settled(session, plans, basis, everything) as settled:
        for number, (plan, name) in enumerate(plans, start=1):
            step(
                marked("reading {path} ({number} of {count})"),
                path=plan.name,
                number=number,
                count=len(session.plans),
            )
            try:
                found = settled((plan, name)) or worked_out(session, plan, name, basis, everything)
                reports.append(found[0])
                stated.append(found[1])
            except InputError as fault:
                faults.append(fault)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    found_between = conflicts(session, stated)
    return merged(reports, found_between and _narrowed(found_between[1], everything))


@contextmanager
def _settled(
    session: Session, plans: Sequence[tuple[Path, str]], basis: str, everything: bool
) -> Iterator[Callable[[tuple[Path, str]], tuple[Report, Comparable] | None]]:
    """What gives for a plan what earlier runs, or other processes meanwhile, found; None where this one has to."""

    def found(plan: tuple[Path, str]) -> tuple[Report, Comparable] | None:
        return _found(*plan, basis, session.cache)

    if session.jobs == 1:
        yield found
        return
    from audit.actions.ahead import working_ahead

    known = {plan: found(plan) for plan in plans}
    unknown = [plan for plan in plans if known[plan] is None]
    with working_ahead(session, unknown, everything) as ahead:

        def settled(plan: tuple[Path, str]) -> tuple[Report, Comparable] | None:
            return known[plan] or (found(plan) if not ahead.takes(plan) else None)

        yield settled


def worked_out(
    session: Session, plan: Path, name: str, basis: str, everything: bool
) -> tuple[Report, Comparable]:
    """What is found in a plan, and what it states of what others may state too; both are kept for later runs."""
    from audit.workspace.drafts import load_draft

    draft = load_draft(plan, session.beside, name=name)
    report = draft_report(draft, session.with_codes(draft.workspace), session.chosen)
    found = _narrowed(report, everything), comparable(draft, report)
    key = _key(draft.document.sha256 or "", plan, name, basis)
    remember(KIND, key, found[0], session.cache)
    remember_text(FIGURES_OF, key, found[1].as_text(), session.cache)
    return found


def conflicts(session: Session, plans: Sequence[Comparable]) -> tuple[Beside, Report] | None:
    """The plans beside each other and what the rules between documents find there, with all checks; None where there is
    no such rule.
    """
    rules = [
        rule
        for rule in session.chosen.rules
        if rule.level >= BETWEEN_DOCUMENTS and tables_of(rule) == {FIGURES}
    ]
    if not rules:
        return None
    beside = Beside(
        session.with_codes(together(plans, session.root)),
        replace(session.chosen.chosen(rules), optional=session.chosen.ids),
    )
    covered = frozenset(name for plan in plans for name in plan.covered)
    compared = frozenset(name for plan in plans for name in plan.compared)
    return beside, between(confronted(beside.workspace, beside.book, everything=True), covered, compared)


def drafts(session: Session) -> Iterator[Draft]:
    """The plans of a session, each read under the name that it has in `plans_report`."""
    from audit.workspace.drafts import load_draft

    for plan, name in _named(session):
        yield load_draft(plan, session.beside, name=name)


def _named(session: Session) -> Iterator[tuple[Path, str]]:
    """The plans with the ids of their documents: the name of the file, the path where several files share it."""
    names = Counter(map(document_id, session.plans))
    for plan in session.plans:
        name = document_id(plan)
        yield plan, name if names[name] == 1 else plan.with_suffix("").as_posix()


def _narrowed(report: Report, everything: bool) -> Report:
    return report if everything else replace(report, checks=(), figures=(), clauses=())


def _found(plan: Path, name: str, basis: str, known: Cache) -> tuple[Report, Comparable] | None:
    try:
        key = _key(file_digest(plan), plan, name, basis)
    except InputError:  # reading it says what is wrong
        return None
    report, figures = remembered(KIND, key, known), remembered_text(FIGURES_OF, key, known)
    return None if report is None or figures is None else (report, read_comparable(figures))


def _key(digest: str, plan: Path, name: str, basis: str) -> str:
    return digest_of((digest, plan.as_posix(), name, basis))


def basis_of(session: Session, everything: bool) -> str:
    """The digest of all that the report on a plan depends on, but the plan."""
    from audit.documents.pdf.recognition import recognises_with

    against, book = session.beside, session.chosen
    parts = [
        *(f"{source.path}\0{source.sha256}" for source in book.inputs),
        *(rule.id for rule in book.rules),
        *sorted(book.optional),
        *(f"{source.path}\0{source.sha256}" for source in (against.inputs if against else ())),
        *(
            f"{name}\0{path.as_posix()}\0{file_digest(path)}"
            for name, path in sorted(session.configuration.codes.items())
        ),
        f"everything\0{everything}",
        recognises_with(),
        program(),
    ]
    return digest_of(parts)
