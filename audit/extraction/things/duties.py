"""What each clause is for, and who answers for it: tasks with their bodies, measures, clauses that ask for nothing.

A clause is a task by its place: a numbered clause of a chapter of tasks, or a part without numbered clauses beside
parts that name bodies. Principles, goals and the state of things are numbered too, and are no tasks; nor is anything
in a report on the past.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from audit.extraction.text.clauses import ARTICLE, PART, TASK, ClauseSpan
from audit.extraction.things.bodies import responsible_bodies
from audit.lexicon import pattern
from audit.model.frozen import frozen
from audit.model.rows import ClauseKind

_MEASURES = pattern(
    "<safeguards>|^<strengthen>?<party>.{0,10}<leading>$|^<organising>?<carrying out>?<safeguard>$"
    "|<carried out>$|^<strengthening>?<of the organising>(?:<practice>)?<safeguard>$"
)
_TASKS = pattern("<heading of tasks>")
_STATES = pattern("<heading of statements>|<principles>$|^<goals>|<explanation>$")
_LONGEST_STATE = 16
_SECTION_OF_A_TASK = pattern("<which of a task>?<section of a task>(?:<and another>.{1,6})?")
_STANDS_ALONE = pattern(r"\n[*\s]{0,9}[(]?<answering><kind of answerer>:[^\n]*+\s*$")


def with_duties(clauses: Sequence[ClauseSpan], clean: str, *, reports: bool) -> list[ClauseSpan]:
    """The clauses with kind, leading and supporting bodies; `reports` for a document that looks back."""
    named = [_naming(clause, clean) for clause in clauses]
    held = _held_by_tasks(named, clean)
    kinds = _kinds(held, reports)
    return _handed_down([replace(c, kind=k) for c, k in zip(held, kinds, strict=True)])


def _naming(clause: ClauseSpan, clean: str) -> ClauseSpan:
    lead, support = responsible_bodies(clean[clause.start : clause.end])
    return replace(clause, lead=lead, support=support) if lead or support else clause


def _held_by_tasks(clauses: Sequence[ClauseSpan], clean: str) -> list[ClauseSpan]:
    """Bodies in a line of their own after the last item of a task are the task's, unless other items name theirs."""
    by_id = {clause.id: clause for clause in clauses}
    found = dict(by_id)
    below = _children(clauses)
    for parent_id, items in below.items():
        parent = by_id.get(parent_id)
        if parent is None or parent.lead or parent.level not in (PART, TASK):
            continue
        *others, last = items
        if last.level <= TASK or not last.lead:
            continue
        if not any(item.lead for item in others) and _STANDS_ALONE.search(clean[last.start : last.end]):
            found[last.id] = replace(last, lead=(), support=())
            found[parent_id] = replace(parent, lead=last.lead, support=last.support)
    return [found[clause.id] for clause in clauses]


def _kinds(clauses: Sequence[ClauseSpan], reports: bool) -> list[ClauseKind]:
    by_id = {clause.id: clause for clause in clauses}
    below = _children(clauses)
    siblings = {parent: _siblings(those, below) for parent, those in below.items()}
    kinds: list[ClauseKind] = []
    for clause in clauses:
        above = _above(clause, by_id)
        if clause.level not in (PART, TASK) or clause.kind == "stage_goal" or clause.number is None:
            kinds.append(clause.kind)
        elif clause.level == PART:
            beside = siblings[clause.parent or ""]
            whole = reports or bool(below.get(clause.id))
            kinds.append("part" if whole else _kind_of_part(clause, above, beside))
        elif reports or _asks_for_nothing(clause, above):
            kinds.append("item")
        else:
            kinds.append("measure" if _in_measures(above) else "task")
    return kinds


@frozen
class _Siblings:
    """What holds of the clauses below one parent: some have clauses below them; some without such name bodies."""

    divided: bool
    answered_for: bool


def _siblings(clauses: Sequence[ClauseSpan], below: dict[str, list[ClauseSpan]]) -> _Siblings:
    return _Siblings(
        any(below.get(clause.id) for clause in clauses),
        any(clause.lead for clause in clauses if not below.get(clause.id)),
    )


def _kind_of_part(part: ClauseSpan, above: Sequence[ClauseSpan], beside: _Siblings) -> ClauseKind:
    """A part without numbered clauses is what the clauses beside it are: a task, a measure, or just a part."""
    if _asks_for_nothing(part, above):
        return "part"
    if _in_measures(above):
        return "measure" if beside.divided else "part"
    return "task" if beside.answered_for else "part"


def _asks_for_nothing(clause: ClauseSpan, above: Sequence[ClauseSpan]) -> bool:
    if clause.heading and _SECTION_OF_A_TASK.fullmatch(clause.heading):
        return True
    if any(other.level == ARTICLE for other in above):
        return True
    told = next(
        (c.heading for c in above if c.heading and (_TASKS.search(c.heading) or _states(c.heading))), ""
    )
    return _states(told) and not _TASKS.search(told)


def _states(heading: str) -> bool:
    """Whether a heading announces principles, goals or the state of things."""
    return len(heading) <= _LONGEST_STATE and _STATES.search(heading) is not None


def _in_measures(above: Sequence[ClauseSpan]) -> bool:
    return any(clause.heading and _MEASURES.search(clause.heading) for clause in above)


def _handed_down(clauses: Sequence[ClauseSpan]) -> list[ClauseSpan]:
    """Tasks that name nobody where their part names bodies for all of them, or where each of their items does."""
    by_id = {clause.id: clause for clause in clauses}
    below = _children(clauses)
    found = []
    for clause in clauses:
        if clause.kind == "task" and not clause.lead:
            part = by_id.get(clause.parent or "")
            items = below.get(clause.id, [])
            if part is not None and part.lead:
                clause = replace(clause, lead=part.lead, support=part.support)
            elif items and all(item.lead for item in items):
                lead = tuple(dict.fromkeys(name for item in items for name in item.lead))
                clause = replace(clause, lead=lead)
        found.append(clause)
    return found


def _children(clauses: Sequence[ClauseSpan]) -> dict[str, list[ClauseSpan]]:
    below: dict[str, list[ClauseSpan]] = defaultdict(list)
    for clause in clauses:
        below[clause.parent or ""].append(clause)
    return dict(below)


def _above(clause: ClauseSpan, by_id: dict[str, ClauseSpan]) -> list[ClauseSpan]:
    """The clauses that a clause stands in, the nearest first."""
    found: list[ClauseSpan] = []
    parent = by_id.get(clause.parent or "")
    while parent is not None:
        found.append(parent)
        parent = by_id.get(parent.parent or "")
    return found
