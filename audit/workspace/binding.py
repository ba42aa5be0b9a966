"""The rules of a book bound to the tables of a workspace."""

from __future__ import annotations

from audit.language.lookups import UnreadableMember
from audit.language.plan import Catalogue, Plan
from audit.language.resolution import resolve_rule
from audit.model.errors import InputError, InputErrors
from audit.workspace.loading import Workspace
from audit.workspace.rulebook import Rulebook, tables_of
from audit.workspace.standard import STANDARD


def resolved(book: Rulebook, workspace: Workspace, catalogue: Catalogue | None = None) -> tuple[Plan, ...]:
    """The plans of the rules that fit the workspace; `InputErrors` for all that are broken.

    Rows are asked through the `catalogue` (default: the workspace's own).
    """
    catalogue = catalogue or workspace.catalogue()
    plans: list[Plan] = []
    faults: list[InputError] = []
    for rule in (bound for one in book.rules for bound in book.bound_to(one, workspace.tables)):
        if tables_of(rule) & STANDARD.keys() - set(workspace.tables):
            continue
        try:
            plans.extend(resolve_rule(rule, catalogue))
        except InputError as error:
            if rule.id not in book.optional or isinstance(error, UnreadableMember):
                faults.append(error)
    if faults:
        raise faults[0] if len(faults) == 1 else InputErrors(faults)
    return tuple(plans)
