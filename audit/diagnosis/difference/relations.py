"""Relations of two versions: which came to hold, which broke, which can no longer be tested."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.difference import RelationChange, RelationKind
from audit.model.phrase import Phrase
from audit.model.report import Check, Report, Verdict

_WORSE: tuple[Verdict, ...] = ("holds", "reconcilable", "violated")


def relation_changes(old: Report, new: Report) -> list[RelationChange]:
    """The relations that fare otherwise, in the order of the rules; both reports must have all their checks.

    A relation that only the new version has, and that holds, is no news.
    """
    titles = {rule.id: rule.title for rule in (*old.rules, *new.rules)}
    found = []
    for before, after in _paired(old.checks, new.checks):
        kind = _kind(before, after)
        check = after or before
        if kind is not None and check is not None:
            found.append(
                RelationChange(kind, titles.get(check.rule, Phrase(check.rule, check.rule)), before, after)
            )
    return found


def _paired(old: Iterable[Check], new: Iterable[Check]) -> Iterable[tuple[Check | None, Check | None]]:
    """Checks with the same id."""
    before, after = ({check.id: check for check in checks} for checks in (old, new))
    return [(before.get(identity), after.get(identity)) for identity in dict.fromkeys((*after, *before))]


def _kind(before: Check | None, after: Check | None) -> RelationKind | None:
    was, now = _rank(before), _rank(after)
    if now is None:
        return "lost" if was is not None else None
    if was is None:
        if now > 0:
            return "broke"
        return "eased" if before is not None else None
    if was != now:
        return "broke" if now > was else "eased"
    assert before is not None and after is not None
    return "other gap" if now > 0 and before.imbalance != after.imbalance else None


def _rank(check: Check | None) -> int | None:
    """How badly a relation holds; `None` when it is not there or could not be tested."""
    return None if check is None or check.verdict == "untestable" else _WORSE.index(check.verdict)
