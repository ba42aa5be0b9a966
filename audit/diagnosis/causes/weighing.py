"""Hypotheses tried and weighed: which settle most, which stand beside them, what remains a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.trials.outcomes import Key, Outcome

_LITTLE = Decimal("0.25")
_UNEXPLAINED = Decimal("0.25")
"""What every explanation stands against, beside the others: that it is none of them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A hypothesis with its outcome."""

    hypothesis: Hypothesis
    outcome: Outcome

    @property
    def size(self) -> int:
        return len(self.hypothesis.changes)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A hypothesis with the findings that it settles here, the others that settle as many of them, and its confidence."""

    chosen: Tried
    settles: frozenset[Key]
    others: tuple[tuple[Tried, Decimal], ...]
    confidence: Decimal


def explanations(tried: Iterable[Tried], findings: Iterable[Key]) -> tuple[Explanation, ...]:
    """The best hypotheses one after the other, no two of which settle the same finding.

    By findings settled less twice those that come, then by fewer changes, then by the prior, then by the checks that
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
        others = tuple((one, _confidence(_strength(one), strength)) for one in rivals)
        found.append(
            Explanation(
                best, settles, others, _confidence(strength, max(map(_strength, rivals), default=Decimal(0)))
            )
        )
        settled |= settles
    return tuple(found)


def _explains(one: Tried) -> bool:
    enough = len(one.outcome.settled) >= one.hypothesis.least
    return bool(one.hypothesis.changes) and not one.outcome.lost and enough and _gain(one) > 0


def _gain(one: Tried) -> int:
    return len(one.outcome.settled) - 2 * len(one.outcome.new)


def _strength(one: Tried) -> Decimal:
    """The gain as evidence: a finding that only asks counts little, as does a check that comes to hold beside."""
    asked = one.hypothesis.asked & one.outcome.settled
    beside = len(one.outcome.hold - one.outcome.settled)
    return _gain(one) - len(asked) + (_LITTLE if asked else Decimal(0)) + _LITTLE * min(beside, 2)


def _rank(one: Tried) -> tuple[int, int, int, int]:
    return -_gain(one), one.size, -one.hypothesis.prior, -len(one.outcome.hold - one.outcome.settled)


def _confidence(strength: Decimal, rival: Decimal) -> Decimal:
    """The part of an explanation's weight beside its strongest rival's and the chance that neither is right."""
    own, other = max(strength, Decimal(0)), max(rival, Decimal(0))
    return round(own / (own + other + _UNEXPLAINED), 2)


def _within(one: Hypothesis, other: Hypothesis) -> bool:
    """Whether all changes of a hypothesis are among another's, so that it is no rival but a part."""
    return all(change in other.changes for change in one.changes)


def grouped(left: Sequence[Key], groups: Mapping[Key, object]) -> tuple[tuple[Key, ...], ...]:
    """The findings that no hypothesis explains, those of one group together, in order."""
    found: dict[object, list[Key]] = {}
    for key in left:
        found.setdefault(groups[key], []).append(key)
    return tuple(tuple(keys) for keys in found.values())
