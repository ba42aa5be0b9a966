"""Hypotheses tried and weighed: which settle most, which stand beside them, what remains a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from audit.diagnosis.causes.hypothesis import Hypothesis
from audit.diagnosis.trials.outcomes import Key, Outcome
from audit.diagnosis.trials.trial import Change
from audit.model.cause import AS_LIKELY
from audit.model.frozen import frozen

_LITTLE = Decimal("0.25")
_MOST_BESIDE = 4
_ONE_MORE = Decimal("0.1")
"""What each further edit of one hypothesis takes off: several words missing are still one kind of slip."""
_NO_EDIT = 1_000
"""A hypothesis that edits nothing (a rule in doubt) stands behind all that do."""
_SUREST = Decimal("0.99")
"""Nothing that is only inferred is certain."""
_UNEXPLAINED = 0.25
"""How strong every explanation is that is none of those proposed."""
_FINDING = 20.0
"""How many times likelier an explanation is that settles one finding more: else that needs a slip of its own."""
_MOST_FINDINGS = 200.0
"""Beyond so many findings more a float holds no likelihood."""


@frozen
class Tried:
    """A hypothesis with its outcome."""

    hypothesis: Hypothesis
    outcome: Outcome

    @property
    def size(self) -> int:
        return self.hypothesis.cells or len(self.hypothesis.changes) or _NO_EDIT


@frozen
class Explanation:
    """A hypothesis with the findings that it settles here, the others that settle as many of them, and its confidence."""

    chosen: Tried
    settles: frozenset[Key]
    others: tuple[tuple[Tried, Decimal], ...]
    confidence: Decimal

    alike: tuple[Tried, ...] = ()
    """The others that are as likely."""


def explanations(tried: Iterable[Tried], findings: Iterable[Key]) -> tuple[Explanation, ...]:
    """The best hypotheses one after the other, no two of which settle the same finding.

    By findings settled less twice those that come, then by how likely they are. Where a number is only what the others
    leave, and another would do as well, nobody can say which slipped: that is a question. A hypothesis that makes a
    finding untestable explains nothing, nor does one that settles no more than it brings, or less than it must.
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
        weight = _weight(best, settles)
        beside = sorted(((one, _weight(one, settles, settled)) for one in rivals), key=lambda told: -told[1])
        alike = tuple(one for one, rival in beside if rival >= float(AS_LIKELY) * weight)
        if best.hypothesis.computed and (alike or any(_as_computed(best, one) for one in rivals)):
            continue
        every = weight + sum(rival for _, rival in beside) + _beside(best, settles)
        sure = _sure(_strength(best))
        others = tuple((one, _rounded(rival / every * sure)) for one, rival in beside)
        found.append(Explanation(best, settles, others, _rounded(weight / every * sure), alike))
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


def _as_computed(one: Tried, other: Tried) -> bool:
    """Whether another number that is only computed does as well: by how far off it is nobody can tell."""
    return other.hypothesis.computed and _gain(other) >= _gain(one)


def _weight(one: Tried, settles: Collection[Key], gone: Collection[Key] = ()) -> float:
    """How likely a hypothesis explains these findings: each that it leaves needs a slip of its own beside, and what is
    `gone` already by another slip speaks for it no more."""
    left = len(set(settles) - one.outcome.settled) + len(one.outcome.settled & set(gone))
    return one.hypothesis.likelihood * _times(float(_strength(one) - left))


def _beside(one: Tried, settles: Collection[Key]) -> float:
    """How likely what is not proposed of its figures explains as much: as far as is known, it settles one finding."""
    return one.hypothesis.beside * _times(2 - len(settles))


def _times(findings: float) -> float:
    """By how much so many findings make an explanation likelier; of hundreds no more than a float holds."""
    return float(_FINDING ** max(-_MOST_FINDINGS, min(_MOST_FINDINGS, findings)))


def _rank(one: Tried) -> tuple[int, bool, float, int]:
    hypothesis = one.hypothesis
    weight = _weight(one, ())
    return -_gain(one), not hypothesis.changes, -weight, -len(one.outcome.hold - one.outcome.settled)


def _sure(strength: Decimal) -> float:
    """The chance that one of the explanations is right at all, by the squares of their strength and of none's."""
    own = float(max(strength, Decimal(0))) ** 2
    return own / (own + _UNEXPLAINED**2) if own else 0.0


def _rounded(part: float) -> Decimal:
    return min(Decimal(f"{part:.2f}"), _SUREST)


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
        ranked = sorted(group, key=lambda one: (-len(one.outcome.hold), one.size, -one.hypothesis.likelihood))
        weights = [len(one.outcome.hold) ** 2 for one in ranked]
        every = sum(weights) + _UNEXPLAINED**2
        sure = [_rounded(weight / every) for weight in weights]
        others = tuple(zip(ranked[1:], sure[1:], strict=True))
        alike = tuple(one for one, own in others if own >= AS_LIKELY * sure[0])
        found.append(Explanation(ranked[0], frozenset(), others, sure[0], alike))
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
