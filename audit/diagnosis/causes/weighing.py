"""Hypotheses tried and weighed: which settle most, which stand beside them, what remains a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.trials.outcomes import Key, Outcome
from audit.diagnosis.trials.trial import Change

_LITTLE = Decimal("0.25")
_MOST_BESIDE = 4
_ONE_MORE = Decimal("0.1")
"""What each further edit of one hypothesis takes off: several words missing are still one kind of slip."""
_NO_EDIT = 1_000
"""A hypothesis that edits nothing (a rule in doubt) stands behind all that do."""
_SUREST = Decimal("0.99")
"""Nothing that is only inferred is certain."""
_UNEXPLAINED = Decimal("0.25")
"""What every explanation stands against, beside the others: that it is none of them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A hypothesis with its outcome."""

    hypothesis: Hypothesis
    outcome: Outcome

    @property
    def size(self) -> int:
        return max(len(self.hypothesis.changes), self.hypothesis.cells) or _NO_EDIT


@dataclass(frozen=True, slots=True)
class Explanation:
    """A hypothesis with the findings that it settles here, the others that settle as many of them, and its confidence."""

    chosen: Tried
    settles: frozenset[Key]
    others: tuple[tuple[Tried, Decimal], ...]
    confidence: Decimal

    @property
    def tied(self) -> bool:
        """Whether another hypothesis is as likely."""
        return any(confidence >= self.confidence for _, confidence in self.others)


def explanations(tried: Iterable[Tried], findings: Iterable[Key]) -> tuple[Explanation, ...]:
    """The best hypotheses one after the other, no two of which settle the same finding.

    Where a number is only what the others leave, and another would do as well, nobody can say which slipped: that is a
    question. By findings settled less twice those that come, then by fewer changes, then by the prior, then by the checks that
    come to hold. A hypothesis that makes a finding untestable explains nothing, nor does one that settles no more than
    it brings, or less than it must.
    """
    known = frozenset(findings)
    ranked = sorted((one for one in tried if _explains(one)), key=_rank)
    settled: set[Key] = set()
    found = []
    for best in ranked:
        settles = best.outcome.settled & known
        if not settles or settles & settled:
            continue
        rivals = [
            one
            for one in ranked
            if one is not best
            and one.outcome.settled & settles
            and not _within(one.hypothesis, best.hypothesis)
        ]
        strength = _strength(best)
        beside = [(one, _strength_for(one, settles)) for one in rivals]
        if best.hypothesis.computed and any(rival >= strength for _, rival in beside):
            continue
        strongest = max((rival for _, rival in beside), default=Decimal(0))
        alike = max(1, sum(rival >= strength for _, rival in beside))
        others = tuple(
            (one, _confidence(rival, strength, alike if rival >= strength else 1)) for one, rival in beside
        )
        found.append(Explanation(best, settles, others, _confidence(strength, strongest, alike)))
        settled |= settles
    return tuple(found)


def _explains(one: Tried) -> bool:
    enough = len(one.outcome.settled) >= one.hypothesis.least
    return not one.outcome.lost and enough and _gain(one) > 0


def _gain(one: Tried) -> int:
    return len(one.outcome.settled) - 2 * len(one.outcome.new)


def _strength(one: Tried) -> Decimal:
    """The gain as evidence: a finding that only asks counts little, as does a check that comes to hold beside.

    Rows that bear a name that is changed are one edit.
    """
    asked = one.hypothesis.asked & one.outcome.settled
    beside = len(one.outcome.hold - one.outcome.settled)
    separate = one.hypothesis.changes and one.hypothesis.kind != "name"
    more = min(one.size - 1, 10) if separate else 0
    told = _LITTLE * min(beside, _MOST_BESIDE) - _ONE_MORE * more + one.hypothesis.evidence
    return _gain(one) - len(asked) + (_LITTLE if asked else Decimal(0)) + told


def _strength_for(rival: Tried, settles: Collection[Key]) -> Decimal:
    """The strength of a rival as an explanation of these findings: each that it leaves needs a slip of its own beside."""
    return _strength(rival) - len(set(settles) - rival.outcome.settled)


def _rank(one: Tried) -> tuple[int, int, int, int]:
    return -_gain(one), one.size, -one.hypothesis.prior, -len(one.outcome.hold - one.outcome.settled)


def _confidence(strength: Decimal, rival: Decimal, alike: int = 1) -> Decimal:
    """The part of an explanation's weight beside its strongest rival's, or those of all that are as strong as it is, and
    the chance that none is right.

    Weights count by their squares, so that twice the evidence is four times as likely.
    """
    own, other = (max(one, Decimal(0)) ** 2 for one in (strength, rival))
    return min(round(own / (own + alike * other + _UNEXPLAINED**2), 2), _SUREST) if own else Decimal(0)


def of_untestable(tried: Iterable[Tried], taken: Collection[Change]) -> tuple[Explanation, ...]:
    """For untestable checks the hypotheses that let most checks hold and bring no finding, none that changes what
    another one (`taken`) does. What edits nothing has no rivals."""
    groups: dict[object, list[Tried]] = {}
    rows = {(change.table, change.row) for change in taken}
    for one in tried:
        touched = {(change.table, change.row) for change in one.hypothesis.changes}
        if one.hypothesis.concerns and not one.outcome.new and not touched & rows:
            alone = one.hypothesis.about.en if not touched else ""
            groups.setdefault((one.hypothesis.concerns, alone), []).append(one)
    found = []
    for group in groups.values():
        ranked = sorted(group, key=lambda one: (-len(one.outcome.hold), one.size, -one.hypothesis.prior))
        weights = [Decimal(len(one.outcome.hold)) for one in ranked]
        others = tuple(
            (one, _confidence(weight, weights[0]))
            for one, weight in zip(ranked[1:], weights[1:], strict=True)
        )
        rival = max(weights[1:], default=Decimal(0))
        found.append(Explanation(ranked[0], frozenset(), others, _confidence(weights[0], rival)))
    return tuple(found)


def _within(one: Hypothesis, other: Hypothesis) -> bool:
    """Whether all changes of a hypothesis are among another's, so that it is no rival but a part."""
    return all(change in other.changes for change in one.changes)


def grouped(left: Sequence[Key], groups: Mapping[Key, object]) -> tuple[tuple[Key, ...], ...]:
    """The findings that no hypothesis explains, those of one group together, in order."""
    found: dict[object, list[Key]] = {}
    for key in left:
        found.setdefault(groups[key], []).append(key)
    return tuple(tuple(keys) for keys in found.values())
