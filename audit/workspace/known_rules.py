"""Rules read and plans resolved by earlier runs, found again when all that they came from is the same.

Rules come from their files. What plans come from besides is what a catalogue says: how tables are formed, the code lists,
and what was asked of the rows. The questions are kept with their answers, so that plans stay where a table has changed in
nothing that was asked of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.language.plan import Catalogue, Plan
from audit.language.rule import Rule
from audit.model.frozen import frozen
from audit.model.report import Input
from audit.tables.cache import Cache
from audit.workspace.packing import packed, unpacked
from audit.workspace.remembering import digest_of, program, remember_bytes, remembered_bytes

if TYPE_CHECKING:
    from audit.workspace.loading import Workspace
    from audit.workspace.rulebook import Rulebook

RULES, PLANS = "read-rules", "resolved-plans"
Question = tuple[str, ...]
"""What is asked of rows: `observed`, `rows` or `no_number`, the table, and the column where it is about one."""


def remember_rules(files: Iterable[Input], rules: tuple[Rule, ...], known: Cache) -> None:
    """Keep the rules read from files that had no fault."""
    remember_bytes(RULES, _key_of_rules(files), packed(rules), known)


def remembered_rules(files: Iterable[Input], known: Cache) -> tuple[Rule, ...] | None:
    """The rules of the same files, told by the same paths; None when they were not read before."""
    rules = unpacked(remembered_bytes(RULES, _key_of_rules(files), known))
    return rules if isinstance(rules, tuple) and all(isinstance(rule, Rule) for rule in rules) else None


@frozen
class Resolved:
    """Rules resolved: their plans, and the digest of all that these came from."""

    plans: tuple[Plan, ...]
    origin: str


def plans_of(book: Rulebook, workspace: Workspace, known: Cache) -> Resolved:
    """The plans of the rules that fit the workspace, remembered or resolved; `InputErrors` for all rules that are broken."""
    catalogue = workspace.catalogue()
    key = _key_of_plans(book, catalogue)
    contents = {name: digest for name, table in workspace.tables.items() if (digest := table.content)}
    match unpacked(remembered_bytes(PLANS, key, known), book.rules):
        case (dict(before), dict(answers), tuple(plans)) if _still(answers, before, contents, catalogue):
            return Resolved(plans, _origin(key, answers))
    from audit.workspace.binding import resolved

    asking, answers = _written_down(catalogue)
    plans = resolved(book, workspace, asking)
    told = {question: _digest(answer) for question, answer in answers.items()}
    remember_bytes(PLANS, key, packed((contents, told, plans), book.rules), known)
    return Resolved(plans, _origin(key, told))


def _origin(key: str, answers: Mapping[Question, str]) -> str:
    return digest_of((key, *sorted(map(repr, answers.items()))))


def _still(
    answers: Mapping[Question, str], before: Mapping[str, str], now: Mapping[str, str], catalogue: Catalogue
) -> bool:
    """Whether the rows would answer all questions as they did; those of a table that has not changed are not asked."""
    same = {table for table, content in now.items() if before.get(table) == content}
    return all(
        table in same or _digest(_answer(catalogue, (what, table, *column))) == told
        for (what, table, *column), told in answers.items()
    )


def _answer(catalogue: Catalogue, question: Question) -> object:
    what, table, *column = question
    match what:
        case "rows":
            return tuple(catalogue.rows(table))
        case "observed":
            return catalogue.observed(table, *column)
        case _:
            return catalogue.no_number(table, *column)


def _written_down(catalogue: Catalogue) -> tuple[Catalogue, dict[Question, Any]]:
    """The catalogue, and what comes to be asked of its rows, with the answers."""
    answers: dict[Question, Any] = {}

    def ask(*question: str) -> Any:
        if question not in answers:
            answers[question] = _answer(catalogue, question)
        return answers[question]

    asking = replace(
        catalogue,
        observed=lambda table, column: ask("observed", table, column),
        rows=lambda table: ask("rows", table),
        no_number=lambda table, column: ask("no_number", table, column),
    )
    return asking, answers


def _digest(answer: object) -> str:
    """The digest of an answer, taken part by part: there may be as many as a table has rows."""
    told = hashlib.sha256()
    for part in answer if isinstance(answer, tuple) else (answer,):
        told.update(repr(part).encode() + b"\0")
    return told.hexdigest()


def _key_of_rules(files: Iterable[Input]) -> str:
    return digest_of((program(), *(f"{file.path}\0{file.sha256}" for file in files)))


def _key_of_plans(book: Rulebook, catalogue: Catalogue) -> str:
    """The digest of all that plans come from but the rows."""
    ids = [(rule.id, rule.id in book.optional, rule.id in book.packed) for rule in book.rules]
    return digest_of((program(), *map(repr, (book.inputs, ids, catalogue.tables, catalogue.codes))))
