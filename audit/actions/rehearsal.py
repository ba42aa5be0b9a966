"""The rules of a workspace tried on their own examples, and resolved for a reader."""

from __future__ import annotations

from collections.abc import Iterable

from audit.engine.examples import Trial, try_examples
from audit.language.plan import Plan
from audit.language.resolution import outline
from audit.language.rule import Rule
from audit.language.sketch import sketched
from audit.model.errors import InputError, InputErrors
from audit.model.frozen import frozen
from audit.model.nearest import nearest
from audit.workspace.loading import empty
from audit.workspace.rulebook import Rulebook
from audit.workspace.session import Session
from audit.workspace.standard import full_catalogue


@frozen
class Rehearsal:
    """What came of the examples of one rule; `plan` is None, and nothing tried, for a library rule that does not fit."""

    rule: Rule
    plan: Plan | None
    trials: tuple[Trial, ...]

    @property
    def passed(self) -> bool:
        """Whether every example has the verdict that it says."""
        return all(trial.passed for trial in self.trials)


def rehearse(session: Session) -> tuple[Rehearsal, ...]:
    """Try the examples of every rule that was asked for; `InputErrors` for all rules that are broken or lack examples.

    A rule needs an example that holds and one that does not. A library rule that names what the workspace lacks is
    left out, as it is in a check.
    """
    found: list[Rehearsal] = []
    faults: list[InputError] = []
    for rule, plan in _outlined(session, session.chosen, faults):
        try:
            _require_examples(rule)
            found.append(Rehearsal(rule, plan, try_examples(plan) if plan is not None else ()))
        except InputError as error:
            faults.append(error)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return tuple(found)


def outlined(session: Session, identity: str) -> tuple[Rule, Plan | None]:
    """The rule of that id, with its plan unless it is a library rule that does not fit the workspace."""
    rules = {rule.id: rule for rule in session.book.rules}
    if identity not in rules:
        raise InputError(
            "there is no rule “{name}”; the nearest is {nearest}.",
            name=identity,
            nearest=nearest(identity, rules),
        )
    faults: list[InputError] = []
    for rule, plan in _outlined(session, session.book.chosen((rules[identity],)), faults):
        return rule, plan
    raise faults[0]


def _outlined(
    session: Session, book: Rulebook, faults: list[InputError]
) -> Iterable[tuple[Rule, Plan | None]]:
    """Every rule with its plan; without tables at hand a rule of one's own is taken for the tables that it supposes."""
    workspace = session.workspace if session.has_tables else empty(session.root)
    catalogue = full_catalogue(workspace)
    for rule in (next(book.bound_to(rule, workspace.tables), rule) for rule in book.rules):
        try:
            yield rule, outline(rule, catalogue)
        except InputError as error:
            if rule.id in book.optional:
                yield rule, None
            elif session.has_tables:
                faults.append(error)
            else:
                yield from _supposed(rule, faults)


def _supposed(rule: Rule, faults: list[InputError]) -> Iterable[tuple[Rule, Plan]]:
    try:
        yield rule, outline(rule, sketched(rule))
    except InputError as error:
        faults.append(error)


def _require_examples(rule: Rule) -> None:
    verdicts = {example.verdict for example in rule.examples}
    if "holds" not in verdicts:
        raise InputError(
            "{at}: the rule “{id}” has no example that holds; add one under examples: holds.",
            at=rule.at,
            id=rule.id,
        )
    if not verdicts & {"violated", "reconcilable"}:
        raise InputError(
            "{at}: the rule “{id}” has no example that is violated; add one under examples: violated.",
            at=rule.at, id=rule.id,
        )  # fmt: skip
